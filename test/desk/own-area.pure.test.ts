/** An explanation for a person of one area: places of other areas are left out, sums of the whole region stay. */
import { ofOwnArea } from '../../desk/own-area';
import type { Node } from '../../explain/tree';

const AREAS = new Set(['150100', '150200', '150300']);
const stated = (name: string, value: string): Node => ({ name, zh: name, value, from: { kind: 'stated', text: '' } });
const figure = (key: Record<string, string>, inputs: Node[]): Node => ({
  ...{ name: 'levy', zh: '上解额', value: '1.00' },
  from: { kind: 'figure', figure: 'levy.levy', key, article: 'A(六)', quotes: [], formula: 'min(levies)', inputs },
});
const list: Node = {
  ...{ name: 'levies', zh: '各统筹区上解', value: ['1.00', '2.00', '3.00'] },
  from: { kind: 'list', places: [stated('150100', '1.00'), stated('150200', '2.00'), stated('150300', '3.00')] },
};
const whole = figure({ area: '150100' }, [list, figure({ area: '150200' }, []), stated('room', '9.00')]);

test('lists keep the own place, and say how many others there are; their values go as well', () => {
  const { from } = ofOwnArea(whole, '150100', AREAS);
  expect(from).toMatchObject({
    inputs: [
      { zh: '各统筹区上解，另有其他统筹区 2 项', value: ['1.00'], from: { places: [{ name: '150100' }] } },
      { name: 'room', value: '9.00' },
    ],
  });
  expect(JSON.stringify(ofOwnArea(whole, '150100', AREAS))).not.toMatch(/150200|150300|2\.00|3\.00/);
});

test('lines of files of other areas are left out, at any depth', () => {
  const rows: Node = {
    ...{ name: 'rows', zh: '行', value: '3.00' },
    from: {
      ...{ kind: 'rows', file: 'actuals.csv', of: {}, column: 'amount', count: '2', sum: '3.00' },
      lines: [
        { file: 'actuals.csv', line: 2, value: '1.00', cells: { area: '150100' } },
        { file: 'actuals.csv', line: 3, value: '2.00', cells: { area: '150200' } },
      ],
    },
  };
  const own = ofOwnArea(figure({ area: '150100' }, [rows]), '150100', AREAS);
  expect(JSON.stringify(own)).not.toContain('150200');
  expect(JSON.stringify(own)).toContain('"sum":"3.00"');
});

test('the region sees all', () => {
  expect(ofOwnArea(whole, null, AREAS)).toBe(whole);
});
