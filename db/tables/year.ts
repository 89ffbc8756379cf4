/** The fund year, what was done in it and by whom, and the values of law it opened with. */
import type { Role, Scheme } from '../../rules/vocabulary';
import type { ParameterValue } from '../../parameters';
import type { Reasons, Table, View } from './table';

export interface YearTables {
  fund_year: Table<
    {
      year: number;
      mode: 'run' | 'live';
      status: 'open' | 'closed' | 'abandoned';
      workflow_id: string | null; // the cycle; null: none has begun
      first_run_id: string | null;
      simulation: boolean | null;
      closed_on: string | null;
      abandoned_on: string | null;
      begun_at: string | null;
      shown_waits: string | null; // what waits for two people, as the page of the year shows it
      imported_at: string | null; // the last import
      told_at: string | null; // the last import that all workflows know of
    },
    'status' | 'begun_at'
  >;
  freeze: Table<
    {
      fund_year: number;
      from_day: string;
      until_day: string;
      reason: string;
      made_at: string;
      lifted_at: string | null;
    },
    'made_at'
  >;
  skipped_step: Table<{
    fund_year: number;
    step: string;
    scheme: Scheme;
    reason: string;
  }>;
  parameter_in_force: Table<{
    fund_year: number;
    name: string;
    value: ParameterValue;
    from: string;
    source: string;
    assumed: boolean;
    until: string | null; // null: open-ended
  }>;
  act: Table<
    {
      key: string;
      input_hash: string;
      input: object;
      receipt: object | null;
      done_at: string;
    },
    'done_at'
  >;
  task: Table<
    {
      fund_year: number;
      task: string;
      chain: string;
      position: number;
      workflow_id: string;
      kind: 'submit' | 'approve' | 'accept_finding' | 'record_method' | 'report' | 'import';
      role: Role;
      area: string | null; // whose office; null: of the region
      subject: string;
      figures_hash: string;
      due_on: string;
      state: 'open' | 'done' | 'void';
      figures: object | null;
      of_area: string | null; // what it is about
      of_scheme: Scheme | null;
      opened_at: string;
    },
    'state' | 'opened_at'
  >;
  decision: Table<
    {
      fund_year: number;
      task: string;
      chain: string;
      operator: string;
      decision: 'submit' | 'approve' | 'return' | 'accept' | 'record';
      version: number | null;
      document: string | null;
      figures_hash: string;
      business_date: string;
      decided_at: string;
      note: string | null;
      proof: string | null; // null: of a simulated year, or from before acts were signed
      rows_hash: string | null; // of a submitted version of a budget; null: of anything else, or from before rows were signed
    },
    'decided_at'
  >;
  reopened_chain: Table<
    {
      fund_year: number;
      voided: string;
      chain: string | null; // null: nothing is left to ask
      why: string;
      receipt: object | null;
      made_xid: string;
      reopened_at: string;
    },
    'made_xid' | 'reopened_at'
  >;
  finding: Table<
    {
      fund_year: number;
      code: string;
      area: string;
      scheme: Scheme | null; // null: of neither alone
      month: number | null; // null: of the whole year
      subject: string;
      figure: string;
      text: string;
      because: Reasons;
      reckoning: number;
    },
    'subject' | 'because' | 'reckoning'
  >;
  current_finding: View<{
    fund_year: number;
    code: string;
    area: string;
    scheme: Scheme | null;
    month: number | null;
    subject: string;
    figure: string;
    text: string;
    because: Reasons;
    reckoning: number;
  }>;
  import_report: Table<
    {
      key: string;
      fund_year: number;
      receipt: object | null;
      faults: object | null;
      noted_at: string;
      channel: 'desk' | 'command' | 'inbox' | null;
      operator: string | null;
      proof: string | null;
      only_check: boolean;
    },
    'noted_at' | 'only_check'
  >;
  alert: Table<{
    key: string;
    since: string;
    fund_year: number | null;
    problem: string;
    remedy: string;
    last_told: string | null;
    solved_at: string | null;
  }>;
  notice: Table<
    {
      task: string;
      office: string;
      kind: 'waits' | 'due_soon' | 'overdue' | 'escalated' | 'voided';
      told_at: string;
    },
    'told_at'
  >;
  archived_table: Table<
    {
      fund_year: number;
      name: string;
      columns: string;
      rows: string;
      sha256: string;
      folder: string;
      archived_by: string;
      archived_at: string;
      login: string;
      restored_by: string | null;
      restored_at: string | null;
    },
    'archived_at' | 'login'
  >;
}
