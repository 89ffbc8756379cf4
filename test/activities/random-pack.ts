/**
 * Random small packs for whole years: four areas, both schemes, a few yuan in every account, cells missing here and there,
 * surpluses above and below 0, so that gaps, full funds and short funds are frequent.
 */
import fc from 'fast-check';
import { type PackFiles } from '../pack/builder';

/** What a pack sets by `parameters.json`: name and value. */
export type Settings = Record<string, string | boolean | null>;

const AREAS = {
  '150100': ['employee', 'resident'], // residents person by person, one banner
  '150200': ['employee', 'resident'],
  '150300': ['employee'],
  '150400': ['resident'],
} as const;
type Scheme = 'employee' | 'resident';
const FUNDS = Object.entries(AREAS).flatMap(([area, schemes]) =>
  schemes.map((scheme): [string, Scheme] => [area, scheme]),
);
const RESIDENT_AREAS = FUNDS.filter(([, scheme]) => scheme === 'resident').map(([area]) => area);

const yuan = (least: number, most: number): fc.Arbitrary<string> =>
  fc.integer({ min: least * 100, max: most * 100 }).map((fen) => (fen / 100).toFixed(2));
const count = (least: number, most: number): fc.Arbitrary<string> => fc.integer({ min: least, max: most }).map(String);
/** Mostly there, sometimes an empty cell. */
const mostly = (cell: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.option(cell, { freq: 9, nil: '' });
const oneOf = (...cells: string[]): fc.Arbitrary<string> => fc.constantFrom(...cells);

type Rows = fc.Arbitrary<string[]>;
const none = fc.constant('');
/** One line of joined cells. */
const line = (...cells: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...cells).map((texts) => texts.join(','));
const all = (...lines: fc.Arbitrary<string>[]): Rows => fc.tuple(...lines);
/** Some of the lines: a row that is not there is a figure of 0, or missing. */
const most = (lines: fc.Arbitrary<string>[]): Rows =>
  fc
    .tuple(...lines.map((one) => fc.option(one, { freq: 6 })))
    .map((kept) => kept.filter((one): one is string => one !== null));
const fixed = (...cells: string[]): fc.Arbitrary<string> => fc.constant(cells.join(','));

/** Items of an account and what a year moves in each. */
const itemsOf = (scheme: Scheme): [item: string, amount: fc.Arbitrary<string>][] => [
  ['premium', scheme === 'employee' ? yuan(400, 900) : yuan(-5, 40)], // residents: besides the collection
  ['fiscal_subsidy', scheme === 'employee' ? yuan(0, 5) : yuan(300, 900)],
  ['interest', yuan(0, 20)],
  ['transfer_in', yuan(0, 9)],
  ['inpatient', yuan(300, 900)],
  ['outpatient', yuan(100, 400)],
  ['other_expenditure', yuan(-9, 9)],
];

function history(year: number): Rows {
  return most(
    FUNDS.flatMap(([area, scheme]) =>
      [year - 3, year - 2, year - 1].flatMap((of) =>
        itemsOf(scheme).map(([item, amount]) => line(fixed(area, scheme, 'pooled', String(of), item), amount)),
      ),
    ),
  );
}
function actuals(year: number): Rows {
  return most(
    FUNDS.flatMap(([area, scheme]) =>
      itemsOf(scheme).map(([item, amount]) =>
        line(fixed(area, scheme, 'pooled', String(year)), oneOf('3', '6', '12'), fixed(item), amount),
      ),
    ),
  );
}
const insured = (year: number): Rows =>
  most(
    FUNDS.map(([area, scheme]) =>
      scheme === 'employee'
        ? line(
            fixed(area, scheme, String(year)),
            mostly(count(90, 110)),
            mostly(count(50, 90)),
            mostly(oneOf('0', '20', '30', '40')),
            none,
            mostly(count(90, 110)),
            none,
            none,
          )
        : line(
            fixed(area, scheme, String(year)),
            mostly(count(4, 6)),
            none,
            none,
            mostly(count(0, 3)),
            mostly(oneOf('0', '4', '5', '6')),
            none,
            none,
          ),
    ),
  );
const conduct = (year: number): Rows =>
  most(
    FUNDS.map(([area, scheme]) =>
      line(
        fixed(area, scheme, String(year)),
        oneOf('', '0', '7', '30', '31', 'unpaid'),
        oneOf('', 'false', 'false', 'false', 'true'),
        oneOf('', 'false', 'false', 'false', 'true'),
        yuan(0, 30),
        none,
        oneOf('', 'dependency', 'epidemic', 'medical_rescue'),
        none,
        none,
      ),
    ),
  );

/** Five persons on the roll of 150100, some of whom pay, one of them twice. */
const payments = (year: number): Rows =>
  most(
    ['P1', 'P2', 'P3', 'P4', 'P1'].map((person, i) =>
      fixed(
        `R${i}`,
        person,
        '150100',
        String(year),
        person === 'P4' ? '120.00' : '400.00',
        `${year - 1}-1${i % 3}-05T09:00:00+08:00`,
        'payment',
        '',
      ),
    ),
  );

const csv = (header: string, rows: Rows): fc.Arbitrary<string> =>
  rows.map((lines) => [header, ...lines, ''].join('\n'));
const operators = [
  ...['security', 'finance', 'government'].map((office) => `nm-${office},${office},region_${office},`),
  ...Object.keys(AREAS).flatMap((area) =>
    ['security', 'finance'].map((office) => `${office}-${area},${office},area_${office},${area}`),
  ),
];

/** A pack of `year` that sets these values of law. */
export const randomPack = (year: number, settings: Settings): fc.Arbitrary<PackFiles> =>
  fc.record({
    'areas.csv': csv(
      'area,name_zh,name_en,schemes,subsidy_class',
      all(
        ...Object.entries(AREAS).map(([area, schemes], i) =>
          fixed(area, `盟${area}`, area, schemes.join(';'), String((i % 3) + 1)),
        ),
      ),
    ),
    'banners.csv': csv(
      'area,banner,name_zh,league_share,insured_resident',
      all(line(fixed('150100,150121,左旗'), oneOf('0.3', '0.5'), count(0, 9))),
    ),
    'operators.csv': csv('operator,name,role,area', all(...operators.map((operator) => fixed(operator)))),
    'history.csv': csv('area,scheme,part,year,item,amount', history(year)),
    'opening.csv': csv(
      'area,scheme,part,year,accumulated_surplus',
      most(FUNDS.map(([area, scheme]) => line(fixed(area, scheme, 'pooled', String(year)), yuan(-99, 400)))),
    ),
    'adjustment_fund.csv': csv(
      'scheme,year,opening_balance,interest',
      most(
        ['employee', 'resident'].map((scheme) =>
          line(fixed(scheme, String(year)), fc.oneof(yuan(-400, 0), yuan(0, 100), yuan(200, 600)), yuan(0, 5)),
        ),
      ),
    ),
    'insured.csv': csv(
      'area,scheme,year,insured,in_service,retired,aged_60_plus,target_insured,low_income_registered,low_income_paid',
      insured(year),
    ),
    'collection_totals.csv': csv(
      'area,coverage_year,rows,amount',
      most(RESIDENT_AREAS.map((area) => line(fixed(area, String(year)), count(1, 5), yuan(300, 2000)))),
    ),
    'medical_aid.csv': csv(
      'area,group,kind,value,funding',
      all(fixed(',destitute,full,,medical_aid'), fixed(',subsistence,percent,0.70,medical_aid')),
    ),
    'budget_submissions.csv': csv('area,scheme,year,version,part,item,amount,reason,submitted_by', all()),
    'actuals.csv': csv('area,scheme,part,year,month,item,amount', actuals(year)),
    'conduct.csv': csv(
      'area,scheme,year,levy_days_late,own_policy_above,audit_refused,irregular_expenditure,performance_score,cause,unpaid_claims,policy_reimbursement',
      conduct(year),
    ),
    'resident_roll.csv': csv(
      'person,area,banner,group,coverage_year',
      all(
        ...[
          'P1,150100,150121,ordinary',
          'P2,150100,,student',
          'P3,150100,150121,newborn',
          'P4,150100,,subsistence',
          'P5,150100,,destitute',
        ].map((row) => fixed(row, String(year))),
      ),
    ),
    'resident_payments.csv': csv(
      'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt',
      payments(year),
    ),
    'parameters.json': fc.constant(
      JSON.stringify(
        Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { value, source: '测试办法' }])),
      ),
    ),
  });
