/** The tables of an input pack (CONTRACT 2): every file with its columns, in the order of the contract. */
import { INDICATORS } from '../rules/evaluation';
import {
  AID_FUNDINGS,
  AID_KINDS,
  AREA_ROLES,
  BENEFIT_ITEMS,
  CAUSES,
  GROUPS,
  PARTS,
  PREMIUM_CLASSES,
  PREMIUM_RECOGNITIONS,
  ROLES,
  SCHEMES,
  SUBSIDY_LEVELS,
  UNIT_KINDS,
  type Scheme,
} from '../rules/vocabulary';
import { MONEY_ACCOUNTS, OTHER_PLACES } from '../rules/posting';
import {
  dayOfBooks,
  employeeArea,
  endOfMonth,
  itemOfScheme,
  itemThatIsNotLevel,
  knownArea,
  knownFund,
  partOfScheme,
  residentArea,
  schemeOfArea,
  unitNotReserve,
} from './checks';
import { both, mapped } from '../parameters/reader';
import { type CellFault, type Row, optional, table } from './table';
import * as value from './values';

const area = value.someText;
const scheme = value.oneOf(...SCHEMES);
const part = value.oneOf(...PARTS);

const SCHEMES_EXPECTED = both('employee、resident 或 employee;resident', 'employee, resident or employee;resident');
const schemes = mapped(
  value.anyText,
  (cell): Scheme[] | undefined => {
    const names = cell.split(';');
    const known = SCHEMES.filter((name) => names.includes(name));
    return known.length === names.length ? known : undefined;
  },
  SCHEMES_EXPECTED,
);

const cell = (column: string, expected: string, remedy: string): CellFault => ({ column, expected, remedy });
const ofYear = (row: { year: number }, year: number): boolean => row.year === year;

export const AREAS = table({
  file: 'areas.csv',
  columns: {
    area: value.areaCode,
    name_zh: value.name,
    name_en: value.name,
    schemes,
    subsidy_class: value.orEmpty(value.oneOf('1', '2', '3')),
    employer_rate: optional(value.orEmpty(value.rate)),
  },
  key: ['area'],
  checks: [
    (row) =>
      row.schemes?.includes('resident') && row.subsidy_class === null
        ? cell(
            'subsidy_class',
            both('有居民医保的统筹区须有补助档次 1、2、3', 'an area with residents has a subsidy class: 1, 2 or 3'),
            both('填写 B(二) 的一、二、三类地区', 'fill in the class'),
          )
        : null,
  ],
});

export const BANNERS = table({
  file: 'banners.csv',
  columns: {
    area,
    banner: value.typedKey,
    name_zh: value.name,
    league_share: value.rate,
    insured_resident: value.count,
  },
  key: ['area', 'banner'],
  checks: [knownArea],
});

const isAreaRole = (role: string): boolean => (AREA_ROLES as readonly string[]).includes(role);
export const OPERATORS = table({
  file: 'operators.csv',
  columns: {
    operator: value.typedKey,
    name: value.name,
    role: value.oneOf(...ROLES),
    area: value.orEmpty(value.someText),
  },
  key: ['operator'],
  checks: [
    knownArea,
    ({ role, area: named }) => {
      if (role === undefined || named === undefined || isAreaRole(role) === (named !== null)) return null;
      return isAreaRole(role)
        ? cell('area', both(`${role} 所在的统筹区`, `the area of ${role}`), both('填写统筹区代码', 'fill in the area'))
        : cell('area', both(`${role} 不属统筹区，留空`, `empty for ${role}`), both('清空该格', 'empty the cell'));
    },
  ],
});

export const HISTORY = table({
  file: 'history.csv',
  columns: { area, scheme, part, year: value.year, item: value.anyText, amount: value.money },
  key: ['area', 'scheme', 'part', 'year', 'item'],
  checks: [knownArea, schemeOfArea, partOfScheme, itemOfScheme],
  isOf: (row, year) => row.year >= year - 3 && row.year < year,
});

export const OPENING = table({
  file: 'opening.csv',
  columns: {
    area,
    scheme,
    part,
    year: value.year,
    accumulated_surplus: value.money,
    basis: optional(value.orEmpty(value.oneOf(...PREMIUM_RECOGNITIONS))),
  },
  key: ['area', 'scheme', 'part', 'year'],
  checks: [
    knownArea,
    schemeOfArea,
    partOfScheme,
    ({ scheme: of, basis }) =>
      of !== 'employee' || basis === undefined || basis === null
        ? null
        : cell(
            'basis',
            both('职工医保没有确认口径，留空', 'empty for employees, whose premiums have no coverage year'),
            both('清空该格', 'empty the cell'),
          ),
  ],
  isOf: ofYear,
});

export const ADJUSTMENT_FUND = table({
  file: 'adjustment_fund.csv',
  columns: { scheme, year: value.year, opening_balance: value.money, interest: value.money },
  key: ['scheme', 'year'],
  isOf: ofYear,
});

/** Head counts on 30 June; an empty cell is a missing value (READINGS 7). */
const heads = value.orEmpty(value.count);
export const INSURED = table({
  file: 'insured.csv',
  columns: {
    area,
    scheme,
    year: value.year,
    insured: heads,
    in_service: heads,
    retired: heads,
    aged_60_plus: heads,
    target_insured: heads,
    low_income_registered: heads,
    low_income_paid: heads,
  },
  key: ['area', 'scheme', 'year'],
  checks: [knownArea, schemeOfArea],
  isOf: ofYear,
});

/** 参保登记: streamed once when the pack is judged, and again when it is loaded. */
export const ROLL = table({
  file: 'resident_roll.csv',
  required: false,
  columns: {
    person: value.someText,
    area,
    banner: value.anyText,
    group: value.oneOf(...GROUPS),
    coverage_year: value.year,
  },
  key: ['person', 'area', 'coverage_year'],
  checks: [knownArea, residentArea],
  isOf: (row, year) => row.coverage_year === year,
});

export const COLLECTION_TOTALS = table({
  file: 'collection_totals.csv',
  required: false,
  columns: { area, coverage_year: value.year, rows: value.count, amount: value.money },
  key: ['area', 'coverage_year'],
  checks: [knownArea, residentArea],
  isOf: (row, year) => row.coverage_year === year,
});

/** 医疗救助资助参保: rows of one area and group add up (RULES 4), so there is no key. */
export const MEDICAL_AID = table({
  file: 'medical_aid.csv',
  required: false,
  columns: {
    area: value.orEmpty(value.someText),
    group: value.oneOf(...GROUPS),
    kind: value.oneOf(...AID_KINDS),
    value: value.orEmpty(value.atLeastZero),
    funding: value.oneOf(...AID_FUNDINGS),
  },
  key: [],
  checks: [
    knownArea,
    ({ kind, value: aid }) => {
      if (kind === undefined || aid === undefined || kind === 'full') return null;
      const isValid = kind === 'percent' ? aid !== null && value.rate.read(aid) !== undefined : aid !== null;
      if (isValid) return null;
      const expected =
        kind === 'percent'
          ? both('0 到 1 之间的比例，如 0.70', 'a rate from 0 to 1, such as 0.70')
          : both('资助金额（元）', 'an amount in yuan');
      return cell('value', expected, both('填写资助比例或金额', 'fill in the rate or amount'));
    },
  ],
});

/** An item may be any text, even a total: the budget checks report what is wrong with it (RULES 6). */
export const BUDGET_SUBMISSIONS = table({
  file: 'budget_submissions.csv',
  columns: {
    area,
    scheme,
    year: value.year,
    version: value.version,
    part,
    item: value.shortText,
    amount: value.money,
    reason: value.remark,
    submitted_by: value.someText,
  },
  key: ['area', 'scheme', 'year', 'version', 'part', 'item'],
  checks: [knownArea, schemeOfArea, partOfScheme],
  isOf: ofYear,
});

/** Whole budgets like the submissions, each with the day on which its area changes it (RULES 6). */
export const BUDGET_ADJUSTMENTS = table({
  file: 'budget_adjustments.csv',
  required: false,
  columns: {
    area,
    scheme,
    version: value.version,
    date: value.date,
    part,
    item: value.shortText,
    amount: value.money,
    reason: value.remark,
    submitted_by: value.someText,
  },
  key: ['area', 'scheme', 'version', 'part', 'item'],
  checks: [knownArea, schemeOfArea, partOfScheme],
});

export const ACTUALS = table({
  file: 'actuals.csv',
  columns: { area, scheme, part, year: value.year, month: value.month, item: value.anyText, amount: value.money },
  key: ['area', 'scheme', 'part', 'year', 'month', 'item'],
  checks: [knownArea, schemeOfArea, partOfScheme, itemThatIsNotLevel],
  isOf: ofYear,
});

/** Evidence of money received; several arrivals on one day stand side by side. */
export const SUBSIDY_ARRIVALS = table({
  file: 'subsidy_arrivals.csv',
  required: false,
  columns: {
    area,
    banner: value.orEmpty(value.someText),
    level: value.oneOf(...SUBSIDY_LEVELS),
    date: value.date,
    amount: value.money,
  },
  key: [],
  checks: [knownArea, residentArea],
  isOf: (row, year) => row.date.startsWith(`${year}-`),
});

export const CONDUCT = table({
  file: 'conduct.csv',
  required: false,
  columns: {
    area,
    scheme,
    year: value.year,
    levy_days_late: value.orEmpty(value.either(value.days, value.oneOf('unpaid'))),
    own_policy_above: value.orEmpty(value.flag),
    audit_refused: value.orEmpty(value.flag),
    irregular_expenditure: value.orEmpty(value.moneyAtLeastZero),
    performance_score: value.orEmpty(value.decimalNumber),
    cause: optional(value.orEmpty(value.oneOf(...CAUSES))),
    unpaid_claims: optional(value.orEmpty(value.moneyAtLeastZero)),
    policy_reimbursement: optional(value.orEmpty(value.rate)),
    transition_document: optional(value.orEmpty(value.remark)),
  },
  key: ['area', 'scheme', 'year'],
  checks: [knownArea, schemeOfArea],
  isOf: ofYear,
});

/** 资金存放: month-end balances of the places other than the fiscal special account (READINGS 63). */
export const POSITIONS = table({
  file: 'positions.csv',
  required: false,
  columns: { area, scheme, part, account: value.oneOf(...OTHER_PLACES), date: value.date, balance: value.money },
  key: ['area', 'scheme', 'part', 'account', 'date'],
  checks: [knownFund, schemeOfArea, partOfScheme, dayOfBooks, endOfMonth],
});

/** 银行、国库对账单: what they say of an account on a date (READINGS 64). */
export const BANK = table({
  file: 'bank.csv',
  required: false,
  columns: { area, scheme, part, account: value.oneOf(...MONEY_ACCOUNTS), date: value.date, balance: value.money },
  key: ['area', 'scheme', 'part', 'account', 'date'],
  checks: [knownFund, schemeOfArea, partOfScheme, dayOfBooks],
});

/** 保费因素: revenue factors of employees, by class of those who pay (RULES 6). */
export const PREMIUM_BASIS = table({
  file: 'premium_basis.csv',
  required: false,
  columns: {
    area,
    part,
    class: value.oneOf(...PREMIUM_CLASSES),
    heads: value.count,
    base: value.atLeastZero,
    rate: value.rate,
    collection: value.rate,
  },
  key: ['area', 'part', 'class'],
  checks: [knownArea, employeeArea],
});

/** 待遇因素: benefit factors by band of age or hospital level. */
export const BENEFIT_BASIS = table({
  file: 'benefit_basis.csv',
  required: false,
  columns: {
    area,
    scheme,
    item: value.oneOf(...BENEFIT_ITEMS),
    band: value.shortText,
    insured: value.count,
    visits: value.atLeastZero,
    cost: value.atLeastZero,
    pay_rate: value.rate,
    policy: value.aboveMinusOne,
  },
  key: ['area', 'scheme', 'item', 'band'],
  checks: [knownArea, schemeOfArea],
});

/** 总额预算单位: who is paid for care, and how the total is split; the row of the reserve takes the code of no unit (READINGS 66). */
export const PAYMENT_UNITS = table({
  file: 'payment_units.csv',
  required: false,
  columns: {
    area,
    scheme,
    unit: value.typedKey,
    name_zh: value.name,
    kind: value.oneOf(...UNIT_KINDS),
    weight: value.atLeastZero,
  },
  key: ['area', 'scheme', 'unit'],
  checks: [knownArea, schemeOfArea, unitNotReserve],
});

/** 医药机构月度账目: a month may be negative, a unit's year may not (READINGS 66). */
export const UNIT_ACCOUNTS = table({
  file: 'unit_accounts.csv',
  required: false,
  columns: {
    area,
    scheme,
    unit: value.typedKey,
    month: value.month,
    incurred: value.money,
    paid: value.money,
    paid_earlier_years: optional(value.orEmpty(value.money)),
  },
  key: ['area', 'scheme', 'unit', 'month'],
  checks: [knownArea, schemeOfArea],
});

/** 绩效目标 of an area, which stand beside its budget when it is approved (RULES 10). */
export const TARGETS = table({
  file: 'targets.csv',
  required: false,
  columns: { area, scheme, indicator: value.oneOf(...INDICATORS), target: value.atLeastZero },
  key: ['area', 'scheme', 'indicator'],
  checks: [knownArea, schemeOfArea],
});

/** The tables that fit in memory, by their name in `Pack`; areas come first, because the others are checked against them. */
export const SMALL_TABLES = {
  areas: AREAS,
  banners: BANNERS,
  operators: OPERATORS,
  history: HISTORY,
  opening: OPENING,
  adjustmentFund: ADJUSTMENT_FUND,
  insured: INSURED,
  collectionTotals: COLLECTION_TOTALS,
  medicalAid: MEDICAL_AID,
  budgetSubmissions: BUDGET_SUBMISSIONS,
  budgetAdjustments: BUDGET_ADJUSTMENTS,
  actuals: ACTUALS,
  subsidyArrivals: SUBSIDY_ARRIVALS,
  conduct: CONDUCT,
  positions: POSITIONS,
  bank: BANK,
  premiumBasis: PREMIUM_BASIS,
  benefitBasis: BENEFIT_BASIS,
  paymentUnits: PAYMENT_UNITS,
  unitAccounts: UNIT_ACCOUNTS,
  targets: TARGETS,
} as const;
export type SmallTables = { [N in keyof typeof SMALL_TABLES]: Row<(typeof SMALL_TABLES)[N]['columns']>[] };
export type RollRow = Row<(typeof ROLL)['columns']>;
