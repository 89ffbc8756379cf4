/**
 * 勾稽关系: what must hold for a fund year (RULES 9), checked from stored rows alone. The checks read the tables with queries of
 * their own and share no reader with the acts, so a fault in the code that wrote the rows does not hide itself. They may use
 * `rules/` and `parameters/`, the law by which they judge.
 */
import type { Queryable } from '../db/connect';
import { select } from '../db/rows';
import { agreementsThatDiffer, positionsThatDiffer } from './agreement';
import {
  adjustmentFundsThatDiffer,
  entriesThatDoNotBalance,
  grantsThatDiffer,
  leviesThatDiffer,
  linesOfTheOtherScheme,
  moneyThatDiffers,
} from './books';
import { budgetsThatFail } from './budgets';
import { flagsThatDiffer } from './burdens';
import { closingsThatDiffer, openingsThatDiffer } from './closings';
import { performanceThatDiffers, targetsThatDiffer } from './evaluation';
import { enrolmentNotCounted, gapsNotBorne, rowsNotCounted, sourcesThatDiffer } from './figures';
import { monthsThatDiffer } from './months';
import { reservesExceeded, totalBudgetsNotSplit } from './payments';
import { ratesThatDiffer } from './rates';
import { signaturesThatDoNotHold } from './signatures';

export interface InvariantResult {
  name: string;
  zh: string;
  broken: string[]; // one line for each place; empty when it holds
  archived?: true; // not checked: it reads rows of persons, which were archived after it held
}

interface Invariant {
  name: string;
  zh: string;
  /** Holds only once the settlement of the year is posted. */
  whenSettled: boolean;
  readsPersons?: true;
  /** The places where it is broken. */
  check: (db: Queryable, year: number) => Promise<string[]>;
}

// prettier-ignore
export const INVARIANTS: readonly Invariant[] = [
  { name: 'entries_balance', zh: '每笔分录借贷相等', whenSettled: false, check: entriesThatDoNotBalance },
  { name: 'special_account', zh: '财政专户存款 + 其他存放 = 基金结余 + 收入 − 支出 + 暂收款 + 待核对款', whenSettled: false, check: moneyThatDiffers },
  { name: 'levies_match', zh: '各地上解合计 = 自治区收到合计', whenSettled: false, check: leviesThatDiffer },
  { name: 'grants_match', zh: '自治区补助合计 = 各地收到合计', whenSettled: false, check: grantsThatDiffer },
  { name: 'adjustment_fund', zh: '调剂金期末 = 期初 + 上解 + 利息 − 支付', whenSettled: true, check: adjustmentFundsThatDiffer },
  { name: 'schemes_apart', zh: '职工与居民不在同一分录', whenSettled: false, check: linesOfTheOtherScheme },
  { name: 'closing', zh: '期末 = 期初 + 收入 − 支出 − 上解 + F + A；有缺口时 = 期初 − U', whenSettled: true, readsPersons: true, check: closingsThatDiffer },
  { name: 'opening', zh: '年初余额 = 上年期末', whenSettled: false, readsPersons: true, check: openingsThatDiffer },
  { name: 'gap_borne', zh: 'U + F + A = G', whenSettled: false, check: gapsNotBorne },
  { name: 'rows_counted', zh: '受理笔数 + 待核对笔数 = 全部笔数', whenSettled: false, readsPersons: true, check: rowsNotCounted },
  { name: 'premium_sources', zh: '个人缴费 = 实缴额；医疗救助资助 + 财政代缴 = 资助额', whenSettled: false, check: sourcesThatDiffer },
  { name: 'enrolment', zh: '参保连续性各类人数合计 = 缴费人数', whenSettled: false, check: enrolmentNotCounted },
  { name: 'burdens', zh: '高额医疗费用负担者每人每统筹区每年标记一次，与明细一致', whenSettled: false, check: flagsThatDiffer },
  { name: 'budgets_in_force', zh: '生效预算通过全部否决性审核', whenSettled: false, check: budgetsThatFail },
  { name: 'positions', zh: '其他存放的账面余额 = 报送的月末余额', whenSettled: false, check: positionsThatDiffer },
  { name: 'agreement', zh: '账实核对表、账实不符 = 现有账簿与对账单', whenSettled: true, check: agreementsThatDiffer },
  { name: 'total_budget_split', zh: '各单位预算 + 预留 = 总额', whenSettled: false, check: totalBudgetsNotSplit },
  { name: 'reserve_kept', zh: '基金分担超支合计 ≤ 预留', whenSettled: false, check: reservesExceeded },
  { name: 'months_reckoned', zh: '各月运行分析 = 现有明细', whenSettled: false, readsPersons: true, check: monthsThatDiffer },
  { name: 'rates', zh: '低于下限的费率调增一步，其余不变', whenSettled: false, check: ratesThatDiffer },
  { name: 'targets', zh: '绩效目标 = 报送的目标；没有报送的为规定的目标', whenSettled: false, check: targetsThatDiffer },
  { name: 'performance', zh: '各项有值的指标均对照目标，是否达到与指标值一致', whenSettled: false, check: performanceThatDiffers },
  { name: 'signatures', zh: '正式年度每项人员办理均有本人签名，签名与所办内容一致', whenSettled: false, check: signaturesThatDoNotHold },
];

/** Checks every invariant of a fund year; those of a settled year only when it is settled. */
export async function checkInvariants(db: Queryable, year: number, settled: boolean): Promise<InvariantResult[]> {
  const results: InvariantResult[] = [];
  const archived = await select(
    db,
    'select from fund.archived_table where fund_year = :year and restored_at is null limit 1',
    { year },
  );
  for (const { name, zh, whenSettled, readsPersons, check } of INVARIANTS) {
    if (whenSettled && !settled) continue;
    if (readsPersons && archived.length > 0) results.push({ name, zh, broken: [], archived: true });
    else results.push({ name, zh, broken: await check(db, year) });
  }
  return results;
}
