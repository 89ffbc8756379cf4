/**
 * 账实不符: differences of books and bank of a live year, each open until the finance office accepts it or a correction removes it.
 */
import { continueAsNew, workflowInfo } from '@temporalio/workflow';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';
import { People } from './people';

interface Differences {
  year: number;
  clock: ClockStart;
  /** The day on which they were found. */
  date: string;
}

export async function acceptDifferences(differences: Differences): Promise<void> {
  const { year, date } = differences;
  const clock = new BusinessDate(differences.clock);
  const people = new People(clock);
  clock.renewsBy(async (until) => {
    await clock.leaveUntil(until);
    const now = { live: clock.isLive, today: clock.today };
    return continueAsNew<typeof acceptDifferences>({ ...differences, clock: now });
  });
  const { workflowId } = workflowInfo();
  for (;;) {
    // What is imported meanwhile may remove a difference, or bring another.
    const { tasks: task, open, first, role, dueOn } = await fund.requestAcceptance({ year, workflowId, date });
    if (open === 0) break;
    await people.askAnyOf({
      task,
      kind: 'accept_finding',
      page: {
        stage: '账实核对',
        waitsFor: `${first.join('；')}${open > first.length ? `；等 ${open} 项` : ''}`,
        role,
        until: dueOn,
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }
  updateListAndPage({ stage: '账实核对已办结' });
  await clock.end();
}
