/** An explanation as a person reads it. */
import type { Node } from '../../audit/explain';
import { explanationText, valueText } from '../../scripts/explanation-text';

const stated = (name: string, zh: string, value: string): Node => ({
  name,
  zh,
  value,
  from: { kind: 'stated', text: '某处' },
});
const reserve: Node = {
  name: 'reserve',
  zh: '保留结余',
  value: '0',
  from: {
    kind: 'parameter',
    parameter: 'share.reserve',
    from: '2022-01-01',
    source: '本项目假定：不保留',
    assumed: true,
  },
};
const surplus: Node = {
  name: 'surplus',
  zh: '累计结余',
  value: '1234567.5',
  from: {
    kind: 'rows',
    file: 'opening.csv',
    of: {},
    column: 'accumulated_surplus',
    count: '1',
    sum: '1234567.50',
    lines: [{ file: 'opening.csv', line: 13, value: '1234567.50', cells: {} }],
  },
};
const figure: Node = {
  name: '',
  zh: '自有累计结余弥补 U',
  value: '1234567.50',
  from: {
    kind: 'figure',
    figure: 'sharing.own_surplus',
    key: { scheme: 'employee', area: '150400' },
    article: 'A(六)“先用该地累计结余弥补缺口”',
    quotes: [{ document: '意见', article: '（六）', text: '先用该地累计结余弥补缺口。' }],
    formula: 'min(gap, max(0, surplus - reserve))',
    inputs: [stated('gap', '缺口 G', '2000000.00'), surplus, reserve],
  },
};
const told = { year: 2028, simulation: true, names: new Map([['150400', '赤峰市']]) };

test('value, article with its words, formula in words and figures, inputs with line and parameter, what is assumed', () => {
  expect(explanationText(figure, told).split('\n')).toEqual([
    '2028 年度  职工医保  150400 赤峰市  sharing.own_surplus',
    '【模拟测算】上解或分担参数尚未由文件确定，结果仅供测算，不作为拨付依据。',
    '',
    '自有累计结余弥补 U = 1,234,567.50',
    '  依据：A(六)“先用该地累计结余弥补缺口”',
    '  原文：《意见》（六）“先用该地累计结余弥补缺口。”',
    '  公式：取小(缺口 G, 取大(0, 累计结余 − 保留结余))',
    '  代入：取小(2,000,000.00, 取大(0, 1,234,567.50 − 0))',
    '    缺口 G = 2,000,000.00  ← 某处',
    '    累计结余 = 1,234,567.50  ← opening.csv 第 13 行',
    '    保留结余 = 0  ← 参数 share.reserve【假定】，自 2022-01-01 起',
    '',
    '【假定】尚无文件确定的参数，及其取值来源：',
    '  share.reserve：本项目假定：不保留',
  ]);
});

test('rows that were corrected since are pointed out', () => {
  const changed = { ...surplus, from: { ...surplus.from, differs: true } } as Node;
  const text = explanationText({ ...figure, from: { ...figure.from, inputs: [changed] } } as Node, told);
  expect(text).toContain('【注意】明细现为 1,234,567.50，与计算时不同');
});

// prettier-ignore
test.each([
  ['-1234.50',  '-1,234.50'],
  ['4071444000', '4,071,444,000'],
  ['0.65',      '0.65'],
  ['999.99',    '999.99'],
  ['red',       '红色（red）'],
  ['',          '（空）'],
])('%s is told as %s', (value, text) => expect(valueText(value)).toBe(text));
