/** The figures of a task as `fund tasks` prints them: in Chinese, in the order of the form, amounts by thousands. */
import { figureLines, returnedText } from '../../scripts/words/figure-lines';

test('a version to approve: its items in the order of the form, amounts beneath each other, reasons beside them', () => {
  const row = (item: string, amount: string, reason = '', part = 'pooled') => ({ part, item, amount, reason });
  const rows = [
    row('premium', '300.00', '', 'personal_account'),
    row('total_income', '1234567.80'),
    row('outpatient', '4567.80', '并入门诊统筹'),
    row('levy_to_superior', '50000.00', ' '),
    row('advertising', '1.00'),
    row('premium', '1234567.80'),
    row('inpatient', '1000000.00'),
  ];
  expect(figureLines({ rows })).toEqual([
    '项目：',
    '  基本医疗保险费收入           1,234,567.80',
    '  住院费用支出                 1,000,000.00',
    '  门诊费用支出                     4,567.80  （并入门诊统筹）',
    '  上解上级支出                    50,000.00',
    '  收入合计                     1,234,567.80',
    '  advertising                          1.00',
    '  个人账户 基本医疗保险费收入        300.00',
  ]);
});

test('only the checks that were not simply passed, each with what it counts', () => {
  const check = (name: string, result: string, figure: string) => ({ check: name, result, figure });
  const checks = [
    check('identity', 'pass', '0.00'),
    check('subsidy_equals_due', 'warn', '-12345.60'),
    check('deviation', 'warn', '2'),
    check('slight_surplus', 'fail', ''),
  ];
  expect(figureLines({ checks })).toEqual([
    '审核：财政补助与应补助一致 提示 -12,345.60 元，偏离测算 提示 2 行，略有结余 不通过',
  ]);
  expect(figureLines({ checks: [check('identity', 'pass', '0.00')] })).toEqual(['审核：全部通过']);
});

test('a version that comes back: gap, what failed, remedies and ways out', () => {
  const ways = [{ item: 'inpatient', from: '9000.00', to: '8000.00', change: '-1000.00', against: [] }] as const;
  const text = returnedText({
    approvable: false,
    version: 1,
    surplus: '-1000.00',
    failed: ['no_deficit', 'slight_surplus'],
    remedies: ['动用历年滚存结余', '申请上级调剂'],
    ways: ways.map((way) => ({ ...way, against: [] })),
  });
  expect(text.split('\n')).toEqual([
    '当年结余：-1,000.00',
    '缺口：1,000.00',
    '未通过：当年赤字、未做到略有结余',
    '可用办法：1. 动用历年滚存结余；2. 申请上级调剂',
    '单项调整：',
    expect.stringMatching(/^ {2}以下任一科目单独调整即可/),
    '  住院费用支出：调减 1,000.00 元，由 9,000.00 元至 8,000.00 元',
  ]);
});

test('codes are words, and a receipt number is no amount', () => {
  expect(
    figureLines({
      amount: '500000.00',
      cause: 'epidemic',
      document: '内政函1号',
      advanced: '0.00',
      fund_money: '1000000.00',
    }),
  ).toEqual([
    '金额：500,000.00',
    '缺口原因：突发重大疫情',
    '文号：内政函1号',
    '调剂金余额：1,000,000.00',
    '年内已预拨：0.00',
  ]);
  expect(figureLines({ receipt: '12345.00', amount: '380.00' })).toEqual(['票号：12345.00', '金额：380.00']);
});

test('a quarter’s report has its columns named', () => {
  const row = (scheme: string, item: string, actual: string, ratio: string) => ({
    ...{ scheme, part: 'pooled', item, actual, ratio },
    ...{ budget: '4000000.00', budget_in_force: '4000000.00' },
  });
  const rows = [row('resident', 'premium', '2500000.00', '0.6250'), row('employee', 'premium', '1000000.00', '0.2500')];
  expect(figureLines({ rows })).toEqual([
    '项目：',
    '  科目                             累计执行      全年预算  执行率',
    '  职工医保 基本医疗保险费收入  1,000,000.00  4,000,000.00  0.2500',
    '  居民医保 基本医疗保险费收入  2,500,000.00  4,000,000.00  0.6250',
  ]);
});
