/** 上解与缺口分担: one scheme's adjustment fund through a fund year, from the first instalment to the last payment. */
import { workflowInfo } from '@temporalio/workflow';
import { ROLE_NAMES, SCHEME_NAMES, SETTLEMENT_APPROVERS, type Scheme, taskOf } from '../rules/vocabulary';
import { BusinessDate } from './business-date';
import { fund } from './fund-activities';
import { show } from './page';
import { People } from './people';

export interface Adjustment {
  year: number;
  today: string; // the business date of the start
  scheme: Scheme;
  prepayments: readonly string[]; // 10 January, April, July, October
  proposal: string; // 31 March of Y+1
  approval: string; // 30 April of Y+1
  payment: string; // 31 May of Y+1
}

export async function levyAndShare(
  adjustment: Adjustment,
): Promise<{ gap: string; fund_share: string; area_share: string }> {
  const { year, today, scheme, prepayments, proposal, approval, payment } = adjustment;
  const clock = new BusinessDate(today);
  const people = new People(clock);
  const { workflowId } = workflowInfo();
  const title = `${SCHEME_NAMES[scheme]}调剂金`;

  let paid = '0.00';
  for (const [i, date] of prepayments.entries()) {
    show({
      stage: '按季预缴',
      waitsFor: `${title}第 ${i + 1} 次预缴`,
      until: date,
      figures: { 上次预缴: `${paid} 元` },
    });
    await clock.until(date);
    paid = (await fund.payInstalment({ year, scheme, quarter: i + 1, date })).total;
  }

  show({ stage: '等待决算', waitsFor: `${title}清算与分担测算`, until: proposal });
  await clock.until(proposal);
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
    show({ stage: '分担方案审批', waitsFor: `${title}分担方案审批：${ROLE_NAMES[role]}`, until: approval, figures });
    await people.ask({
      task: taskOf(shares.settlementTask, i + 1, role),
      decisions: ['approve'],
      perform: (act) => fund.decide({ year, act }),
    });
  }

  show({ stage: '待拨付', waitsFor: `${title}清算拨付`, until: payment, figures });
  await clock.until(payment);
  await fund.paySettlement({ year, scheme, date: payment });
  show({ stage: '已拨付', figures });
  await clock.end();
  return { gap: shares.gap, fund_share: shares.fund_share, area_share: shares.area_share };
}
