/** 上解与缺口分担: one scheme's adjustment fund through a fund year, from the first instalment to the last payment. */
import { workflowInfo } from '@temporalio/workflow';
import { APPROVALS } from '../rules/decisions';
import { taskOf } from '../rules/keys';
import { inYuan } from '../rules/thousands';
import { ROLE_NAMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { BusinessDate, type ClockStart } from './business-date';
import { allDone } from './done';
import { fund } from './fund-activities';
import { updateListAndPage, updatePageOnly } from './page';
import { People } from './people';
import { wakeYear } from './wake';
import { whereOthersAct } from './wording';

export interface Adjustment {
  year: number;
  clock: ClockStart;
  scheme: Scheme;
  /** 模拟测算: no document decides the levy and share values yet. In a live year nothing is paid before one is recorded. */
  simulation: boolean;
  prepayments: readonly string[]; // 10 January, April, July, October
  proposal: string; // 31 March of Y+1
  approval: string; // 30 April of Y+1
  payment: string; // 31 May of Y+1
}
interface Settlement {
  gap: string;
  fund_share: string;
  area_share: string;
}

export async function levyAndShare(adjustment: Adjustment): Promise<Settlement> {
  const { year, scheme, approval, payment } = adjustment;
  const clock = new BusinessDate(adjustment.clock);
  const people = new People(clock);
  const title = `${SCHEME_NAMES[scheme]}调剂金`;
  const { workflowId } = workflowInfo();

  if (clock.isLive && adjustment.simulation) await methodRecorded(adjustment, people);
  await payInstalments(adjustment, clock);

  await waitForAccounts(adjustment, clock);
  const levy = await fund.trueUpLevy({ year, scheme });
  const shares = await fund.shareGaps({ year, scheme, approveBy: approval, workflowId });
  const figures = {
    全年上解: inYuan(levy.total),
    缺口地区: `${shares.gaps} 个`,
    缺口: inYuan(shares.gap),
    调剂金承担: inYuan(shares.fund_share),
    统筹区政府承担: inYuan(shares.area_share),
  };

  for (const [i, role] of APPROVALS.settlement.approvers.entries()) {
    const waitsFor = `${title}分担方案审批：${ROLE_NAMES[role]}`;
    await people.ask({
      task: taskOf(shares.settlementTask, i + 1, role),
      kind: 'approve',
      decisions: APPROVALS.settlement.decisions,
      page: { stage: '分担方案审批', waitsFor, role, until: approval, figures },
      perform: (act) => fund.decide({ year, act }),
    });
  }

  const paying = `${title}清算拨付`;
  updateListAndPage({ stage: '待拨付', waitsFor: paying, until: payment, figures });
  await clock.from(payment, paying);
  await fund.paySettlement({ year, scheme, date: payment });
  updateListAndPage({ stage: '已拨付', figures });
  await wakeYear(year);
  await clock.end();
  return { gap: shares.gap, fund_share: shares.fund_share, area_share: shares.area_share };
}

/** No method, no payment (RULES 2). */
async function methodRecorded({ year, scheme, prepayments }: Adjustment, people: People): Promise<void> {
  const stage = '登记调剂金管理办法';
  updatePageOnly({ stage });
  const dueOn = prepayments[0] as string;
  const { chain } = await fund.requestMethod({ year, workflowId: workflowInfo().workflowId, dueOn, scheme });
  // It also ends when every value is decided by a document of its own.
  await people.askOnFigures(chain, {
    task: taskOf(chain, 1, 'region_government'),
    kind: 'record_method',
    page: {
      stage,
      waitsFor: `${SCHEME_NAMES[scheme]}调剂金管理办法文号：${ROLE_NAMES.region_government}`,
      role: 'region_government',
      until: dueOn,
      figures: { 说明: '上解、分担参数尚未由文件确定，登记文号前不预缴、不拨付' },
    },
    perform: (act) => fund.decide({ year, act }),
  });
}

/** 按季预缴. */
async function payInstalments({ year, scheme, prepayments }: Adjustment, clock: BusinessDate): Promise<void> {
  let paid = '0.00';
  for (const [i, date] of prepayments.entries()) {
    const waitsFor = `${SCHEME_NAMES[scheme]}调剂金第 ${i + 1} 次预缴`;
    updateListAndPage({ stage: '按季预缴', waitsFor, until: date, figures: { 上次预缴: inYuan(paid) } });
    await clock.from(date, waitsFor);
    paid = (await fund.payInstalment({ year, scheme, quarter: i + 1, date })).total;
  }
}

/** In a live year the final accounts may come late: then the proposal does too. */
async function waitForAccounts({ year, scheme, proposal }: Adjustment, clock: BusinessDate): Promise<void> {
  const waitsFor = `${SCHEME_NAMES[scheme]}调剂金清算与分担测算`;
  const status = { stage: '等待决算', until: proposal };
  updateListAndPage({ ...status, waitsFor });
  await clock.from(proposal, waitsFor);
  if (clock.isLive) await allDone({ year, what: 'accounts' }, clock, { ...status, todo: whereOthersAct(year) });
}
