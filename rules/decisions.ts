/**
 * Who decides what (RULES 2, 6, 8, 11): the kinds of task, the decisions that answer each, the approvers of every chain in their
 * order, and whose approval must name a document. The database asks for the same (its triggers are held to this file by
 * test/db/decision.test.ts).
 */
import { chainKey, isOfClearing } from './keys';
import { EXPECTED_TEXT, isDocument, isReason, shownText } from './text';
import { REGION_ROLES, type Role } from './vocabulary';

/** What a person can decide, and how it is said. */
export const DECISION_NAMES = {
  submit: '报送',
  approve: '批准',
  return: '退回',
  accept: '接受',
  record: '登记文号',
} as const;
export type Decision = keyof typeof DECISION_NAMES;

/** What an office does of its own accord, or two people together, without a task that asks for it. */
export const OWN_ACT_NAMES = {
  extend: '延长征缴期',
  correct: '更正',
  import: '导入文件',
  revoke_key: '注销密钥',
  appoint: '任命',
  end_office: '离任',
  freeze: '冻结',
  lift_freeze: '解除冻结',
  abandon: '作废年度',
} as const;
/** 双人办理: two of which office act together. */
export const JOINT_OFFICES = {
  revoke_key: 'region_government',
  appoint: 'region_security',
  end_office: 'region_security',
  freeze: 'region_security',
  lift_freeze: 'region_security',
  abandon: 'region_government',
} as const satisfies Partial<Record<keyof typeof OWN_ACT_NAMES, Role>>;
export type JointDecision = keyof typeof JOINT_OFFICES;

/** Everything that is signed. */
export type SignedDecision = Decision | keyof typeof OWN_ACT_NAMES;

/** The decisions that answer each kind of task; the first is the one that lets the year go on. */
export const DECISIONS_OF = {
  submit: ['submit'],
  approve: ['approve', 'return'],
  accept_finding: ['accept'],
  record_method: ['record'],
  // 季度预算执行报告: the document under which it was sent is recorded.
  report: ['record'],
  // 零报送: that there is nothing to report is accepted.
  import: ['accept'],
} as const satisfies Record<string, readonly [Decision, ...Decision[]]>;
export type TaskKind = keyof typeof DECISIONS_OF;

export const answers = (decision: Decision, kind: TaskKind): boolean =>
  (DECISIONS_OF[kind] as readonly Decision[]).includes(decision);

interface Approval {
  /** Link by link, after the maker's. */
  approvers: readonly Role[];
  decisions: readonly Decision[];
  /** Those who approve by a document of their government. */
  byDocument: readonly Role[];
}
export const APPROVALS = {
  /** 预算审批链: after the area's security bureau has submitted. */
  budget: {
    approvers: ['area_finance', ...REGION_ROLES],
    decisions: ['approve', 'return'],
    byDocument: ['area_finance'],
  },
  /** 以收定支: the deadline has passed, and nobody is left to return it to. */
  directed_budget: { approvers: ['region_government'], decisions: ['approve'], byDocument: [] },
  /** No area decides on the shares of others. */
  settlement: { approvers: REGION_ROLES, decisions: ['approve'], byDocument: [] },
  /** 年度清算表 of an area and scheme: what its units are still owed. */
  clearing: { approvers: ['area_security', 'area_finance'], decisions: ['approve', 'return'], byDocument: [] },
  /** 核实受理 of a payment in quarantine, which the area's security bureau asks for. */
  release: { approvers: ['area_finance'], decisions: ['approve', 'return'], byDocument: [] },
  /** 紧急调剂, which the area's security bureau asks for. */
  emergency: { approvers: REGION_ROLES, decisions: ['approve', 'return'], byDocument: ['region_government'] },
} as const satisfies Record<string, Approval>;
export type ApprovalKind = keyof typeof APPROVALS;

/** What a chain of approvals decides, by its key (rules/keys.ts). */
export function approvalKindOf(chain: string): ApprovalKind {
  if (chain.endsWith(chainKey.emergencyRequest(''))) return 'emergency';
  if (chain.endsWith(chainKey.release(''))) return 'release';
  if (chain.endsWith(chainKey.settlement(''))) return 'settlement';
  if (chain.endsWith(chainKey.directedBudget(''))) return 'directed_budget';
  if (isOfClearing(chain)) return 'clearing';
  return 'budget';
}

/** The decisions that are open on a task: some chains are approved or left, and not returned to anybody. */
export function decisionsOn({ kind, chain }: { kind: TaskKind; chain: string }): readonly Decision[] {
  return kind === 'approve' ? APPROVALS[approvalKindOf(chain)].decisions : DECISIONS_OF[kind];
}

/** Whether a person must name a document with the decision that lets the year go on. */
export function needsDocument({ kind, chain, role }: { kind: TaskKind; chain: string; role: Role }): boolean {
  if (kind === 'record_method' || kind === 'report') return true;
  const { byDocument }: Approval = APPROVALS[approvalKindOf(chain)];
  return kind === 'approve' && byDocument.includes(role);
}

/** What is wrong with the words of a person's act: a number or a note that is given says something. Null where nothing is. */
export function flawOfWords({ document, note }: { document?: unknown; note?: unknown }): string | null {
  if (isGiven(document) && !(typeof document === 'string' && isDocument(document))) {
    return `document ${quoted(document)}：应为${EXPECTED_TEXT.document}`;
  }
  if (isGiven(note) && !(typeof note === 'string' && isReason(note))) {
    return `note ${quoted(note)}：应为${EXPECTED_TEXT.reason}`;
  }
  return null;
}
/** An empty field of a form is none. */
const isGiven = (words: unknown): boolean => words !== undefined && words !== null && words !== '';
const quoted = (words: unknown): string => `“${shownText(typeof words === 'string' ? words : JSON.stringify(words))}”`;
