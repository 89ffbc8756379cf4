/** What is said of a version of a budget that comes back. */
import { gapOf, isWayOut, remediesText, unsubmittedText, waysText } from '../../rules/returned-version';
import { waysOut } from '../../rules/way-out';
import { lines, yardstick } from './budgets';

test('the gap is what the surplus lacks to 0', () => {
  expect(['-10.00', '0.00', '10.00'].map(gapOf)).toEqual(['10.00', null, null]);
});

test('remedies are numbered: their order is that of the law', () => {
  expect(remediesText(['动用历年滚存结余', '申请上级调剂'])).toBe('1. 动用历年滚存结余；2. 申请上级调剂');
});

test('the versions that are left to submit, or what to do where there are none', () => {
  expect(unsubmittedText([2, 3])).toBe('第 2、3 版');
  expect(unsubmittedText([])).toMatch(/请先导入 budget_submissions\.csv/);
});

describe('the ways out', () => {
  test('the ways out first, with thousands separated, then what stands against the others', () => {
    const big = { premium: '1000000.00', inpatient: '1000000.00', outpatient: '10000.00' };
    expect(waysText(waysOut(lines(big), yardstick('employee', big)))).toEqual([
      '以下任一科目单独调整即可达到预算平衡要求，其他审核不受影响（合计行随之增减；少调一分即达不到）',
      '基本医疗保险费收入：调增 10,000.00 元，由 1,000,000.00 元至 1,010,000.00 元',
      '住院费用支出：调减 10,000.00 元，由 1,000,000.00 元至 990,000.00 元',
      '其他科目单独调整不可行，或另受影响',
      '财政补贴收入：调增 10,000.00 元，由 0.00 元至 10,000.00 元，但影响“偏离测算”，须说明理由',
      '门诊费用支出：调减 10,000.00 元，由 10,000.00 元至 0.00 元，但影响“偏离测算”，须说明理由',
      '生育支出：单独调整不可行（偏离测算、负数金额）',
      '转移支出：单独调整不可行（偏离测算、负数金额）',
      '其他支出：单独调整不可行（偏离测算、负数金额）',
    ]);
  });
  test('where no single change suffices, that is said', () => {
    const rows = lines({ premium: '800.00', inpatient: '900.00', major_illness: '40.00' });
    const resident = yardstick('resident', { premium: '800.00', inpatient: '900.00', major_illness: '40.00' });
    expect(waysText(waysOut(rows, resident))[0]).toBe('没有一个科目单独调整即可达到预算平衡要求，须几项一并调整');
    expect(waysOut(rows, resident).filter(isWayOut)).toEqual([]);
  });
  test('nothing is said of a balanced version', () => expect(waysText([])).toEqual([]));
});
