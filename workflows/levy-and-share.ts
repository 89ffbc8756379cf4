/** 上解与缺口分担: one scheme's adjustment fund through a fund year, from the first instalment to the last payment. */
import { workflowInfo } from '@temporalio/workflow';
import { ROLE_NAMES, SCHEME_NAMES, SETTLEMENT_APPROVERS, type Scheme } from '../rules/vocabulary';
import { taskOf } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { allDone } from './done';
import { fund } from './fund-activities';
import { seeTheOthers, show, showOnPage } from './page';
import { People } from './people';
import { tellYear } from './tell';

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

export async function levyAndShare(
  adjustment: Adjustment,
): Promise<{ gap: string; fund_share: string; area_share: string }> {
  const { year, scheme, prepayments, proposal, approval, payment } = adjustment;
  const clock = new BusinessDate(adjustment.clock);
  const people = new People(clock);
  const { workflowId } = workflowInfo();
  const title = `${SCHEME_NAMES[scheme]}调剂金`;

  if (clock.isLive && adjustment.simulation) await methodRecorded();

  let paid = '0.00';
  for (const [i, date] of prepayments.entries()) {
    const waitsFor = `${title}第 ${i + 1} 次预缴`;
    show({ stage: '按季预缴', waitsFor, until: date, figures: { 上次预缴: `${paid} 元` } });
    await clock.from(date, waitsFor);
    paid = (await fund.payInstalment({ year, scheme, quarter: i + 1, date })).total;
  }

  const settling = `${title}清算与分担测算`;
  show({ stage: '等待决算', waitsFor: settling, until: proposal });
  await clock.from(proposal, settling);
  const accounts = { stage: '等待决算', until: proposal, todo: seeTheOthers(year) };
  if (clock.isLive) await allDone({ year, what: 'accounts' }, clock, accounts);
  const levy = await fund.trueUpLevy({ year, scheme });
  const shares = await fund.shareGaps({ year, scheme, approveBy: approval, workflowId });
  const figures = {
    全年上解: `${levy.total} 元`,
    缺口地区: `${shares.gaps} 个`,
    缺口: `${shares.gap} 元`,
    调剂金承担: `${shares.fund_share} 元`,
    地方政府承担: `${shares.area_share} 元`,
  };

  for (const [i, role] of SETTLEMENT_APPROVERS.entries()) {
    await people.ask({
      task: taskOf(shares.settlementTask, i + 1, role),
      decisions: ['approve'],
      page: {
        stage: '分担方案审批',
        waitsFor: `${title}分担方案审批：${ROLE_NAMES[role]}`,
        role,
        until: approval,
        figures,
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }

  const paying = `${title}清算拨付`;
  show({ stage: '待拨付', waitsFor: paying, until: payment, figures });
  await clock.from(payment, paying);
  await fund.paySettlement({ year, scheme, date: payment });
  show({ stage: '已拨付', figures });
  await tellYear(year);
  await clock.end();
  return { gap: shares.gap, fund_share: shares.fund_share, area_share: shares.area_share };

  /** No method, no payment (RULES 2). */
  async function methodRecorded(): Promise<void> {
    showOnPage({ stage: '登记调剂金管理办法' });
    const { chain } = await fund.requestMethod({ year, workflowId, dueOn: prepayments[0] as string });
    await people.ask({
      task: taskOf(chain, 1, 'region_government'),
      decisions: ['record'],
      page: {
        stage: '登记调剂金管理办法',
        waitsFor: `${title}管理办法文号：${ROLE_NAMES.region_government}`,
        role: 'region_government',
        until: prepayments[0] as string,
        figures: { 说明: '上解、分担参数尚未由文件确定，登记文号前不预缴、不拨付' },
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }
}
