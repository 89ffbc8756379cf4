/**
 * The acts that workflows call, each with the summary that the Temporal UI shows, and the one retry policy: an error that time
 * may cure is retried for ever; one that only a person can cure stops the act at once.
 */
import { ActivityCancellationType, type ActivityOptions, proxyActivities } from '@temporalio/workflow';
import type { FundActivities } from '../activities';
import type { createInboxActivities } from '../activities/imports/inbox';
import type { createImportActivities } from '../activities/imports/import-folder';
import type { createWatchActivities } from '../activities/watch';
import { IMPORT_QUEUE } from './task-queue';

/** The acts of the fund, and those of the watchdog, the inbox and the imports, which need more than the database. */
type Activities = FundActivities &
  ReturnType<typeof createWatchActivities> &
  ReturnType<typeof createImportActivities> &
  ReturnType<typeof createInboxActivities>;

const OPTIONS: ActivityOptions = {
  startToCloseTimeout: '10 minutes',
  // A worker sends heartbeats while it performs an act. After this silence the act is given to another worker.
  heartbeatTimeout: '5 seconds',
  retry: {
    initialInterval: '500 milliseconds',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    nonRetryableErrorTypes: ['KeyConflict', 'RangeError', 'TypeError', 'Refused'],
  },
};

/** A disk that is full or read-only is not waited for: the watchdog looks again in an hour, and says what is wrong. */
const ON_A_DISK: ActivityOptions = { retry: { ...OPTIONS.retry, maximumAttempts: 5 } };

/** Acts that need other options. */
const OPTIONS_OF: Partial<Record<keyof Activities, ActivityOptions>> = {
  // It decides the payments of every resident of a region; heartbeats show that it is still at work.
  openCollection: { startToCloseTimeout: '12 hours' },
  inboxesWithFiles: ON_A_DISK,
  pickUp: ON_A_DISK,
  putAway: ON_A_DISK,
  // It is over only when everything is rolled back.
  importFolder: {
    taskQueue: IMPORT_QUEUE,
    startToCloseTimeout: '12 hours',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  },
};

const SUMMARIES: Record<keyof Activities, string> = {
  watch: '巡查异常并通知',
  inboxesWithFiles: '收件夹检查',
  pickUp: '取走收件夹中的文件',
  importFolder: '导入数据文件',
  putAway: '移走文件并附报告',
  beginYear: '启动年度：登记为正式年度',
  openYear: '年度启动：参数固定',
  requestMethod: '请登记调剂金管理办法',
  requestFiles: '数据报送检查',
  whatIsLeft: '未办结事项检查',
  carryOpening: '年初余额结转（暂定）',
  openCollection: '征缴开始：应缴与资助标准',
  bookCollection: '征缴逐日入账',
  reconcileCollection: '征缴对账',
  reconcileUnknownArea: '地区不明的缴费对账',
  estimateBudget: '预算系统测算',
  submitBudget: '预算报送与审核',
  returnBudget: '预算退回',
  proposeDirectedBudget: '以收定支编制',
  adoptBudget: '预算批复生效',
  summariseRegionBudget: '自治区预算汇总',
  submitAdjustment: '预算调整报送与审核',
  decideAdjustment: '预算调整审批',
  lapseAdjustment: '预算调整逾期作废',
  decide: '人员办理',
  whatAsksAnew: '所依数字变动检查',
  openBooks: '年初建账',
  stepUpRates: '用人单位费率核定',
  creditInterest: '调剂金利息入账',
  estimateLevy: '测算上解预缴额',
  estimateLevyWhenReported: '报齐后测算上解预缴额',
  payInstalment: '按季预缴上解',
  trueUpLevy: '上解清算',
  checkMonth: '月度入账与风险预警',
  requestReports: '季度预算执行报告检查',
  requestRiskReports: '风险上报检查',
  requestAcceptance: '账实不符：请财政部门核实',
  countHeads: '参保人数核定',
  checkSubsidyArrival: '补助到位检查',
  settleSubsidy: '补助结算',
  shareGaps: '缺口与分担测算',
  paySettlement: '清算拨付',
  fundsToClear: '年度清算范围',
  proposeClearing: '清算表测算',
  returnClearing: '清算表退回',
  isClearingCorrected: '退回账目检查',
  adoptClearing: '清算表生效',
  decideEmergency: '紧急调剂审批',
  lapseEmergency: '紧急调剂逾期作废',
  decideRelease: '核实受理审批',
  lapseRelease: '核实受理逾期作废',
  evaluateYear: '绩效评价',
  closeBooks: '账务核验与关账',
};

export const fund = Object.fromEntries(
  (Object.keys(SUMMARIES) as (keyof Activities)[]).map((name) => [
    name,
    proxyActivities<Activities>({ ...OPTIONS, ...OPTIONS_OF[name], summary: SUMMARIES[name] })[name],
  ]),
) as ReturnType<typeof proxyActivities<Activities>>;
