/**
 * 逐地区报送: a budget need not wait for the files of other areas. Its levy is then the area's own, which every version of it is held
 * to; what is prepaid is estimated for all areas together, as soon as the last has reported.
 */
import { type FundActivities, createActivities } from '../../activities';
import { checkInvariants } from '../../audit/invariants';
import { loadPack } from '../../db/load-pack';
import { execute, select } from '../../db/rows';
import { operatorsOf } from '../../db/operators';
import { waitingLink } from '../../db/tasks';
import { type Pack } from '../../pack';
import { budgetId, chainKey, fundYearId } from '../../rules/keys';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { packFrom } from '../pack/builder';

const YEAR = 2028;
const [PROMPT, LATE] = ['150100', '150200'];
const OF = { year: YEAR, scheme: 'employee' } as const;

let database: TestDatabase;
let fund: FundActivities;
beforeEach(async () => {
  database = await testDatabase();
  fund = createActivities(database.pool);
});
afterEach(() => database.drop());

async function opens(overrides: Pack['overrides'] = {}): Promise<void> {
  await loadPack(database.pool, { ...(await packFrom(caseNamed('two-areas-2028').pack, YEAR)), overrides }, 'run');
  await fund.openYear({ year: YEAR, workflowId: fundYearId(YEAR), firstRunId: 'run' });
}

/** What one area has not reported. */
async function setAside(area: string): Promise<() => Promise<unknown>> {
  const owner = database.as('owner');
  await execute(owner, 'create table public.kept as select * from fund.history where area = :area', { area });
  await execute(owner, 'delete from fund.history where area = :area', { area });
  return () => execute(owner, 'insert into fund.history select * from public.kept');
}

const compilation = (area: string) => ({
  ...{ ...OF, area, deadline: '2027-12-31' },
  workflowId: budgetId(YEAR, 'employee', area),
});
/** What the budget of an area rests on, and the rule that its estimate names. */
const levyOf = (area: string) =>
  select<{ amount: string; formula: string }>(
    database.pool,
    `select amount, because->'amount'->>'formula' as formula from fund.budget_estimate
     where area = :area and scheme = 'employee' and part = 'pooled' and item = 'levy_to_superior'`,
    { area },
  );
const prepaid = () =>
  select<{ area: string; prepaid: string }>(
    database.pool,
    `select area, prepaid from fund.levy_estimate where scheme = 'employee' order by area`,
  );

async function approveAll(chain: string): Promise<void> {
  const operators = await operatorsOf(database.pool, YEAR);
  for (let link; (link = await waitingLink(database.pool, chain)) !== null;) {
    const { task, role, area, figures_hash: figuresHash, due_on: businessDate } = link;
    const operator = operators.find((candidate) => candidate.role === role && candidate.area === area)?.operator ?? '';
    const act = {
      task,
      operator,
      figuresHash,
      businessDate,
      decision: 'approve',
      document: '政函〔2027〕1号',
    } as const;
    await fund.decide({ year: YEAR, act });
  }
}

test('with all files there, the levies of all are known before any budget', async () => {
  await opens();
  expect(await fund.estimateLevyWhenReported(OF)).toEqual({ estimated: true });
  await fund.estimateBudget(compilation(PROMPT));
  expect(await levyOf(PROMPT)).toEqual([{ amount: '30.24', formula: 'prepaid' }]);
});

test('an area that has reported proceeds; this does not change what all areas prepay', async () => {
  await opens();
  const report = await setAside(LATE);
  expect(await fund.estimateLevyWhenReported(OF)).toEqual({ estimated: false });
  await fund.estimateBudget(compilation(PROMPT));
  expect(await levyOf(PROMPT)).toEqual([{ amount: '45.60', formula: 'round(rate * max(0, base))' }]);
  expect(await prepaid()).toEqual([]);

  await report();
  // Whoever asks first; twice is once.
  const asked = await Promise.all([1, 2].map(() => fund.estimateLevyWhenReported(OF)));
  expect(asked).toEqual([{ estimated: true }, { estimated: true }]);
  expect(await prepaid()).toEqual([
    { area: PROMPT, prepaid: '30.24' },
    { area: LATE, prepaid: '49.76' },
  ]);
  await fund.estimateBudget(compilation(LATE));
  expect(await levyOf(LATE)).toEqual([{ amount: '49.76', formula: 'prepaid' }]);
});

test('its versions must include the levy of its estimate, even after all have reported, and the judge agrees in a live year', async () => {
  await opens();
  const report = await setAside(LATE);
  await fund.estimateBudget(compilation(PROMPT));
  await report();
  await fund.estimateLevyWhenReported(OF);
  await fund.proposeDirectedBudget({ ...compilation(PROMPT), attempt: 1 });
  await approveAll(chainKey.directedBudget(budgetId(YEAR, 'employee', PROMPT)));
  await fund.adoptBudget({ ...OF, area: PROMPT, origin: 'directed', version: 0, from: `${YEAR}-01-01` });
  const inForce = await select<{ amount: string; figure: string }>(
    database.pool,
    `select amount, because->'amount'->'inputs'->'prepaid'->'from'->>'figure' as figure from fund.budget_item
     where area = :area and scheme = 'employee' and part = 'pooled' and item = 'levy_to_superior'`,
    { area: PROMPT },
  );
  expect(inForce).toEqual([{ amount: '45.60', figure: 'budget_estimate.amount' }]);

  const failing = async (mode: 'run' | 'live'): Promise<string[]> => {
    await execute(database.as('owner'), 'update fund.fund_year set mode = :mode', { mode });
    const judged = await checkInvariants(database.pool, YEAR, true);
    return judged.flatMap(({ broken }) => broken).filter((text) => text.includes('levy_included'));
  };
  expect(await failing('live')).toEqual([]);
  // A run has all files: its budgets are held to what is prepaid.
  expect(await failing('run')).toEqual([`employee ${PROMPT} levy_included: 15.36`]);
});

test('before its phase a scheme has no levy', async () => {
  const before = { year: YEAR, scheme: 'resident' } as const;
  await opens({ 'levy.start_year.resident': { value: '2030', source: '测试' } });
  expect(await fund.estimateLevyWhenReported(before)).toEqual({ estimated: false });
  await fund.estimateBudget({ ...compilation(PROMPT), ...before, workflowId: budgetId(YEAR, 'resident', PROMPT) });
  const [levy] = await select<{ amount: string }>(
    database.pool,
    `select amount from fund.budget_estimate where scheme = 'resident' and item = 'levy_to_superior'`,
  );
  expect(levy).toEqual({ amount: '0.00' });
});
