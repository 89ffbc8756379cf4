/** Where the counts of a collection come from: which rows of the roll, of the payments and of the tax bureau's totals. */
import type { CollectionCounts } from '../../db/collection';
import type { BookableDay } from '../../db/collection-days';
import { type Decimal, yuanText } from '../../rules/money';
import { SPECIAL_ACCOUNT } from '../../rules/posting';
import { type Because, type Cells, type Source, taken } from '../../rules/rule';
import { GROUPS, UNKNOWN_AREA } from '../../rules/vocabulary';

const COUNTS = 'A(二)“完成次年居民医保集中征缴”；RULES 4 计数“due = Σ due of registered”';
export const RECONCILED =
  'A 四“税务部门负责做好基本医保保费征缴工作”；RULES 4 对账“difference = tax amount − (collected + quarantined_amount)”';

/** A ratio without a denominator is an empty cell (READINGS 5). */
export const NO_RATIO: Because = {
  article: 'READINGS 5：没有分母的比率不填',
  formula: 'null',
  inputs: { denominator: { value: null, from: { stated: '没有目标数或没有应参保人员' } } },
};

export const insuredCell = (area: string, year: number, column: string): Source => ({
  rows: 'insured.csv',
  of: { area, scheme: 'resident', year, column },
});
export const totalsOf = (area: string, column: 'rows' | 'amount'): Source => ({
  rows: 'collection_totals.csv',
  of: { area, column },
});
/** Persons of some groups on the roll of an area: all of them, and those who are paid up there. */
export const personsOf = (area: string, group: readonly string[]): Record<'registered' | 'paid', Source> => ({
  registered: { rows: 'resident_roll.csv', of: { area, group, column: 'count' } },
  paid: { rows: 'resident_roll.csv', of: { area, group, paid: true, column: 'count' } },
});

/** The reason of every count of an area. */
export function countsBecause(area: string, counts: CollectionCounts): Record<string, Because> {
  if (area === UNKNOWN_AREA) return { ...nobody(), ...rowsBecause(area, counts) };
  return counts.byPerson
    ? { ...personsBecause(area, counts), ...rowsBecause(area, counts) }
    : totalsBecause(area, counts);
}

const nothing = (article: string): Because => taken(article, '0', { stated: article });

/** Rows that name no known area: nobody is registered there (READINGS 20). */
function nobody(): Record<string, Because> {
  const none = nothing('READINGS 20：地区不明的行不属于任何统筹区');
  return { registered: none, paid: none, due: none, collected: none, aid: none };
}

/** Without person rows the tax bureau's totals are the collection; its aid is in the actuals. */
function totalsBecause(area: string, { acceptedRows, collected }: CollectionCounts): Record<string, Because> {
  const article = 'RULES 4“An area without person rows”：没有个人明细的统筹区以税务对账数为准';
  const rows = taken(article, acceptedRows.toFixed(), totalsOf(area, 'rows'));
  const amount = taken(article, yuanText(collected), totalsOf(area, 'amount'));
  const none = nothing(article);
  return {
    registered: rows,
    paid: rows,
    accepted_rows: rows,
    due: amount,
    collected: amount,
    aid: none,
    quarantined_rows: none,
    quarantined_amount: none,
  };
}

const payments = (area: string, of: Cells): Source => ({ rows: 'resident_payments.csv', of: { area, ...of } });
/** Payments that stand: accepted and not refunded. */
const STANDING = { kind: 'payment', outcome: 'accepted', refunded: false };

function personsBecause(area: string, counts: CollectionCounts): Record<string, Because> {
  const persons = personsOf(area, GROUPS);
  const count = (value: Decimal, { rows, of }: { rows: string; of: Cells }): Because =>
    taken(COUNTS, value.toFixed(), { rows, of: { ...of, column: 'count' } });
  return {
    registered: count(counts.registered, { rows: 'resident_roll.csv', of: { area } }),
    paid: count(counts.paid, { rows: 'resident_roll.csv', of: { area, paid: true } }),
    due: {
      article: 'B(八)“按规定落实医疗救助分类资助参保政策”；RULES 4“minus medical aid for the group = due”',
      formula: 'sum(persons .* due)',
      inputs: {
        persons: { from: { rows: 'resident_roll.csv', of: { ...cellsOf(persons.registered), by: 'group' } } },
        due: { from: { figure: 'collection_term.due', of: { area, group: GROUPS, by: 'group' } } },
      },
    },
    collected: taken(COUNTS, yuanText(counts.collected), payments(area, { ...STANDING, column: 'amount' })),
    aid: {
      article: 'B(八)“医疗救助分类资助参保”；RULES 4“Aid is booked on the day”：资助随缴费入账',
      formula: 'payments + enrolled',
      inputs: {
        payments: { from: payments(area, { ...STANDING, column: 'aid' }) },
        enrolled: { from: { rows: 'resident_roll.csv', of: { area, enrolled: true, column: 'aid' } } },
      },
    },
  };
}

const cellsOf = (source: Source): Cells => ('of' in source ? source.of : {});

function rowsBecause(area: string, counts: CollectionCounts): Record<string, Because> {
  const quarantined = { outcome: 'quarantined' };
  return {
    accepted_rows: taken(
      COUNTS,
      counts.acceptedRows.toFixed(),
      payments(area, { outcome: 'accepted', column: 'count' }),
    ),
    quarantined_rows: taken(
      COUNTS,
      counts.quarantinedRows.toFixed(),
      payments(area, { ...quarantined, column: 'count' }),
    ),
    quarantined_amount: {
      article: 'RULES 4“quarantined_amount = quarantined payments”：隔离的缴费减隔离的退费，再减退回的隔离缴费',
      formula: 'payments - refunds - refunds_of_quarantined',
      inputs: {
        payments: { from: payments(area, { ...quarantined, kind: 'payment' }) },
        refunds: { from: payments(area, { ...quarantined, kind: 'refund' }) },
        refunds_of_quarantined: {
          from: payments(area, { outcome: 'accepted', kind: 'refund', of_quarantined: true }),
        },
      },
    },
  };
}

/** Cash of one day: the rows of that day, with their aid; an area without person rows has the tax bureau's total. */
export function dayBecause(
  { area, day, kind }: Pick<BookableDay, 'area' | 'day' | 'kind'>,
  byPerson: boolean,
): Because {
  const article = 'A(二)“完成次年居民医保集中征缴”；RULES 9(2) 逐日入账';
  const dated = { since: day, until: day };
  const on = (of: Cells): { from: Source } => ({ from: payments(area, { ...of, ...dated }) });
  if (!byPerson) return { article, formula: 'total', inputs: { total: { from: totalsOf(area, 'amount') } } };
  switch (kind) {
    case 'payments':
      return {
        article,
        formula: 'paid + aid + enrolled',
        inputs: {
          paid: on({ kind: 'payment', outcome: 'accepted' }),
          aid: on({ kind: 'payment', outcome: 'accepted', column: 'aid' }),
          enrolled: { from: { rows: 'resident_roll.csv', of: { area, enrolled: true, column: 'aid', ...dated } } },
        },
      };
    case 'refunds': {
      const refunds = { kind: 'refund', outcome: 'accepted', of_quarantined: false };
      return {
        article,
        formula: 'refunded + aid',
        inputs: { refunded: on(refunds), aid: on({ ...refunds, column: 'aid' }) },
      };
    }
    case 'quarantined_payments':
      return {
        article: 'RULES 4“are cash and are booked as 待核对款”：隔离的缴费是到账现金，记待核对款',
        formula: 'paid',
        inputs: { paid: on({ kind: 'payment', outcome: 'quarantined', booked: true }) },
      };
    case 'quarantined_refunds':
      return {
        article: 'RULES 4“A refund may also name a payment quarantined”：隔离缴费的退回',
        formula: 'refunded',
        inputs: { refunded: on({ kind: 'refund', outcome: 'accepted', of_quarantined: true }) },
      };
  }
}

/** What came late to a day that was booked: all of that day's rows, less what its entries before have booked. */
export function restOfDayBecause(
  of: Pick<BookableDay, 'area' | 'day' | 'kind'>,
  byPerson: boolean,
  keys: readonly string[],
): Because {
  const { article, formula, inputs } = dayBecause(of, byPerson);
  const before: Source = {
    rows: 'journal.csv',
    of: { entity: of.area, account: SPECIAL_ACCOUNT, key: keys, column: 'debit_less_credit' },
  };
  // Refunds leave the special account: what was booked of them is negative there.
  const sign = of.kind.endsWith('refunds') ? '+' : '-';
  return {
    article: `${article}；此日入账之后才到的行，补记在原日期`,
    formula: `${formula} ${sign} booked_before`,
    inputs: { ...inputs, booked_before: { from: before } },
  };
}
