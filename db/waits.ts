/**
 * What waits for people without a task of a workflow: a year for its first files, a matter for two people or for the second of them.
 * Nobody may hold an office in that year yet, so whoever holds it in any open live year is asked.
 */
import { daysAfter, daysBetween } from '../rules/calendar-day';
import { JOINT_OFFICES } from '../rules/decisions';
import { type JointMatter, matterNamed } from '../rules/keys';
import type { Role } from '../rules/vocabulary';
import type { Queryable } from './connect';
import { select } from './rows';

interface Person {
  operator: string;
  name: string;
}
export interface Wait {
  name: string; // of the matter, or of the files
  fund_year: number | null; // null: of no year
  /** Null: the first files of a year. */
  matter: JointMatter | null;
  role: Role;
  since: string; // RFC 3339
  due_on: string;
  overdue: boolean;
  days_over: number;
  signed: Person[];
  /** Of the first who signed; null where nobody has. */
  reason: string | null;
  operators: Person[]; // who may act
}

/** When what waits is due; the dates of the law are not known here. */
interface WaitDates {
  today: string; // in China
  /** The day by which a year has its first files. */
  filesDueOn: (year: number) => string;
  /** Days in which a proposed operator is appointed. */
  daysToAppoint: number;
}

interface Row {
  name: string;
  fund_year: number | null;
  since: string;
  since_day: string;
  lapses_on: string | null;
  signed: Person[];
  reason: string | null;
}

/** Everything of the open live years, the earliest deadline first. */
export async function openWaits(db: Queryable, dates: WaitDates): Promise<Wait[]> {
  const rows = await select<Row>(
    db,
    `select w.name, w.fund_year, to_char(w.since, 'YYYY-MM-DD"T"HH24:MI:SSTZH:TZM') as since,
       to_char(w.since at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as since_day,
       to_char(w.lapses_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as lapses_on, w.reason,
       coalesce((select jsonb_agg(jsonb_build_object('operator', s.operator, 'name', fund.name_of(s.operator)) order by s.place)
                 from unnest(w.signed_by) with ordinality as s (operator, place)), '[]') as signed
     from (
       select matter as name, fund_year, since, lapses_at, signed_by, reason from fund.waiting_matters()
       union all
       select 'first-files/' || y.year, y.year, coalesce(y.begun_at, now()), null, '{}', null from fund.fund_year y
       where y.mode = 'live' and y.status = 'open' and not exists (select from fund.area a where a.fund_year = y.year)
     ) w`,
  );
  const holders = await holdersOf(db);
  return rows
    .flatMap((row) => waitOf(row, holders, dates))
    .sort((a, b) => (a.due_on + a.name < b.due_on + b.name ? -1 : 1));
}

type Holder = Person & { role: Role };

const holdersOf = (db: Queryable): Promise<Holder[]> =>
  select<Holder>(
    db,
    `select distinct on (h.operator collate "C", h.role) h.operator, h.name, h.role
     from fund.office_holder h join fund.fund_year y on y.year = h.fund_year and y.mode = 'live' and y.status = 'open'
     where h.area is null order by h.operator collate "C", h.role, h.fund_year desc`,
  );

function waitOf(row: Row, holders: readonly Holder[], { today, filesDueOn, daysToAppoint }: WaitDates): Wait[] {
  const { name, fund_year, since, since_day, lapses_on, signed, reason } = row;
  const isOfFiles = name.startsWith('first-files/');
  const matter = isOfFiles ? null : matterNamed(name);
  if (matter === null && !isOfFiles) return [];
  const role = matter === null ? 'region_security' : JOINT_OFFICES[matter.what];
  const due_on =
    lapses_on ?? (isOfFiles && fund_year !== null ? filesDueOn(fund_year) : daysAfter(since_day, daysToAppoint));
  const overdue = due_on < today;
  const operators = holders.filter(
    (holder) => holder.role === role && !signed.some(({ operator }) => operator === holder.operator),
  );
  return [
    {
      ...{ name, fund_year, matter, role, since, due_on, overdue, signed, reason },
      days_over: overdue ? daysBetween(due_on, today) : 0,
      operators: operators.map(({ operator, name: called }) => ({ operator, name: called })),
    },
  ];
}
