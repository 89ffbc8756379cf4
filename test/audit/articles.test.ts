/** An article that a reason names is quoted in the words of the document. */
import { quotesOf } from '../../audit/articles';

const told = (article: string): string[] => quotesOf(article).map(({ article: of, text }) => `${of} ${text}`);

test('the sentence in which the quoted words stand, whole', () => {
  expect(told('A(六)“累计结余不足的”')).toEqual([
    '（六） 统筹区当年医保基金出现收不抵支的，先用该地累计结余弥补缺口，累计结余不足的，由调剂金和统筹区政府按在职退休比、基金征收率、参保扩面任务完成情况等因素按比例承担。',
  ]);
});

test('where words are left out, the sentence that holds all of them', () => {
  expect(told('A(六)“由调剂金……按比例承担”')).toEqual([expect.stringContaining('由调剂金和统筹区政府按在职退休比')]);
});

test('two documents, each by its own article; what is not quoted is not made up', () => {
  expect(
    quotesOf('A(五)“健全基金运行分析与风险预警机制”；B(十)“确保不出现系统性风险”；RULES 7').map(
      ({ document }) => document,
    ),
  ).toEqual([expect.stringContaining('征求意见稿'), expect.stringContaining('2024年')]);
  expect(told('财社〔2012〕223号')).toEqual([]);
  expect(told('A(六)“这句话不在文件里”')).toEqual([]);
});

test('part three is not article （三）', () => {
  expect(told('A 三“实施职工基本医保调剂金制度”')).toEqual([expect.stringMatching(/^第三部分 .*第二阶段/)]);
});
