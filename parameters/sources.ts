/**
 * The documents that values of law come from, with title and number; docs/law/other-sources.md lists them. The parameter that
 * quotes a document appends the article.
 */

/** A: 征求意见稿, consulted 2025-06-03 to 07-02. */
export const DRAFT_OPINION = '内蒙古自治区关于推动基本医疗保险自治区级统筹的实施意见（征求意见稿）';
/** B. */
export const RESIDENT_NOTICE_2024 =
  '内蒙古自治区医疗保障局、财政厅、国家税务总局内蒙古自治区税务局关于做好2024年城乡居民基本医疗保障工作的通知（2024年9月3日）';
export const SHAANXI_2024 = '陕西省人民政府办公厅推进基本医疗保险基金省级统筹调剂若干措施（2024年6月29日）';
export const GUANGYUAN_2008 = '广元市城镇职工基本医疗保险市级调剂暂行办法（广府办发〔2008〕96号）';
export const LISHUI_2011 = '丽水市基本医疗保险调剂金办法（2011年）';
export const LESHAN_2021 = '乐山市企业职工基本养老保险基金缺口分担办法（2021年1月1日起）';
export const LIANYUNGANG_2012 = '连云港市医疗保险市级风险金办法（2012年）';
export const EMPLOYEE_SURPLUS_2009 =
  '人力资源社会保障部、财政部关于进一步加强基本医疗保险基金管理的指导意见（人社部发〔2009〕67号）';
export const SUBSIDY_SETTLEMENT_2012 = '城乡居民医保财政补助资金结算办法（财社〔2012〕223号，已废止，最近的明文先例）';
export const BUDGET_EXECUTION_2011 =
  '财政部、人力资源社会保障部关于强化社会保险基金预算执行管理的联合通知（2011年，据新闻报道）';
export const FUND_FINANCE_RULES = '社会保险基金财务制度（财社〔2017〕144号）';
export const ACCOUNTING_SUPPLEMENT = '社会保险基金会计制度补充规定（自2026年1月1日起施行）';
export const LONG_TERM_ENROLMENT_2024 = '国务院办公厅关于健全基本医疗保险参保长效机制的指导意见（国办发〔2024〕38号）';
export const PENSION_ADJUSTMENT_2018 = '国务院关于建立企业职工基本养老保险基金中央调剂制度的通知（国发〔2018〕18号）';
export const HEAVY_BURDENS_2025 = '西安市高额医疗费用负担患者监测标准（2025年）';
/** What no document settles. */
export const PROJECT = '本项目假定';

export const precedent = (document: string): string => `先例：${document}；办法未定，待文件确定`;
export const assumption = (why: string): string => `${PROJECT}：${why}`;

/**
 * The first day for which a cycle can be computed with the defaults: the first known resident premium is that of coverage year
 * 2023, whose collection began on 1 September 2022. Values without a date of their own hold from here: assumptions, and the
 * draft opinion, which dates its own stages.
 */
export const FIRST_DAY = '2022-01-01';
