/** 通知导入: workflows that wait for files look again once an import is committed. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../db/connect';
import { workflowsToNotify } from '../db/done';
import { type UnannouncedImport, markAnnounced, unannouncedImports } from '../db/fund-year';
import { inParallel } from './in-parallel';

/** Signals under way at once: a region of a thousand areas must not flood its own Temporal. */
const AT_ONCE = 8;

/**
 * Signals the workflows of every year with an import that has not been announced yet; `news` is the name of the signal. Returns
 * how many workflows it reached. Throws when Temporal does not answer; the import stays unannounced until the next attempt.
 */
export async function announceImports(database: Database, client: Client, news: string): Promise<number> {
  let reached = 0;
  for (const untold of await unannouncedImports(database)) reached += await announceIn(database, client, news, untold);
  return reached;
}

async function announceIn(
  database: Database,
  client: Client,
  news: string,
  untold: UnannouncedImport,
): Promise<number> {
  const workflows = await workflowsToNotify(database, untold.year);
  const reached = await inParallel(AT_ONCE, workflows, (id) => signal(client, id, news));
  await markAnnounced(database, untold);
  return reached.filter(Boolean).length;
}

/** False when the workflow has ended or not begun: then it has nothing to look at. */
async function signal(client: Client, workflowId: string, news: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(news);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
