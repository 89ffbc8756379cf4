/**
 * What the standards published at the start of a cycle are computed from (RULES 3): the region's statistics by year, and
 * the factors of A(2), A(3) and B(5). Amounts in yuan a year.
 */
import { type Dated, inForce } from './dated';
import { product } from './parameter';
import { DRAFT_OPINION, RESIDENT_NOTICE_2024 } from './sources';

const A2 = `${DRAFT_OPINION}第二部分（二）`;
const B5 = `${RESIDENT_NOTICE_2024}（五）`;

/** A statistic of year y is “上年度” for contributions and benefits of y + 1: it holds from 1 January of that year. */
const statistic = (year: number, value: string, source: string, assumed = false) => ({
  from: `${year + 1}-01-01`,
  until: null,
  value,
  source: `${year}年数：${source}`,
  assumed,
});

export const AVERAGE_WAGE: Dated<string, 'standards.average_wage'> = {
  name: 'standards.average_wage',
  zh: '全区全口径城镇单位就业人员平均工资 w（元/年）',
  article: A2,
  usedBy: ['年度标准公布：缴费基数上下限'],
  entries: [
    statistic(2025, '101160', '8430元/月×12，未见文号，待核实', true),
    statistic(2024, '98148', '内人社办发〔2025〕160号，8179元/月×12（转引件）'),
    statistic(2023, '97260', '内人社办发〔2024〕136号，8105元/月×12（转引件）'),
    statistic(2022, '89630', '内人社办发〔2023〕140号，7469.17元/月×12（转引件）'),
    statistic(2021, '81017', '自治区公布数（转引件，文件未见）'),
    statistic(2020, '76126', '自治区公布数（转引件，文件未见）'),
  ],
};

export const DISPOSABLE_INCOME: Dated<string, 'standards.disposable_income'> = {
  name: 'standards.disposable_income',
  zh: '全区居民人均可支配收入 q（元/年）',
  article: B5,
  usedBy: ['年度标准公布：大病保险起付标准与最高支付限额'],
  entries: [
    statistic(2024, '40077', '中国统计年鉴2025（转引件）'),
    statistic(2022, '35921', '内蒙古年鉴2023卷'),
    statistic(2021, '34108', '内蒙古年鉴2022卷（转载件）'),
  ],
};

const factor = <const Name extends string>(name: Name, zh: string, value: string, article: string, words: string) =>
  product(`standards.${name}` as const, { zh, article, usedBy: ['年度标准公布'] }, value, {
    source: `${article}“${words}”`,
    assumed: false,
  });

export const STANDARD_FACTORS = [
  factor('base_floor', '缴费基数下限（× w）', '0.8', A2, '以全口径城镇单位就业人员平均工资的80%为基数'),
  factor('base_ceiling', '缴费基数上限（× w）', '3.0', A2, '以全口径城镇单位就业人员平均工资的300%为缴费基数'),
  factor('flexible_base', '灵活就业人员缴费基数（× w）', '0.8', A2, '平均工资的80%为缴费基数'),
  factor('unemployed_base', '领取失业保险金人员缴费基数（× w）', '0.6', A2, '平均工资的60%为缴费基数'),
  factor('employee_rate', '职工个人缴费费率', '0.02', A2, '职工本人为个人工资收入的2%'),
  factor('deductible', '大病保险起付标准上限（× q）', '1', B5, '原则上不高于当地上年度城乡居民人均可支配收入'),
  factor('benefit_cap', '基本医保加大病保险最高支付限额（× q）', '6', B5, '人均可支配收入的6倍左右'),
] as const;

/**
 * The statistic for the cycle of `year`: that of the year before or, where this is not yet published, the last known one, marked
 * as assumed.
 */
export function statisticFor(year: number, of: Dated<string>) {
  const entry = inForce(of, `${year}-01-01`);
  const late = entry.from < `${year}-01-01`;
  return late ? { ...entry, assumed: true, source: `${entry.source}；上年数尚未公布，沿用` } : entry;
}

/** The factor and the statistic that each published standard is computed from. */
export const STANDARD_SOURCES = {
  contribution_base_floor: ['standards.base_floor', 'standards.average_wage'],
  contribution_base_ceiling: ['standards.base_ceiling', 'standards.average_wage'],
  flexible_worker_base: ['standards.flexible_base', 'standards.average_wage'],
  unemployed_base: ['standards.unemployed_base', 'standards.average_wage'],
  major_illness_deductible_max: ['standards.deductible', 'standards.disposable_income'],
  benefit_cap: ['standards.benefit_cap', 'standards.disposable_income'],
} as const;
