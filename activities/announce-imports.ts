/** 通知导入: workflows that wait for files look again once an import is committed. */
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../db/connect';
import { workflowsToNotify } from '../db/done';
import { type UnannouncedImport, markAnnounced, unannouncedImports } from '../db/fund-year';
import { workflowsReopened } from '../db/reopened';
import { inParallel } from './in-parallel';

/** What the signal may say. */
export interface News {
  /** A figure behind what persons decide on has changed: the chain may be void. */
  figuresChanged?: boolean;
}

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
  const looking = await inParallel(AT_ONCE, workflows, (id) => signal(client, id, news));
  const asking = await announceReopened(database, client, { year: untold.year, news, which: 'untold' });
  await markAnnounced(database, untold);
  return looking.filter(Boolean).length + asking;
}

/** Tells workflows that a figure behind what they ask has changed: they ask anew. Returns how many it reached. */
export async function announceReopened(
  database: Database,
  client: Client,
  { year, news, which }: { year: number; news: string; which: 'untold' | 'ever' },
): Promise<number> {
  const workflows = await workflowsReopened(database, year, which);
  const reached = await inParallel(AT_ONCE, workflows, (id) => signal(client, id, news, { figuresChanged: true }));
  return reached.filter(Boolean).length;
}

/** False when the workflow has ended or not begun: then it has nothing to look at. */
async function signal(client: Client, workflowId: string, news: string, said?: News): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal<[News?]>(news, ...(said === undefined ? [] : [said]));
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
