/** Rows of the files of a pack, under the names of their columns, and the corrections made to them since. */
import type {
  AID_FUNDINGS,
  AidKind,
  BenefitItem,
  Cause,
  Group,
  Item,
  Part,
  PremiumClass,
  PremiumRecognition,
  RecognitionOutcome,
  Role,
  Scheme,
  SubsidyLevel,
  UnitKind,
} from '../../rules/vocabulary';
import type { ParameterValue } from '../../parameters';
import type { Table } from './table';

/** The balance of a money account on a date. */
interface MoneyBalance {
  fund_year: number;
  area: string; // or 'region'
  scheme: Scheme;
  part: Part;
  account: string;
  date: string;
  balance: string;
  line: number;
}

export interface InputTables {
  pack_file: Table<{
    fund_year: number;
    file: string;
    sha256: string;
    rows: number;
  }>;
  area: Table<{
    fund_year: number;
    area: string;
    name_zh: string;
    name_en: string;
    schemes: string; // an array as text; to_jsonb(schemes) where it is read
    subsidy_class: 1 | 2 | 3 | null;
    employer_rate: string | null;
    line: number;
  }>;
  banner: Table<{
    fund_year: number;
    area: string;
    banner: string;
    name_zh: string;
    league_share: string;
    insured_resident: string;
    line: number;
  }>;
  operator: Table<{
    fund_year: number;
    operator: string;
    name: string;
    role: Role;
    area: string | null; // null: an office of the region
    line: number;
    appointed_at: string | null; // null: proposed
    until: string | null; // the last day in office
    proposed_at: string | null;
  }>;
  history: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    part: Part;
    year: number;
    item: Item;
    amount: string;
    line: number;
  }>;
  opening: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    part: Part;
    accumulated_surplus: string;
    basis: PremiumRecognition | null; // null: that of the area
    line: number;
    provisional: boolean | null; // follows the books of the year before
  }>;
  adjustment_fund: Table<{
    fund_year: number;
    scheme: Scheme;
    opening_balance: string;
    interest: string;
    line: number;
    provisional: boolean | null; // follows the books of the year before
  }>;
  position: Table<MoneyBalance>;
  bank_balance: Table<MoneyBalance>;
  insured: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    insured: string | null;
    in_service: string | null;
    retired: string | null;
    aged_60_plus: string | null;
    target_insured: string | null;
    low_income_registered: string | null;
    low_income_paid: string | null;
    line: number;
  }>;
  medical_aid: Table<{
    fund_year: number;
    area: string | null; // null: every area without rows of its own
    group: Group;
    kind: AidKind;
    value: string | null;
    funding: (typeof AID_FUNDINGS)[number];
    line: number;
  }>;
  collection_total: Table<{
    fund_year: number;
    area: string;
    rows: string;
    amount: string;
    line: number;
  }>;
  budget_submission: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    version: number;
    part: Part;
    item: string;
    amount: string;
    reason: string;
    submitted_by: string;
    line: number;
  }>;
  budget_adjustment: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    version: number;
    date: string;
    part: Part;
    item: string;
    amount: string;
    reason: string;
    submitted_by: string;
    line: number;
  }>;
  actual: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    part: Part;
    month: number;
    item: Item;
    amount: string;
    line: number;
  }>;
  subsidy_arrival: Table<
    {
      fund_year: number;
      area: string;
      banner: string | null;
      level: SubsidyLevel;
      date: string;
      amount: string;
      line: number;
      id: string;
    },
    'id'
  >;
  conduct: Table<
    {
      fund_year: number;
      area: string;
      scheme: Scheme;
      levy_days_late: number | null; // null: not paid at all
      levy_unpaid: boolean;
      own_policy_above: boolean;
      audit_refused: boolean;
      irregular_expenditure: string;
      performance_score: string | null;
      cause: Cause | null;
      unpaid_claims: string | null;
      policy_reimbursement: string | null;
      line: number;
      transition_document: string | null;
    },
    'levy_unpaid' | 'own_policy_above' | 'audit_refused' | 'irregular_expenditure'
  >;
  payment_unit: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    unit: string;
    name_zh: string;
    kind: UnitKind;
    weight: string;
    line: number;
  }>;
  unit_account: Table<
    {
      fund_year: number;
      area: string;
      scheme: Scheme;
      unit: string;
      month: number;
      incurred: string;
      paid: string;
      paid_earlier_years: string;
      line: number;
    },
    'paid_earlier_years'
  >;
  premium_basis: Table<{
    fund_year: number;
    area: string;
    part: Part;
    class: PremiumClass;
    heads: string;
    base: string;
    rate: string;
    collection: string;
    line: number;
  }>;
  benefit_basis: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    item: BenefitItem;
    band: string;
    insured: string;
    visits: string;
    cost: string;
    pay_rate: string;
    policy: string;
    line: number;
  }>;
  target: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    indicator: string;
    target: string;
    line: number;
  }>;
  enrolment_history: Table<{
    fund_year: number;
    person: string;
    coverage_year: number;
    line: number;
  }>;
  burden: Table<{
    fund_year: number;
    person: string;
    area: string;
    group: Group;
    month: number;
    self_paid: string;
    line: number;
  }>;
  recognition: Table<{
    fund_year: number;
    person: string;
    area: string;
    date: string;
    outcome: RecognitionOutcome;
    help: string;
    line: number;
  }>;
  parameter_override: Table<{
    fund_year: number;
    name: string;
    value: ParameterValue;
    source: string;
  }>;
  correction: Table<
    {
      id: string;
      fund_year: number;
      file: string;
      key: object;
      before: object;
      after: object;
      reason: string;
      operator: string;
      made_xid: string;
      corrected_at: string;
      proof: string | null;
    },
    'id' | 'made_xid' | 'corrected_at'
  >;
}
