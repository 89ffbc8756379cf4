/**
 * Random regions: whole input packs drawn from a seed. A wild one is for trials: every mode of the law, funds that run dry,
 * missing cells, persons who pay twice. A tame one is for measurements, in any size.
 */
import { SCHEMES, type Scheme } from '../../../../rules/vocabulary';
import { adjustmentRows } from './adjustments';
import { Draw } from './draw';
import { type Fund, actualRows, drawFund, historyRows, openingRow, submissionRows } from './fund';
import { type Settings, lawOf, overridesOf, randomSettings } from './random-settings';
import { moneyFiles } from './money-places';
import * as rows from './region-rows';
import { AID, personRows } from './residents';
import { paymentSettings, unitRows } from './unit-rows';

export interface Region {
  seed: number;
  year: number;
  settings: Settings;
  files: Record<string, string>;
}

/** A region for a trial; the year and the values of law that it sets may be given. */
export function randomRegion(seed: number, given: Partial<Pick<Region, 'year' | 'settings'>> = {}): Region {
  const draw = new Draw(seed, 1);
  const year = given.year ?? draw.pick(2026, 2027, 2028, 2028, 2029, 2031);
  const settings = given.settings ?? randomSettings(draw, year);
  // Some regions insure employees alone, some residents alone; most have areas of every kind.
  const kinds = draw.pick<readonly (readonly Scheme[])[]>(
    EVERY_KIND,
    EVERY_KIND,
    EVERY_KIND,
    [['employee']],
    [['resident']],
  );
  const areas = draw
    .shuffled(CODES)
    .slice(0, draw.int(1, 6))
    .map((area) => ({ area, schemes: draw.pick(...kinds) }));
  const circumstances = { year, settings, byPerson: draw.int(0, 1), withFactors: given.settings === undefined };
  const files = filesOf(draw, areas, circumstances);
  const adjustments = adjustmentRows(files['budget_submissions.csv'] ?? '', seed, year);
  return { seed, year, settings, files: { ...files, 'budget_adjustments.csv': adjustments } };
}
const EVERY_KIND: readonly (readonly Scheme[])[] = [SCHEMES, SCHEMES, ['employee'], ['resident']];
const CODES = ['150000', '150100', '150200', '150300', '150400', '150500', '150781', '152200', '152501'];

/** A region with `size` areas where nothing unusual happens; one area in fifty collects person by person. */
export function tameRegion(size: number, year: number): Region {
  const settings = { 'levy.cap.mode': 'none', 'levy.cap.value': null };
  const areas = Array.from({ length: size }, (_, i) => ({ area: String(150100 + 100 * i), schemes: SCHEMES }));
  const files = filesOf(new Draw(size, 0), areas, {
    year,
    settings,
    byPerson: Math.ceil(size / 50),
    withFactors: false,
  });
  return { seed: size, year, settings, files };
}

interface Circumstances {
  year: number;
  settings: Settings;
  /** How many areas collect person by person. */
  byPerson: number;
  /** Whether areas report the factors behind their budgets: left out where the values of law alone are on trial. */
  withFactors: boolean;
}

function filesOf(
  draw: Draw,
  areas: readonly rows.Area[],
  { year, settings, byPerson, withFactors }: Circumstances,
): Record<string, string> {
  const law = lawOf(settings, year);
  const collecting = areas.filter(({ schemes }) => schemes.includes('resident'));
  const counted = collecting.slice(0, byPerson).map(({ area }) => area);
  const size = draw.wildly(20_000, 1, 1, 300, 20_000);
  const funds = areas.flatMap(({ area, schemes }) =>
    schemes.map((scheme) => {
      const persons = scheme === 'resident' && counted.includes(area);
      const target = persons ? draw.int(4, 9) : draw.int(3, 9) * size;
      return drawFund(draw, { area, scheme, target, byPerson: persons }, year, law);
    }),
  );
  const persons = funds
    .filter((fund) => fund.byPerson)
    .map(({ area, target }) => personRows(draw, area, target, year, law.text(`collection.individual.${year}`)));
  const files = {
    'areas.csv': rows.areas(draw, areas),
    'banners.csv': rows.banners(draw, funds),
    'operators.csv': rows.operators(areas),
    'history.csv': rows.csv(
      'area,scheme,part,year,item,amount',
      funds.flatMap((fund) => historyRows(draw, fund, year)),
    ),
    'opening.csv': rows.csv(
      'area,scheme,part,year,accumulated_surplus',
      funds.flatMap((fund) => openingRow(draw, fund, year)),
    ),
    'adjustment_fund.csv': rows.adjustmentFund(draw, funds, year),
    'insured.csv': rows.insured(draw, funds, year),
    'collection_totals.csv': rows.collectionTotals(draw, funds, year),
    'medical_aid.csv': rows.csv('area,group,kind,value,funding', AID),
    'budget_submissions.csv': rows.csv(
      'area,scheme,year,version,part,item,amount,reason,submitted_by',
      funds.flatMap((fund) => submissionRows(draw, fund, year, law)),
    ),
    'actuals.csv': rows.csv(
      'area,scheme,part,year,month,item,amount',
      funds.flatMap((fund) => actualRows(draw, fund, year)),
    ),
    'subsidy_arrivals.csv': rows.subsidyArrivals(draw, funds, year),
    'conduct.csv': rows.conduct(draw, funds, year),
    'resident_roll.csv': rows.csv(
      'person,area,banner,group,coverage_year',
      persons.flatMap(({ roll }) => roll),
    ),
    'resident_payments.csv': rows.csv(
      'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt',
      persons.flatMap(({ payments }) => payments),
    ),
    ...moneyFiles(draw, funds, year),
    ...(withFactors
      ? { 'premium_basis.csv': rows.premiumBasis(draw, funds), 'benefit_basis.csv': rows.benefitBasis(draw, funds) }
      : {}),
  };
  return { ...files, ...filesDrawnLast(draw, funds, settings) };
}

/** A seed gives the same region as before units were drawn; units come in addition. */
function filesDrawnLast(draw: Draw, funds: readonly Fund[], settings: Settings): Record<string, string> {
  const { units, accounts } = unitRows(draw, funds);
  return {
    'payment_units.csv': rows.csv('area,scheme,unit,name_zh,kind,weight', units),
    'unit_accounts.csv': rows.csv('area,scheme,unit,month,incurred,paid,paid_earlier_years', accounts),
    'parameters.json': JSON.stringify(overridesOf({ ...settings, ...paymentSettings(draw) })),
  };
}
