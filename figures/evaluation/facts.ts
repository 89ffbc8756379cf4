/** The facts from which the evaluation of one area and scheme is computed. */
import type { Decimal } from '../../rules/money';
import type { RiskLevel, Scheme } from '../../rules/vocabulary';

export interface EvaluationFacts {
  year: number;
  scheme: Scheme;
  area: string;
  /** Whether the scheme levies in this year: before its phase nobody can be late. */
  inPhase: boolean;
  /** Pooled amounts of the whole year; those of residents include their collection. */
  actual: Amounts;
  budget: Amounts;
  estimatedPremium: Decimal; // pooled, by the system, when the budget was compiled
  insured: {
    insured: Decimal | null;
    target_insured: Decimal | null;
    low_income_registered: Decimal | null;
    low_income_paid: Decimal | null;
  };
  /** Where the area collects person by person: its low-income people on the roll. */
  lowIncomePersons: { paid: Decimal; registered: Decimal } | null;
  /** Its targets in targets.csv, by indicator. */
  targets: ReadonlyMap<string, Decimal>;
  /** What league and banners owe to the subsidy of residents, and how much of it has not arrived. */
  localSubsidy: { due: Decimal; missing: Decimal };
  december: { level: RiskLevel; months_payable_4: string; accumulated_surplus: Decimal } | null;
  conduct: {
    unpaid: boolean;
    days_late: Decimal;
    unpaid_claims: Decimal | null;
    policy_reimbursement: Decimal | null;
  };
}
interface Amounts {
  income: Decimal;
  expenditure: Decimal;
  premium: Decimal;
}
