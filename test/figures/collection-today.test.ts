/** 征缴日报: what a page says of a day, and from when to when a rate below the target is a warning. */
import type { CollectionSoFar } from '../../db/collection-today';
import { type Day, collectionToday, rateText, wordsOf } from '../../figures/collection/today';
import { decimal } from '../../rules/money';

const SO_FAR: CollectionSoFar = {
  ...{ area: '150100', name: '东川市', registered: '1200', paid: '1100', target: '1300', closes: '2027-12-31' },
  low_income: { registered: '200', paid: '195' },
  poverty_relieved: { registered: '100', paid: '99' },
  quarantined: { out_of_window: 2, amount_mismatch: 1 },
  ...{ last_paid: '1050', last_target: '1280' },
};
const on = (today: string): Day => ({
  ...{ today, sameDay: `2026${today.slice(4)}`, warnedFrom: '2027-12-01', rateWanted: decimal('0.99') },
});

test('the page of a day', () => {
  expect(wordsOf(collectionToday(SO_FAR, on('2027-12-01')))).toEqual({
    数据日期: '2027-12-01；集中征缴至 2027-12-31，还有 30 天',
    应参保: '1,200 人',
    已缴费: '1,100 人，进度 84.62%，任务 1,300 人',
    上年同日: '1,050 人，进度 82.03%（2026-12-01）',
    低收入人口参保率: '97.50%（195／200），预警：距要求尚缺 3 人',
    脱贫人口参保率: '99.00%（99／100）',
    待核对: '不在征缴期内 2 笔、金额与应缴（原缴）不符 1 笔',
  });
});

test('what is not known is left open', () => {
  const little = { ...SO_FAR, ...{ target: null, closes: null, last_paid: null, last_target: null, quarantined: {} } };
  const nobody = { registered: '0', paid: '0' };
  expect(wordsOf(collectionToday({ ...little, low_income: nobody }, on('2027-12-01')))).toMatchObject({
    ...{
      数据日期: '2027-12-01',
      已缴费: '1,100 人',
      上年同日: '无上年数据',
      低收入人口参保率: '无应参保人员',
      待核对: '无',
    },
  });
});

// Boundaries in pairs: the day before the warning and its first, the last day of the window and the day after.
// prettier-ignore
test.each([
  ['2027-11-30', [],               31],
  ['2027-12-01', ['low_income'],   30],
  ['2027-12-31', ['low_income'],    0],
  ['2028-01-01', [],                0],
])('on %s the warnings are %j, and %d days are left', (today, warnings, daysLeft) => {
  expect(collectionToday(SO_FAR, on(today))).toMatchObject({ warnings, daysLeft });
});

// prettier-ignore
test.each([
  // registered, paid, missing
  ['100',     '99',    '0'],
  ['100',     '98',    '1'],
  ['101',     '99',    '1'], // 99.99 of 101: the hundredth person is missing
  ['101',     '100',   '0'],
  ['1',       '0',     '1'],
  ['0',       '0',     '0'],
  ['1000000', '0', '990000'],
])('of %s registered %s have paid: %s are missing', (registered, paid, missing) => {
  const today = collectionToday({ ...SO_FAR, low_income: { registered, paid } }, on('2027-12-10'));
  expect(today.classes.low_income.missing).toBe(missing);
  expect(rateText(today, 'low_income').includes('尚缺')).toBe(missing !== '0');
});
