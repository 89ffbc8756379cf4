/** 通知: notices to offices about the tasks that wait for them. */
import type { Role } from '../rules/vocabulary';
import type { Transaction } from './connect';
import { insertRows, select } from './rows';

/** The office is reminded this many days before the deadline, and the next level is notified this many days after it. */
const DAYS = { before: 3, after: 3 };

export type NoticeKind = 'waits' | 'due_soon' | 'overdue' | 'escalated' | 'voided';
/** A notice that is still to be sent to an office. */
export interface Notice {
  office: string; // region_finance, or area_finance/150400
  kind: NoticeKind;
  task: string;
  fund_year: number | null; // null: of no year
  subject: string;
  role: Role; // whose task it is
  area: string | null;
  due_on: string;
  /** What has changed, where it asks anew, or where what the office has approved counts no more. */
  why: string | null;
}

/** What waits without a task of a workflow (db/waits.ts), named where a task is. */
type WaitingBeside = Pick<Notice, 'task' | 'fund_year' | 'subject' | 'role' | 'due_on'>;

/**
 * The notices due on a date for the tasks of live years and for what waits beside them, to offices with a channel. A task gives an
 * office one notice at a time: an overdue task is not also announced as waiting and as due soon.
 */
export const pendingOfficeNotices = (
  trx: Transaction,
  offices: readonly string[],
  beside: readonly WaitingBeside[],
  today: string,
): Promise<Notice[]> =>
  select<Notice>(
    trx,
    `with first_links as (
       select distinct on (t.chain) t.task, t.fund_year, t.subject, t.role, t.area, t.due_on, r.why
       from fund.task t join fund.fund_year y on y.year = t.fund_year and y.mode = 'live' and y.status = 'open'
       left join fund.reopened_chain r on r.chain = t.chain
       where t.state = 'open' order by t.chain, t.position),
     waiting as (
       select * from first_links
       union all
       select task, fund_year, subject, role, null, due_on, null
       from jsonb_to_recordset(:beside::jsonb) as b (task text, fund_year int, subject text, role text, due_on date)),
     due as (
       select w.task, w.fund_year, w.subject, w.role, w.area, w.due_on, concat_ws('/', w.role, w.area) as office, w.why,
         case when w.due_on < :today::date then 'overdue' when w.due_on <= :today::date + ${DAYS.before} then 'due_soon' else 'waits' end as kind
       from waiting w
       union all
       select w.task, w.fund_year, w.subject, w.role, w.area, w.due_on,
         case when w.area is not null then 'region_security' else 'region_government' end, null, 'escalated'
       from waiting w where w.due_on < :today::date - ${DAYS.after} and w.role <> 'region_government'
       union all
       select t.task, t.fund_year, t.subject, t.role, t.area, t.due_on, concat_ws('/', t.role, t.area), r.why, 'voided'
       from fund.reopened_chain r join fund.fund_year y on y.year = r.fund_year and y.mode = 'live' and y.status = 'open'
       join fund.task t on t.chain = r.voided join fund.decision using (task))
     select d.office, d.kind, d.task, d.fund_year, d.subject, d.role, d.area, d.due_on, d.why from due d
     where d.office = any (:offices)
       and not exists (select from fund.notice n where (n.task, n.office, n.kind) = (d.task, d.office, d.kind))
     order by d.office, d.due_on, d.task collate "C"`,
    { offices, beside: JSON.stringify(beside), today },
  );

/** Notes that they were sent, so that they are not sent twice. */
export const recordNotices = (trx: Transaction, notices: readonly Notice[]): Promise<void> =>
  insertRows(
    trx,
    'notice',
    notices.map(({ task, office, kind }) => ({ task, office, kind })),
  );
