/** The calendar of a cycle (RULES 2). */
import { CALENDAR, calendarOf, fundYearOn, yearsToBegin } from '../../parameters';

test('the calendar of 2027', () => {
  expect(calendarOf(2027)).toEqual({
    year: 2027,
    cycleStart: '2026-09-01',
    budgetStart: '2026-10-01',
    budgetDeadline: '2026-12-31',
    enrolmentWarning: '2026-12-01',
    yearStart: '2027-01-01',
    extensionLatest: '2027-02-28',
    prepayment1: '2027-01-10',
    prepayment2: '2027-04-10',
    executionReport1: '2027-04-25',
    headCount: '2027-06-30',
    prepayment3: '2027-07-10',
    executionReport2: '2027-07-25',
    subsidyArrival: '2027-09-30',
    prepayment4: '2027-10-10',
    prepayments: ['2027-01-10', '2027-04-10', '2027-07-10', '2027-10-10'],
    executionReport3: '2027-10-25',
    adjustmentDeadline: '2027-11-30',
    collectionEnd: '2027-12-31',
    yearEnd: '2027-12-31',
    executionReport4: '2028-01-25',
    finalAccounts: '2028-01-31',
    regionReview: '2028-02-29',
    settlementProposal: '2028-03-31',
    settlementApproval: '2028-04-30',
    closing: '2028-05-31',
  });
});

// The last day of February, of the year itself for an extension, of the next for the region's review.
test.each([
  [2027, '2027-02-28', '2028-02-29'],
  [2028, '2028-02-29', '2029-02-28'],
  [2099, '2099-02-28', '2100-02-28'],
  [2399, '2399-02-28', '2400-02-29'],
])('February of %d and after', (year, extensionLatest, regionReview) => {
  expect(calendarOf(year)).toMatchObject({ extensionLatest, regionReview });
});

test('every date has a source and says whether it is assumed', () => {
  for (const { entries } of Object.values(CALENDAR))
    expect(entries.every(({ source }) => source.length > 3)).toBe(true);
});

// The cycle of a year begins on 1 September of the year before; a start on a date means the last cycle begun by then.
test.each([
  ['2026-08-31', 2026],
  ['2026-09-01', 2027],
  ['2026-11-22', 2027], // by hand, late: the cycle that should be running
  ['2026-12-31', 2027],
  ['2027-01-01', 2027],
  ['2027-08-31', 2027],
  ['2027-09-01', 2028],
])('a start on %s is for fund year %d', (date, year) => {
  expect(fundYearOn(date)).toBe(year);
});

test.each([
  ['2026-05-31', [2025, 2026, 2027]],
  ['2026-06-01', [2026, 2027]],
  ['2026-08-31', [2026, 2027]],
  ['2026-09-01', [2026, 2027, 2028]],
  ['2027-05-31', [2026, 2027, 2028]],
])('on %s the years %j may be begun: those under way and the next', (date, years) => {
  expect(yearsToBegin(date)).toEqual(years);
});
