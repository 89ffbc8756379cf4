/** Who approves what, and by which document. test/db/approvals.test.ts holds the database to the same. */
import {
  APPROVALS,
  type ApprovalKind,
  DECISIONS_OF,
  decisionsOn,
  approvalKindOf,
  needsDocument,
} from '../../rules/decisions';
import { adjustmentId, budgetId, chainKey, clearingId, emergencyId, releaseId } from '../../rules/keys';
import { ROLES } from '../../rules/vocabulary';

const budget = budgetId(2028, 'employee', '150100');
const CHAINS: Record<ApprovalKind, string> = {
  budget: chainKey.budgetAttempt(budget, 1),
  directed_budget: chainKey.directedBudget(budget),
  clearing: chainKey.clearing(clearingId(2028, 'employee', '150100'), 1),
  settlement: chainKey.settlement(adjustmentId(2028, 'employee')),
  release: chainKey.release(releaseId(2028, '150100', 1)),
  emergency: chainKey.emergencyRequest(emergencyId(2028, 'employee', '150100', 1)),
};

test('what a chain decides is known by its key', () => {
  for (const [kind, chain] of Object.entries(CHAINS)) expect(approvalKindOf(chain)).toBe(kind);
});

// prettier-ignore
test.each<[ApprovalKind, string[], string[]]>([
  // chain             approvers in their order                                                        by a document of their government
  ['budget',          ['area_finance', 'region_security', 'region_finance', 'region_government'],    ['area_finance']],
  ['directed_budget', ['region_government'],                                                           []],
  ['settlement',      ['region_security', 'region_finance', 'region_government'],                    []],
  ['clearing',        ['area_security', 'area_finance'],                                               []],
  ['release',         ['area_finance'],                                                                []],
  ['emergency',       ['region_security', 'region_finance', 'region_government'],                    ['region_government']],
])('%s', (kind, approvers, byDocument) => {
  expect(APPROVALS[kind].approvers).toEqual(approvers);
  expect(ROLES.filter((role) => needsDocument({ kind: 'approve', chain: CHAINS[kind], role }))).toEqual(byDocument);
});

test('the method is recorded by its document number; nothing but an approval needs one', () => {
  expect(needsDocument({ kind: 'record_method', chain: 'x/method', role: 'region_government' })).toBe(true);
  expect(needsDocument({ kind: 'accept_finding', chain: CHAINS.budget, role: 'area_finance' })).toBe(false);
});

test('a decision answers the kinds of task that name it', () => {
  const accepted = Object.entries(DECISIONS_OF).filter(([, decisions]) =>
    (decisions as readonly string[]).includes('accept'),
  );
  expect(accepted.map(([kind]) => kind)).toEqual(['accept_finding', 'import']);
  expect(DECISIONS_OF.submit).not.toContain('return');
  const chain = chainKey.directedBudget('w');
  expect(decisionsOn({ kind: 'approve', chain })).toEqual(['approve']);
  expect(decisionsOn({ kind: 'approve', chain: 'fund-year-2028-budget-employee-150100/1' })).toEqual([
    'approve',
    'return',
  ]);
});
