/** Tables on terminals of different widths. */
import { tableText } from '../../scripts/words/table-text';

const ROWS = {
  head: ['职工医保 employee', '上解 levy', '缺口 gap', '风险 risk'],
  rows: [
    ['150100 呼和浩特市', { content: '261,368,016.39', hAlign: 'right' as const }, '—', '绿色 green'],
    ['150400 赤峰市', { content: '213,436,309.34', hAlign: 'right' as const }, '641,043,751.50', '红色 red'],
  ],
};

test('wide enough: a table, also where there is no terminal', () => {
  expect(tableText(ROWS, 160)).toMatch(/^┌─+┬/);
  expect(tableText(ROWS, 160)).toBe(tableText(ROWS, Infinity));
  expect(tableText(ROWS, 160)).toBe(tableText(ROWS));
});

test('too narrow: row by row with the names of its cells; an empty one is left out', () => {
  expect(tableText(ROWS, 50).split('\n')).toEqual([
    '150100 呼和浩特市',
    '  上解 levy：261,368,016.39',
    '  风险 risk：绿色 green',
    '150400 赤峰市',
    '  上解 levy：213,436,309.34',
    '  缺口 gap：641,043,751.50',
    '  风险 risk：红色 red',
  ]);
});

test('a Chinese character is as wide as two others', () => {
  const one = { head: ['甲'], rows: [['十个汉字十个汉字十个']] };
  expect(tableText(one, 24)).toMatch(/^┌/);
  expect(tableText(one, 23)).toBe('十个汉字十个汉字十个');
});
