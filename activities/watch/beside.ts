/** 另待办理: the page of a year in the Temporal UI shows what waits for two people, of which its workflow knows nothing. */
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/connect';
import { livePages, noteShown } from '../../db/fund-year';
import { type Wait, openWaits } from '../../db/waits';
import { waitDates } from '../../parameters/waits';
import { waitText } from '../../rules/joint-matters';
import { ROLE_NAMES } from '../../rules/vocabulary';

/** Tells each open live year whose page shows something else. One that cannot be told now is told at the next look. */
export async function showWaits(database: Database, client: Client, today: string): Promise<void> {
  const waits = await openWaits(database, waitDates(today));
  for (const { year, workflow_id, shown } of await livePages(database)) {
    const text = besideText(year, waits);
    if (workflow_id === null || text === shown) continue;
    const isTold = await client.workflow
      .getHandle(workflow_id)
      .signal('beside', { waits: text })
      .then(
        () => true,
        () => false, // it does not run: the watchdog names it
      );
    if (isTold) await noteShown(database, year, text);
  }
}

/** What waits for two people in a year, or in none; empty where nothing does. */
function besideText(year: number, waits: readonly Wait[]): string {
  const own = waits.filter(({ matter, fund_year }) => matter !== null && (fund_year === null || fund_year === year));
  const lines = own.map((wait) => `${ROLE_NAMES[wait.role]}：${waitText(wait)}，截止 ${wait.due_on}`);
  return lines.length === 0 ? '' : `${lines.join('；')}。办事台“双人办理”，或 \`npm run fund -- tasks --as 工号\``;
}
