/** 登记调剂金管理办法 (A 三（一）第一阶段): cycle 2026 records the document that decides the levy and share values. */
import { workflowInfo } from '@temporalio/workflow';
import { ROLE_NAMES } from '../rules/vocabulary';
import { taskOf } from '../rules/keys';
import { BusinessDate, type ClockStart } from './business-date';
import { fund } from './fund-activities';
import { updateListAndPage, updatePageOnly } from './page';
import { People } from './people';
import { wakeYear } from './wake';

interface Method {
  year: number;
  clock: ClockStart;
  dueOn: string; // 31 May of Y+1
}

/** Waits for the document's number; the year goes on meanwhile, and closes when it is recorded. */
export async function recordMethod({ year, clock: start, dueOn }: Method): Promise<void> {
  const clock = new BusinessDate(start);
  const people = new People(clock);
  updatePageOnly({ stage: '登记调剂金管理办法' });
  const { chain } = await fund.requestMethod({ year, workflowId: workflowInfo().workflowId, dueOn, scheme: null });
  await people.ask({
    task: taskOf(chain, 1, 'region_government'),
    kind: 'record_method',
    page: {
      stage: '登记调剂金管理办法',
      waitsFor: `办法文号：${ROLE_NAMES.region_government}`,
      role: 'region_government',
      until: dueOn,
    },
    perform: (act) => fund.decide({ year, act }),
  });
  updateListAndPage({ stage: '办法文号已登记' });
  await wakeYear(year);
  await clock.end();
}
