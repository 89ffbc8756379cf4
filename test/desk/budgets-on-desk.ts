/** Budgets of the golden case of every check, on their way: what officials find on the desk in autumn. */
import { type FundActivities, createActivities } from '../../activities';
import type { Act } from '../../db/decisions';
import { loadPack } from '../../db/load-pack';
import { execute } from '../../db/rows';
import { waitingLink } from '../../db/tasks';
import { adjustmentId, budgetId, chainKey, fundYearId } from '../../rules/keys';
import type { Scheme } from '../../rules/vocabulary';
import { importInto } from '../activities/live-files';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { packFrom } from '../pack/builder';

export const YEAR = 2027;

export class BudgetsOnDesk {
  private constructor(
    readonly database: TestDatabase,
    readonly fund: FundActivities,
  ) {}

  /** A year in compressed time, whose acts need no signatures; or a live one, which takes imports. */
  static async open(mode: 'run' | 'live' = 'run', on?: TestDatabase): Promise<BudgetsOnDesk> {
    const database = on ?? (await testDatabase());
    await loadPack(database.pool, await packFrom(caseNamed('budgets-2027').pack, YEAR), mode);
    if (mode === 'live') await database.signers.appoint(YEAR);
    const fund = createActivities(database.pool);
    await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'a run' });
    await fund.estimateLevy({ year: YEAR, scheme: 'employee' });
    return new BudgetsOnDesk(database, fund);
  }

  #compilation = (area: string, scheme: Scheme = 'employee') => ({
    ...{ year: YEAR, scheme, area },
    workflowId: budgetId(YEAR, scheme, area),
    deadline: '2026-12-31',
  });

  estimate = (area: string) => this.fund.estimateBudget(this.#compilation(area));

  /** The task that now waits of an attempt at a budget. */
  async task(area: string, attempt: number): Promise<string> {
    return (await waitingLink(this.database.pool, `${budgetId(YEAR, 'employee', area)}/${attempt}`))?.task ?? '';
  }

  async #act(area: string, attempt: number, operator: string, of: Partial<Act>): Promise<Act> {
    const link = await waitingLink(this.database.pool, `${budgetId(YEAR, 'employee', area)}/${attempt}`);
    return {
      ...{ task: link?.task ?? '', operator, figuresHash: link?.figures_hash ?? '' },
      ...{ decision: 'approve', businessDate: '2026-11-01' },
      ...of,
    };
  }
  async submit(area: string, attempt: number, version: number) {
    const act = await this.#act(area, attempt, `sec-${area}`, { decision: 'submit', version });
    return this.fund.submitBudget({ ...this.#compilation(area), attempt, act: { ...act, version } });
  }
  /** The deadline passes: income decides. Returns the task of the region's government. */
  async direct(area: string, attempt: number): Promise<string> {
    await this.fund.proposeDirectedBudget({ ...this.#compilation(area), attempt });
    return (
      (await waitingLink(this.database.pool, chainKey.directedBudget(budgetId(YEAR, 'employee', area))))?.task ?? ''
    );
  }
  /** The request for the method; the task of the region's government. */
  async method(scheme: Scheme): Promise<string> {
    const workflowId = adjustmentId(YEAR, scheme);
    const { chain } = await this.fund.requestMethod({ year: YEAR, workflowId, dueOn: '2027-01-10', scheme });
    return (await waitingLink(this.database.pool, chain))?.task ?? '';
  }
  async approve(area: string, attempt: number, operator: string, document: string) {
    return this.fund.decide({ year: YEAR, act: await this.#act(area, attempt, operator, { document }) });
  }
  /** Files that come meanwhile, as a live year takes them: the acts of this one are not signed. */
  async take(files: Record<string, string>): Promise<void> {
    const set = (mode: string) =>
      execute(this.database.as('owner'), 'update fund.fund_year set mode = :mode where year = :year', {
        mode,
        year: YEAR,
      });
    await set('live');
    await importInto(this.database, YEAR, files).finally(() => set('run'));
  }
  async sendBack(area: string, attempt: number, operator: string, note: string) {
    const act = await this.#act(area, attempt, operator, { decision: 'return', note });
    return this.fund.returnBudget({ ...this.#compilation(area), attempt, act });
  }
}
