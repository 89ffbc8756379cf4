/** Conduct of the areas (年度行为): unpaid levies, own policies, audits. */
import { type Decimal, decimal, zero } from '../rules/money';
import type { Scheme } from '../rules/vocabulary';
import type { Queryable } from './connect';

interface ConductRow {
  unpaid: boolean;
  days_late: Decimal;
  own_policy_above: boolean;
  transition_document: string | null;
  performance_score: Decimal | null; // of the year before
  audit_refused: boolean;
  irregular_expenditure: Decimal;
  cause: string | null;
  unpaid_claims: Decimal | null;
  policy_reimbursement: Decimal | null;
}

/** Conduct of the areas of a scheme; a missing row is 0 days, false, 0. */
export async function conductRows(
  db: Queryable,
  fundYear: number,
  scheme: Scheme,
): Promise<(area: string) => ConductRow> {
  const rows = await db('conduct').where({ fund_year: fundYear, scheme }).select();
  const byArea = new Map(
    rows.map((row): [string, ConductRow] => [
      row.area,
      {
        unpaid: row.levy_unpaid,
        days_late: decimal(String(row.levy_days_late ?? 0)),
        own_policy_above: row.own_policy_above,
        transition_document: row.transition_document,
        performance_score: row.performance_score === null ? null : decimal(row.performance_score),
        audit_refused: row.audit_refused,
        irregular_expenditure: decimal(row.irregular_expenditure),
        cause: row.cause,
        unpaid_claims: row.unpaid_claims === null ? null : decimal(row.unpaid_claims),
        policy_reimbursement: row.policy_reimbursement === null ? null : decimal(row.policy_reimbursement),
      },
    ]),
  );
  return (area) =>
    byArea.get(area) ?? {
      unpaid: false,
      days_late: zero,
      own_policy_above: false,
      transition_document: null,
      performance_score: null,
      audit_refused: false,
      irregular_expenditure: zero,
      cause: null,
      unpaid_claims: null,
      policy_reimbursement: null,
    };
}
