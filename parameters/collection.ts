/** 居民征缴: what a person pays, and when (RULES 4). */
import { extension, monthDay, standard } from './forms';
import { type YearlyParameter, parameter, product } from './parameter';
import { DRAFT_OPINION, RESIDENT_NOTICE_2024 } from './sources';

const A2 = `${DRAFT_OPINION}第二部分（二）`;
const IN_THE_YEAR_BEFORE = {
  source: `${A2}“各地原则上要于上年度9月1日至12月31日完成次年居民医保集中征缴”`,
  assumed: false,
};
const B7 = `${RESIDENT_NOTICE_2024}（七）`;
/** The window decides which payments are accepted, and so what was collected. */
const WINDOW = ['quarantine.reason', 'collection'];

export const COLLECTION = [
  parameter(
    'collection.window.start',
    { zh: '居民集中征缴期首日（上年月日）', article: A2, usedBy: WINDOW, form: monthDay, perArea: true },
    '09-01',
    IN_THE_YEAR_BEFORE,
  ),
  parameter(
    'collection.window.end',
    { zh: '居民集中征缴期末日（上年月日）', article: A2, usedBy: WINDOW, form: monthDay, perArea: true },
    '12-31',
    IN_THE_YEAR_BEFORE,
  ),
  parameter(
    'collection.window.extension',
    {
      zh: '居民集中征缴期延长至（null 为不延长）',
      article: B7,
      usedBy: WINDOW,
      form: extension,
      perArea: true,
    },
    null,
    {
      source: `未有延长决定；先例：${B7}“2025年2月底前完成居民医保参保缴费工作”`,
      assumed: false,
    },
  ),
] as const;

/** 居民个人缴费标准, by coverage year: the premium of policy year Y−1 is paid for coverage year Y. */
export const COLLECTION_INDIVIDUAL: YearlyParameter<'collection.individual'> = {
  name: 'collection.individual',
  zh: '居民个人缴费标准（元/人，待遇年度）',
  article: `${RESIDENT_NOTICE_2024}（一）`,
  usedBy: ['collection', 'quarantine.reason', 'budget_checks.deviation', 'estimate', 'budgets'],
  form: standard,
  perArea: true,
  from: { monthDay: '09-01', lead: 1 },
  published: [
    {
      year: 2025,
      until: null,
      value: '400',
      source: `${RESIDENT_NOTICE_2024}（一）“个人缴费达到每人每年不低于400元”`,
      assumed: false,
    },
    {
      year: 2024,
      until: null,
      value: '380',
      source: '关于做好2023年城乡居民基本医疗保障工作的通知（国家及呼和浩特市，转载件）：个人缴费380元',
      assumed: false,
    },
    {
      year: 2023,
      until: null,
      value: '360',
      source: '内蒙古年鉴2023卷：2022年居民个人缴费不低于360元',
      assumed: false,
    },
  ],
};

const B8 = `${RESIDENT_NOTICE_2024}（八）`;
export const COLLECTION_PRODUCT = [
  product(
    'collection.low_income_target',
    {
      zh: '两类人员参保率下限',
      article: B8,
      usedBy: ['findings.low_income_rate', 'findings.poverty_relieved_rate'],
    },
    '0.99',
    { source: `${B8}“确保两类人员参保率不低于99%”`, assumed: false },
  ),
] as const;
