/** 资金存放与账实核对: the entries of other places of money, and the books beside the bank. */
import type { BankLine, UnbookedPlace } from '../../db/agreement';
import { agreementOf, differenceFindings, placePosting } from '../../figures/agreement';
import { decimal, yuanText } from '../../rules/money';
import { onSides } from '../../rules/posting';

const FUND = { area: '150400', scheme: 'employee', part: 'pooled' } as const;
const place = (more: Partial<UnbookedPlace>): UnbookedPlace => ({
  ...FUND,
  ...{ account: '暂付款', date: '2027-06-30', postedOn: '2027-06-30' },
  ...{ balance: decimal('40'), before: null, booked: decimal('0'), entries: 0 },
  ...more,
});

// prettier-ignore
test.each<[what: string, of: Partial<UnbookedPlace>, debit: string, credit: string, amount: string]>([
  ['the first balance is a change from nothing', {}, '暂付款', '财政专户存款', '40.00'],
  ['more than before', { before: { date: '2027-01-31', balance: decimal('15') } }, '暂付款', '财政专户存款', '25.00'],
  ['less than before: the sides are swapped', { before: { date: '2027-01-31', balance: decimal('100') } }, '财政专户存款', '暂付款', '60.00'],
  ['a corrected balance: only the rest is booked', { booked: decimal('30'), entries: 1 }, '暂付款', '财政专户存款', '10.00'],
  ['a balance that came late took part of a later change', { before: { date: '2027-05-31', balance: decimal('40') }, booked: decimal('40'), entries: 1 }, '财政专户存款', '暂付款', '40.00'],
])('%s', (_, of, debit, credit, amount) => {
  const posting = placePosting(place(of));
  const sides = onSides(posting);
  expect([sides?.debit, sides?.credit, yuanText(sides?.amount ?? decimal('0'))]).toEqual([debit, credit, amount]);
});

test('a balance of the last day of the year before is booked on 1 January', () => {
  const posting = placePosting(place({ date: '2026-12-31', postedOn: '2027-01-01' }));
  expect([posting.date, posting.key]).toEqual(['2027-01-01', 'position/150400/employee/pooled/暂付款/2026-12-31']);
});

test('a second entry of a day has its number, and says which one came before', () => {
  const posting = placePosting(place({ booked: decimal('30'), entries: 1 }));
  expect(posting.key).toBe('position/150400/employee/pooled/暂付款/2027-06-30/2');
  expect(posting.because.inputs.booked_before?.from).toMatchObject({
    rows: 'journal.csv',
    of: { key: ['position/150400/employee/pooled/暂付款/2027-06-30'], account: '暂付款' },
  });
});

const line = (more: Partial<BankLine>): BankLine => ({
  ...FUND,
  ...{ account: '财政专户存款', date: '2027-06-30', books: decimal('2335'), bank: decimal('2322.66') },
  ...{ last: null, reckoning: 0 },
  ...more,
});
const found = (of: Partial<BankLine>) => differenceFindings(agreementOf(line(of), 2027), 2027);

test('a difference is bank less books, a finding of its month, and names account and part', () => {
  const [finding] = found({});
  expect(finding).toMatchObject({
    ...{ code: 'bank_difference', area: '150400', scheme: 'employee', month: 6, figure: '-12.34', reckoning: 1 },
    subject: 'pooled 财政专户存款 2027-06-30',
  });
  expect(finding?.text).toContain('统筹基金财政专户存款');
});

test('agreement of books and bank is not a finding', () => {
  expect(found({ bank: decimal('2335.00') })).toEqual([]);
});

test('a difference on the last day before the year belongs to no month', () => {
  expect(found({ date: '2026-12-31' })[0]).not.toHaveProperty('month');
});

test('the books before the year count what is posted on 1 January alone: the opening and the positions', () => {
  const { books } = agreementOf(line({ date: '2026-12-31' }), 2027);
  expect(books.because.inputs.opening?.from).toMatchObject({ of: { act: 'opening', since: '2027-01-01' } });
  expect(books.because.inputs.placed?.from).toMatchObject({ of: { act: 'position', until: '2027-01-01' } });
  expect(books.because.inputs.debits?.from).toMatchObject({ of: { until: '2026-12-31' } });
});
