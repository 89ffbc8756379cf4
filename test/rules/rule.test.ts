/** A rule carries its law; a figure carries its reason. */
import { decimal } from '../../rules/money';
import { type Band, type Source, explain, intermediate, rule } from '../../rules/rule';

const law = { article: 'A(六)“按一定比例筹集”', formula: 'rate * sum(base)' };
const bands: Band[] = [
  ['0.80', '0.10'],
  [null, '0'],
];
const file = (name: string, of: Record<string, string> = {}): Source => ({ rows: name, of });
const parameter: Source = { parameter: 'levy.rate.employee', from: '2027-01-01', source: '办法', assumed: false };

test('a rule is a function with its article and its formula', () => {
  const double = rule({ article: 'A', formula: '2 * x' }, ({ x }: { x: number }) => 2 * x);
  expect(double({ x: 3 })).toBe(6);
  expect([double.article, double.formula]).toEqual(['A', '2 * x']);
});

test('a figure carries its article, its formula and every input with its source', () => {
  const applied = rule(
    law,
    (of: { rate: ReturnType<typeof decimal>; applies: boolean; bands: readonly Band[] }) => of.rate,
  );
  expect(
    explain(applied, {
      rate: { value: decimal('0.0500'), from: parameter },
      applies: { value: true, from: parameter },
      bands: { value: bands, from: parameter },
    }),
  ).toEqual({
    value: decimal('0.05'),
    because: {
      ...law,
      inputs: {
        rate: { value: '0.05', from: parameter },
        applies: { value: true, from: parameter },
        bands: { value: bands, from: parameter },
      },
    },
  });
});

// A copy of all areas in every area's row would grow with the square of areas.
test('a list over all areas is kept only by reference, a list of one area by its values', () => {
  const applied = rule(law, (of: Record<'shares' | 'spent' | 'aids', ReturnType<typeof decimal>[]>) => of.aids.length);
  const value = [decimal('1.00'), decimal('2.50')];
  const figure: Source = { figure: 'levy.levy', of: { scheme: 'employee' } };
  const { because } = explain(applied, {
    shares: { value, from: figure },
    spent: { value, from: file('history.csv', { by: 'area' }) },
    aids: { value, from: file('medical_aid.csv') },
  });
  expect(because.inputs).toEqual({
    shares: { from: figure },
    spent: { from: file('history.csv', { by: 'area' }) },
    aids: { value: ['1', '2.5'], from: file('medical_aid.csv') },
  });
});

test('an intermediate figure, without a column of its own, keeps its value beside its reason', () => {
  const { because, value } = explain(
    rule(law, ({ rate }: { rate: ReturnType<typeof decimal> }) => rate),
    {
      rate: { value: decimal('0.0500'), from: parameter },
    },
  );
  expect(intermediate({ because, value })).toEqual({ ...because, value: '0.05' });
});
