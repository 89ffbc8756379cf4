/**
 * A golden case some years on in a database of its own, opened, its levy estimated: so that its workflows are not those of other
 * suites on the shared Temporal. Two suites with the same case move it by another number of years.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { type FundActivities, createActivities } from '../../activities';
import { inTransaction } from '../../db/connect';
import { loadPack } from '../../db/load-pack';
import { execute } from '../../db/rows';
import { budgetId } from '../../rules/keys';
import type { Scheme } from '../../rules/vocabulary';
import { advance } from '../../workflows/business-date';
import type { compileBudget } from '../../workflows/compile-budget';
import { type TestDatabase, testDatabase } from '../database';
import { attributesOf } from '../workflows/page';
import type { Stage } from '../workflows/stage';
import { caseNamed } from '../year/cases';
import { changedPack, movedByYears } from '../year/changed-pack';
import { packFrom } from '../pack/builder';

interface WaitingYear {
  database: TestDatabase;
  fund: FundActivities;
}

export async function waitingYear(caseName: string, years = 10, mode: 'run' | 'live' = 'run'): Promise<WaitingYear> {
  const { pack, year: before } = caseNamed(caseName);
  const year = before + years;
  const folder = mkdtempSync(join(tmpdir(), 'people-'));
  const database = await testDatabase();
  try {
    await loadPack(
      database.pool,
      await packFrom(
        changedPack(pack, folder, (_, text) => movedByYears(text, years)),
        year,
      ),
      mode,
    );
    if (mode === 'live') await database.signers.appoint(year);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const fund = createActivities(database.pool);
  await fund.openYear({ year, workflowId: `fund-year-${year}`, firstRunId: 'the test' });
  await inTransaction(database.as('owner'), async (trx) => {
    // The residents of the case are before their phase, and ten years on as well.
    await execute(trx, 'set local session_replication_role = replica');
    await execute(trx, `update fund.parameter_in_force set value = '"2099"' where name = 'levy.start_year.resident'`);
  });
  await fund.estimateLevy({ year, scheme: 'employee' });
  return { database, fund };
}

/** A budget of that year begins on 1 October before it, and waits for its area. */
export async function beginBudget(
  { client, taskQueue }: Pick<Stage, 'client' | 'taskQueue'>,
  year: number,
  scheme: Scheme,
  area: string,
  live = false,
): Promise<void> {
  const today = `${year - 1}-10-01`;
  const handle = await client.workflow.start<typeof compileBudget>('compileBudget', {
    workflowId: budgetId(year, scheme, area),
    taskQueue,
    args: [
      {
        ...{ year, clock: { live, today }, scheme, area, name: area },
        ...{ deadline: `${year - 1}-12-31`, inForceFrom: `${year}-01-01` },
      },
    ],
  });
  if (live) await waitsFor(handle, '：');
  else await handle.executeUpdate(advance, { args: [{ date: today }] });
}

/** A live workflow comes to a question by itself: nobody moves it there. `what` is a part of what its list says. */
export async function waitsFor(handle: WorkflowHandle, what: string): Promise<void> {
  while ((await attributesOf(handle)).waitsFor?.includes(what) !== true);
}
