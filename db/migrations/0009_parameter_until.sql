-- 有效期至: until when a value of law holds by its own document; null until another value takes its place.
alter table fund.parameter_in_force add column until date check (until >= "from");
