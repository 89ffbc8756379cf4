/** Counts for a monitor: tasks that wait for persons, overdue ones, fund years by status. */
import type { Queryable } from './connect';
import { select } from './rows';

export interface Gauge {
  name: string;
  help: string;
  samples: { labels: Record<string, string>; value: string }[];
}

/** Of each chain only the first open link waits. It is late from the day after its date, and only in a live year. */
const TASKS = `
  select t.fund_year::text as year, t.role, count(*) as open,
    count(*) filter (where y.mode = 'live' and t.due_on < current_date) as overdue
  from (select distinct on (chain) chain, fund_year, role, due_on from fund.task where state = 'open' order by chain, position) t
  join fund.fund_year y on y.year = t.fund_year
  group by t.fund_year, t.role order by t.fund_year, t.role`;

/** Cheap: open tasks are few and indexed. The sessions of `db` must be on Beijing time, as `connect` sets them. */
export async function fundGauges(db: Queryable): Promise<Gauge[]> {
  const tasks = await select<{ year: string; role: string; open: string; overdue: string }>(db, TASKS);
  const years = await select<{ mode: string; status: string; count: string }>(
    db,
    'select mode, status, count(*) as count from fund.fund_year group by mode, status order by mode, status',
  );
  const perRole = (pick: 'open' | 'overdue') =>
    tasks.map(({ year, role, ...counts }) => ({ labels: { fund_year: year, role }, value: counts[pick] }));
  return [
    { name: 'fund_open_tasks', help: 'Tasks that wait for a person now.', samples: perRole('open') },
    { name: 'fund_overdue_tasks', help: 'Of these, past their date (live years).', samples: perRole('overdue') },
    {
      name: 'fund_years',
      help: 'Fund years by mode and status.',
      samples: years.map(({ mode, status, count }) => ({ labels: { mode, status }, value: count })),
    },
  ];
}
