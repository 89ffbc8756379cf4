/** 资金存放与账实核对: the entries of the other places of money, and the agreement of books and bank with its findings. */
import type { BankLine, UnbookedPlace } from '../db/agreement';
import type { Posting } from '../db/journal';
import { bankDifference, booksBeforeYear, booksOnDay, changeOfPlace, doesBankDiffer } from '../rules/agreement';
import { dateIn } from '../rules/calendar-day';
import { journalKey, journalKeys, kindOfEntry } from '../rules/keys';
import { type Decimal, yuanText, zero } from '../rules/money';
import { SPECIAL_ACCOUNT } from '../rules/posting';
import { type Because, type Explained, type Source, explain, reasonOf, taken } from '../rules/rule';
import { PART_NAMES, REGION } from '../rules/vocabulary';
import type { Finding } from './finding';

type OfAccount = Pick<BankLine, 'area' | 'scheme' | 'part' | 'account'>;
const cellsOf = ({ area, scheme, part, account }: OfAccount) => ({ area, scheme, part, account });
const inBooks = ({ area, scheme, part, account }: OfAccount) => ({ entity: area, scheme, part, account });

/** The part of a change that the books lack: money goes from the special account to the place, or back (RULES 9). */
export function placePosting(place: UnbookedPlace): Posting {
  const { area, scheme, part, account, date, balance, before, booked, postedOn, entries } = place;
  const row = (day: string): Source => ({
    rows: 'positions.csv',
    of: { ...cellsOf(place), date: day, column: 'balance' },
  });
  const { value, because } = explain(changeOfPlace, {
    at_month_end: { value: balance, from: row(date) },
    last_balance:
      before === null
        ? { value: zero, from: { stated: '此前没有余额' } }
        : { value: before.balance, from: row(before.date) },
    booked_before: { value: booked, from: bookedBefore(place) },
  });
  return {
    date: postedOn,
    entity: area,
    scheme,
    part,
    key: journalKey.position(area, scheme, part, account, date, entries === 0 ? undefined : entries + 1),
    basis: '社会保险基金会计制度（财会〔2017〕28号）；RULES 9 资金存放',
    debit: account,
    credit: SPECIAL_ACCOUNT,
    amount: value,
    because,
  };
}

/** What earlier entries of the day have booked, by their keys; before the first there are none. */
function bookedBefore(place: UnbookedPlace): Source {
  const { area, scheme, part, account, date, entries } = place;
  if (entries === 0) return { stated: '该日尚未入账' };
  const key = Array.from({ length: entries }, (_, i) =>
    journalKey.position(area, scheme, part, account, date, i === 0 ? undefined : i + 1),
  );
  return { rows: 'journal.csv', of: { ...inBooks(place), key, column: 'debit_less_credit' } };
}

/** One line of the sheet: books, bank and difference. */
interface Agreement {
  line: BankLine;
  books: Explained<Decimal>;
  bank: Explained<Decimal>;
  difference: Explained<Decimal>;
}

export function agreementOf(line: BankLine, year: number): Agreement {
  const of = { ...cellsOf(line), date: line.date };
  const difference = explain(bankDifference, {
    bank: { value: line.bank, from: { figure: 'agreement.bank', of } },
    books: { value: line.books, from: { figure: 'agreement.books', of } },
  });
  const bank = taken(bankDifference.article, yuanText(line.bank), {
    rows: 'bank.csv',
    of: { ...of, column: 'balance' },
  });
  return {
    line,
    books: { value: line.books, because: booksBecause(line, year) },
    bank: { value: line.bank, because: bank },
    difference,
  };
}

/** The entries of the account up to the day, act by act. */
function booksBecause(line: BankLine, year: number): Because {
  const firstDay = dateIn(year, '01-01');
  const side = (name: 'debit' | 'credit') => ({
    from: { rows: 'journal.csv', of: { ...inBooks(line), until: line.date, side: name, column: name, by: 'act' } },
  });
  const sides = { debits: side('debit'), credits: side('credit') };
  if (line.date >= firstDay) return reasonOf(booksOnDay, sides);
  const ofFirstDay = (act: string) => ({
    from: {
      rows: 'journal.csv',
      of: { ...inBooks(line), since: firstDay, until: firstDay, act, column: 'debit_less_credit' },
    },
  });
  const opening = ofFirstDay(kindOfEntry(journalKeys.openings));
  const placed = ofFirstDay(kindOfEntry(journalKeys.positions));
  return reasonOf(booksBeforeYear, { ...sides, opening, placed });
}

/** What distinguishes the differences of one fund. */
const subjectOf = ({ part, account, date }: BankLine): string => `${part} ${account} ${date}`;

/** 账实不符: one for each line that differs, in the month of its date when that lies in the year. */
export function differenceFindings({ line, difference }: Agreement, year: number): Finding[] {
  const { area, scheme, part, account, date, bank, books, reckoning } = line;
  if (!doesBankDiffer({ bank, books })) return [];
  const [ofYear, month = ''] = date.split('-');
  const place = area === REGION ? '调剂金' : PART_NAMES[part];
  return [
    {
      code: 'bank_difference',
      area,
      scheme,
      ...(ofYear === String(year) ? { month: Number.parseInt(month, 10) } : {}),
      reckoning: reckoning + 1,
      subject: subjectOf(line),
      figure: yuanText(difference.value),
      text: `${place}${account}：${date} 银行数比账面数${difference.value.isNegative() ? '少' : '多'} ${yuanText(difference.value.abs())} 元`,
      because: difference.because,
      raised: doesBankDiffer.formula,
    },
  ];
}
