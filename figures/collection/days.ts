/** 逐日入账: the entries of one day's cash, and of what arrives late for days that are already booked. */
import type { BookableDay } from '../../db/collection-days';
import type { Posting } from '../../db/journal';
import {
  collectedInTotal,
  paymentsOfDay,
  quarantinedPaymentsOfDay,
  quarantinedRefundsOfDay,
  quarantinedReleasesOfDay,
  refundsOfDay,
  restOfDay,
} from '../../rules/collection';
import { journalKey } from '../../rules/keys';
import { type Decimal, decimal, sum, yuanText } from '../../rules/money';
import { RECEIVED_IN_ADVANCE, SPECIAL_ACCOUNT, UNDER_REVIEW } from '../../rules/posting';
import { type Because, type Cells, type Source, reasonOf } from '../../rules/rule';
import { ITEM_NAMES } from '../../rules/vocabulary';
import { advanceToIncome } from '../books';
import { enrolmentAid, paymentRows, taxTotal } from './sources';

/** One booking of an area's collection. */
export interface Booking {
  year: number;
  area: string;
  /** How many bookings of the area there are, this one included. */
  number: number;
  /** Whether the area has person rows. */
  byPerson: boolean;
  /** Whether the books of the year are open: money for days before it is income by now. */
  booksAreOpen: boolean;
}
interface BookedDays {
  postings: Posting[];
  days: number;
  amount: string; // yuan paid in
}

export function bookedDays(booking: Booking, days: readonly BookableDay[]): BookedDays {
  const postings = days.map((day) => dayPosting(booking, day));
  const keys = postings.map(({ key }) => key);
  return {
    postings: booking.booksAreOpen ? [...postings, lateAdvance(booking, days, keys)] : postings,
    days: new Set(days.map(({ day }) => day)).size,
    amount: yuanText(sum(days.filter(({ kind }) => kind === 'payments').map(({ amount }) => decimal(amount)))),
  };
}

const comesIn = (kind: BookableDay['kind']): boolean => kind === 'payments' || kind === 'quarantined_payments';

/** Cash of one day: its side depends on its kind and on whether the fund year has begun. */
function dayPosting({ year, number, byPerson }: Booking, cash: BookableDay): Posting {
  const { area, day, kind, booked_by } = cash;
  const isRest = booked_by.length > 0;
  const premium = day < `${year}-01-01` ? RECEIVED_IN_ADVANCE : ITEM_NAMES.premium;
  const account = kind.startsWith('quarantined') ? UNDER_REVIEW : premium;
  return {
    date: day,
    entity: area,
    scheme: 'resident',
    part: 'pooled',
    key: journalKey.collectionDay(area, day, kind, isRest ? number : undefined),
    basis: 'A(二) 居民集中征缴；RULES 9(2)',
    debit: comesIn(kind) ? SPECIAL_ACCOUNT : account,
    credit: comesIn(kind) ? account : SPECIAL_ACCOUNT,
    amount: decimal(cash.amount),
    because: isRest ? restBecause(cash, byPerson) : dayBecause(cash, byPerson),
  };
}

/** What came late for days before the year is income of its first day, like the rest (RULES 9(2)). */
function lateAdvance({ year, area, number }: Booking, days: readonly BookableDay[], keys: readonly string[]): Posting {
  const signed = ({ kind, amount }: BookableDay): Decimal =>
    kind === 'payments' ? decimal(amount) : decimal(amount).negated();
  const before = days.filter(({ day, kind }) => day < `${year}-01-01` && !kind.startsWith('quarantined'));
  return advanceToIncome(area, `${year}-01-01`, sum(before.map(signed)), { booking: number, keys });
}

/** Cash of one day: the rows of that day, with their aid; an area without person rows has the tax bureau's total. */
function dayBecause({ area, day, kind }: BookableDay, byPerson: boolean): Because {
  if (!byPerson) return reasonOf(collectedInTotal, { total: { from: taxTotal(area, 'amount') } });
  const dated = { since: day, until: day };
  const rows = (cells: Cells): { from: Source } => ({ from: paymentRows(area, { ...cells, ...dated }) });
  switch (kind) {
    case 'payments': {
      const accepted = { kind: 'payment', outcome: 'accepted' };
      return reasonOf(paymentsOfDay, {
        paid: rows(accepted),
        aid: rows({ ...accepted, column: 'aid' }),
        enrolled: { from: enrolmentAid(area, dated) },
      });
    }
    case 'refunds': {
      const refunds = { kind: 'refund', outcome: 'accepted', of_quarantined: false };
      return reasonOf(refundsOfDay, { refunded: rows(refunds), aid: rows({ ...refunds, column: 'aid' }) });
    }
    case 'quarantined_payments':
      return reasonOf(quarantinedPaymentsOfDay, {
        paid: rows({ kind: 'payment', under_review: true }),
      });
    case 'quarantined_refunds':
      return reasonOf(quarantinedRefundsOfDay, {
        refunded: rows({ kind: 'refund', outcome: 'accepted', of_quarantined: true }),
      });
    case 'quarantined_releases':
      return reasonOf(quarantinedReleasesOfDay, {
        released: rows({ kind: 'payment', outcome: 'accepted', released: true }),
      });
  }
}

/** What came late for a day that was booked: all of that day's rows, less what its earlier entries have booked. */
function restBecause(cash: BookableDay, byPerson: boolean): Because {
  const before: Source = {
    rows: 'journal.csv',
    of: { entity: cash.area, account: SPECIAL_ACCOUNT, key: cash.booked_by, column: 'debit_less_credit' },
  };
  const direction = comesIn(cash.kind) ? 'in' : 'out';
  return restOfDay(dayBecause(cash, byPerson), direction, { from: before });
}
