/** 通知导入: workflows that wait for files look again once an import is committed. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../db/connect';
import { workflowsToTell } from '../db/done';
import { type UntoldImport, markImportTold, untoldImports } from '../db/fund-year';
import { inParallel } from './in-parallel';

/** Signals under way at once: a region of a thousand areas must not flood its own Temporal. */
const AT_ONCE = 8;

/**
 * Tells the workflows of every year into which something was imported that nobody has been told of; `news` is the signal that they
 * hear. Returns how many have heard. Where Temporal does not answer it throws, and the next look tells again.
 */
export async function tellImports(pool: Database, client: Client, news: string): Promise<number> {
  let heard = 0;
  for (const untold of await untoldImports(pool)) heard += await tellYear(pool, client, news, untold);
  return heard;
}

async function tellYear(pool: Database, client: Client, news: string, untold: UntoldImport): Promise<number> {
  const told = await inParallel(AT_ONCE, await workflowsToTell(pool, untold.year), (id) => tell(client, id, news));
  await markImportTold(pool, untold);
  return told.filter(Boolean).length;
}

/** False when the workflow is over, or has not begun: it has nothing to look at. */
async function tell(client: Client, workflowId: string, news: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(news);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
