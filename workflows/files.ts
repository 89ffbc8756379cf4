/** 数据报送: in a live year a file that is missing is a task with a deadline, not an error. A run has its whole pack. */
import { patched, workflowInfo } from '@temporalio/workflow';
import type { FilesOfStep } from '../activities/files';
import type { BusinessDate } from './business-date';
import { fund } from './fund-activities';
import type { People } from './people';

/** In a live year each area's budget waits for its own files. Years in flight may have waited for the files of all areas. */
export const areasFileForThemselves = (clock: BusinessDate): boolean =>
  clock.isLive && patched('areas-file-for-themselves');

/** Waits until every row that a step needs is there, or a person has said that there is none. */
export async function filesArrived(
  files: Omit<FilesOfStep, 'workflowId'>,
  clock: BusinessDate,
  people: People,
): Promise<void> {
  if (!clock.isLive) return;
  const step = { ...files, workflowId: workflowInfo().workflowId };
  for (;;) {
    const { missing, count, tasks, role, dueOn } = await fund.requestFiles(step);
    if (missing.length === 0) return;
    await people.askAnyOf({
      task: tasks,
      kind: 'import',
      page: {
        stage: '等待数据报送',
        waitsFor: `${missing.slice(0, 5).join('；')}${missing.length > 5 ? `；等 ${count} 项` : ''}`,
        role,
        until: dueOn,
      },
      perform: (act) => fund.decide({ year: files.year, act }),
    });
  }
}
