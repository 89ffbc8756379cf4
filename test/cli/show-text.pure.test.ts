/** What `fund show` says of a year that waits without a task. */
import { waitingText } from '../../scripts/commands/show';

const stage = {
  workflow: 'fund-year-2028',
  stage: '年度启动',
  waitsFor: '导入 areas.csv',
  office: '自治区医保局',
  until: '2027-09-01',
};

const none = { waiting: [], waits: [] };

test('a year that waits without a task names who is asked', () => {
  expect(waitingText({ ...none, stages: [stage] })).toBe('等待自治区医保局：导入 areas.csv');
});

test('what waits for two people is shown with who may act, until when, and the command', () => {
  const wait = {
    ...{ name: 'abandon/2030', fund_year: 2030, matter: { what: 'abandon' as const, year: 2030 } },
    ...{ role: 'region_government' as const, since: '2027-09-01T08:00:00+08:00', due_on: '2027-10-01' },
    ...{ overdue: false, days_over: 0, signed: [{ operator: 'g-1', name: '高志远' }], reason: '误启动' },
    operators: [{ operator: 'g-2', name: '白音' }],
  };
  expect(waitingText({ ...none, waits: [wait], stages: null }).split('\n')).toEqual([
    '作废 2030 年度：等待第二人办理',
    '  办理人 自治区人民政府（g-2 白音）；自 2027-09-01，截止 2027-10-01',
    '  已签名 g-1 高志远；原因 误启动',
    '  → npm run fund -- abandon --year 2030 --as 工号 --reason 原因',
  ]);
});

test('where nobody is asked, it says so, with Temporal and without it', () => {
  const nobody = '没有人员待办 (nothing waits for a person)';
  expect(waitingText({ ...none, stages: [{ ...stage, office: '—' }] })).toBe(nobody);
  expect(waitingText({ ...none, stages: null })).toBe(nobody);
});
