/** The facts from which the sharing of one scheme's gaps is computed. */
import type { Decimal } from '../../rules/money';
import type { Scheme } from '../../rules/vocabulary';

export interface SharingFacts {
  year: number;
  scheme: Scheme;
  /** In the order of their codes, in which a split gives out the remaining fen. */
  areas: readonly AreaFacts[];
  /** The adjustment fund on 1 January and its interest for the year; null where the pack has no row. */
  fund: { opening: Decimal; interest: Decimal } | null;
}

/** Pooled amounts of the year. */
export interface AreaFacts {
  area: string;
  income: Decimal; // as booked, without the collection
  premium: Decimal; // the part of that income
  collected: Decimal | null; // premium of the residents' collection; null for employees
  expenditure: Decimal;
  budgetedPremium: Decimal;
  estimatedPremium: Decimal; // by the system, when the budget was compiled
  budgetedExpenditure: Decimal;
  surplus: Decimal; // accumulated, on 1 January
  /** Whether that is less than the reported opening, which holds the advance premium. */
  holdsAdvance?: boolean;
  levy: Decimal;
  insured: HeadCounts;
  conduct: {
    unpaid: boolean;
    days_late: Decimal;
    own_policy_above: boolean;
    transition_document: string | null;
    performance_score: Decimal | null; // of the year before
    audit_refused: boolean;
    irregular_expenditure: Decimal;
    cause: string | null;
  };
}
/** Of 30 June; null where the cell is empty. */
export type HeadCounts = Record<
  'insured' | 'in_service' | 'retired' | 'aged_60_plus' | 'target_insured',
  Decimal | null
>;
