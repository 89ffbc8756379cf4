/**
 * Live years of one area on a system of their own, under the real server's time skipping: a workflow that waits for nothing but a
 * timer does not wait. Files and persons are waited for all the same, so a year stands still wherever somebody has to do something.
 *
 * The server gives each workflow a clock of its own, and skips every wait that has a timer: nobody can submit a budget before its
 * deadline, so the area has budgets directed by their income.
 */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { type Database, connect } from '../../db/connect';
import { yearStatus } from '../../db/fund-year';
import { operatorsOf } from '../../db/operators';
import { type OpenTask, openTasks } from '../../db/tasks';
import { Home } from '../../scripts/trials/campaign/home';
import { Signers } from '../../scripts/trials/signers';
import { writeResults } from '../../scripts/client/result-files';
import type { System } from '../../servers';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { TASK_QUEUE } from '../../workflows/task-queue';
import { beijingDate } from '../../rules/beijing-time';
import { caseNamed } from '../year/cases';
import { changedPack, movedByYears } from '../year/changed-pack';
import { fundYearId } from '../../rules/keys';
import { perform } from './perform';
import { timeSkippingConnection } from './time-skipping';

export const AREA = '150100';
/** The year whose cycle is under way now: its first waits are over, the others lie ahead. */
export const THIS_YEAR = Number(beijingDate(new Date()).slice(0, 4)) + 1;

/** What a test makes of the text of a file. */
type Change = (file: string, text: string) => string;

/** One area of a pack, without a submission. */
function onlyOneArea(file: string, text: string): string {
  const [header = '', ...rows] = text.split('\n');
  if (file === 'budget_submissions.csv') return `${header}\n`;
  const column = header.split(',').indexOf('area');
  const kept = rows.filter((row) => column < 0 || ['', AREA].includes(row.split(',')[column] ?? ''));
  return [header, ...kept].join('\n');
}

export class LiveYears {
  private constructor(
    readonly home: Home,
    readonly pool: Database,
    readonly client: Client,
    readonly temporal: string,
    private readonly owner: Database,
    readonly signers = new Signers(owner),
  ) {}

  static async open(): Promise<LiveYears> {
    const home = new Home();
    const { temporalAddress } = JSON.parse((await home.fund('up', '--json')).stdout) as System;
    const database = postgresUrl(home.folder, postgresPort(home.folder) as number);
    const pool = connect(database, 'worker', 4);
    const connection = await Connection.connect({ address: temporalAddress });
    return new LiveYears(home, pool, new Client({ connection }), temporalAddress, connect(database, 'owner', 2));
  }

  async close(): Promise<void> {
    await this.client.connection.close();
    await this.pool.destroy();
    await this.owner.destroy();
    await this.home.fund('down');
    await this.home.remove();
  }

  /** The pack of one area's year in a folder of its own, its files changed once more by `changed`. */
  pack(name: string, year: number, changed: Change = (_, text) => text): string {
    return this.packOfTwo(name, year, (file, text) => changed(file, onlyOneArea(file, text)));
  }

  /** The pack of a year of two areas. */
  packOfTwo(name: string, year: number, changed: Change = (_, text) => text): string {
    const { pack, year: of } = caseNamed('two-areas-2028');
    return changedPack(pack, join(this.home.folder, name), (file, text) =>
      changed(file, movedByYears(text, year - of)),
    );
  }

  async import(pack: string, year: number): Promise<void> {
    const { code, stderr } = await this.home.fund('import', pack, '--year', String(year));
    if (code !== 0) throw new Error(stderr);
    await this.signers.appoint(year);
  }

  /** Starts the cycle; it and every workflow that it starts skip their timers. */
  async start(year: number): Promise<void> {
    const skipping = await timeSkippingConnection(this.temporal);
    await new Client({ connection: skipping }).workflow.start('fundYear', {
      workflowId: fundYearId(year),
      taskQueue: TASK_QUEUE,
      args: [{ year }],
    });
    await skipping.close();
  }

  /** The operators of areas and region act on what waits for them, except what a test leaves open, until it is `enough`. */
  async actUntil(
    year: number,
    enough: (open: OpenTask[]) => boolean | Promise<boolean>,
    isLeft: (task: OpenTask) => boolean = () => false,
  ): Promise<void> {
    for (;;) {
      const open = await openTasks(this.pool, year);
      if (await enough(open)) return;
      const operators = await operatorsOf(this.pool, year);
      for (const task of open.filter((openTask) => openTask.kind !== 'submit' && !isLeft(openTask))) {
        await perform(this.client, this.signers, { operators, year }, task);
      }
      await pause(25);
    }
  }

  isClosed = (year: number) => async (): Promise<boolean> => (await yearStatus(this.pool, year)) === 'closed';

  /** A copy of Temporal's store, made while all servers are down. */
  async backUpTemporal(): Promise<string> {
    await this.home.fund('down');
    const backup = mkdtempSync(join(this.home.folder, 'backup-'));
    for (const file of this.#storeOfTemporal()) copyFileSync(join(this.home.folder, file), join(backup, file));
    await this.home.fund('up');
    return backup;
  }

  async restoreTemporal(backup: string): Promise<void> {
    await this.home.fund('down');
    for (const file of this.#storeOfTemporal()) rmSync(join(this.home.folder, file));
    for (const file of readdirSync(backup)) copyFileSync(join(backup, file), join(this.home.folder, file));
    await this.home.fund('up');
  }

  #storeOfTemporal = (): string[] => readdirSync(this.home.folder).filter((file) => file.startsWith('temporal.db'));

  /** The result files of a year in a folder of its own. */
  async results(year: number, name: string): Promise<string> {
    const folder = join(this.home.folder, name);
    await writeResults(this.pool, year, folder);
    return folder;
  }
}
