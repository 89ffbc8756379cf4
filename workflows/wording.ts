/** The Chinese that workflows show on their pages in the Temporal UI beside figures and dates: what each is, and what to do. */
import type { Opening, YearPlan } from '../activities/open-year';
import { DECISION_NAMES, type Decision, type TaskKind, needsDocument } from '../rules/decisions';
import { chainOf, fundYearId } from '../rules/keys';
import type { Role } from '../rules/vocabulary';

/** 流程说明: what each kind of workflow is, as its page says from the start (static details). */
export const ABOUT = {
  fundYear:
    '一个基金年度从上年 9 月 1 日启动到次年 5 月 31 日关账的总流程：按工作日历启动各统筹区的征缴、预算和各险种的调剂金流程，逐月做运行分析，最后关账。',
  collectPremiums:
    '一个统筹区的居民医保征缴：自上年 9 月 1 日起按日入账，年末与税务部门对账；有差异的，由统筹区财政局核实接受。',
  compileBudget:
    '一个统筹区一个险种的预算：系统测算，统筹区医保局报送，自动审核，财政局、自治区医保局、财政厅、人民政府依次审批；逾期没有合格版本的，以收定支。',
  adjustBudget:
    '一个统筹区一个险种年度内的一次预算调整：审核后由财政局、自治区医保局、财政厅、人民政府依次审批，自次月起生效；未通过审核、被退回或逾期的不生效。',
  takeInbox:
    '收件夹中的数据文件：取走已写完的文件，导入，再移入 done 或 refused，旁附报告；有问题的文件不影响其余文件。',
  importFiles:
    '一次数据导入：核对全部文件，装载各行，决定缴费是否受理；有一处问题则全部退回，不留半截数据。进度见待完成活动（Pending Activities）的心跳内容；取消本流程即放弃导入。',
  levyAndShare:
    '一个险种的调剂金：四次预缴上解，决算后清算上解、测算缺口分担，自治区医保局、财政厅、人民政府依次审批，到期拨付。',
  clearPayments:
    '一个统筹区一个险种的年度医药机构清算：按总额预算与全年账目测算清算表，统筹区医保局、财政局依次审批；退回的，更正账目后重新测算。',
  emergencyRequest:
    '一个统筹区年度内的紧急调剂申请：自治区医保局、财政厅、人民政府依次审批，批准即拨付，年终从分担额中扣除。',
  releasePayment: '一笔待核对缴费的核实受理：统筹区医保局说明理由提出，财政局批准即自当日受理；被退回或逾期的不受理。',
  monthlyCheck: '一个月的运行分析：入账、累计结余、可支付月数、风险等级与预算执行，所有统筹区、两个险种。',
  acceptDifferences:
    '账实核对：账面数与银行、国库对账单不符的，逐项由财政部门核实接受；记账有误的更正后自行办结。年度关账时未接受的作废。',
  closeYear: '年终关账：绩效评价，逐条核验账务，全部通过后关账。',
  recordMethod: '登记调剂金管理办法：自治区人民政府登记文号；登记前不关账。',
  reportExecution: '一个季度的预算执行报告：各统筹区医保局于季度结束后 25 日内报送，登记报送文号；报齐即办结。',
  reportRisk: '一个月的风险上报：月度运行分析为红色的基金，由统筹区医保局按期报告自治区并登记报送文号；报齐即办结。',
  yearStarter:
    '启动应在此时开始的基金年度；该年度已有流程的，指明是哪一个。手动触发（Trigger）的，启动触发当日所属的年度：9 月 1 日起为次年，此前为当年。',
  watchdog: '巡查：未启动的年度、逾期事项、无人可办的事项、停止的流程、暂停的定时任务、缺失的工作进程。',
} as const;

export const NOTHING_TO_DO = '到期自动继续，无须人员办理';

export const ADVANCE_DESCRIPTION = '仅用于模拟运行。推进业务日期：{"date":"2028-06-30"}；到该日应办事项全部办完后返回';
export const NEWS_DESCRIPTION = '通知：有新导入的文件，或下级流程已办结';
export const BESIDE_DESCRIPTION = '由巡查发出：本年度等待两人办理的事项，显示在本页；不推进流程';
export const ACT_DESCRIPTION =
  '人员办理：{"task":"…","operator":"工号","decision":"approve","figuresHash":"…","document":"文号","proof":{…}}；已签名的内容由 fund sign 给出';

interface Answerable {
  task: string;
  kind: TaskKind;
  decisions: readonly Decision[];
  role: Role;
}

/** What a person says with a decision, as options of the command that signs it. */
function optionsOf(decision: Decision, byDocument: boolean): string {
  switch (decision) {
    case 'submit':
      return ' --version 版本号';
    case 'approve':
      return byDocument ? ' --document 批准文号' : '';
    case 'return':
      return ' --reason 原因';
    case 'accept':
      return '';
    case 'record':
      return ' --document 文号';
  }
}

/** How a person acts on a task: on the command line, or on the page with More Actions → Send an Update → act. */
export function howToAct({ task, kind, decisions, role }: Answerable): string {
  const choices = decisions.map((decision) => `${DECISION_NAMES[decision]} \`${decision}\``).join('、');
  const [first = 'approve'] = decisions;
  const options = optionsOf(first, needsDocument({ kind, chain: chainOf(task), role }));
  const sign = `npm run fund -- sign ${first} --as 工号 --task ${task}${options}`;
  return [
    `可${choices}。命令：\`npm run fund -- tasks --as 工号\` 列出本事项的数字与可照抄的命令`,
    `或在本页点 More Actions → Send an Update，选 \`act\`，填 \`${sign}\` 给出的已签名内容`,
  ].join('；');
}

/** What an office does about files that are missing. */
export const howToReportFiles = (question: Answerable): string =>
  `导入文件：\`npm run fund -- import 目录 --year 年度\`；确无数据的（零报送），${howToAct(question)}`;

/** What the region does about a year that cannot begin without its first files. */
export const howToImportTheFirst = (year: number): string =>
  `导入文件：\`npm run fund -- import 目录 --year ${year}\`；格式见 docs/spec/CONTRACT.md 第 2 节，示例见 demo/pack`;

/** Where to act while a workflow waits for what others do. */
export const whereOthersAct = (year: number): string =>
  `各统筹区、险种的事项在其流程中办理：\`npm run fund -- tasks --year ${year}\` 列出待办及命令；全部流程见列表，筛选 \`FundYear=${year}\``;

export const goesOnByItself = (date: string, year: number): string =>
  `${date} 自动继续，无须办理；${whereOthersAct(year)}`;

/** Where the figures of a closed year are. */
export const whereResultsAre = (year: number): Record<string, string> => ({
  年度报告: `npm run fund -- report --year ${year} --out ${year}.html`,
  结果文件: `npm run fund -- export --year ${year} --out 目录`,
});

/** The answer to a start that found the year's cycle already there. */
export const seeTheCycle = (year: number): string =>
  `${year} 年度只有一个流程，请看 ${fundYearId(year)}（one cycle per year: see ${fundYearId(year)}）`;

export const notStartedBecause = {
  unfinished: (runs: readonly number[]) =>
    `此数据库中 ${runs.join('、')} 年度的模拟运行尚未完成，不能启动正式年度：请另设 FUND_HOME，或先把它运行到关账（npm start）`,
  run: (year: number) => `此数据库中的 ${year} 年度是模拟运行的，不能正式启动；正式年度须另设 FUND_HOME`,
  abandoned: (year: number) => `${year} 年度已作废，本系统中不能再启动（the year was abandoned）`,
  closed: (year: number) => `${year} 年度已由 ${fundYearId(year)} 办理并关账`,
  unlikely: (year: number, likely: readonly number[]) =>
    `${year} 年度不在可启动的年度（${likely.join('、')}）之内；确要启动的，另填 "confirm": ${year}`,
} as const;

const STATUS_NAMES = { open: '进行中', closed: '已关账', abandoned: '已作废' } as const;

/** Why a year was not opened by this workflow. */
export function whyNotOpened(year: number, opening: Exclude<Opening, YearPlan>): string {
  switch (opening.outcome) {
    case 'already':
      return `${year} 年度已由 ${opening.workflowId} 办理（${STATUS_NAMES[opening.status]}）`;
    case 'law incomplete':
      return `${year} 年度不能启动，法定参数不全 (values of law are lacking)：\n${opening.faults.join('\n')}`;
    case 'no areas yet':
    case 'not imported':
      return `${year} 年度尚未导入数据：npm run fund -- run --pack 目录 --year ${year} --out 目录`;
  }
}

/** 未实施步骤: what is skipped before a scheme's phase, each reason once. */
export const skippedSteps = ({ skipped }: YearPlan): string =>
  skipped.length === 0
    ? '无'
    : [...new Set(skipped.map(({ reason }) => reason.split('；')[0]))]
        .map((reason) => `上解预缴、清算、缺口分担：${reason}`)
        .join('；');
