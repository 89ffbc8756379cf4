/** An act from the form of the Temporal UI, where anything can be typed: each field is judged, in words that name it. */
import { flawOfFields } from '../../workflows/act-fields';

const GOOD = { task: 'chain/1-area_finance', operator: 'fin-150100', decision: 'approve', figuresHash: 'f00d' };

// prettier-ignore
test.each([
  ['an act',                     GOOD],
  ['with all its fields',        { ...GOOD, version: 2, document: '呼政函〔2036〕9号', note: '第一行\n第二行' }],
  ['with fields left empty',     { ...GOOD, version: null, document: null, note: undefined }],
  ['with more than is asked',    { ...GOOD, workflow_id: 'fund-year-2028', businessDate: '2028-01-01' }],
  ['with a rare character',      { ...GOOD, note: '𠮷' }],
])('%s is taken', (_what, given) => {
  expect(flawOfFields(given)).toBeNull();
});

// prettier-ignore
test.each([
  ['no input',                undefined,                                 /须填写办理内容.*"task"/],
  ['null',                    null,                                      /须填写办理内容/],
  ['a text',                  'approve',                                 /须填写办理内容/],
  ['a list',                  [GOOD],                                    /须填写办理内容/],
  ['nothing in it',           {},                                        /task（事项）：没有填写.*operator.*decision.*figuresHash/],
  ['no hash',                 { ...GOOD, figuresHash: undefined },       /^figuresHash（.*tasks --json）：没有填写/],
  ['a hash of null',          { ...GOOD, figuresHash: null },            /^figuresHash（.*）：没有填写/],
  ['a hash that is a number', { ...GOOD, figuresHash: 7 },               /^figuresHash（.*）：应为文本，加引号；收到 7/],
  ['a document of JSON',      { ...GOOD, document: { a: 1 } },           /^document（文号）：应为文本，加引号；收到 \{"a":1\}/],
  ['a document of numbers',   { ...GOOD, document: 2036 },               /^document（文号）：应为文本/],
  ['NUL in a document',       { ...GOOD, document: '呼政函\u0000' },      /^document（文号）：含不可见的控制字符/],
  ['NUL in a note',           { ...GOOD, note: 'a\u0000' },              /^note（.*）：含不可见的控制字符/],
  ['half a character',        { ...GOOD, note: '\ud800' },               /^note（.*）：含不可见的控制字符/],
  ['ESC in a person',         { ...GOOD, operator: '\u001b[2J' },        /^operator（工号）：含不可见的控制字符/],
  ['a line break in a document', { ...GOOD, document: '呼\n函' },         /^document/],
  ['a blank person',          { ...GOOD, operator: ' ' },                /^operator（工号）：不能为空/],
  ['a person of a list',      { ...GOOD, operator: ['fin-150100'] },     /^operator（工号）：应为文本/],
  ['a version as text',       { ...GOOD, version: '2' },                 /^version（版本）：应为正整数，不加引号；收到 "2"/],
  ['half a version',          { ...GOOD, version: 1.5 },                 /^version（版本）：应为正整数/],
  ['version 0',               { ...GOOD, version: 0 },                   /^version/],
  ['a huge version',          { ...GOOD, version: 3e9 },                 /^version/],
  ['inherited fields',        Object.create(GOOD) as object,             /task（事项）：没有填写/],
  ['two wrong fields',        { ...GOOD, version: {}, note: true },      /^version（版本）：.*；note（原因或说明）：/],
])('%s is refused in words', (_what, given, words) => {
  expect(flawOfFields(given)).toMatch(words);
});
