/**
 * Recorded histories: what years in flight have behind them. The workflows of today must take the same steps again, or a year
 * that is under way when a release comes would stop. `record-histories.ts` says how they are recorded.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/workflow-bundle';
import { DeterminismViolationError } from '@temporalio/workflow';
import * as workflows from '../../workflows';
import { HISTORIES } from './record-histories';
import { keepQuiet } from './stage';

jest.setTimeout(60_000);

interface Event {
  timerStartedEventAttributes?: object;
  userMetadata?: { summary?: { data: string } };
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
  startChildWorkflowExecutionInitiatedEventAttributes?: { workflowId: string };
  workflowExecutionStartedEventAttributes?: { workflowType: { name: string } };
  workflowExecutionUpdateAcceptedEventAttributes?: {
    acceptedRequest: { input: { name: string; args: { payloads: { data: string }[] } } };
  };
}
interface History {
  events: Event[];
}

const names = readdirSync(HISTORIES).map((file) => file.replace(/\.json$/, ''));
/** A year's history, all its runs one after the other. */
const storyOfYear = (id: string): Record<string, string[]> =>
  storyOf({
    events: names
      .filter((name) => new RegExp(`^${id}\\.\\d+$`).test(name))
      .sort((a, b) => Number(a.split('.')[1]) - Number(b.split('.')[1]))
      .flatMap((name) => historyOf(name).events),
  });
const historyOf = (name: string): History =>
  JSON.parse(readFileSync(join(HISTORIES, `${name}.json`), 'utf8')) as History;

let bundle: { code: string };

beforeAll(async () => {
  keepQuiet();
  bundle = await workflowBundle(new DefaultLogger('ERROR'));
});

const replay = (workflowBundle: { code: string }, name: string): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, historyOf(name), name.replace(/\..*/, ''));

/** Every run of a year that has continued as new. */
async function replayYear(workflowBundle: { code: string }, id: string): Promise<void> {
  for (const name of names.filter((file) => file.startsWith(`${id}.`) && /\.\d+$/.test(file))) {
    await replay(workflowBundle, name);
  }
}

test.each(names)('%s replays', async (name) => {
  await replay(bundle, name);
});

test('there is a history of every workflow', () => {
  const recorded = names.map(
    (name) => historyOf(name).events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name,
  );
  expect([...new Set(recorded)].sort()).toEqual(Object.keys(workflows).sort());
});

test('every act, every timer and every workflow that is started says on the Timeline what it is', () => {
  const bare = names.flatMap((name) =>
    historyOf(name)
      .events.filter(
        (event) =>
          event.activityTaskScheduledEventAttributes ??
          event.timerStartedEventAttributes ??
          event.startChildWorkflowExecutionInitiatedEventAttributes,
      )
      .filter(({ userMetadata }) => !userMetadata?.summary?.data)
      .map((event) => `${name}: ${JSON.stringify(event).slice(0, 200)}`),
  );
  expect(bare).toEqual([]);
  const timers = names.flatMap((name) => historyOf(name).events.filter((event) => event.timerStartedEventAttributes));
  expect(timers.length).toBeGreaterThan(0);
});

describe('a workflow that was edited without regard for the years in flight', () => {
  const edited = (from: string, to: string): { code: string } => {
    expect(bundle.code.split(from).length - 1).toBe(1);
    return { code: bundle.code.replace(from, to) };
  };

  test('does not replay when it asks for another act', async () => {
    const other = edited('fund.openBooks(', 'fund.creditInterest(');
    await expect(replayYear(other, 'fund-year-2028')).rejects.toThrow(DeterminismViolationError);
  });

  test('nor when it leaves a step out, in a year that is still open', async () => {
    const other = edited('falls(calendar.headCount)', 'false');
    await expect(replayYear(other, 'fund-year-2028.on-2028-06-30')).rejects.toThrow(DeterminismViolationError);
    await replay(other, 'fund-year-2028-closing');
  });
});

test('the story of a year: what it asks for and what it starts, by business date', () => {
  const areas = ['150100', '150200'];
  expect(storyOfYear('fund-year-2028')).toEqual({
    'before any date': ['openYear'],
    '2027-09-01': ['openCollection', ...areas.map((area) => `→ collection-${area}`)],
    '2027-10-01': [
      ...['estimateLevy', 'estimateLevy'],
      ...areas.flatMap((area) => [`→ budget-employee-${area}`, `→ budget-resident-${area}`]),
    ],
    '2027-12-31': ['whatIsLeft', 'summariseRegionBudget'],
    '2028-01-01': ['openBooks', '→ adjustment-employee', '→ adjustment-resident'],
    '2028-01-31': ['→ surplus-2028-01'],
    '2028-02-29': ['→ surplus-2028-02'],
    '2028-03-31': ['→ surplus-2028-03'],
    '2028-04-30': ['→ surplus-2028-04'],
    '2028-05-31': ['→ surplus-2028-05'],
    '2028-06-30': ['countHeads', '→ surplus-2028-06'],
    '2028-07-31': ['→ surplus-2028-07'],
    '2028-08-31': ['→ surplus-2028-08'],
    '2028-09-30': ['checkSubsidyArrival', '→ surplus-2028-09'],
    '2028-10-31': ['→ surplus-2028-10'],
    '2028-11-30': ['→ surplus-2028-11'],
    '2028-12-31': ['creditInterest', '→ surplus-2028-12', 'whatIsLeft', 'reconcileUnknownArea'],
    '2029-01-31': ['settleSubsidy'],
    '2029-05-31': ['whatIsLeft', '→ closing'],
  });
});

test('what is special: the method is recorded in 2026; rows of no known area are accepted by the region', () => {
  expect(storyOfYear('fund-year-2026')).toMatchObject({
    '2025-09-01': ['→ method', 'openCollection', '→ collection-150100', '→ collection-150200'],
    '2026-01-01': ['openBooks'], // no adjustment fund before the phase
  });
  expect(storyOfYear('fund-year-2027')).toMatchObject({
    '2027-12-31': ['creditInterest', '→ surplus-2027-12', 'whatIsLeft', 'reconcileUnknownArea', 'decide'],
  });
});

/** The acts that a workflow asks for and the workflows that it starts, under the date that it had come to. */
function storyOf({ events }: History): Record<string, string[]> {
  const story: Record<string, string[]> = {};
  let date = 'before any date';
  const tell = (step: string): void => void (story[date] ??= []).push(step);
  for (const event of events) {
    const moved = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input;
    if (moved?.name === 'advance') date = dateOf(moved.args.payloads[0]?.data ?? '') || date;
    const { activityTaskScheduledEventAttributes: act, startChildWorkflowExecutionInitiatedEventAttributes: child } =
      event;
    // Every run of a year asks for its plan again.
    if (act && !(act.activityType.name === 'openYear' && date !== 'before any date')) tell(act.activityType.name);
    if (child) tell(`→ ${child.workflowId.replace(/^fund-year-\d+-/, '')}`);
  }
  return story;
}

const dateOf = (payload: string): string =>
  (JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as { date: string }).date;
