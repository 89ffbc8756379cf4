/**
 * Records the histories that test/workflows/histories.test.ts replays: `npm run record-histories`.
 *
 * One that has continued as new is kept run by run. They are what years in flight have behind them, so recording anew is a decision: a change of the workflows that no longer
 * replays them would break such a year. Each workflow is here once at least, the year also as it stands in the middle.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { Home, type Year } from '../../scripts/trials/campaign/home';
import type { System } from '../../servers';
import { until } from '../../servers/wait';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { caseNamed } from '../year/cases';
import { AREA, LiveYears, THIS_YEAR } from '../live/live-years';
import { changedPack, movedByYears } from '../year/changed-pack';
import { WATCHDOG, YEAR_STARTER, releaseId } from '../../rules/keys';

export const HISTORIES = join(__dirname, 'histories');

const TWO_AREAS = caseNamed('two-areas-2028');
const BUDGETS = caseNamed('budgets-2027');
const COLLECTION = caseNamed('collection-2027');
const EMPLOYEES = ['--year', '2028', '--scheme', 'employee', '--area', '150100'];

async function main(): Promise<void> {
  rmSync(HISTORIES, { recursive: true, force: true });
  mkdirSync(HISTORIES);

  await recorded(TWO_AREAS, {
    on: '2028-06-30',
    // An emergency request by hand, and its three approvals.
    acts: [
      [
        'emergency',
        '--as',
        'sec-150100',
        ...EMPLOYEES,
        '--amount',
        '40',
        '--cause',
        'epidemic',
        '--document',
        '东政函〔2028〕1号',
      ],
      ...['nm-security', 'nm-finance', 'nm-government'].map((as) => [
        'approve',
        '--as',
        as,
        ...EMPLOYEES,
        '--document',
        '文号',
      ]),
    ],
    ids: ['', 'collection-150100', 'adjustment-employee', 'emergency-employee-150100-1'],
  });
  await recorded(TWO_AREAS, {
    ids: ['', 'collection-150100', 'budget-employee-150100', 'surplus-2028-06', 'adjustment-employee', 'closing'],
  });
  // Resubmissions, and a budget directed from the estimate.
  await recorded(BUDGETS, { ids: ['budget-employee-150200', 'budget-resident-150400'] });
  // Differences with the tax bureau, and rows of no known area.
  await recorded(COLLECTION, { ids: ['', 'collection-150100'] });
  // A budget that its area adjusts within the year.
  await recorded(adjustedYear, { ids: ['adjusted-budget-employee-150100-2'] });
  // The year in which the region records its method.
  await recorded(yearOfTheMethod, { ids: ['', 'method'] });
  await recorded(yearWithUnits, {
    ids: ['', 'budget-employee-150100', 'clearing-employee-150100'],
    suffix: '.with-units',
  });
  await recordedOfSchedules();
  await recordedImports();
  await recordedLive(['', 'collection-150100', 'budget-resident-150100', 'adjustment-employee', 'execution-1']);
  await recordedDifferences();
  await recordedRelease();
  await recordedLateArea();
  // The area reports the months in which its fund is red.
  await recordedLive(['', 'risk-report-01'], '.red-month');
}

/** What the schedules start: the starter begins the year of today, the watchdog looks at it. */
export async function recordedOfSchedules(): Promise<void> {
  const home = new Home();
  try {
    const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
    const connection = await Connection.connect({ address: temporalAddress });
    const { workflow } = new Client({ connection });
    for (const [type, workflowId] of Object.entries({ yearStarter: YEAR_STARTER, watchdog: WATCHDOG })) {
      await workflow.execute(type, { workflowId, taskQueue: TASK_QUEUE });
      write(await workflow.getHandle(workflowId).fetchHistory(), workflowId);
    }
    await connection.close();
  } finally {
    await home.remove();
  }
}

/** An import by hand, and one by the inbox, into which the watchdog looks. */
export async function recordedImports(): Promise<void> {
  const inbox = mkdtempSync(join(tmpdir(), 'fund-inbox-'));
  const home = new Home({ FUND_INBOX: inbox });
  try {
    const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
    const by = TWO_AREAS.year - THIS_YEAR;
    const pack = changedPack(TWO_AREAS.pack, join(home.folder, 'pack'), (_, text) => movedByYears(text, -by));
    await home.fund('import', pack, '--year', String(THIS_YEAR));
    const file = join(inbox, 'conduct.csv');
    copyFileSync(join(pack, 'conduct.csv'), file);
    utimesSync(file, 0, 0); // nobody writes to it any more
    const connection = await Connection.connect({ address: temporalAddress });
    const client = new Client({ connection });
    await client.workflow.execute('watchdog', { workflowId: WATCHDOG, taskQueue: TASK_QUEUE });
    await client.workflow.getHandle('fund-inbox').result();
    for (const [type, name] of Object.entries({
      importFiles: 'fund-import',
      takeInbox: 'fund-inbox',
      watchdog: 'fund-watchdog.inbox',
    })) {
      for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowType = '${type}'` }))
        write(await client.workflow.getHandle(workflowId, runId).fetchHistory(), name);
    }
    await connection.close();
  } finally {
    await home.remove();
    rmSync(inbox, { recursive: true });
  }
}

function write(history: Parameters<typeof historyToJSON>[0], name: string): void {
  writeFileSync(join(HISTORIES, `${name}.json`), JSON.stringify(JSON.parse(historyToJSON(history))));
  console.log(name);
}

const idOf = (year: number, id: string): string => [`fund-year-${year}`, ...(id === '' ? [] : [id])].join('-');

/** The history of every run of a workflow, numbered where it has continued as new. */
async function writeRuns({ workflow }: Client, workflowId: string, suffix = ''): Promise<void> {
  const runs = [];
  for await (const run of workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs.push(run);
  runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime());
  for (const [i, { runId }] of runs.entries()) {
    const history = await workflow.getHandle(workflowId, runId).fetchHistory();
    write(history, `${workflowId}${suffix}${runs.length === 1 ? '' : `.${i + 1}`}`);
  }
}

/** A year on durable timers, under the server's time skipping: files and persons are waited for, budgets directed. */
export async function recordedLive(ids: readonly string[], suffix = '.live'): Promise<void> {
  const live = await LiveYears.open();
  try {
    await live.import(live.pack('pack', THIS_YEAR), THIS_YEAR);
    await live.start(THIS_YEAR);
    await live.actUntil(THIS_YEAR, live.isClosed(THIS_YEAR));
    await live.client.workflow.getHandle(idOf(THIS_YEAR, '')).result();
    for (const id of ids) await writeRuns(live.client, idOf(THIS_YEAR, id), suffix);
  } finally {
    await live.close();
  }
}

/** A live year whose bank says something else of January than the books: the finance office is asked. */
export async function recordedDifferences(): Promise<void> {
  const live = await LiveYears.open();
  try {
    const pack = live.pack('pack', THIS_YEAR);
    const line = [AREA, 'employee', 'pooled', '财政专户存款', `${THIS_YEAR}-01-31`, '0.01'].join(',');
    writeFileSync(join(pack, 'bank.csv'), `area,scheme,part,account,date,balance\n${line}\n`);
    await live.import(pack, THIS_YEAR);
    await live.start(THIS_YEAR);
    await live.actUntil(THIS_YEAR, live.isClosed(THIS_YEAR));
    await writeRuns(live.client, idOf(THIS_YEAR, 'agreement-01'), '.live');
  } finally {
    await live.close();
  }
}

/** A live year with a payment that came before the window opened: its area accepts it all the same. */
export async function recordedRelease(): Promise<void> {
  const live = await LiveYears.open();
  try {
    const early = `R9,P9,${AREA},${THIS_YEAR},400.00,${THIS_YEAR - 1}-08-31T09:00:00+08:00,payment,\n`;
    const person = `P9,${AREA},150121,ordinary,${THIS_YEAR}\n`;
    const more: Record<string, string> = { 'resident_roll.csv': person, 'resident_payments.csv': early };
    const pack = live.pack('pack', THIS_YEAR, (file, text) => text + (more[file] ?? ''));
    await live.import(pack, THIS_YEAR);
    await live.start(THIS_YEAR);
    const inQuarantine = () => live.pool('resident_payment').where({ receipt: 'R9' }).first('file', 'line');
    await until(async () => (await inQuarantine()) !== undefined, { within: 60_000 });
    const { file, line } = (await inQuarantine()) as { file: string; line: number };
    const row = ['--file', file, '--line', String(line), '--reason', '银行提前划转'];
    const year = ['--year', String(THIS_YEAR), '--area', AREA];
    await live.signers.keep(live.home.keys, [`sec-${AREA}`, `fin-${AREA}`]);
    await live.home.fund('release', '--as', `sec-${AREA}`, ...year, ...row);
    const id = releaseId(THIS_YEAR, AREA, 1);
    await live.home.fund('approve', '--as', `fin-${AREA}`, '--task', id);
    await live.client.workflow.getHandle(id).result();
    await writeRuns(live.client, id, '.live');
  } finally {
    await live.close();
  }
}

/** A live year of two areas, the second of which reports late: each budget waits for the files of its own area, the region for all. */
export async function recordedLateArea(): Promise<void> {
  const live = await LiveYears.open();
  try {
    const late = '150200';
    const whole = live.packOfTwo('whole', THIS_YEAR);
    const isOfLate = (line: string): boolean => line.startsWith(`${late},`);
    const early = live.packOfTwo('early', THIS_YEAR, (file, text) =>
      file === 'history.csv'
        ? text
            .split('\n')
            .filter((line) => !isOfLate(line))
            .join('\n')
        : text,
    );
    await live.import(early, THIS_YEAR);
    await live.start(THIS_YEAR);
    const inForce = (areas: number) => async () =>
      (await live.pool('budget').where({ fund_year: THIS_YEAR })).length === 2 * areas;
    await live.actUntil(THIS_YEAR, inForce(1), ({ kind, area }) => kind === 'import' && area === late);
    await live.import(whole, THIS_YEAR);
    await live.actUntil(
      THIS_YEAR,
      async () => (await live.pool('region_budget').where({ fund_year: THIS_YEAR })).length > 0,
    );
    for (const id of ['', `budget-employee-${AREA}`, `budget-employee-${late}`])
      await writeRuns(live.client, idOf(THIS_YEAR, id), '.area-by-area');
  } finally {
    await live.close();
  }
}

const yearOfTheMethod = (home: Home): Year => ({
  year: 2026,
  pack: changedPack(TWO_AREAS.pack, join(home.folder, 'pack'), (_, text) => movedByYears(text, -2)),
});

/** A year in which one fund pays its units under a total budget. */
export const yearWithUnits = (home: Home): Year => {
  const pack = changedPack(TWO_AREAS.pack, join(home.folder, 'pack'), (_, text) => text);
  const units = ['area,scheme,unit,name_zh,kind,weight', '150100,employee,H1,盟医院,institution,1', ''];
  writeFileSync(join(pack, 'payment_units.csv'), units.join('\n'));
  return { year: TWO_AREAS.year, pack };
};

export const adjustedYear = (home: Home): Year => {
  const pack = changedPack(TWO_AREAS.pack, join(home.folder, 'pack'), (_, text) => text);
  const items = {
    premium: '870.00',
    interest: '32.01',
    inpatient: '610.00',
    outpatient: '260.00',
    levy_to_superior: '30.24',
  };
  const rows = Object.entries(items).map(
    ([item, amount]) => `150100,employee,2,2028-03-10,pooled,${item},${amount},据实调整,sec-150100`,
  );
  const header = 'area,scheme,version,date,part,item,amount,reason,submitted_by';
  writeFileSync(join(pack, 'budget_adjustments.csv'), `${[header, ...rows].join('\n')}\n`);
  return { year: 2028, pack };
};

/** Runs a year on a system of its own, to its end or to a date, and writes the histories of some of its workflows. */
export async function recorded(
  of: Year | ((home: Home) => Year),
  {
    on,
    acts = [],
    ids,
    suffix = on && `.on-${on}`,
  }: { on?: string; acts?: string[][]; ids: string[]; suffix?: string | undefined },
): Promise<void> {
  const home = new Home();
  try {
    const year = typeof of === 'function' ? of(home) : of;
    const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
    const run = home.startRun(year, ...(on === undefined ? [] : ['--until', on]));
    if (on === undefined) await run.ended;
    else await run.says('serving until Ctrl-C');
    for (const words of acts) await home.fund(...words);
    const connection = await Connection.connect({ address: temporalAddress });
    for (const id of ids) await writeRuns(new Client({ connection }), idOf(year.year, id), suffix);
    await connection.close();
  } finally {
    await home.remove();
  }
}

if (require.main === module) void main();
