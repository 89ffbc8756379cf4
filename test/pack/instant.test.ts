/** Times of payment: exact instants, and dates in China. */
import fc from 'fast-check';
import { readInstant } from '../../pack/instant';

// prettier-ignore
const cases: [why: string, time: string, instant: string, date: string][] = [
  ['the epoch', '1970-01-01T00:00:00Z', '0', '1970-01-01'],
  ['midnight in China', '2026-12-31T16:00:00Z', '1798732800', '2027-01-01'],
  ['the second before', '2026-12-31T15:59:59Z', '1798732799', '2026-12-31'],
  ['a hair before midnight is the day before', '2026-12-31T15:59:59.999999999999999999Z', '1798732799.999999999999999999', '2026-12-31'],
  ['an offset to the west', '2026-10-01T04:00:00.5-05:30', '1790847000.5', '2026-10-01'],
  ['a fraction loses its zeros alone', '2026-10-01T10:00:00.500+08:00', '1790820000.5', '2026-10-01'],
  ['before 1970 the fraction still runs forward', '1969-12-31T23:59:59.25Z', '-0.75', '1970-01-01'],
  ['long before 1970', '1900-02-28T23:00:00Z', '-2203894800', '1900-03-01'],
  ['a leap day', '2028-02-29T00:00:00+08:00', '1835366400', '2028-02-29'],
  ['small letters', '2026-10-01t02:00:00z', '1790820000', '2026-10-01'],
  ['an unknown local offset', '2026-10-01T02:00:00-00:00', '1790820000', '2026-10-01'],
];
for (const [why, time, paid_instant, paid_on] of cases) {
  test(`instant: ${why}`, () => expect(readInstant(time)).toEqual({ paid_instant, paid_on }));
}

test.each([
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:00:00Z',
  '2026-1-1T00:00:00Z',
  '2026-10-01T00:00:00+24:00',
  '',
])('not accepted: “%s”', (time) => expect(readInstant(time)).toBeNull());

test('instants agree with JavaScript’s Date wherever that is exact', () => {
  const times = fc.date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(times, (time) => {
      const instant = readInstant(time.toISOString());
      const inChina = new Date(time.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
      expect(instant?.paid_on).toBe(inChina);
      expect(Number(instant?.paid_instant) * 1000).toBeCloseTo(time.getTime(), 0);
    }),
  );
});
