/** The input of a start from the form of the Temporal UI: what was typed by mistake is refused in words, and nothing begins. */
import { flawOfStart } from '../../workflows/year-fields';

const FIELDS = ['year', 'confirm'];

// prettier-ignore
test.each([
  ['nothing in it',     {}],
  ['a year',            { year: 2028 }],
  ['a year confirmed',  { year: 2035, confirm: 2035 }],
  ['fields left empty', { year: null, confirm: undefined }],
])('%s is taken', (_what, given) => {
  expect(flawOfStart(given, FIELDS)).toBeNull();
});

// prettier-ignore
test.each([
  ['null',                null,                           /应填写一个 JSON 对象，如 \{"year":2028\}；收到 null/],
  ['a bare year',         2028,                           /应填写一个 JSON 对象.*收到 2028/],
  ['a list',              [2028],                         /应填写一个 JSON 对象/],
  ['a quoted year',       { year: '2030' },               /^year 应为四位数字的年度，不加引号，如 2028；收到 "2030"/],
  ['half a year',         { year: 2030.5 },               /^year 应为四位数字的年度/],
  ['a year of two digits', { year: 28 },                  /^year 应为四位数字的年度/],
  ['a quoted confirm',    { year: 2035, confirm: '2035' }, /^confirm 应为四位数字的年度/],
  ['an unknown field',    { jahr: 1 },                    /^没有 "jahr" 这一项，可填 year、confirm/],
  ['two flaws',           { jahr: 1, year: 'x' },         /没有 "jahr" 这一项.*；year 应为四位数字/],
])('%s is refused in words', (_what, given, words) => {
  expect(flawOfStart(given, FIELDS)).toMatch(words);
});

test('a year that is required is missed', () => {
  expect(flawOfStart({}, ['year', 'soFar'], ['year'])).toMatch(/^year 应为四位数字的年度.*收到 null/);
});
