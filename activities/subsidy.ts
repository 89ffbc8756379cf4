/** 财政补助: the head count of 30 June, what had arrived by 30 September, and the settlement of the year. */
import type { Law } from '../parameters/law';
import { lawOf } from './law';
import type { Database, Queryable } from '../db/connect';
import { actualItems } from '../db/actuals';
import { type BannerHeads, areasOf, bannersByArea, subsidyClasses } from '../db/areas';
import { insuredRows } from '../db/insured';
import { arrivedByArea, subsidyArrivals } from '../db/subsidy';
import { once } from '../db/once';
import { insertRows } from '../db/rows';
import { type Decimal, decimal, sum, yuanText, zero } from '../rules/money';
import { type Because, type Explained, type Source, explain, taken } from '../rules/rule';
import { SUBSIDY_DUE, missingSubsidy, subsidySettlement, subsidyShares } from '../rules/subsidy';
import { SUBSIDY_LEVELS, SUBSIDY_LEVEL_NAMES, type SubsidyLevel } from '../rules/vocabulary';
import type { Finding } from '../figures/finding';
import { recordFindings } from './findings';

interface SubsidyRow {
  area: string;
  banner: string;
  level: SubsidyLevel;
  due: Decimal;
  dueBecause: Because;
  arrived: Decimal;
  missing: Explained<Decimal>;
  settlement: Explained<Decimal>;
}

/** Heads of an area by banner; without banners those of `insured.csv`, whose remainder the league bears wholly. */
async function headsByArea(db: Queryable, year: number): Promise<(area: string) => BannerHeads[]> {
  const insuredOf = await insuredRows(db, year, 'resident');
  const bannersOf = await bannersByArea(db, year);
  return (area) => {
    const banners = bannersOf(area);
    if (banners.length > 0) return banners;
    return [{ banner: '', heads: insuredOf(area).insured ?? zero, league_share: decimal('1') }];
  };
}

/** Every row of the subsidy: central, region and league per area, banners one by one. */
async function subsidyRows(db: Queryable, law: Law, year: number, arrivedBy: string): Promise<SubsidyRow[]> {
  const classOf = await subsidyClasses(db, year);
  const headsOf = await headsByArea(db, year);
  const arrivedOf = await subsidyArrivals(db, year, arrivedBy);
  const standard = law.given(`subsidy.standard.${year}`);
  const central = law.given('subsidy.central');
  return (await areasOf(db, year, 'resident')).flatMap((area) => {
    const region = law.given(`subsidy.region.${classOf(area)}`);
    const shares = headsOf(area).map((banner) => ({
      ...banner,
      split: subsidyShares({ ...banner, standard: standard.value, central: central.value, region: region.value }),
    }));
    const law4 = {
      standard: { value: standard.value.toFixed(), from: standard.from },
      central: { value: central.value.toFixed(), from: central.from },
      region: { value: region.value.toFixed(), from: region.from },
    };
    const row = (level: SubsidyLevel, banner: string, due: Decimal): SubsidyRow => {
      const { arrived, inTime } = arrivedOf(area, level, banner);
      const of = { area, level, banner };
      const owed = { value: due, from: { figure: 'subsidy.due', of } };
      const counted = shares.filter((one) => level !== 'banner' || one.banner === banner);
      return {
        area,
        banner,
        level,
        due,
        dueBecause: {
          ...SUBSIDY_DUE,
          inputs: {
            ...law4,
            place: { value: SUBSIDY_LEVELS.indexOf(level) + 1, from: { stated: '中央、自治区、盟市、旗县中的次序' } },
            ...headsBecause(area, year, counted),
          },
        },
        arrived,
        missing: explain(missingSubsidy, {
          due: owed,
          arrived_by_30_september: { value: inTime, from: arrivals(of, year, arrivedBy) },
        }),
        settlement: explain(subsidySettlement, {
          due: owed,
          arrived: { value: arrived, from: { figure: 'subsidy.arrived', of } },
        }),
      };
    };
    const upper = (['central', 'region', 'league'] as const).map((level) =>
      row(level, '', sum(shares.map(({ split }) => split[level]))),
    );
    const own = shares
      .filter(({ banner }) => banner !== '')
      .map(({ banner, split }) => row('banner', banner, split.banner));
    return [...upper, ...own];
  });
}

/** Evidence dated in the year and not after `until`; of the upper levels whatever banner it names (READINGS 22). */
const arrivals = (
  { area, level, banner }: Pick<SubsidyRow, 'area' | 'level' | 'banner'>,
  year: number,
  until: string,
): Source => ({
  rows: 'subsidy_arrivals.csv',
  of: { area, level, ...(level === 'banner' ? { banner } : {}), since: `${year}-01-01`, until },
});

/** Heads and the league's share, banner by banner; without banners the area's own heads, and the league bears the rest. */
function headsBecause(area: string, year: number, counted: readonly BannerHeads[]): Because['inputs'] {
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

const MISSING = 'sum(map(due, arrived, each(d, a) = max(0, d - a)))';

/** What a level owes and what of it had come, banner by banner where it is the banners'. */
function missingBecause(
  area: string,
  level: SubsidyLevel,
  rows: readonly SubsidyRow[],
  dated: { since: string; until: string },
): Because {
  const each = level === 'banner' ? { banner: rows.map(({ banner }) => banner), by: 'banner' } : { by: 'level' };
  return {
    article: missingSubsidy.article,
    formula: MISSING,
    inputs: {
      due: {
        value: rows.map(({ due }) => yuanText(due)),
        from: { figure: 'subsidy.due', of: { area, level, ...each } },
      },
      arrived: { from: { rows: 'subsidy_arrivals.csv', of: { area, level, ...each, ...dated } } },
    },
  };
}

export const createSubsidyActivities = (pool: Database) => ({
  /** 参保人数核定: Σ banners against the area's own count; the banners win, a difference is a finding. */
  async countHeads({ year }: { year: number }): Promise<{ differing: number }> {
    return once(pool, { key: `fund-year-${year}/subsidy/heads`, input: { year } }, async (trx) => {
      const headsOf = await headsByArea(trx, year);
      const insuredOf = await insuredRows(trx, year, 'resident');
      const findings = (await areasOf(trx, year, 'resident')).flatMap((area): Finding[] => {
        const { insured } = insuredOf(area);
        if (insured === null) return [];
        const difference = sum(headsOf(area).map(({ heads }) => heads)).minus(insured);
        if (difference.isZero()) return [];
        return [
          {
            code: 'heads_differ',
            area,
            scheme: 'resident',
            figure: difference.toFixed(),
            text: '旗县参保人数合计与统筹区参保人数不符，以旗县为准',
            because: {
              article: 'RULES 5“banners win”：参保人数以旗县为准；财社〔2012〕223号',
              formula: 'sum(heads) - insured',
              inputs: {
                heads: { from: { rows: 'banners.csv', of: { area, column: 'insured_resident', by: 'banner' } } },
                insured: {
                  value: insured.toFixed(),
                  from: { rows: 'insured.csv', of: { area, scheme: 'resident', year, column: 'insured' } },
                },
              },
            },
            raised: 'sum(heads) - insured != 0',
          },
        ];
      });
      await recordFindings(trx, year, findings);
      return { differing: findings.length };
    });
  },

  /** 补助到位检查: one finding for each area and level of which something had not arrived by 30 September. */
  async checkSubsidyArrival({
    year,
    date,
  }: {
    year: number;
    date: string;
  }): Promise<{ findings: number; missing: string }> {
    return once(pool, { key: `fund-year-${year}/subsidy/arrival`, input: { year, date } }, async (trx) => {
      const rows = await subsidyRows(trx, await lawOf(trx, year), year, date);
      const keys = [...new Set(rows.map(({ area, level }) => `${area}/${level}`))];
      const late = keys
        .map((key) => {
          const own = rows.filter(({ area, level }) => `${area}/${level}` === key);
          return { ...(own[0] as SubsidyRow), own, missing: sum(own.map(({ missing }) => missing.value)) };
        })
        .filter(({ missing }) => missing.gt(0));
      await recordFindings(
        trx,
        year,
        late.map(({ area, level, own, missing }) => ({
          code: 'subsidy_missing',
          area,
          scheme: 'resident',
          subject: level,
          figure: yuanText(missing),
          text: `9 月 30 日前未足额到位（${SUBSIDY_LEVEL_NAMES[level]}）`,
          because: missingBecause(area, level, own, { since: `${year}-01-01`, until: date }),
          raised: `${MISSING} > 0`,
        })),
      );
      return { findings: late.length, missing: yuanText(sum(late.map(({ missing }) => missing))) };
    });
  },

  /** 补助结算: due, arrived, missing and the signed settlement; arrivals are evidence, income is in the actuals. */
  async settleSubsidy({
    year,
    arrivedBy,
  }: {
    year: number;
    arrivedBy: string;
  }): Promise<{ rows: number; settlement: string }> {
    return once(pool, { key: `fund-year-${year}/subsidy/settlement`, input: { year, arrivedBy } }, async (trx) => {
      const rows = await subsidyRows(trx, await lawOf(trx, year), year, arrivedBy);
      await insertRows(
        trx,
        'subsidy',
        rows.map((row) => ({
          fund_year: year,
          area: row.area,
          banner: row.banner,
          level: row.level,
          due: yuanText(row.due),
          arrived: yuanText(row.arrived),
          missing: yuanText(row.missing.value),
          settlement: yuanText(row.settlement.value),
          because: {
            due: row.dueBecause,
            arrived: taken('财社〔2012〕223号 清算', yuanText(row.arrived), arrivals(row, year, `${year}-12-31`)),
            missing: row.missing.because,
            settlement: row.settlement.because,
          },
        })),
      );
      await recordFindings(trx, year, await arrivalFindings(trx, year));
      return { rows: rows.length, settlement: yuanText(sum(rows.map(({ settlement }) => settlement.value))) };
    });
  },
});

/** Σ arrived of all levels against the income that the area booked. */
async function arrivalFindings(db: Queryable, year: number): Promise<Finding[]> {
  const arrivedOf = await arrivedByArea(db, year);
  const actuals = await actualItems(db, year, 'resident');
  return (await areasOf(db, year, 'resident')).flatMap((area): Finding[] => {
    const difference = arrivedOf(area).minus(actuals.area(area).of('fiscal_subsidy'));
    if (difference.isZero()) return [];
    return [
      {
        code: 'subsidy_arrivals',
        area,
        scheme: 'resident',
        figure: yuanText(difference),
        text: '到位凭证合计与财政补贴收入不符',
        because: {
          article: '财社〔2012〕223号 清算；RULES 5“arrivals are evidence”：到位凭证',
          formula: 'arrived - booked',
          inputs: {
            arrived: {
              value: yuanText(arrivedOf(area)),
              from: { rows: 'subsidy_arrivals.csv', of: { area, since: `${year}-01-01`, until: `${year}-12-31` } },
            },
            booked: {
              value: yuanText(actuals.area(area).of('fiscal_subsidy')),
              from: {
                rows: 'actuals.csv',
                of: { area, scheme: 'resident', part: 'pooled', year, item: 'fiscal_subsidy' },
              },
            },
          },
        },
        raised: 'arrived - booked != 0',
      },
    ];
  });
}
