/** A task as a person reads it in `fund tasks`. */
import type { WaitingTask } from '../../db/tasks';
import { commandsOf, taskLines } from '../../scripts/words/task-text';

const task = (over: Partial<WaitingTask> = {}): WaitingTask => ({
  fund_year: 2027,
  task: 'fund-year-2027/files/budget/history.csv/150400/employee/1-area_security',
  chain: 'fund-year-2027/files/budget/history.csv/150400/employee',
  workflow_id: 'fund-year-2027',
  kind: 'import',
  role: 'area_security',
  area: '150400',
  of_area: '150400',
  of_area_name: '赤峰市',
  of_scheme: 'employee',
  subject: '请报送 history.csv（上年预计执行数）：赤峰市职工医保',
  figures: { 文件: 'history.csv' },
  figures_hash: 'f00d',
  since: '2026-10-01T00:00:00+08:00',
  due_on: '2026-10-16',
  overdue: false,
  days_over: 0,
  operators: [{ operator: 'sec-150400', name: '李其木格' }],
  versions: null,
  held: null,
  anew: null,
  ...over,
});

test('of missing files: what says that there is nothing to report is named as such', () => {
  const [files, nothing] = commandsOf(task());
  expect(files).toBe('npm run fund -- import 目录 --year 2027');
  expect(taskLines(task()).slice(-2)).toEqual([`  → 报送文件：${files}`, `  → 确无数据的，零报送：${nothing}`]);
});

test('what an approver can do needs no word', () => {
  const [approve, back] = taskLines(task({ kind: 'approve' })).slice(-2);
  expect(approve).toMatch(/^ {2}→ npm run fund -- approve --as /);
  expect(back).toMatch(/^ {2}→ npm run fund -- return --as /);
});
