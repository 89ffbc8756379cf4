-- 导入人: by which way an import came, and who brought it where somebody did: on the desk, signed over the SHA-256 of every file.
alter table fund.import_report
  add column channel    text check (channel in ('desk', 'command', 'inbox')), -- null: from before this was kept
  add column operator   text,
  add column proof      text references fund.proof,
  add column only_check boolean not null default false;                       -- nothing was taken
update fund.import_report set channel = 'desk', operator = split_part(key, '/', 2) where key like 'desk/%';
alter table fund.import_report
  add constraint desk_names_operator check (channel is distinct from 'desk' or operator is not null),
  add constraint proof_names_operator check (proof is null or operator is not null);
