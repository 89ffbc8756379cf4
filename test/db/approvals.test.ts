/** The approvers that the database asks for before anything comes into force or is paid: those of rules/decisions. */
import { select } from '../../db/rows';
import { APPROVALS, JOINT_OFFICES } from '../../rules/decisions';
import { type JointMatter, matterNamed, ownAct } from '../../rules/keys';
import { ROLES, type Role } from '../../rules/vocabulary';
import { type TestDatabase, testDatabase } from '../database';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

async function sourceOf(name: string): Promise<string> {
  const [row] = await select<{ source: string }>(
    database.pool,
    `select prosrc as source from pg_proc where pronamespace = 'fund'::regnamespace and proname = :name`,
    { name },
  );
  return row?.source ?? '';
}

/** Texts in quotes, in their order. */
const quotedIn = (source: string): string[] => [...source.matchAll(/'([^']*)'/g)].map(([, text = '']) => text);

/** The lists of offices whose approval each function asks for, in their order. */
const APPROVERS: Record<string, readonly (readonly Role[])[]> = {
  approved_only: [APPROVALS.budget.approvers, APPROVALS.directed_budget.approvers],
  approved_clearing_only: [APPROVALS.clearing.approvers],
  settlement_is_approved: [APPROVALS.settlement.approvers],
  check_advance: [APPROVALS.emergency.approvers],
  release_payment: [APPROVALS.release.approvers],
  check_adjusted_budget: [APPROVALS.budget.approvers],
};

test.each(Object.entries(APPROVERS))('%s asks for the approvers of the chain', async (name, chains) => {
  const lists = [...(await sourceOf(name)).matchAll(/is_approved\([^,]+, array\[([^\]]*)\]/g)];
  expect(lists.map(([, list = '']) => quotedIn(list))).toEqual(chains);
});

/** The offices that must name a document. */
const BY_DOCUMENT: Record<string, readonly Role[]> = {
  check_decision: APPROVALS.budget.byDocument,
  check_advance: APPROVALS.emergency.byDocument,
};

test.each(Object.entries(BY_DOCUMENT))('%s asks for a document of the approver who needs one', async (name, roles) => {
  const named = [...(await sourceOf(name)).matchAll(/\.role = '(\w+)'[^;]*document/g)].map(([, role]) => role);
  expect(named).toEqual(roles);
});

test('two of the same office act on a matter as the rules say', async () => {
  const MATTERS: JointMatter[] = [
    { what: 'revoke_key', key: 'k/1' },
    { what: 'appoint', year: 2028, list: 'abc' },
    { what: 'end_office', year: 2028, leaver: 'a/b', last: '2028-01-31' },
    { what: 'freeze', year: 2028, from: '2028-01-01', until: '2028-01-02' },
    { what: 'lift_freeze', year: 2028, from: '2028-01-01', until: '2028-01-02' },
    { what: 'abandon', year: 2028 },
  ];
  const NAMES = [
    ownAct.keyRevoked('k/1'),
    'appoint/2028/abc',
    ownAct.officeEnded(2028, 'a/b', '2028-01-31'),
    ownAct.frozen(2028, '2028-01-01', '2028-01-02'),
    ownAct.freezeLifted(2028, '2028-01-01', '2028-01-02'),
    ownAct.yearAbandoned(2028),
  ];
  expect(NAMES.map(matterNamed)).toEqual(MATTERS);
  const offices = await select<{ office: string }>(
    database.pool,
    'select fund.office_for(name) as office from unnest(:names::text[]) with ordinality as n (name, at) order by at',
    { names: NAMES },
  );
  expect(offices.map(({ office }) => office)).toEqual(MATTERS.map(({ what }) => JOINT_OFFICES[what]));
});

/** What is no chain of approvals: the extension of a collection (RULES 4), what two of an office do, and the names of offices. */
const NO_CHAINS = ['extend_collection', 'office_for', 'appoint_first', 'office'];

test('no other function names an office', async () => {
  const rows = await select<{ name: string; source: string }>(
    database.pool,
    `select proname as name, prosrc as source from pg_proc where pronamespace = 'fund'::regnamespace`,
  );
  const naming = rows.filter(({ source }) =>
    quotedIn(source).some((text) => (ROLES as readonly string[]).includes(text)),
  );
  const held = new Set([...Object.keys(APPROVERS), ...Object.keys(BY_DOCUMENT), ...NO_CHAINS]);
  expect(naming.map(({ name }) => name).sort()).toEqual([...held].sort());
});
