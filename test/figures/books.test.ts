/** 记账 (RULES 9): on which side, on which day and in whose books each entry stands, and what it names as its reason. */
import {
  actualPosting,
  advanceToIncome,
  heldAdvanceToIncome,
  interestPosting,
  levyPostings,
  openingPosting,
} from '../../figures/books';
import type { Posting } from '../../db/journal';
import { decimal, yuanText } from '../../rules/money';

const FIRST_DAY = '2028-01-01';
const AREA = { entity: '150100', scheme: 'employee', part: 'pooled' } as const;
const REGION = { ...AREA, entity: 'region' } as const;

/** An entry as an accountant writes it: day, books, debit, credit, amount. */
const written = ({ date, entity, scheme, part, debit, credit, amount }: Posting): string =>
  [date, entity, scheme, part, `借 ${debit}`, `贷 ${credit}`, yuanText(amount)].join(' ');

describe('RULES 9(1): the opening', () => {
  test('of an area comes from opening.csv', () => {
    const posting = openingPosting(AREA, FIRST_DAY, decimal('60.00'));
    expect(written(posting)).toBe('2028-01-01 150100 employee pooled 借 财政专户存款 贷 基金结余 60.00');
    expect(posting.because.inputs).toMatchObject({
      value: { from: { rows: 'opening.csv', of: { area: '150100', scheme: 'employee', part: 'pooled' } } },
    });
  });

  test('of the region is that of the adjustment fund', () => {
    const posting = openingPosting(REGION, FIRST_DAY, decimal('300.00'));
    expect(written(posting)).toBe('2028-01-01 region employee pooled 借 财政专户存款 贷 基金结余 300.00');
    expect(posting.because.inputs).toMatchObject({
      value: { from: { rows: 'adjustment_fund.csv', of: { scheme: 'employee', column: 'opening_balance' } } },
    });
  });

  test('that is corrected later has an entry beside the first, which names the correction', () => {
    const first = openingPosting(AREA, FIRST_DAY, decimal('60.00'));
    const change = openingPosting(AREA, FIRST_DAY, decimal('-1.00'), '7');
    expect(change.key).not.toBe(first.key);
    expect(change.because.inputs).toMatchObject({ value: { from: { correction: '7' } } });
  });
});

describe('RULES 9(2): premiums received before the year', () => {
  test('become income on its first day, by what was received and returned until the day before', () => {
    const posting = advanceToIncome('150100', FIRST_DAY, decimal('796.00'));
    expect(written(posting)).toBe('2028-01-01 150100 resident pooled 借 暂收款 贷 基本医疗保险费收入 796.00');
    expect(posting.because.inputs).toMatchObject({
      received: { from: { rows: 'journal.csv', of: { account: '暂收款', until: '2027-12-31', column: 'credit' } } },
      returned: { from: { rows: 'journal.csv', of: { account: '暂收款', until: '2027-12-31', column: 'debit' } } },
    });
  });

  test('that came after the books were opened have an entry of their own, based only on their own entries', () => {
    const late = advanceToIncome('150100', FIRST_DAY, decimal('4.00'), { booking: 5, keys: ['a', 'b'] });
    expect(late.key).not.toBe(advanceToIncome('150100', FIRST_DAY, decimal('796.00')).key);
    expect(late.because.inputs).toMatchObject({ received: { from: { of: { key: ['a', 'b'] } } } });
  });
});

// P is what the opening holds of advance premiums; what is not booked of it yet is the amount of the next entry.
// prettier-ignore
test.each([
  // P         booked    entries  amount
  ['120.00',   '0.00',   0,       '120.00'],
  ['120.00',   '100.00', 1,       '20.00'],
  ['0.00',     '100.00', 1,       '-100.00'],
])('RULES 9, premium recognition: P %s, %s booked in %i entries: %s', (advance, booked, entries, amount) => {
  const posting = heldAdvanceToIncome(FIRST_DAY, {
    ...{ area: '150100', entries, advance: decimal(advance), booked: decimal(booked) },
  });
  expect(written(posting)).toBe(`2028-01-01 150100 resident pooled 借 基金结余 贷 基本医疗保险费收入 ${amount}`);
});

test('RULES 9(4): the interest of an adjustment fund is the region’s, on the last day of the year', () => {
  const posting = interestPosting('employee', 2028, '2028-12-31', decimal('3.15'));
  expect(written(posting)).toBe('2028-12-31 region employee pooled 借 财政专户存款 贷 利息收入 3.15');
});

describe('RULES 9(3): an actual', () => {
  const ofFebruary = { area: '150100', scheme: 'employee', part: 'personal_account', month: 2 } as const;

  test('of income is debited to the special account on the last day of its month', () => {
    const posting = actualPosting(2028, { ...ofFebruary, item: 'interest' }, decimal('1.50'));
    expect(written(posting)).toBe('2028-02-29 150100 employee personal_account 借 财政专户存款 贷 利息收入 1.50');
  });

  test('of expenditure is credited to it', () => {
    const posting = actualPosting(2028, { ...ofFebruary, item: 'inpatient' }, decimal('2.50'));
    expect(written(posting)).toBe('2028-02-29 150100 employee personal_account 借 住院费用支出 贷 财政专户存款 2.50');
  });

  test('that is corrected has an entry beside the first, which names the correction', () => {
    const of = { ...ofFebruary, item: 'inpatient' } as const;
    const first = actualPosting(2028, of, decimal('2.50'));
    const change = actualPosting(2028, of, decimal('0.25'), { suffix: '/2', correction: '9' });
    expect(change.key).toBe(`${first.key}/2`);
    expect(change.because.inputs).toMatchObject({ value: { from: { correction: '9' } } });
  });
});

// RULES 8, two areas: of 30.24 prepaid 7.56 a quarter; the true-up is −1.86.
test.each(['7.56', '-1.86'])('RULES 9(4): a levy of %s is an entry in each of the two books', (amount) => {
  const because = { article: 'A(六)', formula: 'value', inputs: {} };
  const levy = { value: decimal(amount), because };
  expect(levyPostings('employee', '150100', levy, '2028-03-31', 'step').map(written)).toEqual([
    `2028-03-31 150100 employee pooled 借 上解上级支出 贷 财政专户存款 ${amount}`,
    `2028-03-31 region employee pooled 借 财政专户存款 贷 下级上解收入 ${amount}`,
  ]);
});
