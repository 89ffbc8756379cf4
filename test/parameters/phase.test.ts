/** From which fund year on a scheme's adjustment fund works (A 三). */
import { isInPhase, startYearName } from '../../parameters/phase';
import { lawWith } from '../figures/laws';

test.each([
  [2026, '2027', false],
  [2027, '2027', true],
  [2028, '2027', true],
])('%i, starting in %s: %s', (year, start, inPhase) => {
  expect(isInPhase(year, start)).toBe(inPhase);
});

test('the start year of each scheme is a value of law', () => {
  const law = lawWith(2028);
  expect(law.text(startYearName('employee'))).toMatch(/^\d{4}$/);
  expect(law.text(startYearName('resident'))).toMatch(/^\d{4}$/);
});
