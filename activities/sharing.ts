/** 缺口分担: gap, own surplus, shares and payments of one scheme, all areas at once because they share one fund. */
import type { Pool } from 'pg';
import type { Queryable } from '../db/connect';
import {
  actualItems,
  adjustmentFund,
  areasOf,
  budgetItems,
  collectedPremium,
  conductRows,
  insuredRows,
  openingSurplus,
} from '../db/inputs';
import { type Posting, post } from '../db/journal';
import { once } from '../db/once';
import { insertRows, select } from '../db/rows';
import { openChain } from '../db/tasks';
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../rules/gap';
import { type Decimal, decimal, ratioText, sum, yuanText, zero } from '../rules/money';
import { GAP_SUBSIDY, SPECIAL_ACCOUNT } from '../rules/posting';
import { type Because, type Explained, type Given, explain } from '../rules/rule';
import {
  NO_FACTOR,
  PAID,
  alpha,
  areaShare,
  dependencyStepEmployee,
  dependencyStepResident,
  entitlement,
  fundAvailable,
  fundPayments,
  matchedEntitlement,
  performanceStep,
} from '../rules/share';
import { ITEM_NAMES, OWN_EXPENDITURE, OWN_INCOME, REGION, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { type Finding, recordFindings } from './findings';
import { type Law, lawOf } from '../audit/law';
import { type SchemeYear, settleLevies, summed } from './levy';

export interface SharingReceipt {
  gaps: number;
  gap: string;
  entitled: string;
  fund_share: string;
  area_share: string;
  settlementTask: string; // the chain of approvals that this proposal waits for
}

/** Everything that the sharing of one scheme reads, once. */
async function facts(db: Queryable, { year, scheme }: SchemeYear) {
  const actuals = await actualItems(db, year, scheme);
  const budgets = await budgetItems(db, year, scheme);
  const collected = scheme === 'resident' ? await collectedPremium(db, year, `${year}-12-31`) : () => zero;
  const surplusOf = await openingSurplus(db, year, scheme);
  const conductOf = await conductRows(db, year, scheme);
  const insuredOf = await insuredRows(db, year, scheme);
  const levies = new Map(
    (
      await select<{ area: string; levy: string }>(
        db,
        'select area, levy from fund.levy where fund_year = $1 and scheme = $2',
        [year, scheme],
      )
    ).map(({ area, levy }) => [area, decimal(levy)]),
  );
  const rows = (file: string, area: string, item: readonly string[] | string) => ({
    rows: file,
    of: { area, scheme, part: 'pooled', year, item },
  });
  const besides = scheme === 'resident' ? '（另加 collection.csv 的 collected 与 aid）' : '';
  return {
    income: (area: string): Given<Decimal> => ({
      value: actuals.area(area).income.plus(collected(area)),
      from: rows(`actuals.csv${besides}`, area, OWN_INCOME),
    }),
    expenditure: (area: string): Given<Decimal> => ({
      value: actuals.area(area).expenditure,
      from: rows('actuals.csv', area, OWN_EXPENDITURE),
    }),
    premium: (area: string): Given<Decimal> => ({
      value: actuals.area(area).of('premium').plus(collected(area)),
      from: rows(`actuals.csv${besides}`, area, 'premium'),
    }),
    budgetedPremium: (area: string): Given<Decimal> => ({
      value: budgets.area(area).of('premium'),
      from: rows('budgets.csv', area, 'premium'),
    }),
    budgetedExpenditure: (area: string): Given<Decimal> => ({
      value: budgets.area(area).expenditure,
      from: rows('budgets.csv', area, OWN_EXPENDITURE),
    }),
    surplus: (area: string): Given<Decimal> => ({
      value: surplusOf(area),
      from: rows('opening.csv', area, 'accumulated_surplus'),
    }),
    levy: (area: string): Given<Decimal> => ({
      value: levies.get(area) ?? zero,
      from: { figure: 'levy.levy', of: { scheme, area } },
    }),
    insured: insuredOf,
    conduct: conductOf,
    conductSource: (area: string, column: string) => ({ rows: 'conduct.csv', of: { area, scheme, year, column } }),
    insuredSource: (area: string, column: string) => ({ rows: 'insured.csv', of: { area, scheme, year, column } }),
  };
}
type Facts = Awaited<ReturnType<typeof facts>>;

/** A factor of α; without data it counts 0, and that is a finding. */
interface Factor {
  name: 'd' | 'c' | 'k';
  value: Decimal;
  because: Because;
  missing: boolean;
}
const factor = (name: Factor['name'], stepped: Explained<Decimal | null> | null): Factor =>
  stepped === null || stepped.value === null
    ? { name, value: zero, because: { ...NO_FACTOR, inputs: {} }, missing: true }
    : { name, value: stepped.value, because: stepped.because, missing: false };

/** d: the area's dependency against the region's, which is a sum over the areas that have the data. */
function dependencyFactor(
  law: Law,
  known: Facts,
  { scheme }: SchemeYear,
  areas: readonly string[],
): (area: string) => Factor {
  const [numerator, denominator] =
    scheme === 'employee' ? (['in_service', 'retired'] as const) : (['aged_60_plus', 'insured'] as const);
  const complete = areas.map(known.insured).filter((row) => row[numerator] !== null && row[denominator] !== null);
  const total = (column: typeof numerator | typeof denominator): Given<Decimal> => ({
    value: sum(complete.map((row) => row[column] as Decimal)),
    from: { rows: 'insured.csv', of: { scheme, column, areas: 'all with data' } },
  });
  const region = { region_numerator: total(numerator), region_denominator: total(denominator) };
  return (area) => {
    const row = known.insured(area);
    if (row[numerator] === null || row[denominator] === null) return factor('d', null);
    const inputs = {
      ...region,
      numerator: { value: row[numerator], from: known.insuredSource(area, numerator) },
      denominator: { value: row[denominator], from: known.insuredSource(area, denominator) },
    };
    return factor(
      'd',
      scheme === 'employee'
        ? explain(dependencyStepEmployee, { ...inputs, bands: law.bands('share.bands.ratio') })
        : explain(dependencyStepResident, { ...inputs, bands: law.bands('share.bands.aged') }),
    );
  };
}

/** c: collection rate; k: expansion task completion. */
function performanceFactors(law: Law, known: Facts, area: string): [Factor, Factor] {
  const c = explain(performanceStep, {
    actual: known.premium(area),
    target: known.budgetedPremium(area),
    bands: law.bands('share.bands.collection'),
  });
  const { insured, target_insured } = known.insured(area);
  if (insured === null || target_insured === null) return [factor('c', c), factor('k', null)];
  const k = explain(performanceStep, {
    actual: { value: insured, from: known.insuredSource(area, 'insured') },
    target: { value: target_insured, from: known.insuredSource(area, 'target_insured') },
    bands: law.bands('share.bands.expansion'),
  });
  return [factor('c', c), factor('k', k)];
}

function shareOfFund(law: Law, known: Facts, area: string, factors: readonly Factor[]): Explained<Decimal> {
  const conduct = known.conduct(area);
  const said = <Value extends Decimal | boolean>(value: Value, column: string): Given<Value> => ({
    value,
    from: known.conductSource(area, column),
  });
  const [d, c, k] = factors as [Factor, Factor, Factor];
  const stepOf = ({ name, value }: Factor): Given<Decimal> => ({
    value,
    from: { figure: `sharing.alpha.${name}`, of: { area } },
  });
  const explained = explain(alpha, {
    alpha0: law.given('share.alpha0'),
    min: law.given('share.min'),
    max: law.given('share.max'),
    d: stepOf(d),
    c: stepOf(c),
    k: stepOf(k),
    unpaid: said(conduct.unpaid, 'levy_days_late'),
    days_late: said(conduct.days_late, 'levy_days_late'),
    days_allowed: law.given('share.disqualify.days_late'),
    own_policy_above: said(conduct.own_policy_above, 'own_policy_above'),
    audit_refused: said(conduct.audit_refused, 'audit_refused'),
    actual_premium: known.premium(area),
    budgeted_premium: known.budgetedPremium(area),
    collection_below: law.given('share.disqualify.collection_below'),
  });
  return explained;
}

interface SharedGap {
  area: string;
  figures: Record<'income' | 'expenditure' | 'levy', Given<Decimal>>;
  parts: Record<
    'gap' | 'own_surplus' | 'residual' | 'managerial' | 'general' | 'alpha' | 'entitled',
    Explained<Decimal>
  >;
  factors: readonly Factor[];
  cause: string | null;
}

/** One area's gap, step by step as A(6) takes it. */
function gapOf(law: Law, known: Facts, { scheme }: SchemeYear, area: string, factors: readonly Factor[]): SharedGap {
  const of = (name: string, { value }: Explained<Decimal>): Given<Decimal> => ({
    value,
    from: { figure: `sharing.${name}`, of: { scheme, area } },
  });
  const figures = { income: known.income(area), expenditure: known.expenditure(area), levy: known.levy(area) };
  const found = explain(gap, figures);
  const own = explain(ownSurplusUsed, {
    gap: of('gap', found),
    surplus: known.surplus(area),
    reserve: law.given('share.reserve'),
  });
  const residual = explain(residualGap, { gap: of('gap', found), own_surplus: of('own_surplus', own) });
  const managerial = explain(managerialPart, {
    applies: law.flag('share.managerial'),
    residual: of('residual', residual),
    budgeted_premium: known.budgetedPremium(area),
    actual_premium: known.premium(area),
    irregular_expenditure: {
      value: known.conduct(area).irregular_expenditure,
      from: known.conductSource(area, 'irregular_expenditure'),
    },
  });
  const left = { residual: of('residual', residual), managerial: of('managerial', managerial) };
  const overspend = law.optional('share.scope_overspend');
  const general =
    overspend === null
      ? explain(generalPart, left)
      : explain(generalPartInScope, {
          ...left,
          overspend,
          expenditure: known.expenditure(area),
          budgeted_expenditure: known.budgetedExpenditure(area),
        });
  const share = shareOfFund(law, known, area, factors);
  const claim = { alpha: of('alpha', share), general: of('general', general) };
  const entitled = law.flag('share.match_area').value
    ? explain(matchedEntitlement, { ...claim, residual: of('residual', residual) })
    : explain(entitlement, claim);
  const cause = found.value.gt(0) ? (known.conduct(area).cause ?? 'other_reasonable') : null;
  return {
    area,
    figures,
    parts: { gap: found, own_surplus: own, residual, managerial, general, alpha: share, entitled },
    factors,
    cause,
  };
}

function findingsOf(known: Facts, { scheme }: SchemeYear, shared: SharedGap): Finding[] {
  const { area, factors, parts } = shared;
  const missing = factors
    .filter((one) => one.missing)
    .map((one) => ({
      code: 'missing_data',
      area,
      scheme,
      subject: one.name,
      figure: one.name,
      text: `分担因素 ${one.name} 缺少数据，按 0 计`,
    }));
  if (!parts.gap.value.gt(0) || known.conduct(area).cause !== null) return missing;
  const text = '缺口未说明原因，按其他合理支出（other_reasonable）处理';
  return [...missing, { code: 'cause_missing', area, scheme, figure: yuanText(parts.gap.value), text }];
}

const ARTICLE = 'A(六)“当年医保基金出现收不抵支”';

function sharingRow(
  { year, scheme }: SchemeYear,
  shared: SharedGap,
  place: number,
  paid: Decimal,
  available: Explained<Decimal>,
) {
  const { area, figures, parts } = shared;
  const borne = explain(areaShare, {
    residual: { value: parts.residual.value, from: { figure: 'sharing.residual', of: { scheme, area } } },
    fund_share: { value: paid, from: { figure: 'sharing.fund_share', of: { scheme, area } } },
  });
  const fundBecause: Because = {
    ...PAID,
    inputs: {
      entitled: { from: { figure: 'sharing.entitled', of: { scheme } } },
      place: { value: place, from: { figure: 'sharing.area', of: { scheme } } },
      available: { value: available.value.toFixed(), from: { figure: 'sharing.available', of: { scheme } } },
      ...Object.fromEntries(
        Object.entries(available.because.inputs).map(([name, input]) => [`available.${name}`, input]),
      ),
    },
  };
  const amounts = Object.fromEntries(Object.entries(parts).map(([name, { value }]) => [name, yuanText(value)]));
  return {
    fund_year: year,
    scheme,
    area,
    income: yuanText(figures.income.value),
    expenditure: yuanText(figures.expenditure.value),
    levy: yuanText(figures.levy.value),
    ...amounts,
    alpha: parts.alpha.value.toFixed(),
    fund_share: yuanText(paid),
    area_share: yuanText(borne.value),
    cause: shared.cause,
    because: {
      income: summed(figures.income, ARTICLE),
      expenditure: summed(figures.expenditure, ARTICLE),
      levy: {
        article: 'A(六) 上解',
        formula: 'levy',
        inputs: { levy: { value: yuanText(figures.levy.value), from: figures.levy.from } },
      },
      ...Object.fromEntries(Object.entries(parts).map(([name, { because }]) => [name, because])),
      ...Object.fromEntries(
        shared.factors.map((one) => [`alpha.${one.name}`, { ...one.because, value: ratioText(one.value) }]),
      ),
      fund_share: fundBecause,
      area_share: borne.because,
    },
  };
}

export const createSharingActivities = (pool: Pool) => ({
  /** 测算缺口与分担方案: proposal of 31 March; the region approves it by 30 April. */
  async shareGaps(of: SchemeYear & { approveBy: string; workflowId: string }): Promise<SharingReceipt> {
    const { year, scheme } = of;
    return once(pool, { key: `fund-year-${year}/sharing/${scheme}`, input: of }, async (trx) => {
      const law = await lawOf(trx, year);
      const known = await facts(trx, of);
      const areas = await areasOf(trx, year, scheme);
      const dependencyOf = dependencyFactor(law, known, of, areas);
      const shared = areas.map((area) =>
        gapOf(law, known, of, area, [dependencyOf(area), ...performanceFactors(law, known, area)]),
      );
      const fund = await adjustmentFund(trx, year, scheme);
      const fundSource = { rows: 'adjustment_fund.csv', of: { scheme, year } };
      const available = explain(fundAvailable, {
        opening: { value: fund?.opening ?? zero, from: fundSource },
        interest: { value: fund?.interest ?? zero, from: fundSource },
        levy: { value: shared.map(({ figures }) => figures.levy.value), from: { figure: 'levy.levy', of: { scheme } } },
      });
      const paid = fundPayments(
        shared.map(({ parts }) => parts.entitled.value),
        available.value,
      );
      const rows = shared.map((one, place) => sharingRow(of, one, place, paid[place] as Decimal, available));
      await insertRows(trx, 'sharing', rows);
      await recordFindings(
        trx,
        year,
        shared.flatMap((one) => findingsOf(known, of, one)),
      );

      const total = (column: 'gap' | 'entitled' | 'fund_share' | 'area_share') =>
        yuanText(sum(rows.map((row) => decimal((row as Record<string, unknown>)[column] as string))));
      const figures = {
        gap: total('gap'),
        entitled: total('entitled'),
        fund_share: total('fund_share'),
        area_share: total('area_share'),
      };
      const chain = `${of.workflowId}/settlement`;
      await openChain(trx, {
        fundYear: year,
        chain,
        workflowId: of.workflowId,
        kind: 'approve',
        area: null,
        subject: `${SCHEME_NAMES[scheme]} ${year} 年度上解清算与缺口分担方案：缺口 ${figures.gap} 元，调剂金承担 ${figures.fund_share} 元`,
        figures,
        dueOn: of.approveBy,
        roles: ['region_security', 'region_finance', 'region_government'],
      });
      return { gaps: shared.filter(({ parts }) => parts.gap.value.gt(0)).length, ...figures, settlementTask: chain };
    });
  },

  /** 清算拨付: true-up, then F, then A, on one day; the area's side and the region's side are two entries. */
  async paySettlement(
    of: SchemeYear & { date: string },
  ): Promise<{ areas: number; fund_share: string; area_share: string }> {
    const { year, scheme, date } = of;
    return once(pool, { key: `fund-year-${year}/settlement/${scheme}`, input: of }, async (trx) => {
      await settleLevies(trx, of, date);
      const rows = await select<{ area: string; fund_share: string; area_share: string }>(
        trx,
        'select area, fund_share, area_share from fund.sharing where fund_year = $1 and scheme = $2',
        [year, scheme],
      );
      await post(
        trx,
        year,
        rows.flatMap((row) => payments(scheme, date, row)),
      );
      const total = (column: 'fund_share' | 'area_share') => yuanText(sum(rows.map((row) => decimal(row[column]))));
      return { areas: rows.length, fund_share: total('fund_share'), area_share: total('area_share') };
    });
  },
});

function payments(
  scheme: Scheme,
  date: string,
  row: { area: string; fund_share: string; area_share: string },
): Posting[] {
  const common = { date, scheme, part: 'pooled' as const, basis: 'A(六) 缺口分担；RULES 9(4)' };
  const key = `settlement/${scheme}/${row.area}`;
  const paid = decimal(row.fund_share);
  return [
    {
      ...common,
      entity: REGION,
      key: `${key}/grant/region`,
      debit: ITEM_NAMES.grant_to_subordinate,
      credit: SPECIAL_ACCOUNT,
      amount: paid,
    },
    {
      ...common,
      entity: row.area,
      key: `${key}/grant`,
      debit: SPECIAL_ACCOUNT,
      credit: ITEM_NAMES.superior_grant,
      amount: paid,
    },
    {
      ...common,
      entity: row.area,
      key: `${key}/government`,
      debit: SPECIAL_ACCOUNT,
      credit: GAP_SUBSIDY,
      amount: decimal(row.area_share),
    },
  ];
}
