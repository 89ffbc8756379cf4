/** The approvers that the database asks for before anything comes into force or is paid: those of rules/decisions. */
import { select } from '../../db/rows';
import { APPROVALS } from '../../rules/decisions';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

/** The lists of offices in the source of a function, in their order. */
async function officesAskedBy(name: string): Promise<string[][]> {
  const [row] = await select<{ source: string }>(
    database.pool,
    `select prosrc as source from pg_proc where pronamespace = 'fund'::regnamespace and proname = :name`,
    { name },
  );
  const lists = [...(row?.source ?? '').matchAll(/is_approved\([^,]+, array\[([^\]]*)\]/g)];
  return lists.map(([, list = '']) => [...list.matchAll(/'([^']*)'/g)].map(([, office = '']) => office));
}

test.each([
  ['approved_only', [APPROVALS.budget.approvers, APPROVALS.directed_budget.approvers]],
  ['approved_clearing_only', [APPROVALS.clearing.approvers]],
  ['settlement_is_approved', [APPROVALS.settlement.approvers]],
  ['check_advance', [APPROVALS.emergency.approvers]],
  ['check_adjusted_budget', [APPROVALS.budget.approvers]],
])('%s asks for the approvers of the chain', async (name, chains) => {
  expect(await officesAskedBy(name)).toEqual(chains);
});

test.each([
  ['check_decision', APPROVALS.budget.byDocument],
  ['check_advance', APPROVALS.emergency.byDocument],
])('%s asks for a document of the approver who needs one', async (name, byDocument) => {
  const [row] = await select<{ source: string }>(
    database.pool,
    `select prosrc as source from pg_proc where pronamespace = 'fund'::regnamespace and proname = :name`,
    { name },
  );
  const named = [...(row?.source ?? '').matchAll(/\.role = '(\w+)'[^;]*document/g)].map(([, role]) => role);
  expect(named).toEqual(byDocument);
});
