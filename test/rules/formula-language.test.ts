/** The language of formulas: one list of functions, which the parser, the explanations and the tests' evaluator share. */
import { workingsOf } from '../../explain/workings';
import { FUNCTIONS, functionNamed, takesBands } from '../../rules/formula-language';
import { evaluate, quantity } from './evaluate';

test('a formula that uses a function of mathjs which is not in the language is refused', () => {
  expect(() => evaluate('sqrt(amount)', { amount: '4' })).toThrow('sqrt is not a function of the language of formulas');
});

test.each(['clamp(a, b)', 'floor(a, b)', 'last()'])('%s has the wrong number of arguments', (formula) => {
  expect(() => evaluate(formula, { a: '1', b: '2' })).toThrow(/ takes /);
});

test('every function has a Chinese wording of its own; only an empty cell has two names', () => {
  const wordings = Object.values(FUNCTIONS).map(({ zh }) => zh);
  expect(wordings.filter((zh, at) => wordings.indexOf(zh) !== at)).toEqual(['为空']);
});

test('the functions of bands', () => {
  expect(Object.keys(FUNCTIONS).filter(takesBands)).toEqual(['atMost', 'atLeast', 'last']);
});

test('a name that objects inherit is not a function', () => {
  expect(functionNamed('toString')).toBeUndefined();
});

// Each function that explanations compute, against the evaluator of the tests.
// prettier-ignore
test.each<[formula: string, inputs: Record<string, string | string[] | boolean[]>]>([
  ['max(a, b)',               { a: '1.50', b: '2.50' }],
  ['min(a, b)',               { a: '1.50', b: '2.50' }],
  ['abs(a)',                  { a: '-1.50' }],
  ['round(a)',                { a: '-1.005' }],
  ['round(a, 4)',             { a: '1.00005' }],
  ['floor(a)',                { a: '-1.001' }],
  ['ceil(a)',                 { a: '1.001' }],
  ['clamp(a, -b, b)',         { a: '-3.25', b: '2.50' }],
  ['meanGrowth(a, b, c)',     { a: '0', b: '8', c: '10' }],
  ['sum(a)',                  { a: ['1.50', '-2.50'] }],
  ['sum(positive(a))',        { a: ['1.50', '-2.50'] }],
  ['count(a)',                { a: [true, false, true] }],
  ['at(a, 2)',                { a: ['1.50', '-2.50'] }],
  ['worst(a, b)',             { a: 'yellow', b: 'orange' }],
  ['isBlank(a)',              { a: ' ' }],
  ['isBlank(a)',              { a: '\u200b' }],
  ['isBlank(a)',              { a: '—' }],
  ['isBlank(a)',              { a: '5' }],
  ['isNull(a)',               { a: ' ' }],
  ['equalText(a, b)',         { a: 'red', b: 'red' }],
  ['sum(map(a, each(x) = 2 * x))', { a: ['1.50', '-2.50'] }],
])('%s is computed as the tests compute it', (formula, inputs) => {
  const given = Object.entries(inputs).map(([name, value]) => ({ name, value }));
  const step = workingsOf(`found = ${formula}\nfound`, given).find(({ formula: shown }) => shown === formula);
  expect(quantity(step?.value)?.toString()).toBe(evaluate(formula, inputs)?.toString());
});
