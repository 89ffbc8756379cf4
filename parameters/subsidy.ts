/** 财政补助: the standard per head and who bears it (RULES 5). */
import { rate, standard } from './forms';
import { type YearlyParameter, parameter } from './parameter';
import { RESIDENT_NOTICE_2024 } from './sources';

const B2 = `${RESIDENT_NOTICE_2024}（二），据国办发〔2018〕67号、内政发〔2018〕46号、内政字〔2021〕100号、内政办发〔2023〕97号`;
const decided = { source: B2, assumed: false };
const shares = { article: `${RESIDENT_NOTICE_2024}（二）`, usedBy: ['subsidy.due'], form: rate };

export const SUBSIDY = [
  parameter('subsidy.central', { zh: '中央财政补助比例', ...shares }, '0.80', decided),
  parameter('subsidy.region.1', { zh: '自治区分担其余部分的比例（一类地区）', ...shares }, '0.30', decided),
  parameter('subsidy.region.2', { zh: '自治区分担其余部分的比例（二类地区）', ...shares }, '0.50', decided),
  parameter('subsidy.region.3', { zh: '自治区分担其余部分的比例（三类地区）', ...shares }, '0.70', decided),
] as const;

/** 财政补助标准, by coverage year: the standard of policy year Y is paid for coverage year Y. */
export const SUBSIDY_STANDARD: YearlyParameter<'subsidy.standard'> = {
  name: 'subsidy.standard',
  zh: '居民医保财政补助标准（元/人，年度）',
  article: `${RESIDENT_NOTICE_2024}（一）`,
  usedBy: ['subsidy.due', 'budget_checks.subsidy_equals_due', 'budget_checks.deviation', 'estimate', 'budgets'],
  form: standard,
  perArea: false,
  from: { monthDay: '01-01', lead: 0 },
  published: [
    {
      year: 2026,
      until: null,
      value: '724',
      source: '2026年政府工作报告（724元；转引件，未见自治区文件）',
      assumed: false,
    },
    {
      year: 2025,
      until: null,
      value: '700',
      source: '2025年政府工作报告（居民医保人均财政补助标准再提高30元；未见自治区文件）',
      assumed: false,
    },
    {
      year: 2024,
      until: null,
      value: '670',
      source: `${RESIDENT_NOTICE_2024}（一）“达到每人每年不低于670元”`,
      assumed: false,
    },
    {
      year: 2023,
      until: null,
      value: '640',
      source: '关于做好2023年城乡居民基本医疗保障工作的通知（国家及呼和浩特市，转载件）：640元',
      assumed: false,
    },
    {
      year: 2022,
      until: null,
      value: '610',
      source: '内蒙古年鉴2023卷；锡医保发〔2022〕44号：2022年财政补助610元',
      assumed: false,
    },
  ],
};
