/** Figures, each with the reasons of its columns, and the books. */
import type {
  Cause,
  EmergencyCause,
  Item,
  Part,
  RiskLevel,
  Scheme,
  SubsidyLevel,
  UnitKind,
} from '../../rules/vocabulary';
import type { Reasons, Table, View } from './table';

/** 账实核对: one line of bank or treasury beside the books. */
interface Agreement {
  fund_year: number;
  area: string; // or 'region'
  scheme: Scheme;
  part: Part;
  account: string;
  date: string;
  books: string;
  bank: string;
  difference: string;
  reckoning: number;
  because: Reasons;
}

export interface FigureTables {
  published_standard: Table<{
    fund_year: number;
    name: string;
    amount: string;
    because: Reasons;
  }>;
  subsidy: Table<{
    fund_year: number;
    area: string;
    banner: string;
    level: SubsidyLevel;
    due: string;
    arrived: string;
    missing: string;
    settlement: string;
    because: Reasons;
  }>;
  budget_estimate: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    part: Part;
    item: Item;
    trend: string | null; // null: an item between the levels
    factors: string | null; // null: nothing but the trend
    amount: string;
    because: Reasons;
  }>;
  rate_step: Table<{
    fund_year: number;
    area: string;
    employer_rate: string;
    grounds: string;
    next_rate: string;
    because: Reasons;
  }>;
  budget_check: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    version: number;
    check: string;
    result: 'pass' | 'warn' | 'fail';
    figure: string;
    because: Reasons;
  }>;
  budget: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    origin: 'submitted' | 'directed';
    version: number;
    in_force_from: string;
    because: Reasons;
  }>;
  budget_item: Table<
    {
      fund_year: number;
      area: string;
      scheme: Scheme;
      part: Part;
      item: Item;
      amount: string;
      because: Reasons;
    },
    'because'
  >;
  adjustment_request: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    version: number;
    date: string;
    submitted_on: string;
    workflow_id: string;
    chain: string;
  }>;
  adjusted_budget: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    version: number;
    in_force_from: string;
    because: Reasons;
  }>;
  adjusted_budget_item: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    version: number;
    part: Part;
    item: Item;
    amount: string;
    because: Reasons;
  }>;
  region_budget: Table<{
    fund_year: number;
    scheme: Scheme;
    part: Part;
    item: Item;
    amount: string;
    because: Reasons;
  }>;
  risk_reckoned: Table<
    {
      fund_year: number;
      area: string;
      scheme: Scheme;
      month: number;
      accumulated_surplus: string;
      months_payable: string;
      months_payable_4: string;
      level: RiskLevel;
      action: string | null;
      action_due: string | null;
      because: Reasons;
      reckoning: number;
    },
    'reckoning'
  >;
  risk: View<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    month: number;
    accumulated_surplus: string;
    months_payable: string;
    months_payable_4: string;
    level: RiskLevel;
    action: string | null;
    action_due: string | null;
    because: Reasons;
    reckoning: number;
  }>;
  levy_estimate: Table<{
    fund_year: number;
    scheme: Scheme;
    area: string;
    estimate_base: string;
    uncapped: string;
    prepaid: string;
    because: Reasons;
  }>;
  levy: Table<{
    fund_year: number;
    scheme: Scheme;
    area: string;
    base: string;
    rate: string;
    uncapped: string;
    levy: string;
    true_up: string;
    because: Reasons;
  }>;
  sharing: Table<{
    fund_year: number;
    scheme: Scheme;
    area: string;
    income: string;
    expenditure: string;
    levy: string;
    gap: string;
    own_surplus: string;
    residual: string;
    managerial: string;
    general: string;
    alpha: string;
    entitled: string;
    fund_share: string;
    area_share: string;
    cause: Cause | null; // null: no gap
    because: Reasons;
  }>;
  emergency_request: Table<{
    fund_year: number;
    scheme: Scheme;
    area: string;
    number: number;
    amount: string;
    cause: EmergencyCause;
    document: string;
    requested_on: string;
    workflow_id: string;
    chain: string;
  }>;
  emergency_advance: Table<{
    fund_year: number;
    scheme: Scheme;
    area: string;
    number: number;
    amount: string;
    paid_on: string;
    because: Reasons;
  }>;
  evaluation: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    indicator: string;
    value: string;
    score: string;
    because: Reasons;
  }>;
  total_budget_allotted: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    allotment: number;
    total: string;
    reserve: string;
    because: Reasons;
  }>;
  unit_budget_allotted: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    allotment: number;
    unit: string;
    kind: UnitKind;
    weight: string;
    budget: string;
    because: Reasons;
  }>;
  clearing_proposal: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    attempt: number;
    allotment: number;
    fund_share: string;
    workflow_id: string;
    chain: string;
    because: Reasons;
  }>;
  unit_clearing: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    attempt: number;
    unit: string;
    incurred: string;
    paid: string;
    retained: string;
    entitled: string;
    fund_share: string;
    payable: string;
    clearing: string;
    because: Reasons;
  }>;
  clearing: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    attempt: number;
    approved_on: string;
  }>;
  total_budget: View<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    unit: string; // or 'reserve'
    kind: string;
    weight: string;
    budget: string;
    incurred: string;
    paid: string;
    retained: string;
    entitled: string;
    fund_share: string;
    payable: string;
    clearing: string;
    because: Reasons;
  }>;
  performance: Table<{
    fund_year: number;
    area: string;
    scheme: Scheme;
    indicator: string;
    target: string;
    value: string;
    reached: 'yes' | 'no';
    because: Reasons;
  }>;
  journal_entry: Table<
    {
      id: string;
      fund_year: number;
      date: string;
      entity: string;
      scheme: Scheme;
      part: Part;
      key: string;
      basis: string;
      posted_xid: string;
      posted_at: string;
      because: Reasons;
    },
    'id' | 'posted_xid' | 'posted_at' | 'because'
  >;
  journal_line: Table<{
    entry_id: string;
    side: 1 | -1;
    scheme: Scheme;
    account: string;
    amount: string;
  }>;
  ledger: View<{
    fund_year: number;
    entry_id: string;
    date: string;
    entity: string;
    scheme: Scheme;
    part: Part;
    key: string;
    basis: string;
    account: string;
    debit: string;
    credit: string;
    debit_less_credit: string;
  }>;
  agreement_reckoned: Table<Agreement>;
  agreement: View<Agreement>;
  closing: View<{
    fund_year: number;
    entity: string;
    scheme: Scheme;
    part: Part;
    amount: string;
  }>;
}
