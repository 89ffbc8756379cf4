/**
 * Counts of the resident collection (居民医保集中征缴) of one area. Which rows are accepted is
 * decided in the database (`fund.decide_payments`); this file has the figures that follow.
 *
 * Law: A(2) “各地原则上要于上年度9月1日至12月31日完成次年居民医保集中征缴”; B(7), B(8). RULES 4.
 */
import type { Decimal } from './money';
import { type Ratio, ratioOf } from './ratio';
import { rule } from './rule';

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

/** 对账差额: the tax bureau's total less everything this system knows of. */
export const reconciliationDifference = rule(
  {
    article:
      'A 四“税务部门负责做好基本医保保费征缴工作”；RULES 4 对账“difference = tax amount − (collected + quarantined_amount)”',
    formula: 'tax_amount - (collected + quarantined_amount)',
  },
  (money: { tax_amount: Decimal; collected: Decimal; quarantined_amount: Decimal }) =>
    money.tax_amount.minus(money.collected.plus(money.quarantined_amount)),
);

/** The same for rows. */
export const rowDifference = rule(
  {
    article:
      'A 四“税务部门负责做好基本医保保费征缴工作”；RULES 4 对账“difference = tax amount − (collected + quarantined_amount)”',
    formula: 'tax_rows - accepted_rows - quarantined_rows',
  },
  (rows: { tax_rows: Decimal; accepted_rows: Decimal; quarantined_rows: Decimal }) =>
    rows.tax_rows.minus(rows.accepted_rows).minus(rows.quarantined_rows),
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
