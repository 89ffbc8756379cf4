-- A document number (文号) or a reason is text with a letter or a digit in it. Rows of before stay as they are (not valid).

-- Whether anything stands in a text besides blanks, signs, marks and characters without a shape. The ranges are written out
-- because the classes of regular expressions ([[:alnum:]]) depend on the locale of the database. What they leave out has a
-- letter or a digit in it, or is a sign so rare that the commands alone refuse it (rules/text.ts).
create function fund.says_something(words text) returns boolean language sql immutable as $$
  select words ~ ('[^'
    || '\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7'
    || '\u02c2-\u02c5\u02d2-\u02df\u0300-\u036f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u1680\u17b4\u17b5\u180a-\u180f'
    || '\u2000-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20ff\u2190-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff'
    || '\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020\u302a-\u3030\u303d-\u3040\u3099-\u309c\u30a0\u30fb\u3164'
    || '\ud800-\uf8ff\ufe00-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffa0\uffe0-\uffff'
    || '\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a'
    || '\U0001f000-\U0001f0ff\U0001f10d-\U0001fbef\U000e0000-\U000e0fff\U000f0000-\U0010ffff'
    || ']')
$$;

alter table fund.emergency_request add constraint document_says_something check (fund.says_something(document)) not valid;
alter table fund.collection_extension add constraint document_says_something check (fund.says_something(document)) not valid;
-- An empty number is none: most approvals need none.
alter table fund.decision add constraint document_says_something
  check (document = '' or fund.says_something(document)) not valid;
alter table fund.decision add constraint reason_says_something
  check (decision <> 'return' or fund.says_something(note)) not valid;
alter table fund.correction add constraint reason_says_something check (fund.says_something(reason)) not valid;
alter table fund.parameter_override add constraint source_says_something check (fund.says_something(source)) not valid;
