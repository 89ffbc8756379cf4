/** 账实核对: the change of another place of money, the books of a day, and what the bank says of them. */
import { bankDifference, booksBeforeYear, booksOnDay, changeOfPlace, doesBankDiffer } from '../../rules/agreement';
import { decimal, yuanText } from '../../rules/money';

const yuan = (...amounts: string[]) => amounts.map(decimal);

// prettier-ignore
test.each([
  // at the month's end  before   booked   change
  ['100.00',             '0',     '0',     '100.00'],
  ['40.00',              '100',   '0',     '-60.00'],
  ['40.00',              '100',   '-60',   '0.00'],   // booked already
  ['45.00',              '100',   '-60',   '5.00'],   // corrected after it was booked
  ['-3.00',              '0',     '0',     '-3.00'],
])('a balance of %s after %s, with %s booked, changes by what is left: %4$s', (at, last, booked, change) => {
  const [at_month_end, last_balance, booked_before] = yuan(at, last, booked) as [never, never, never];
  expect(yuanText(changeOfPlace({ at_month_end, last_balance, booked_before }))).toBe(change);
});

test('the books of a day are its debits less its credits; those of before the year count the opening and the places too', () => {
  const entries = { debits: yuan('2000', '390'), credits: yuan('90') };
  expect(yuanText(booksOnDay(entries))).toBe('2300.00');
  const opening = decimal('6000');
  expect(yuanText(booksBeforeYear({ ...entries, opening, placed: decimal('-300') }))).toBe('8000.00');
});

// prettier-ignore
test.each([
  // bank      books     difference  finding
  ['2322.66',  '2335',   '-12.34',   true],
  ['2335.01',  '2335',   '0.01',     true],
  ['2335.00',  '2335',   '0.00',     false],
])('bank %s against books %s', (bank, books, difference, isFinding) => {
  const of = { bank: decimal(bank), books: decimal(books) };
  expect([yuanText(bankDifference(of)), doesBankDiffer(of)]).toEqual([difference, isFinding]);
});
