/** Articles that reasons cite are quoted from the documents, word by word. */
import { quotesOf } from '../../explain/articles';

const quoted = (article: string): string[] => quotesOf(article).map(({ article: of, text }) => `${of} ${text}`);

test('the whole sentence that contains the quoted words', () => {
  expect(quoted('A(六)“累计结余不足的”')).toEqual([
    '（六） 统筹区当年医保基金出现收不抵支的，先用该地累计结余弥补缺口，累计结余不足的，由调剂金和统筹区政府按在职退休比、基金征收率、参保扩面任务完成情况等因素按比例承担。',
  ]);
});

test('where words are left out, the sentence that contains all pieces', () => {
  expect(quoted('A(六)“由调剂金……按比例承担”')).toEqual([expect.stringContaining('由调剂金和统筹区政府按在职退休比')]);
});

test('two documents, each by its own article; words that occur nowhere give no quotation', () => {
  expect(
    quotesOf('A(五)“健全基金运行分析与风险预警机制”；B(十)“确保不出现系统性风险”；RULES 7').map(
      ({ document }) => document,
    ),
  ).toEqual([expect.stringContaining('征求意见稿'), expect.stringContaining('2024年')]);
  expect(quoted('财社〔1999〕1号')).toEqual([]);
  expect(quoted('RULES 4“these words are not there”')).toEqual([]);
  expect(quoted('先例：某市 2008')).toEqual([]);
  expect(quoted('A(六)“这句话不在文件里”')).toEqual([]);
});

test('part three is not article （三）', () => {
  expect(quoted('A 三“实施职工基本医保调剂金制度”')).toEqual([expect.stringMatching(/^第三部分 .*第二阶段/)]);
});

// prettier-ignore
test.each([
  ['RULES 4 “Premium is gross”：含资助',     'RULES 4 Premium is gross: what persons pay plus the aid for them is one income item premium (the form shows 医疗救助资助 and 财政代缴 as "of which", by funding).'],
  ['RULES 5“banners win”',                   'RULES 5 Σ banners ≠ insured: finding heads_differ, banners win.'],
  ['RULES 9(3)',                             'RULES 9(3) Each actuals row on its month\'s last day: income Dr 财政专户存款, Cr item; expenditure Dr item, Cr 财政专户存款.'],
  ['RULES 6“optional rows total_income”',    'RULES 6 identity | optional rows total_income, total_expenditure, surplus (per part) differ from the sums, level items included; absent = pass; they are not items | difference'],
  ['READINGS 40',                            'READINGS 40 The finding for a missing cause is raised only where G > 0.'],
  ['财社〔2012〕223号 清算',                 ' 城乡居民医保财政补助资金结算办法（财社〔2012〕223号）：已废止；按 6 月 30 日参保人数，9 月 30 日前到位；写明此事的最后一份文件；本项目所读：公式全文'],
  ['管理性缺口先例：乐山 2021',              ' 乐山市企业职工基本养老保险基金缺口分担办法（2021-01-01 起）：先例；管理性缺口；原为养老保险的规定；本项目所读：部分原文'],
  ['社会保险基金会计制度补充规定：转为收入', ' 社会保险基金会计制度补充规定（自 2026-01-01 起施行）：国家规定；预收保费于 1 月 1 日转为收入；备案的经办机构可按待遇年度确认；本项目所读：摘要'],
])('%s is quoted from its page', (article, text) => {
  expect(quoted(article)).toEqual([text]);
});
