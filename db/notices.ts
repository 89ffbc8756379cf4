/** 通知: what offices are told about tasks that wait for them. */
import type { Role } from '../rules/vocabulary';
import type { Transaction } from './connect';
import { insertRows, select } from './rows';

/** How many days before its deadline an office is reminded, and how many after it the next level is told. */
const DAYS = { before: 3, after: 3 };

export type NoticeKind = 'waits' | 'due_soon' | 'overdue' | 'escalated';
/** Something that an office has not been told yet. */
export interface Notice {
  office: string; // region_finance, or area_finance/150400
  kind: NoticeKind;
  task: string;
  fund_year: number;
  subject: string;
  role: Role; // whose task it is
  area: string | null;
  due_on: string;
}

/**
 * What is to be told on a date about the tasks of live years, to the offices that can be reached: the newest of what applies to a
 * task, so that nobody is told today that a task waits, comes due and is overdue.
 */
export const pendingOfficeNotices = (trx: Transaction, offices: readonly string[], today: string): Promise<Notice[]> =>
  select<Notice>(
    trx,
    `with waiting as (
       select distinct on (chain) t.* from fund.task t join fund.fund_year y on y.year = t.fund_year and y.mode = 'live' and y.status = 'open'
       where t.state = 'open' order by chain, position),
     due as (
       select w.task, w.fund_year, w.subject, w.role, w.area, w.due_on, concat_ws('/', w.role, w.area) as office,
         case when w.due_on < :today::date then 'overdue' when w.due_on <= :today::date + ${DAYS.before} then 'due_soon' else 'waits' end as kind
       from waiting w
       union all
       select w.task, w.fund_year, w.subject, w.role, w.area, w.due_on,
         case when w.area is not null then 'region_security' else 'region_government' end, 'escalated'
       from waiting w where w.due_on < :today::date - ${DAYS.after} and w.role <> 'region_government')
     select d.office, d.kind, d.task, d.fund_year, d.subject, d.role, d.area, d.due_on from due d
     where d.office = any (:offices)
       and not exists (select from fund.notice n where (n.task, n.office, n.kind) = (d.task, d.office, d.kind))
     order by d.office, d.due_on, d.task collate "C"`,
    { offices, today },
  );

export const markTold = (trx: Transaction, notices: readonly Notice[]): Promise<void> =>
  insertRows(
    trx,
    'notice',
    notices.map(({ task, office, kind }) => ({ task, office, kind })),
  );
