/** Patients with a heavy burden: who was flagged, and what was counted by month. */
import type { BurdenClass } from '../../rules/vocabulary';
import type { Reasons, Table, View } from './table';

export interface MonitoringTables {
  burden_flag: Table<
    {
      id: string;
      fund_year: number;
      person: string;
      area: string;
      month: number;
      class: BurdenClass;
      self_paid: string;
      threshold: string;
      withdrawn: boolean;
    },
    'id' | 'withdrawn'
  >;
  monitoring_reckoned: Table<
    {
      fund_year: number;
      area: string;
      month: number;
      class: BurdenClass;
      persons: string;
      flagged: string;
      flagged_to_date: string;
      answered: string;
      recognised: string;
      help: string;
      overdue: string;
      reckoning: number;
      because: Reasons;
    },
    'reckoning'
  >;
  monitoring: View<{
    fund_year: number;
    area: string;
    month: number;
    class: BurdenClass;
    persons: string;
    flagged: string;
    flagged_to_date: string;
    answered: string;
    recognised: string;
    help: string;
    overdue: string;
    reckoning: number;
    because: Reasons;
  }>;
}
