/** The subsidy of an area by level of government (RULES 5), and the differences that are findings. */
import { type SubsidyFacts, arrivalFindings, headsFindings, missingFindings, subsidyRows } from '../../figures/subsidy';
import { decimal, yuanText, zero } from '../../rules/money';
import type { SubsidyLevel } from '../../rules/vocabulary';
import { lawWith } from './laws';

const OF = { year: 2028, arrivedBy: '2028-09-30' };
/** 100 yuan a head, 80 % central; of the rest 50 % the region, of what is left the league its share. */
const LAW = lawWith(2028, { 'subsidy.standard.2028': '100', 'subsidy.central': '0.80', 'subsidy.region.2': '0.50' });
const banner = (code: string, heads: string, league_share: string) => ({
  banner: code,
  heads: decimal(heads),
  league_share: decimal(league_share),
});
const facts = (
  banners: SubsidyFacts['banners'],
  arrived: Partial<Record<SubsidyLevel, string>> = {},
): SubsidyFacts => ({
  area: '150100',
  subsidyClass: 2,
  banners,
  arrivals: (level) => {
    const amount = decimal(arrived[level] ?? '0');
    return { arrived: amount, inTime: amount };
  },
});
const rows = (of: SubsidyFacts) => subsidyRows(of, LAW, OF);

test('without banners the league bears all that is left', () => {
  expect(rows(facts([banner('', '10', '1')])).map(({ level, due }) => [level, yuanText(due.value)])).toEqual([
    ['central', '800.00'],
    ['region', '100.00'],
    ['league', '100.00'],
  ]);
});

test('banner by banner: the upper levels once for the area, each banner for itself', () => {
  const found = rows(facts([banner('A', '10', '0.40'), banner('B', '20', '0.50')]));
  expect(found.map(({ level, banner, due }) => [level, banner, yuanText(due.value)])).toEqual([
    ['central', '', '2400.00'],
    ['region', '', '300.00'],
    ['league', '', '140.00'], // 40.00 of A, 100.00 of B
    ['banner', 'A', '60.00'],
    ['banner', 'B', '100.00'],
  ]);
  expect(found[3]!.due.because.inputs.heads?.from).toMatchObject({ of: { banner: ['A'] } });
});

// arrived of the central 800.00, missing, settlement
test.each([
  ['0.00', '800.00', '800.00'],
  ['799.99', '0.01', '0.01'],
  ['800.00', '0.00', '0.00'],
  ['800.01', '0.00', '-0.01'], // too much: nothing is missing, something is returned
])('central: %s arrived, %s missing, settlement %s', (central, missing, settlement) => {
  const [row] = rows(facts([banner('', '10', '1')], { central }));
  expect([yuanText(row!.missing.value), yuanText(row!.settlement.value)]).toEqual([missing, settlement]);
});

test('a finding for each level of which something is missing; one banner does not make up for another', () => {
  const of = facts([banner('A', '10', '0.40'), banner('B', '20', '0.50')], {
    central: '2400.00',
    region: '299.99',
    league: '140.00',
    banner: '70.00', // of each: 10.00 more than A owes, 30.00 less than B
  });
  const found = missingFindings(rows(of), OF);
  expect(found.map(({ finding, missing }) => [finding.subject, finding.figure, yuanText(missing)])).toEqual([
    ['region', '0.01', '0.01'],
    ['banner', '30.00', '30.00'],
  ]);
});

// heads of the banners, the area's own count, the finding
test.each<[string[], string | null, string | null]>([
  [['10', '20'], '30', null],
  [['10', '20'], '29', '1'],
  [['10', '20'], '31', '-1'],
  [['10', '20'], null, null], // the area did not count
])('heads %p against %s: %s', (heads, insured, figure) => {
  const banners = heads.map((count, i) => banner(String(i), count, '1'));
  const found = headsFindings({ area: '150100', banners, insured: insured === null ? null : decimal(insured) }, 2028);
  expect(found.map((finding) => finding.figure)).toEqual(figure === null ? [] : [figure]);
});

// arrived, booked as income, the finding
test.each([
  ['100.00', '100.00', []],
  ['100.00', '99.99', ['0.01']],
  ['0.00', '0.01', ['-0.01']],
])('arrived %s, booked %s: %p', (arrived, booked, figures) => {
  const found = arrivalFindings({ area: '150100', arrived: decimal(arrived), booked: decimal(booked) }, 2028);
  expect(found.map(({ figure }) => figure)).toEqual(figures);
  expect(found.map(({ raised }) => raised)).toEqual(figures.map(() => 'arrived - booked != 0'));
});

test('where nothing is due, nothing is missing', () => {
  expect(missingFindings(rows(facts([{ ...banner('', '0', '1'), heads: zero }])), OF)).toEqual([]);
});
