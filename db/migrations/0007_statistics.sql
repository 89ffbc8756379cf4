-- Fresh statistics after many rows came or changed: a planner that takes 100,000 rows for none chooses plans that never
-- end.
-- Run as the owner, because only the owner may analyze; it reads and changes no row.
create function fund.refresh_statistics() returns void language plpgsql security definer set search_path = fund as $$
begin
  analyze fund.resident_roll;
  analyze fund.resident_payment;
  analyze fund.full_aid_enrolment;
  analyze fund.collection_term;
end $$;
revoke execute on function fund.refresh_statistics() from public;
grant execute on function fund.refresh_statistics() to fund_worker;
