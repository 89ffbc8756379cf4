/** 高额医疗费用负担患者监测: above which burden a person is flagged, and within how many days the departments answer (RULES 12). */
import { atLeastZero, days } from './forms';
import { parameter } from './parameter';
import { HEAVY_BURDENS_2025, RESIDENT_NOTICE_2024, assumption, precedent } from './sources';

const B9 = `${RESIDENT_NOTICE_2024}（九）`;

const threshold = <const Class extends string>(of: Class, zh: string, value: string) =>
  parameter(
    `monitoring.threshold.${of}` as const,
    {
      zh: `${zh}高额医疗费用负担监测线（元，年度内自付累计）`,
      article: B9,
      usedBy: ['monitoring.flagged', 'monitoring.overdue', 'findings.push_unanswered'],
      form: atLeastZero,
    },
    value,
    { source: `${B9}“监测预警”，标准未定；${precedent(HEAVY_BURDENS_2025)}`, assumed: true },
  );

export const MONITORING = [
  threshold('low_income', '低收入人口', '10000'),
  threshold('poverty_relieved', '脱贫人口', '10000'),
  threshold('ordinary', '其他居民', '26000'),
  parameter(
    'monitoring.answer_days',
    {
      zh: '推送后部门反馈的期限（天）',
      article: B9,
      usedBy: ['monitoring.overdue', 'findings.push_unanswered'],
      form: days,
    },
    '30',
    { source: `${B9}“及时向相关部门推送风险信息”，期限未定；${assumption('30天')}`, assumed: true },
  ),
] as const;
