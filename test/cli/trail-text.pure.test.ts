/** 办理记录 in words: names for codes, thousands separated, nothing that a spreadsheet would take for a formula. */
import type { TrailLine } from '../../db/trail';
import { trailCsv, trailLineText } from '../../scripts/words/trail-text';

const line = (of: Partial<TrailLine> = {}): TrailLine => ({
  ...{ at: '2026-11-01T02:00:00+00:00', fund_year: 2027, area: '150400', area_name: '赤峰市', scheme: 'employee' },
  ...{ operator: 'fin-150400', name: '王五', role: 'area_finance', office_area: '150400', act: 'return' },
  ...{
    subject: '150400 职工医保 2027 年度预算第 2 版，当年结余 -30000435.92 元',
    task: null,
    version: null,
    document: null,
  },
  ...{ reason: '转移收入依据不足', figures_hash: 'a'.repeat(64), workflow_id: null, before: null, after: null },
  ...{ proof: null, signed_with: null, voided: null },
  ...of,
});

test('a return: who, when in Beijing, on what, why', () => {
  expect(trailLineText(line())).toBe(
    [
      '2026-11-01 10:00:00  fin-150400 王五（150400 统筹区财政局）  退回  150400 职工医保 2027 年度预算第 2 版，当年结余 -30,000,435.92 元',
      '    原因 转移收入依据不足；所依数字 aaaaaaaaaaaa',
    ].join('\n'),
  );
});

test('a correction: the row in Chinese, and both values', () => {
  const words = trailLineText(
    line({
      ...{ act: 'correct', subject: 'insured.csv 150400 resident', reason: '统计口径更正', figures_hash: null },
      ...{ before: { insured: '1200' }, after: { insured: '1250000' } },
    }),
  );
  expect(words).toContain('更正  insured.csv 150400 居民医保：参保人数 1,200 → 1,250,000');
});

test('a file: a mark for UTF-8, a heading, and text where a formula would be', () => {
  const csv = trailCsv([line({ reason: '=HYPERLINK("x")', document: '@SUM(1)' })]);
  expect(csv).toMatch(/^\uFEFF时间,年度,统筹区与险种,工号,办理人,办理,事项,版本,文号,原因,所依数字,签名,密钥\r\n/);
  expect(csv).toContain("'=HYPERLINK");
  expect(csv).toContain("'@SUM(1)");
});
