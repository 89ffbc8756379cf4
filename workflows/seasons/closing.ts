/** 年终与清算: collections are reconciled on 31 December; in the year after come final accounts, settlement and closing. */
import { workflowInfo } from '@temporalio/workflow';
import { adjustmentId, closingId, taskOf } from '../../rules/keys';
import { closeYear } from '../close-year';
import { fund } from '../fund-activities';
import { wake } from '../wake';
import type { Cycle, Step } from './cycle';
import { clearings } from './payments';

/** Differences of books and bank that the final accounts find come after those of the twelve months. */
const AFTER_THE_MONTHS = 13;

export const closing = (cycle: Cycle): Step[] => [
  reconcilingCollections(cycle),
  finalAccounts(cycle),
  ...clearings(cycle),
  closingTheYear(cycle),
];

/** 31 December: collection ends for everyone. */
function reconcilingCollections(cycle: Cycle): Step {
  const { collectionEnd, finalAccounts: acceptBy } = cycle.plan.calendar;
  return {
    name: 'collections reconciled',
    stage: '征缴对账',
    waitsFor: '全部征缴对账',
    date: collectionEnd,
    atEnd: true,
    act: async () => {
      await cycle.allDone('collections', '征缴对账', acceptBy);
      await acceptUnknownRows(cycle);
    },
  };
}

/** Rows that name no known area are nobody's: the region's security bureau accepts the difference. */
async function acceptUnknownRows(cycle: Cycle): Promise<void> {
  const { year, people, plan, facts } = cycle;
  const acceptBy = plan.calendar.finalAccounts;
  const standing = await fund.reconcileUnknownArea({ year, workflowId: workflowInfo().workflowId, acceptBy });
  if (!('findingsToAccept' in standing) || standing.findingsToAccept === null) return;
  await people.ask({
    task: taskOf(standing.findingsToAccept, 1, 'region_security'),
    kind: 'accept_finding',
    page: {
      stage: '征缴对账',
      waitsFor: '接受地区不明的缴费：自治区医保局',
      role: 'region_security',
      until: acceptBy,
      figures: facts,
    },
    perform: (act) => fund.decide({ year, act }),
  });
}

function finalAccounts(cycle: Cycle): Step {
  const { year, plan, schemesInPhase } = cycle;
  return {
    name: 'final accounts',
    stage: '年度决算',
    waitsFor: '各统筹区报送决算',
    date: plan.calendar.finalAccounts,
    atEnd: true,
    act: async () => {
      await cycle.filesArrived('final accounts');
      const { differences = 0 } = await fund.settleSubsidy({ year, arrivedBy: plan.calendar.subsidyArrival });
      await cycle.askAbout(differences, AFTER_THE_MONTHS, plan.calendar.finalAccounts);
      await Promise.all(schemesInPhase.map((scheme) => wake(adjustmentId(year, scheme))));
    },
  };
}

function closingTheYear(cycle: Cycle): Step {
  const { year, plan, clock } = cycle;
  const date = plan.calendar.closing;
  return {
    name: 'closing',
    stage: '决算审核与清算',
    waitsFor: '清算拨付与关账',
    date,
    atEnd: true,
    act: async () => {
      await cycle.allDone('adjustments', '清算拨付', date);
      const input = { year, phases: plan.phases, date, live: clock.isLive };
      await (await cycle.start(closeYear, input, closingId(year), `${year} 年度绩效评价与关账`)).result();
    },
  };
}
