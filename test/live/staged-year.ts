/** A live year as its people live it: files come, dates pass, tasks are acted on, and every page says what is waited for. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { type Database, connect } from '../../db/connect';
import { operatorsOf } from '../../db/operators';
import { type OpenTask, openTasks } from '../../db/tasks';
import type { Home } from '../../scripts/trials/campaign/home';
import { Signers } from '../../scripts/trials/signers';
import type { Role, Scheme } from '../../rules/vocabulary';
import { daysAfter, monthEnd } from '../../rules/calendar-day';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { until } from '../../servers/wait';
import { startOfDay } from '../../rules/beijing-time';
import { detailsOf } from '../workflows/page';
import { budgetId, fundYearId } from '../../rules/keys';
import { fastForward } from './fast-forward';
import { perform } from './perform';

const NOON = 12 * 60 * 60 * 1000;
const PATIENCE = { within: 60_000, every: 50 };

/** What the page of a wait does not say. */
function lacking({ 等待: waitsFor, 截止: until, 办理: todo, 办理人: who }: Record<string, string>): string[] {
  if (waitsFor === '无') return [];
  return [
    ...(/^\d{4}-\d{2}-\d{2}$/.test(until ?? '') ? [] : ['截止']),
    ...((todo ?? '') === '' ? ['办理'] : []),
    ...(todo?.includes('`act`') && who === undefined ? ['办理人'] : []),
  ];
}

export class StagedYear {
  readonly id: string;
  readonly #pool: Database;
  readonly #owner: Database;
  readonly #signers: Signers;
  #parts = 0;

  constructor(
    private readonly home: Home,
    private readonly client: Client,
    private readonly year: number,
  ) {
    this.id = fundYearId(year);
    const database = postgresUrl(home.folder, postgresPort(home.folder) as number);
    this.#pool = connect(database, 'reader', 2);
    this.#owner = connect(database, 'owner', 2);
    this.#signers = new Signers(this.#owner);
  }

  async leave(): Promise<void> {
    await this.#pool.destroy();
    await this.#owner.destroy();
  }

  /** Gives operators their keys, for the commands that they act by. */
  enrol = (...operators: readonly string[]): Promise<void> => this.#signers.keep(this.home.keys, operators);

  /** A command as a person gives it, of this year. */
  async fund(...args: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await this.home.fund(...args, '--year', String(this.year));
    if (code !== 0) throw new Error(`fund ${args.join(' ')}: ${stdout}${stderr}`);
  }

  /** Imports some files of a pack: as often as one likes, for equal rows change nothing. */
  async imports(pack: string, wanted: (file: string) => boolean): Promise<void> {
    const part = join(this.home.folder, `part-${(this.#parts += 1)}`);
    mkdirSync(part);
    for (const file of readdirSync(pack).filter(wanted)) cpSync(join(pack, file), join(part, file));
    await this.fund('import', part);
    await this.#signers.appoint(this.year);
  }

  /** Noon of a date comes for some workflows, one after the other. */
  async moveTo(date: string, ...workflowIds: readonly string[]): Promise<void> {
    for (const id of workflowIds) await fastForward(this.client, id, startOfDay(date) + NOON);
  }

  /** Months pass: what is not in the pack is reported as nothing (零报送), each month is checked. Others come along. */
  async passMonths(first: number, last: number, others: readonly string[]): Promise<void> {
    for (let month = first; month <= last; month++) {
      await this.moveTo(daysAfter(monthEnd(this.year, month), 1), ...others, this.id);
      const isOver = async (): Promise<boolean> => {
        await this.#act(this.id, []);
        const { 阶段: stage, 等待: waitsFor } = await this.#page(this.id);
        return month === 12 ? stage === '征缴对账' : waitsFor === `${month + 1} 月运行分析`;
      };
      if (!(await until(isOver, PATIENCE))) throw new Error(`month ${month} does not end`);
    }
  }

  /** Submits and approves the first version of a budget. */
  async passBudget(scheme: Scheme, area: string): Promise<void> {
    await this.enrol(`sec-${area}`);
    await this.fund('submit', '--as', `sec-${area}`, '--scheme', scheme, '--area', area, '--version', '1');
    await this.actOn(budgetId(this.year, scheme, area));
  }

  /** People act on what waits in a workflow: those of some offices, or all of them, until nothing waits there for them. */
  async actOn(workflowId: string, ...roles: readonly Role[]): Promise<void> {
    await until(async () => (await this.#waiting(workflowId, roles)).length > 0, PATIENCE);
    await until(async () => (await this.#act(workflowId, roles)) === 0, PATIENCE);
  }

  async #waiting(workflowId: string, roles: readonly Role[]): Promise<OpenTask[]> {
    const isMeant = ({ workflow_id, role }: OpenTask): boolean =>
      workflow_id === workflowId && (roles.length === 0 || roles.includes(role));
    return (await openTasks(this.#pool, this.year)).filter(isMeant);
  }

  /** How many tasks there were. */
  async #act(workflowId: string, roles: readonly Role[]): Promise<number> {
    const operators = await operatorsOf(this.#pool, this.year);
    const tasks = await this.#waiting(workflowId, roles);
    for (const task of tasks) await perform(this.client, this.#signers, { operators, year: this.year }, task);
    return tasks.length;
  }

  /** What a page must say before it is shown: where it stands and, of a wait, until when and how to act; of a person's, who. */
  async says(workflowId: string, stage: string, waitsFor = ''): Promise<void> {
    let page: Record<string, string> = {};
    const isSaid = async (): Promise<boolean> => {
      page = await this.#page(workflowId);
      return page.阶段 === stage && (page.等待 ?? '').includes(waitsFor);
    };
    const isThere = await until(isSaid, PATIENCE);
    const lacks = isThere ? lacking(page) : [`${stage} ${waitsFor}`];
    if (lacks.length > 0) throw new Error(`${workflowId} lacks ${lacks.join(', ')}: ${JSON.stringify(page)}`);
  }

  #page(workflowId: string): Promise<Record<string, string>> {
    return detailsOf(this.client.workflow.getHandle(workflowId)).catch(() => ({}));
  }

  /** Lets the watchdog look once. */
  async watchdog(schedule: string): Promise<{ id: string; stage: string }> {
    await this.client.schedule.getHandle(schedule).trigger();
    let found: { id: string; stage: string } | undefined;
    await until(async () => {
      const query = `WorkflowType = 'watchdog' AND ExecutionStatus = 'Completed'`;
      for await (const { workflowId: id } of this.client.workflow.list({ query })) {
        const { 阶段: stage = '' } = await detailsOf(this.client.workflow.getHandle(id));
        if (stage.startsWith('异常')) found = { id, stage };
      }
      return found !== undefined;
    }, PATIENCE);
    if (found === undefined) throw new Error('the watchdog has found nothing');
    return found;
  }
}
