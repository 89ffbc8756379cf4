/** Which of two texts holds: A(2) 31 December, B(7) the end of February. */
import { lastDayToPay } from '../../rules/collection-window';

// prettier-ignore
test.each<[why: string, windowEnd: string, extension: string | null, lastDay: string]>([
  ['A(2) alone: 31 December', '2027-12-31', null, '2027-12-31'],
  ['an area’s own earlier end, no decision', '2027-12-20', null, '2027-12-20'],
  ['a decision to the end of February, as B(7) once did', '2027-12-31', '2028-02-29', '2028-02-29'],
  ['a decision to an earlier day', '2027-12-31', '2028-01-31', '2028-01-31'],
  ['a general decision lengthens an area’s own window, too (READINGS 18)', '2027-12-20', '2028-01-31', '2028-01-31'],
])('%s', (_, windowEnd, extension, lastDay) => {
  expect(lastDayToPay({ windowEnd, extension })).toBe(lastDay);
});
