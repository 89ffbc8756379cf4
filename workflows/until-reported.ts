/** Waits until every area has reported: what the reports of a quarter and of a red month have in common. */
import type { ReportsWanted } from '../activities/execution-reports';
import type { BusinessDate } from './business-date';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';
import type { People } from './people';

interface Reports {
  year: number;
  stage: string;
  tasks: string; // how their names begin
  /** Opens the tasks of those who are to report, and says who has not. */
  ask: () => Promise<ReportsWanted>;
}

export async function untilReported(
  { year, stage, tasks, ask }: Reports,
  clock: BusinessDate,
  people: People,
): Promise<{ reported: true }> {
  for (;;) {
    const { left, first, dueOn } = await ask();
    if (left === 0) break;
    await people.askAnyOf({
      task: tasks,
      kind: 'report',
      page: {
        stage,
        waitsFor: `${first.join('、')}${left > first.length ? ` 等 ${left} 个统筹区` : ''}报送`,
        role: 'area_security',
        until: dueOn,
      },
      perform: (act) => fund.decide({ year, act }),
    });
  }
  updateListAndPage({ stage: `${stage}已报齐` });
  await clock.end();
  return { reported: true };
}
