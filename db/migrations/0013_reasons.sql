-- The reason of what had none of its own yet: of a finding, of an item of a budget in force, of an entry of the books.
-- Rows of an older year keep an empty one.
alter table fund.finding add column because jsonb not null default '{}';
alter table fund.budget_item add column because jsonb not null default '{}';
alter table fund.journal_entry add column because jsonb not null default '{}';
