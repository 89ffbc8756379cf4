/** A few figures of the fund for a monitor: how much waits for persons, what is late, where the years stand. Counts alone. */
import type { Queryable } from './connect';
import { select } from './rows';

export interface Gauge {
  name: string;
  help: string;
  samples: { labels: Record<string, string>; value: string }[];
}

/** One link of a chain waits at a time; it is late on the day after its date, which only a live year can be. */
const TASKS = `
  select t.fund_year::text as year, t.role, count(*) as open,
    count(*) filter (where y.mode = 'live' and t.due_on < current_date) as overdue
  from (select distinct on (chain) chain, fund_year, role, due_on from fund.task where state = 'open' order by chain, position) t
  join fund.fund_year y on y.year = t.fund_year
  group by t.fund_year, t.role order by t.fund_year, t.role`;

/** Cheap: open tasks are few, and found by index. `db` acts as reader or worker, its sessions on Beijing time. */
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
