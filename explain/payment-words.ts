/** Total budgets and clearings in Chinese: the result, and the words of its formulas. */

/** The result `total_budget`. */
export const TOTAL_BUDGET = {
  zh: '总额预算与清算',
  table: 'total_budget' as const,
  key: ['area', 'scheme', 'unit'],
  columns: {
    kind: '单位类别',
    weight: '权重',
    budget: '单位预算 B（预留行为预留额）',
    incurred: '全年费用 C',
    paid: '年内已拨 P',
    retained: '结余留用',
    entitled: '应由基金分担的超支',
    fund_share: '基金分担超支',
    payable: '应付额',
    clearing: '清算款',
  },
};

export const PAYMENT_WORDS = {
  'total_budget.total': '总额 T',
  booked_care: '已记住院、门诊、生育支出',
  clearing: '清算款',
  held: '预留额',
  incurred: '全年费用',
  over_limit: '合理超支上限',
  over_share: '基金分担超支比例',
  paid_earlier_years: '为以前年度费用拨付',
  paid_to_units: '拨付各单位合计',
  payable: '应付额',
  reserve_rate: '预留比例',
  retain: '结余留用比例',
  retain_from: '可留用的最低费用比例',
  retained: '结余留用',
};
