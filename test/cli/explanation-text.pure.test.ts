/** An explanation as a person reads it. */
import type { FigureOf, Node, RowsOf } from '../../explain/tree';
import type { RelatedFinding } from '../../explain/related-findings';
import type { ShareOverview } from '../../explain/share-overview';
import { workingsOf } from '../../explain/workings';
import type { FindingCode } from '../../rules/findings';
import { fundPayment, achievementStep } from '../../rules/share';
import { explanationText } from '../../scripts/words/explanation-text';
import { cellText, codeOfWord, valueText, wordsOf } from '../../scripts/words/value-text';

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
const BANDS = [
  ['1.00', '0.05'],
  ['0.98', '0'],
  ['0.95', '-0.05'],
  [null, '-0.10'],
];
const context = { year: 2028, simulation: true, names: new Map([['150400', '赤峰市']]) };

test('value, article with its words, formula in words and figures, inputs with line and parameter, what is assumed', () => {
  expect(explanationText(figure, context).split('\n')).toEqual([
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

const root = (from: Partial<FigureOf>): Node => ({ ...figure, from: { ...(figure.from as FigureOf), ...from } });
const listed = (name: string, zh: string, values: string[]): Node => ({
  name,
  zh,
  value: values,
  from: { kind: 'list', places: values.map((value, at) => ({ ...stated(name, zh, value), name: `15010${at}` })) },
});
const linesOf = (node: Node): string[] =>
  explanationText(node, context)
    .split('\n')
    .filter((line) => /^ +(公式|代入|其中|[^：]* = )/.test(line))
    .map((line) => line.trim());

test('a list is shown by its sum and by the item that is asked for, a split by its ratio', () => {
  const inputs = [
    listed('entitled', '应由调剂金承担', ['80.00', '40.00']),
    stated('available', '调剂金可用数', '90.00'),
    stated('place', '次序', '1'),
  ];
  const workings = workingsOf(fundPayment.formula, inputs);
  expect(linesOf(root({ formula: fundPayment.formula, inputs, workings })).slice(0, 3)).toEqual([
    '公式：合计(应由调剂金承担) ≤ 调剂金可用数 时取 所列(应由调剂金承担, 次序)；否则 按最大余额法分摊(调剂金可用数, 应由调剂金承担, 次序)',
    '代入：合计 120.00 ≤ 90.00 时取 80.00；否则 按最大余额法分摊(90.00 × 80.00 ÷ 合计 120.00)',
    '其中：分摊比例 90.00 ÷ 合计 120.00 ＝ 0.7500',
  ]);
});

test.each([
  ['850.00', '比值 850.00 ÷ 870.00 ＝ 0.9770，≥ 0.95，取该档 −0.05'],
  ['870.00', '比值 870.00 ÷ 870.00 ＝ 1.0000，≥ 1.00，取该档 +0.05'],
  ['1.00', '比值 1.00 ÷ 870.00 ＝ 0.0011，各档界限均不符，取末档 −0.10'],
])('the ratio that was compared, and its band: %s of 870.00', (actual, ratio) => {
  const bands: Node = { ...reserve, name: 'bands', zh: '分档', value: BANDS };
  const inputs = [stated('actual', '实际数', actual), stated('target', '目标', '870.00'), bands];
  const { formula } = achievementStep;
  expect(linesOf(root({ formula, inputs, workings: workingsOf(formula, inputs) })).slice(0, 3)).toEqual([
    '公式：按不低于分档(实际数 ÷ 目标, 分档)',
    `代入：按不低于分档(${actual} ÷ 870.00, 分档)`,
    `其中：${ratio}`,
  ]);
});

test('a formula of several lines is shown line by line, each with its result', () => {
  const formula = 'window = expenditure + (12 - month) / 12 * budgeted_expenditure\nround(surplus / (window / 12), 2)';
  const inputs = [
    ...[stated('expenditure', '支出', '600.00'), stated('month', '月份', '6')],
    ...[stated('budgeted_expenditure', '预算支出', '1000.00'), stated('surplus', '累计结余', '1100.00')],
  ];
  const lines = explanationText(root({ formula, inputs, workings: workingsOf(formula, inputs) }), context).split('\n');
  const at = lines.findIndex((line) => line.includes('代入'));
  expect(lines.slice(at, at + 2).map((line) => line.trim())).toEqual([
    '代入：十二个月窗口支出 = 600.00 + (12 − 6) ÷ 12 × 1,000.00 ＝ 1,100.00',
    '四舍五入(1,100.00 ÷ (1,100.00 ÷ 12), 2)',
  ]);
});

test('a formula that takes a list as a whole is not filled in', () => {
  const inputs = [listed('weight', '权重', ['1', '2']), listed('s', '得分率', ['0.5', '1'])];
  expect(linesOf(root({ formula: 'unknown(weight, s)', inputs })).some((line) => line.startsWith('代入'))).toBe(false);
});

test('for many rows, the first ones one by one, and the line numbers of all as ranges, file after file', () => {
  const lines = [2, 3, 4].map((line) => ({ file: 'payments.csv', line, value: '400.00', cells: {} }));
  const ranges = [
    ...[{ file: 'payments.csv', from: 2, to: 61 }].flatMap((one) => [one, { ...one, from: 70, to: 70 }]),
    { file: 'payments-2.csv', from: 5, to: 6 },
  ];
  const many: Node = {
    ...surplus,
    value: '25200.00',
    from: { kind: 'rows', file: 'payments.csv', of: {}, column: 'amount', count: '63', sum: '25200.00', lines, ranges },
  };
  expect(explanationText(root({ inputs: [many] }), context)).toContain(
    '累计结余 = 25,200.00  ← payments.csv 63 行，合计 25,200.00，第 2–61、70 行，payments-2.csv 第 5–6 行；前 3 行：第 2 行 400.00；第 3 行 400.00；第 4 行 400.00',
  );
  const scattered = Array.from({ length: 502 }, (_, at) => ({ file: 'payments.csv', from: 2 * at, to: 2 * at }));
  const text = explanationText(
    root({ inputs: [{ ...many, from: { ...(many.from as RowsOf), ranges: scattered } }] }),
    context,
  );
  expect(text).toContain('、998 行（另有 2 段行号，全部见 --json 的 ranges）；前 3 行');
});

test('a figure that rests on no levy and no share is not called a simulation', () => {
  const of = (figure: string, more: Partial<FigureOf> = {}): string =>
    explanationText(root({ figure, key: { area: '150400' }, inputs: [], ...more }), context);
  expect(of('subsidy.arrived')).not.toContain('模拟测算');
  expect(of('levy.base')).toContain('模拟测算');
  // What is not shown may rest on one.
  const deeper = root({ figure: 'risk.income', told: 'deeper' });
  expect(of('risk.level', { inputs: [deeper] })).toContain('模拟测算');
});

test('a receipt number is not written as an amount', () => {
  const receipt: Node = {
    ...root({ figure: 'quarantine.receipt', inputs: [] }),
    zh: '票据号',
    value: '152620270000864',
  };
  expect(explanationText(receipt, context)).toContain('票据号 = 152620270000864');
});

const overview: ShareOverview = {
  gap: '1000.00',
  own_surplus: '200.00',
  residual: '800.00',
  managerial: '100.00',
  general: '650.00',
  alpha: '0.8',
  entitled: '520.00',
  fund_share: '400.00',
  area_share: '400.00',
  disqualified: '',
  parts: { managerial: '100.00', beyond_scope: '50.00', own_part: '130.00', unfunded: '120.00' },
  unused: [{ parameter: 'share.match_area', zh: '调剂金支付不超过统筹区政府承担额' }],
};

test('the overview of the whole gap comes before its parts', () => {
  expect(
    explanationText(root({ share: overview }), context)
      .split('\n')
      .slice(2, 9),
  ).toEqual([
    '',
    '分担一览：',
    '  缺口 G 1,000.00 ＝ 自有累计结余弥补 U 200.00 ＋ 调剂金承担 F 400.00 ＋ 统筹区政府承担 A 400.00',
    '  一般性缺口 N 650.00 × 调剂金分担比例 α 0.8：应由调剂金承担 520.00，实际承担 F 400.00',
    '  统筹区政府承担 A 400.00 ＝ 管理性缺口 M 100.00 ＋ 认定幅度以外的超支 50.00 ＋ 一般性缺口中自担 130.00 ＋ 调剂金不足的差额 120.00',
    '  未启用的口径：调剂金支付不超过统筹区政府承担额（share.match_area）',
    '',
  ]);
  const none = explanationText(root({ share: { ...overview, gap: '0.00' } }), context);
  expect(none).toContain('分担一览：当年没有缺口\n  未启用的口径');
  const unfit = explanationText(root({ share: { ...overview, disqualified: '上解逾期', unused: [] } }), context);
  expect(unfit).toContain('\n  不予调剂：上解逾期\n');
  expect(unfit).not.toContain('未启用');
});

test('other findings of the area and scheme, by code, each with the command that explains it', () => {
  const key = { area: '150400', scheme: 'employee' };
  const finding = (code: FindingCode, value: string, more: Record<string, string> = {}): RelatedFinding => ({
    code,
    figure: value,
    ask: { figure: 'findings.figure', key: { code, ...key, ...more } },
  });
  const findings = [
    finding('budget_execution', '1.2001', { month: '6', subject: 'expenditure' }),
    finding('budget_execution', '0.8000', { month: '12', subject: 'income' }),
    finding('cause_missing', '2000000.00'),
    finding('missing_data', 'd', { subject: 'd' }),
  ];
  const ask = (code: string) =>
    `    npm run fund -- explain --year 2028 --figure findings.figure --code ${code} --area 150400 --scheme employee`;
  const text = explanationText(root({ findings }), context);
  expect(text).toContain(
    [
      '相关发现（同一统筹区、险种）：',
      '  预算执行率超出规定范围（budget_execution），执行率：6 月 支出 1.2001；12 月 收入 0.8000',
      ask('budget_execution'),
      '  缺口未说明原因（cause_missing），缺口（元）：2,000,000.00',
      ask('cause_missing'),
      '  分担因素缺少数据，按 0 计（missing_data），因素：d',
      ask('missing_data'),
    ].join('\n'),
  );
  expect(explanationText(root({ findings: [] }), context)).toContain('相关发现：该统筹区、险种没有发现问题');
});

test('a document whose text is not at hand is named as a source and not quoted', () => {
  const quotes = [
    { document: 'docs/spec/RULES.md', article: 'RULES 9(3)', text: 'Each row.' },
    {
      document: 'docs/law/other-sources.md',
      article: '',
      text: '某市办法（2008）：先例；上解比例 5%；本项目所读：部分原文',
    },
    { document: '意见', article: '（六）', text: '第一句。' },
    { document: '意见', article: '（五）', text: '第二句。' },
    { document: '意见', article: '（五）', text: '第二句。' },
    { document: 'docs/spec/RULES.md', article: 'RULES 4', text: 'Another.' },
  ];
  const text = explanationText(root({ quotes }), context);
  expect(text).toContain('  原文：《docs/spec/RULES.md》RULES 9(3)“Each row.”');
  expect(text).toContain('  出处：某市办法（2008）：先例；上解比例 5%；本项目所读：部分原文');
  // Each sentence once, and the document by name wherever another one came before.
  expect(text).toContain(
    '  原文：《意见》（六）“第一句。”\n  原文：同上文件（五）“第二句。”\n  原文：《docs/spec/RULES.md》RULES 4“Another.”',
  );
});

test('rows that were corrected later are pointed out', () => {
  const changed = { ...surplus, from: { ...surplus.from, differs: true } } as Node;
  const text = explanationText({ ...figure, from: { ...figure.from, inputs: [changed] } } as Node, context);
  expect(text).toContain('【注意】明细现为 1,234,567.50，与计算时不同');
});

// prettier-ignore
test.each([
  ['-1234.50',  '-1,234.50'],
  ['4071444000', '4,071,444,000'],
  ['0.65',      '0.65'],
  ['999.99',    '999.99'],
  ['red',       '红色（red）'],
  ['dependency', '赡养比提高（dependency）'],
  ['percent',   '按比例资助（percent）'],
  ['',          '（空）'],
])('%s is written %s', (value, text) => expect(valueText(value)).toBe(text));

// prettier-ignore
test.each([
  ['month',     '12',              '12 月'],
  ['group',     'monitored',       '监测对象'],
  ['indicator', 'collection',      '征缴率'],
  ['act',       'collection',      '居民征缴'],
  ['code',      'cause_missing',   '缺口未说明原因'],
])('in a row, %s %s is written %s', (name, cell, text) => expect(cellText(name, cell)).toBe(text));

test.each<[string, string, string | undefined]>([
  ['居民医保', 'scheme', 'resident'],
  ['居民', 'scheme', 'resident'],
  ['resident', 'scheme', undefined],
  ['', 'scheme', undefined],
  ['统筹', 'part', 'pooled'],
  ['财政补助未按期足额到位', 'code', 'subsidy_missing'],
])('the word “%s” for the cell %s means the code %s', (word, name, code) => {
  expect(codeOfWord(word, wordsOf(name))).toBe(code);
});

test('of two names that begin with a word, it means the one followed by a letter alone, or else neither', () => {
  const columns = Object.entries({ gap: '缺口 G', cause: '缺口原因', low: '剩余缺口', rest: '剩余部分' });
  expect(codeOfWord('缺口', columns)).toBe('gap');
  expect(codeOfWord('剩余', columns)).toBeUndefined();
});
