/** What goes to the list and the page of a workflow is cut to the limits of Temporal, which ends a workflow that breaks them. */
import { MOST } from '../../rules/text';
import { emergencyOptions } from '../../workflows/emergency-request';
import { belonging, updateListAndPage } from '../../workflows/page';

const upserted: { key: { name: string }; value: string }[] = [];
const pages: string[] = [];
jest.mock('@temporalio/workflow', () => ({
  ...jest.requireActual<object>('@temporalio/workflow'),
  upsertSearchAttributes: (pairs: typeof upserted) => upserted.push(...pairs),
  setCurrentDetails: (page: string) => pages.push(page),
  proxyActivities: () => ({}),
  workflowInfo: () => ({ workflowType: 'fundYear', continuedFromExecutionRunId: 'an earlier run' }),
}));

const long = '长'.repeat(5000);

test('search attributes and the page', () => {
  updateListAndPage({
    stage: long,
    waitsFor: `${long}；\u001b[2J`,
    until: long,
    level: long,
    figures: { 说明: long.repeat(5) },
  });
  expect(upserted.map(({ key }) => key.name)).toContain('FundWaitingFor');
  for (const { value } of upserted) {
    expect(value.length).toBeLessThanOrEqual(255);
    expect(Buffer.byteLength(JSON.stringify(value))).toBeLessThanOrEqual(2048);
  }
  expect(pages.map((page) => page.length <= MOST.details.characters)).toEqual([true]);
});

test('an area in the list, and the summary of an emergency request', () => {
  for (const { value } of belonging(2028, { area: long })) expect(String(value).length).toBeLessThanOrEqual(255);
  const of = {
    year: 2028,
    clock: { live: true, today: '2028-06-30' },
    scheme: 'employee',
    area: '150100',
    number: 1,
    chain: '',
  } as const;
  const { staticSummary } = emergencyOptions({ ...of, name: long, amount: '1.00', decideBy: '2028-12-31' });
  expect(Buffer.byteLength(JSON.stringify(staticSummary))).toBeLessThanOrEqual(400);
});
