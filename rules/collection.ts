/**
 * Counts of the resident collection (居民医保集中征缴) of one area. Which rows are accepted is
 * decided in the database (`fund.decide_payments`); this file has the figures that follow.
 *
 * Law: A(2) “各地原则上要于上年度9月1日至12月31日完成次年居民医保集中征缴”; B(7), B(8). RULES 4.
 */
import { type Decimal, atLeastZero, sum } from './money';
import { type Ratio, exact, ratioOf } from './ratio';
import { type Because, rule } from './rule';

/** 征缴进度: paid ÷ target; null without a target. */
export const progress = rule(
  { article: 'A(二)“完成次年居民医保集中征缴”', formula: 'paid / target_insured' },
  ({ paid, target_insured }: { paid: Decimal; target_insured: Decimal }): Ratio | null => ratioOf(paid, target_insured),
);

/** 两类人员参保率: paid ÷ registered; null where nobody is registered. */
export const enrolmentRate = rule(
  { article: 'B(八)“确保两类人员参保率不低于99%”', formula: 'paid / registered' },
  ({ paid, registered }: { paid: Decimal; registered: Decimal }): Ratio | null => ratioOf(paid, registered),
);
/** How many more persons have to pay until a class reaches the rate: the fewest, 0 where it does. B(八). */
export const personsMissing = ({
  paid,
  registered,
  target,
}: Record<'paid' | 'registered' | 'target', Decimal>): Decimal =>
  atLeastZero(registered.times(target).ceil().minus(paid));
/** Whether a rate is a finding; null where nobody is registered. */
export const isBelowTarget = rule(
  { article: enrolmentRate.article, formula: `${enrolmentRate.formula} < target` },
  ({ target, ...persons }: { paid: Decimal; registered: Decimal; target: Decimal }): boolean | null =>
    enrolmentRate(persons)?.lt(exact(target)) ?? null,
);
/** A ratio without a denominator is an empty cell (READINGS 5). */
export const noRatio = rule({ article: 'READINGS 5：没有分母的比率不填', formula: 'null' }, (): null => null);

/** 应缴: persons of each group times what one of them owes. */
export const dueOfRegistered = rule(
  {
    article: 'B(八)“按规定落实医疗救助分类资助参保政策”；RULES 4“minus medical aid for the group = due”',
    formula: 'sum(persons .* due)',
  },
  ({ persons, due }: { persons: Decimal[]; due: Decimal[] }) =>
    sum(persons.map((count, i) => count.times(due[i] as Decimal))),
);
/** 资助: with the payments, and for those who owe nothing with their enrolment. */
export const aidOfCollection = rule(
  {
    article: 'B(八)“医疗救助分类资助参保”；RULES 4“Aid is booked on the day”：资助随缴费入账',
    formula: 'payments + enrolled',
  },
  ({ payments, enrolled }: { payments: Decimal; enrolled: Decimal }) => payments.plus(enrolled),
);
/** 待核对金额. */
export const quarantinedAmount = rule(
  {
    article: 'RULES 4“quarantined_amount = quarantined payments”：待核对的缴费减待核对的退费，再减退回的待核对缴费',
    formula: 'payments - refunds - refunds_of_quarantined',
  },
  (cash: { payments: Decimal; refunds: Decimal; refunds_of_quarantined: Decimal }) =>
    cash.payments.minus(cash.refunds).minus(cash.refunds_of_quarantined),
);

/** The control totals of the tax bureau (税务对账数) against the rows. */
export const RECONCILIATION =
  'A 四“税务部门负责做好基本医保保费征缴工作”；RULES 4 对账“difference = tax amount − (collected + quarantined_amount)”';
/** 对账差额: the tax bureau's total less everything this system knows of. */
export const reconciliationDifference = rule(
  {
    article: RECONCILIATION,
    formula: 'tax_amount - (collected + quarantined_amount)',
  },
  (money: { tax_amount: Decimal; collected: Decimal; quarantined_amount: Decimal }) =>
    money.tax_amount.minus(money.collected.plus(money.quarantined_amount)),
);

/** The same for rows. */
export const rowDifference = rule(
  {
    article: RECONCILIATION,
    formula: 'tax_rows - accepted_rows - quarantined_rows',
  },
  (rows: { tax_rows: Decimal; accepted_rows: Decimal; quarantined_rows: Decimal }) =>
    rows.tax_rows.minus(rows.accepted_rows).minus(rows.quarantined_rows),
);

/** The amount is a finding unless it is 0. */
export const doAmountsDiffer = rule(
  { article: RECONCILIATION, formula: 'value != 0' },
  ({ value }: { value: Decimal }): boolean => !value.isZero(),
);
export const doRowsDiffer = rule(
  { article: RECONCILIATION, formula: `${rowDifference.formula} != 0` },
  (rows: Parameters<typeof rowDifference>[0]): boolean => !rowDifference(rows).isZero(),
);

const BY_DAY = 'A(二)“完成次年居民医保集中征缴”；RULES 9(2) 逐日入账';
/** What the collection of an area with person rows has brought: payments and the aid for those who owe nothing. */
export const collectedByPerson = rule(
  { article: BY_DAY, formula: 'paid + enrolled' },
  ({ paid, enrolled }: { paid: Decimal; enrolled: Decimal }) => paid.plus(enrolled),
);
/** Without person rows it is the tax bureau's total. */
export const collectedInTotal = rule({ article: BY_DAY, formula: 'total' }, ({ total }: { total: Decimal }) => total);

/** 保费收入 is gross: what persons paid and the aid for them. What came in besides is in the actuals. */
export const grossPremium = rule(
  { article: 'RULES 4 “Premium is gross”：保费收入含资助', formula: 'collected + aid' },
  ({ collected, aid }: { collected: Decimal; aid: Decimal }) => collected.plus(aid),
);

/** Cash of one day by what it is (逐日入账): payments with their aid, and the aid for those enrolled that day. */
export const paymentsOfDay = rule(
  { article: BY_DAY, formula: 'paid + aid + enrolled' },
  ({ paid, aid, enrolled }: { paid: Decimal; aid: Decimal; enrolled: Decimal }) => paid.plus(aid).plus(enrolled),
);
export const refundsOfDay = rule(
  { article: BY_DAY, formula: 'refunded + aid' },
  ({ refunded, aid }: { refunded: Decimal; aid: Decimal }) => refunded.plus(aid),
);
export const quarantinedPaymentsOfDay = rule(
  { article: 'RULES 4“are cash and are booked as 待核对款”：待核对的缴费是到账现金，记待核对款', formula: 'paid' },
  ({ paid }: { paid: Decimal }): Decimal => paid,
);
export const quarantinedRefundsOfDay = rule(
  { article: 'RULES 4“A refund may also name a payment quarantined”：待核对缴费的退回', formula: 'refunded' },
  ({ refunded }: { refunded: Decimal }): Decimal => refunded,
);
/** What leaves the cash under review because both offices accepted it. The same money is among the payments of that day. */
export const quarantinedReleasesOfDay = rule(
  {
    article: 'RULES 4“A row is accepted or quarantined”；决定 0014：核实受理的缴费自当日起转为保费收入',
    formula: 'released',
  },
  ({ released }: { released: Decimal }): Decimal => released,
);

/**
 * What came late to a day that was booked: all of that day, less what its earlier entries have booked. Refunds leave the
 * special account, so what was booked of them is negative there.
 */
export const restOfDay = (
  { article, formula, inputs }: Because,
  cash: 'in' | 'out',
  before: Because['inputs'][string],
): Because => ({
  article: `${article}；此日入账之后才到的行，补记在原日期`,
  formula: `${formula} ${cash === 'in' ? '-' : '+'} booked_before`,
  inputs: { ...inputs, booked_before: before },
});
