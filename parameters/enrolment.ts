/** 待遇等待期: what a gap in enrolment costs (RULES 4). Counted by the cycle, and the defaults of `fund rule waiting-period`. */
import type { Dated } from './dated';
import { FIRST_DAY, LONG_TERM_ENROLMENT_2024, RESIDENT_NOTICE_2024, assumption } from './sources';

/** In force from 2025 on; the years before are counted in the same way, assumed. */
const waiting = <const Name extends string>(
  name: Name,
  zh: string,
  value: string,
  words: string,
): Dated<string, Name> => ({
  name,
  zh,
  article: `${LONG_TERM_ENROLMENT_2024}；${RESIDENT_NOTICE_2024}（七）`,
  usedBy: ['enrolment', 'fund rule waiting-period'],
  entries: [
    {
      from: '2025-01-01',
      until: null,
      value,
      source: `${LONG_TERM_ENROLMENT_2024}：${words}`,
      assumed: false,
    },
    {
      from: FIRST_DAY,
      until: '2024-12-31',
      value,
      source: `${LONG_TERM_ENROLMENT_2024}自2025年起执行；${assumption('此前各年同样计算')}`,
      assumed: true,
    },
  ],
});

export const WAITING = [
  waiting('waiting.fixed_months', '固定待遇等待期（月）', '3', '固定待遇等待期3个月'),
  waiting(
    'waiting.months_per_year',
    '每多断保一年增加、每多缴一年减少的变动待遇等待期（月）',
    '1',
    '每多断保1年增加变动待遇等待期1个月，每多缴纳1年减少1个月',
  ),
  waiting(
    'waiting.years_without_variable',
    '不计变动待遇等待期的断保年数',
    '1',
    '每多断保1年增加；青岛公布算例断保2年为3+1个月，即第一年不计',
  ),
  waiting('waiting.long_gap_years', '按长期断保处理的连续断保年数', '4', '连续断缴4年及以上'),
  waiting(
    'waiting.long_gap_months',
    '长期断保修复后等待期合计的下限（月）',
    '6',
    '修复后固定与变动待遇等待期之和原则上不少于6个月',
  ),
] as const;
