/** 征缴计数: the reason of every count of an area's collection. */
import type { CollectionCounts } from '../../db/collection';
import { aidOfCollection, dueOfRegistered, quarantinedAmount } from '../../rules/collection';
import { type Decimal, yuanText } from '../../rules/money';
import { type Because, type Cells, type Source, reasonOf, taken } from '../../rules/rule';
import { GROUPS, UNKNOWN_AREA } from '../../rules/vocabulary';
import { enrolmentAid, paymentRows, taxTotal } from './sources';

const COUNTS = 'A(二)“完成次年居民医保集中征缴”；RULES 4 计数“due = Σ due of registered”';

export function countsBecause(area: string, counts: CollectionCounts): Record<string, Because> {
  if (area === UNKNOWN_AREA) return { ...nobodyBecause(), ...rowsBecause(area, counts) };
  return counts.byPerson
    ? { ...personsBecause(area, counts), ...rowsBecause(area, counts) }
    : totalsBecause(area, counts);
}

const nothing = (article: string): Because => taken(article, '0', { stated: article });

/** Rows that name no known area: nobody is registered there (READINGS 20). */
function nobodyBecause(): Record<string, Because> {
  const none = nothing('READINGS 20：地区不明的行不属于任何统筹区');
  return { registered: none, paid: none, due: none, collected: none, aid: none };
}

/** Without person rows the tax bureau's totals are the collection; its aid is in the actuals. */
function totalsBecause(area: string, { acceptedRows, collected }: CollectionCounts): Record<string, Because> {
  const article = 'RULES 4“An area without person rows”：没有个人明细的统筹区以税务对账数为准';
  const rows = taken(article, acceptedRows.toFixed(), taxTotal(area, 'rows'));
  const amount = taken(article, yuanText(collected), taxTotal(area, 'amount'));
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

/** Payments that stand: accepted and not refunded. */
const STANDING = { kind: 'payment', outcome: 'accepted', refunded: false };

const counted = (value: Decimal, from: Source): Because => taken(COUNTS, value.toFixed(), from);
const roll = (area: string, cells: Cells): Source => ({ rows: 'resident_roll.csv', of: { area, ...cells } });

function personsBecause(area: string, counts: CollectionCounts): Record<string, Because> {
  return {
    registered: counted(counts.registered, roll(area, { column: 'count' })),
    paid: counted(counts.paid, roll(area, { paid: true, column: 'count' })),
    due: reasonOf(dueOfRegistered, {
      persons: { from: roll(area, { group: GROUPS, column: 'count', by: 'group' }) },
      due: { from: { figure: 'collection_term.due', of: { area, group: GROUPS, by: 'group' } } },
    }),
    collected: taken(COUNTS, yuanText(counts.collected), paymentRows(area, { ...STANDING, column: 'amount' })),
    aid: reasonOf(aidOfCollection, {
      payments: { from: paymentRows(area, { ...STANDING, column: 'aid' }) },
      enrolled: { from: enrolmentAid(area) },
    }),
  };
}

function rowsBecause(area: string, counts: CollectionCounts): Record<string, Because> {
  const quarantined = { outcome: 'quarantined' };
  return {
    accepted_rows: counted(counts.acceptedRows, paymentRows(area, { outcome: 'accepted', column: 'count' })),
    quarantined_rows: counted(counts.quarantinedRows, paymentRows(area, { ...quarantined, column: 'count' })),
    quarantined_amount: reasonOf(quarantinedAmount, {
      payments: { from: paymentRows(area, { ...quarantined, kind: 'payment' }) },
      refunds: { from: paymentRows(area, { ...quarantined, kind: 'refund' }) },
      refunds_of_quarantined: {
        from: paymentRows(area, { outcome: 'accepted', kind: 'refund', of_quarantined: true }),
      },
    }),
  };
}
