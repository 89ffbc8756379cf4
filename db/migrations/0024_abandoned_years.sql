-- 作废: a live year that was begun by mistake can end before its books open. Nothing of it is deleted, and it takes no more rows
-- (docs/decisions/0019).
alter table fund.fund_year drop constraint fund_year_status_check;
alter table fund.fund_year add constraint fund_year_status_check check (status in ('open', 'closed', 'abandoned'));
alter table fund.fund_year add column abandoned_on date;
alter table fund.fund_year add constraint fund_year_abandoned_on_check check ((status = 'abandoned') = (abandoned_on is not null));
grant update (abandoned_on) on fund.fund_year to fund_worker;

-- Its place is taken by db/functions/abandoned_years.sql.
drop function if exists fund.withdraw_year(int);

-- A signature that nobody has joined within thirty days counts no more: the same person may sign for the matter again.
alter table fund.joint_act drop constraint joint_act_pkey;
alter table fund.joint_act drop constraint joint_act_proof_key;
alter table fund.joint_act add primary key (proof);
create index joint_act_by_matter on fund.joint_act (matter);

-- Since when a year waits for its first files, and an operator for his appointment; null: before this was kept.
alter table fund.fund_year add column begun_at timestamptz;
alter table fund.fund_year alter column begun_at set default now();
alter table fund.operator add column proposed_at timestamptz;

-- What the page of the year's workflow was last told to show of it; null: nothing yet.
alter table fund.fund_year add column shown_waits text;
grant update (shown_waits) on fund.fund_year to fund_worker;

-- Offices get notices of what waits without a task as well, by its name.
alter table fund.notice drop constraint notice_task_fkey;
