/** What `fund show` says of a year that waits without a task. */
import { waitingText } from '../../scripts/commands/show';

const stage = {
  workflow: 'fund-year-2028',
  stage: '年度启动',
  waitsFor: '导入 areas.csv',
  office: '自治区医保局',
  until: '2027-09-01',
};

test('a year that waits for its first files names who is asked', () => {
  expect(waitingText({ waiting: [], stages: [stage] })).toBe('等待自治区医保局：导入 areas.csv');
});

test('where nobody is asked, it says so, with Temporal and without it', () => {
  const nobody = '没有人员待办 (nothing waits for a person)';
  expect(waitingText({ waiting: [], stages: [{ ...stage, office: '—' }] })).toBe(nobody);
  expect(waitingText({ waiting: [], stages: null })).toBe(nobody);
});
