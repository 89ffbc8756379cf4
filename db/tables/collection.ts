/** The resident collection: the roll, payments, and what they come to. */
import type { EnrolmentClass, Group, PremiumRecognition, PremiumSource } from '../../rules/vocabulary';
import type { Reasons, Table, View } from './table';

interface ResidentPayment {
  fund_year: number;
  file: string;
  line: number;
  receipt: string;
  person: string;
  named_area: string;
  area: string | null; // null: named_area is no known area
  amount: string | null;
  paid_instant: string | null;
  paid_on: string | null;
  kind: 'payment' | 'refund' | null;
  original_receipt: string;
  outcome: 'accepted' | 'quarantined';
  reason: string | null;
  aid: string | null;
  refund_file: string | null; // the payment that an accepted refund gives back
  refund_line: number | null;
  refunded: boolean;
}

export interface CollectionTables {
  resident_roll: Table<{
    fund_year: number;
    person: string;
    area: string;
    banner: string | null;
    group: Group;
    file: string;
    line: number;
  }>;
  received_payment: Table<ResidentPayment, 'outcome' | 'refunded'>;
  resident_payment: Table<ResidentPayment, 'refunded'>;
  collection_day: Table<
    {
      fund_year: number;
      area: string;
      day: string;
      kind: 'payments' | 'refunds' | 'quarantined_payments' | 'quarantined_refunds' | 'quarantined_releases';
      amount: string;
      persons: string; // how many payments make it up, full aid included
    },
    'persons'
  >;
  collection_group: Table<
    {
      fund_year: number;
      area: string;
      group: Group;
      registered: string; // persons on the roll
      paid: string; // of these, full aid included
    },
    'registered' | 'paid'
  >;
  collection_count: Table<{
    fund_year: number;
    area: string; // an area, or 'unknown'
    accepted_rows: string;
    quarantined_rows: string;
    quarantined_amount: string;
    collected: string;
    aid: string;
  }>;
  collection_quarantine: Table<{
    fund_year: number;
    area: string; // an area, or 'unknown'
    reason: string;
    rows: string;
  }>;
  release_request: Table<{
    fund_year: number;
    area: string;
    number: number; // of the area in the year
    file: string;
    line: number;
    reason: string;
    requested_on: string;
    workflow_id: string;
    chain: string;
  }>;
  payment_release: Table<{
    fund_year: number;
    file: string;
    line: number;
    area: string;
    number: number;
    quarantined_as: string; // the reason for which it was in quarantine
    released_on: string;
  }>;
  full_aid_enrolment: Table<{
    fund_year: number;
    person: string;
    area: string;
    aid: string;
    enrolled_on: string;
  }>;
  collection_term: Table<{
    fund_year: number;
    area: string;
    group: Group;
    standard: string;
    aid: string;
    due: string;
    opens: string;
    closes: string;
    exempt: boolean;
    because: Reasons;
  }>;
  collection_extension: Table<
    {
      fund_year: number;
      area: string;
      until: string;
      closed_before: string; // set by a trigger
      operator: string;
      document: string;
      decided_on: string;
      decided_at: string;
      proof: string | null;
    },
    'closed_before' | 'decided_at'
  >;
  collection: Table<{
    fund_year: number;
    area: string; // an area, or 'unknown'
    by_person: boolean;
    registered: string;
    paid: string;
    due: string;
    collected: string;
    aid: string;
    progress: string | null; // null: nobody registered
    low_income_rate: string | null;
    accepted_rows: string;
    quarantined_rows: string;
    quarantined_amount: string;
    tax_rows: string;
    tax_amount: string;
    difference: string;
    because: Reasons;
  }>;
  aid_funding: Table<{
    fund_year: number;
    area: string;
    group: Group;
    medical_aid: string;
    fiscal: string;
    because: Reasons;
  }>;
  premium_source: Table<{
    fund_year: number;
    area: string;
    source: PremiumSource;
    amount: string;
    because: Reasons;
  }>;
  enrolment: Table<{
    fund_year: number;
    area: string;
    class: EnrolmentClass;
    count: number;
    persons: string;
    because: Reasons;
  }>;
  premium_recognition: View<{
    fund_year: number;
    area: string;
    recognition: PremiumRecognition;
    holds_advance: boolean; // the opening holds what was received in advance
  }>;
  held_advance: View<{
    fund_year: number;
    area: string;
    by_person: boolean;
    amount: string;
  }>;
  /** A waiting row, judged by itself. */
  judged_payment: View<
    Pick<
      ResidentPayment,
      | ('fund_year' | 'file' | 'line' | 'receipt' | 'person' | 'area' | 'amount')
      | ('paid_instant' | 'paid_on' | 'kind' | 'original_receipt')
    > & { place: string; group: Group | null; group_aid: string | null; own_reason: string | null; malformed: boolean }
  >;
  area_by_person: View<{
    fund_year: number;
    area: string;
    by_person: boolean;
  }>;
}
