/**
 * The names under which workflows, acts, chains and tasks are stored. Databases and histories of years in flight contain them, so a
 * changed line here breaks those.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  actKey,
  actsOfYear,
  adjustedBudgetId,
  adjustmentId,
  attemptOf,
  budgetId,
  budgetOf,
  chainKey,
  chainOf,
  clearingId,
  closingId,
  collectionId,
  emergencyId,
  executionReportId,
  executionReports,
  filesOfStep,
  fundYearId,
  isOfClearing,
  journalKey,
  methodId,
  monthlyCheckId,
  quarterOfInstalment,
  reconciledArea,
  releaseId,
  reportOf,
  riskReportId,
  riskReportOf,
  riskReports,
  taskOf,
} from '../../rules/keys';

const [Y, A] = [2028, '150100'];
const budget = budgetId(Y, 'employee', A);
const clearing = clearingId(Y, 'resident', A);

// prettier-ignore
test.each([
  [fundYearId(Y),                                        'fund-year-2028'],
  [collectionId(Y, A),                                   'fund-year-2028-collection-150100'],
  [budget,                                               'fund-year-2028-budget-employee-150100'],
  [adjustedBudgetId(Y, 'employee', A, 3),                'fund-year-2028-adjusted-budget-employee-150100-3'],
  [monthlyCheckId(Y, 6),                                 'fund-year-2028-surplus-2028-06'],
  [adjustmentId(Y, 'resident'),                          'fund-year-2028-adjustment-resident'],
  [emergencyId(Y, 'employee', A, 2),                     'fund-year-2028-emergency-employee-150100-2'],
  [releaseId(Y, A, 2),                                   'fund-year-2028-release-150100-2'],
  [clearing,                                             'fund-year-2028-clearing-resident-150100'],
  [executionReportId(Y, 1),                              'fund-year-2028-execution-1'],
  [riskReportId(Y, 3),                                   'fund-year-2028-risk-report-03'],
  [riskReports(Y, 3),                                    'fund-year-2028/risk-report/03/'],
  [chainKey.riskReport(Y, 3, 'resident', A),             'fund-year-2028/risk-report/03/resident/150100'],
  [closingId(Y),                                         'fund-year-2028-closing'],
  [methodId(Y),                                          'fund-year-2028-method'],

  [actsOfYear(Y),                                        'fund-year-2028/'],
  [actKey.collectionOpened(Y),                           'fund-year-2028/collection/open'],
  [actKey.collectionBookings(Y, A),                      'fund-year-2028/collection/150100/booked/'],
  [actKey.collectionBooked(Y, A, 3, '2027-12-31'),       'fund-year-2028/collection/150100/booked/3/2027-12-31'],
  [actKey.collectionExtended(Y, A, '2028-02-29'),        'fund-year-2028/collection/150100/extended/2028-02-29'],
  [actKey.collectionReconciled(Y, A),                    'fund-year-2028/collection/150100/reconciled'],
  [actKey.unknownAreaReconciled(Y),                      'fund-year-2028/collection/unknown/reconciled'],
  [actKey.releaseRequested(Y, A, 'resident_payments.csv', 12, 1), 'fund-year-2028/release/150100/row/resident_payments.csv/12/1'],
  [actKey.releaseLapsed(Y, A, 2),                        'fund-year-2028/release/150100/lapsed/2'],
  [actKey.budgetEstimated(Y, 'employee', A),             'fund-year-2028/budget/employee/150100/estimate'],
  [actKey.budgetSubmitted(Y, 'employee', A, 2),          'fund-year-2028/budget/employee/150100/version/2'],
  [actKey.budgetReturned(`${budget}/1/2-region_security`), `${budget}/1/2-region_security/return`],
  [actKey.budgetDirected(Y, 'employee', A),              'fund-year-2028/budget/employee/150100/directed'],
  [actKey.budgetInForce(Y, 'employee', A),               'fund-year-2028/budget/employee/150100/in-force'],
  [actKey.regionBudget(Y),                               'fund-year-2028/region-budget'],
  [actKey.adjustmentSubmitted(Y, 'employee', A, 3),      'fund-year-2028/budget/employee/150100/adjustment/3'],
  [actKey.adjustmentLapsed(Y, 'employee', A, 3),         'fund-year-2028/budget/employee/150100/adjustment/3/lapsed'],
  [actKey.booksOpened(Y),                                'fund-year-2028/books/open'],
  [actKey.interestCredited(Y),                           'fund-year-2028/books/interest'],
  [actKey.monthChecked(Y, 6),                            'fund-year-2028/month/6'],
  [actKey.headsCounted(Y),                               'fund-year-2028/subsidy/heads'],
  [actKey.subsidyArrived(Y),                             'fund-year-2028/subsidy/arrival'],
  [actKey.subsidySettled(Y),                             'fund-year-2028/subsidy/settlement'],
  [actKey.levyEstimated(Y, 'employee'),                  'fund-year-2028/levy-estimate/employee'],
  [actKey.levyPrepaid(Y, 'employee', 4),                 'fund-year-2028/prepayment/employee/4'],
  [actKey.levySettled(Y, 'employee'),                    'fund-year-2028/levy/employee'],
  [actKey.gapsShared(Y, 'employee'),                     'fund-year-2028/sharing/employee'],
  [actKey.settlementPaid(Y, 'employee'),                 'fund-year-2028/settlement/employee'],
  [actKey.emergencyRequested(Y, 'employee', A, '文号'),  'fund-year-2028/emergency/employee/150100/文号'],
  [actKey.emergencyLapsed(Y, 'employee', A, 1),          'fund-year-2028/emergency/employee/150100/lapsed/1'],
  [actKey.clearingProposed(Y, 'resident', A, 2),         'fund-year-2028/clearing/resident/150100/proposal/2'],
  [actKey.clearingReturned(`${clearing}/1/2-area_finance`), `${clearing}/1/2-area_finance/return`],
  [actKey.clearingInForce(Y, 'resident', A),             'fund-year-2028/clearing/resident/150100/in-force'],
  [actKey.methodRequested(methodId(Y)),                  'fund-year-2028-method/method'],
  [actKey.decided('chain/1-region_finance'),             'chain/1-region_finance'],
  [actKey.evaluated(Y),                                  'fund-year-2028/evaluation'],
  [actKey.yearClosed(Y),                                 'fund-year-2028/closed'],

  [chainKey.budgetAttempt(budget, 2),                    `${budget}/2`],
  [chainKey.directedBudget(budget),                      `${budget}/directed`],
  [chainKey.findings(collectionId(Y, A), A),             'fund-year-2028-collection-150100/findings/150100'],
  [chainKey.budgetAdjustment('id'),                      'id/adjustment'],
  [chainKey.executionReport(Y, 1, A),                    'fund-year-2028/execution/1/150100'],
  [chainKey.executionReport(Y, 1, A, 2),                 'fund-year-2028/execution/1/150100/2'],
  [chainKey.renewed(chainKey.directedBudget(budget)),    `${budget}/2/directed`],
  [chainKey.renewed('id/2/request'),                     'id/3/request'],
  [executionReports(Y, 1),                               'fund-year-2028/execution/1/'],
  [chainKey.method(methodId(Y)),                         'fund-year-2028-method/method'],
  [chainKey.settlement(adjustmentId(Y, 'resident')),     'fund-year-2028-adjustment-resident/settlement'],
  [chainKey.emergencyRequest('id'),                      'id/request'],
  [chainKey.release('id'),                               'id/release'],
  [chainKey.clearing(clearing, 1),                       `${clearing}/1`],
  [chainKey.clearingCorrection(clearing, 1),             `${clearing}/1/correction`],
  [chainKey.file({ year: Y, step: 'month', month: 6 }, 'actuals.csv', A, 'employee'), 'fund-year-2028/files/month/06/150100/employee/actuals.csv'],
  [chainKey.file({ year: Y, step: 'collection' }, 'medical_aid.csv', null, null),     'fund-year-2028/files/collection/region/all/medical_aid.csv'],
  [filesOfStep({ year: Y, step: 'reconciliation', area: A }), 'fund-year-2028/files/reconciliation/150100/'],
  [filesOfStep({ year: Y, step: 'clearing', area: A, scheme: 'resident' }), 'fund-year-2028/files/clearing/150100/resident/'],
  [taskOf(`${budget}/1`, 0, 'area_security'),            `${budget}/1/0-area_security`],

  [journalKey.collectionDay(A, '2027-09-05', 'payments'),    'collection/150100/2027-09-05/payments'],
  [journalKey.collectionDay(A, '2027-09-05', 'payments', 4), 'collection/150100/2027-09-05/payments/4'],
  [journalKey.opening(A, 'employee', 'pooled'),              'opening/150100/employee/pooled'],
  [journalKey.opening(A, 'employee', 'pooled', '7'),         'opening/150100/employee/pooled/7'],
  [journalKey.heldAdvance(A),                                'held-advance/150100'],
  [journalKey.heldAdvance(A, 2),                             'held-advance/150100/2'],
  [journalKey.position(A, 'employee', 'pooled', '定期存款', '2028-01-31'),    'position/150100/employee/pooled/定期存款/2028-01-31'],
  [journalKey.position(A, 'employee', 'pooled', '定期存款', '2028-01-31', 2), 'position/150100/employee/pooled/定期存款/2028-01-31/2'],
  [journalKey.levy('employee', A, journalKey.instalment(3)),    'levy/employee/150100/prepayment/3'],
  [journalKey.levy('employee', A, journalKey.instalment(3, 2)), 'levy/employee/150100/prepayment/3/2'],
  [journalKey.emergencyAdvance('employee', A, 1),            'emergency/employee/150100/1'],
  [journalKey.emergencyAdvanceOfRegion('employee', A, 1),    'emergency/employee/150100/1/region'],
])('%s', (made, stored) => {
  expect(made).toBe(stored);
});

test('a budget is read back from the id of its workflow, and from what hangs on it', () => {
  const of = { year: Y, scheme: 'employee', area: A };
  expect(budgetOf(budget)).toEqual(of);
  expect(budgetOf(chainKey.budgetAttempt(budget, 2))).toEqual(of);
  expect(budgetOf(taskOf(chainKey.budgetAttempt(budget, 2), 0, 'area_security'))).toEqual(of);
  expect(budgetOf(collectionId(Y, A))).toBeNull();
  expect(budgetOf('fund-year-2028-budget-other-150100')).toBeNull();
});

test('an attempt at a budget and a report are read back from their chains', () => {
  expect(attemptOf(chainKey.budgetAttempt(budget, 3))).toBe(3);
  expect(attemptOf(chainKey.directedBudget(budget))).toBe(0);
  expect(reportOf(chainKey.executionReport(Y, 4, A))).toEqual({ quarter: 4, attempt: 1 });
  expect(reportOf(chainKey.executionReport(Y, 4, A, 2))).toEqual({ quarter: 4, attempt: 2 });
  expect(riskReportOf(chainKey.riskReport(Y, 3, 'resident', A, 2))).toEqual({ month: 3, attempt: 2 });
  expect(riskReportOf(chainKey.riskReport(Y, 3, 'resident', A))).toEqual({ month: 3, attempt: 1 });
  expect(riskReportOf(chainKey.executionReport(Y, 4, A))).toBeNull();
});

test('what hangs on a clearing is known by its name', () => {
  expect(isOfClearing(taskOf(chainKey.clearing(clearing, 1), 1, 'area_security'))).toBe(true);
  expect(isOfClearing(chainKey.budgetAttempt(budget, 1))).toBe(false);
});

test('of all acts, those that reconcile a collection name its area', () => {
  expect(reconciledArea(actKey.collectionReconciled(Y, A))).toBe(A);
  expect(reconciledArea(actKey.unknownAreaReconciled(Y))).toBe('unknown');
  expect(reconciledArea(actKey.collectionOpened(Y))).toBeNull();
  expect(reconciledArea(actKey.collectionBooked(Y, A, 1, '2027-12-31'))).toBeNull();
});

// prettier-ignore
test.each([
  ['an instalment',              journalKey.levy('employee', A, journalKey.instalment(3)),         3],
  ['what is put right of it',    journalKey.levy('employee', A, journalKey.instalment(3, 2)),      3],
  ['the region’s side of it',    journalKey.levyOfRegion('employee', A, journalKey.instalment(3)), null],
  ['another step of the levy',   journalKey.levy('employee', A, 'true-up'),                        null],
  ['what was never prepaid',     journalKey.levy('employee', A, 'prepayment/late'),                null],
  ['an advance',                 journalKey.emergencyAdvance('employee', A, 3),                    null],
])('the quarter of an instalment is read back from its entry: %s', (_entry, key, quarter) => {
  expect(quarterOfInstalment(key)).toBe(quarter);
});

test('a file of one area is among the files of its step, and of that area’s step', () => {
  const chain = chainKey.file({ year: Y, step: 'reconciliation' }, 'collection_totals.csv', A, 'resident');
  expect(chain.startsWith(filesOfStep({ year: Y, step: 'reconciliation' }))).toBe(true);
  expect(chain.startsWith(filesOfStep({ year: Y, step: 'reconciliation', area: A }))).toBe(true);
  expect(chain.startsWith(filesOfStep({ year: Y, step: 'reconciliation', area: A, scheme: 'resident' }))).toBe(true);
  expect(chain.startsWith(filesOfStep({ year: Y, step: 'reconciliation', area: A, scheme: 'employee' }))).toBe(false);
});

test('the chain of a task is what stands before its last link', () => {
  const chain = chainKey.budgetAttempt(budget, 1);
  expect(chainOf(taskOf(chain, 2, 'region_security'))).toBe(chain);
});

test('nobody else spells a key: make and read it in rules/keys', () => {
  const ROOMS = 'activities audit db explain figures pack parameters rules scripts servers web worker workflows'.split(
    ' ',
  );
  const root = join(__dirname, '../..');
  const spelling = ROOMS.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((file) => `${room}/${file}`)
      .filter((file) => file.endsWith('.ts') && file !== 'rules/keys.ts')
      .filter((file) => /fund-year-|lastIndexOf\('\/'\)/.test(readFileSync(join(root, file), 'utf8'))),
  );
  expect(spelling).toEqual([]);
});
