/** 财政补助: what each level of government owes an area, how much of it is missing, and the differences that are findings. */
import type { BannerHeads } from '../db/areas';
import type { Law } from '../parameters/law';
import { type Decimal, sum, yuanText } from '../rules/money';
import { type Because, type Explained, type Source, explain, reasonOf, taken } from '../rules/rule';
import {
  subsidyDue,
  arrivalsDifference,
  doArrivalsDiffer,
  doHeadsDiffer,
  headsDifference,
  isLevelMissing,
  missingOfLevel,
  missingSubsidy,
  subsidySettlement,
  subsidyShares,
} from '../rules/subsidy';
import { SUBSIDY_LEVELS, SUBSIDY_LEVEL_NAMES, type SubsidyLevel } from '../rules/vocabulary';
import type { Finding } from './finding';

/** What the subsidy of one area rests on. */
export interface SubsidyFacts {
  area: string;
  subsidyClass: 1 | 2 | 3;
  /** Banner by banner; for an area without banners one nameless entry, and its league bears all that is left. */
  banners: readonly BannerHeads[];
  /** What had arrived of a level by the end of the year, and in time. */
  arrivals: (level: SubsidyLevel, banner: string) => { arrived: Decimal; inTime: Decimal };
}
export interface SubsidyRow {
  area: string;
  banner: string;
  level: SubsidyLevel;
  due: Explained<Decimal>;
  arrived: Explained<Decimal>;
  missing: Explained<Decimal>;
  settlement: Explained<Decimal>;
}
/** The fund year, and the last day on which the subsidy counts as arrived in time. */
export interface SubsidyYear {
  year: number;
  arrivedBy: string;
}

/** Every row of an area's subsidy: central, region and league once each, banners one by one. */
export function subsidyRows(facts: SubsidyFacts, law: Law, subsidyYear: SubsidyYear): SubsidyRow[] {
  const standard = law.given(`subsidy.standard.${subsidyYear.year}`);
  const central = law.given('subsidy.central');
  const region = law.given(`subsidy.region.${facts.subsidyClass}`);
  const values = { standard: standard.value, central: central.value, region: region.value };
  const shares = facts.banners.map((banner) => ({ ...banner, split: subsidyShares({ ...banner, ...values }) }));
  const dueBecause = (level: SubsidyLevel, banners: readonly BannerHeads[]): Because =>
    reasonOf(subsidyDue, {
      standard: { value: standard.value.toFixed(), from: standard.from },
      central: { value: central.value.toFixed(), from: central.from },
      region: { value: region.value.toFixed(), from: region.from },
      place: { value: SUBSIDY_LEVELS.indexOf(level) + 1, from: { stated: '中央、自治区、盟市、旗县中的次序' } },
      ...headsInputs(facts.area, subsidyYear.year, banners),
    });
  const upper = (['central', 'region', 'league'] as const).map((level) => {
    const due = sum(shares.map(({ split }) => split[level]));
    return subsidyRow(facts, subsidyYear, {
      level,
      banner: '',
      due: { value: due, because: dueBecause(level, shares) },
    });
  });
  const banners = shares
    .filter(({ banner }) => banner !== '')
    .map((share) => {
      const due = { value: share.split.banner, because: dueBecause('banner', [share]) };
      return subsidyRow(facts, subsidyYear, { level: 'banner', banner: share.banner, due });
    });
  return [...upper, ...banners];
}

function subsidyRow(
  { area, arrivals }: SubsidyFacts,
  { year, arrivedBy }: SubsidyYear,
  { level, banner, due }: Pick<SubsidyRow, 'level' | 'banner' | 'due'>,
): SubsidyRow {
  const { arrived, inTime } = arrivals(level, banner);
  const cells = { area, level, banner };
  const owed = { value: due.value, from: { figure: 'subsidy.due', of: cells } };
  return {
    area,
    banner,
    level,
    due,
    arrived: {
      value: arrived,
      because: taken('财社〔2012〕223号 清算', yuanText(arrived), arrivalRows(cells, year, `${year}-12-31`)),
    },
    missing: explain(missingSubsidy, {
      due: owed,
      arrived_by_30_september: { value: inTime, from: arrivalRows(cells, year, arrivedBy) },
    }),
    settlement: explain(subsidySettlement, {
      due: owed,
      arrived: { value: arrived, from: { figure: 'subsidy.arrived', of: cells } },
    }),
  };
}

/** Evidence dated in the year and not after `until`; for the upper levels whichever banner it names (READINGS 22). */
const arrivalRows = (
  { area, level, banner }: { area: string; level: SubsidyLevel; banner: string },
  year: number,
  until: string,
): Source => ({
  rows: 'subsidy_arrivals.csv',
  of: { area, level, ...(level === 'banner' ? { banner } : {}), since: `${year}-01-01`, until },
});

/** Heads and the league's share, banner by banner; without banners the area's own heads, and the league bears the rest. */
function headsInputs(area: string, year: number, counted: readonly BannerHeads[]): Because['inputs'] {
  const banners = counted.map(({ banner }) => banner);
  if (banners[0] === '') {
    return {
      heads: {
        value: counted.map(({ heads }) => heads.toFixed()),
        from: { rows: 'insured.csv', of: { area, scheme: 'resident', year, column: 'insured', by: 'area' } },
      },
      league_share: { value: ['1'], from: { stated: 'RULES 5：没有旗县的统筹区，其余全部由盟市负担' } },
    };
  }
  const from = (column: string): Source => ({
    rows: 'banners.csv',
    of: { area, banner: banners, column, by: 'banner' },
  });
  return { heads: { from: from('insured_resident') }, league_share: { from: from('league_share') } };
}

/** 补助到位检查: one finding for each area and level of which something had not arrived in time. */
export function missingFindings(
  rows: readonly SubsidyRow[],
  { year, arrivedBy }: SubsidyYear,
): { finding: Finding; missing: Decimal }[] {
  const levels = new Map<string, SubsidyRow[]>();
  for (const row of rows) {
    const key = `${row.area}/${row.level}`;
    levels.set(key, [...(levels.get(key) ?? []), row]);
  }
  return [...levels.values()].flatMap((ofLevel) => {
    const [{ area, level }] = ofLevel as [SubsidyRow];
    const missing = sum(ofLevel.map((row) => row.missing.value));
    if (missing.isZero()) return [];
    const by = level === 'banner' ? { banner: ofLevel.map(({ banner }) => banner), by: 'banner' } : { by: 'level' };
    const arrived = { area, level, ...by, since: `${year}-01-01`, until: arrivedBy };
    const finding: Finding = {
      code: 'subsidy_missing',
      area,
      scheme: 'resident',
      subject: level,
      figure: yuanText(missing),
      text: `9 月 30 日前未足额到位（${SUBSIDY_LEVEL_NAMES[level]}）`,
      because: reasonOf(missingOfLevel, {
        due: {
          value: ofLevel.map(({ due }) => yuanText(due.value)),
          from: { figure: 'subsidy.due', of: { area, level, ...by } },
        },
        arrived: { from: { rows: 'subsidy_arrivals.csv', of: arrived } },
      }),
      raised: isLevelMissing.formula,
    };
    return [{ finding, missing }];
  });
}

/** 参保人数核定: Σ banners against the area's own count, where it has one. The banners' count prevails. */
export function headsFindings(
  { area, banners, insured }: { area: string; banners: readonly BannerHeads[]; insured: Decimal | null },
  year: number,
): Finding[] {
  if (insured === null) return [];
  const counts = { heads: banners.map(({ heads }) => heads), insured };
  if (!doHeadsDiffer(counts)) return [];
  return [
    {
      code: 'heads_differ',
      area,
      scheme: 'resident',
      figure: headsDifference(counts).toFixed(),
      text: '旗县参保人数合计与统筹区参保人数不符，以旗县为准',
      because: reasonOf(headsDifference, {
        heads: { from: { rows: 'banners.csv', of: { area, column: 'insured_resident', by: 'banner' } } },
        insured: {
          value: insured.toFixed(),
          from: { rows: 'insured.csv', of: { area, scheme: 'resident', year, column: 'insured' } },
        },
      }),
      raised: doHeadsDiffer.formula,
    },
  ];
}

/** Σ arrived of all levels against the income that the area booked. */
export function arrivalFindings(
  { area, arrived, booked }: { area: string; arrived: Decimal; booked: Decimal },
  year: number,
): Finding[] {
  if (!doArrivalsDiffer({ arrived, booked })) return [];
  return [
    {
      code: 'subsidy_arrivals',
      area,
      scheme: 'resident',
      figure: yuanText(arrivalsDifference({ arrived, booked })),
      text: '到位凭证合计与财政补贴收入不符',
      because: reasonOf(arrivalsDifference, {
        arrived: {
          value: yuanText(arrived),
          from: { rows: 'subsidy_arrivals.csv', of: { area, since: `${year}-01-01`, until: `${year}-12-31` } },
        },
        booked: {
          value: yuanText(booked),
          from: { rows: 'actuals.csv', of: { area, scheme: 'resident', part: 'pooled', year, item: 'fiscal_subsidy' } },
        },
      }),
      raised: doArrivalsDiffer.formula,
    },
  ];
}
