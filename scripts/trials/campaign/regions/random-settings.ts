/** Values of law for a random region: every mode and switch, among the defaults. */
import { type Override, ParameterSet, type ParameterValue, parametersInForce } from '../../../../parameters/index';
import { CAP_MODES, type CapMode, LEVY_BASES } from '../../../../rules/levy';
import type { Draw } from './draw';

/** The values that a pack sets by `parameters.json`, by name. */
export type Settings = Record<string, ParameterValue>;

/** The entries of `parameters.json`. */
export const overridesOf = (settings: Settings): Record<string, Override> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { value, source: '试验用办法（虚构）' }]));

/** The values of law in force in a region. */
export const lawOf = (settings: Settings, year: number): ParameterSet =>
  new ParameterSet(parametersInForce(year, overridesOf(settings)));

const CAP_VALUES: Record<CapMode, readonly (string | null)[]> = {
  months_of_expenditure: ['2', '0.5', '0.1', '1.25', '12'],
  top_up_months: ['1', '3', '6', '0.5', '2.5'],
  percent_of_income: ['0.01', '0.033', '0.05', '0.1', '0.3'],
  absolute: ['0', '0.05', '620.07', '12345.67', '1000000'],
  none: [null, '2'],
};
/** Steps rise with the bounds, as in the defaults, so that a growing collection never loses a step. */
const BANDS: [string | null, string][][] = [
  [
    ['1.00', '0.10'],
    ['0.97', '0.0125'],
    [null, '-0.033'],
  ],
  [
    ['0.98', '0'],
    [null, '-0.20'],
  ],
];

/** Standards per head so low that every split leaves some fen over. */
const penniesOf = (draw: Draw, year: number): Settings => ({
  [`collection.individual.${year}`]: draw.pick('0.33', '1.01', '3.33'),
  [`subsidy.standard.${year}`]: draw.pick('0.61', '1.23', '7.77'),
});

export function randomSettings(draw: Draw, year: number): Settings {
  const settings: Settings = {};
  const set = (probability: number, name: string, ...values: readonly ParameterValue[]): void => {
    if (draw.rarely(probability)) settings[name] = draw.pick(...values);
  };
  set(0.1, 'levy.start_year.employee', String(year), String(year + 1));
  set(0.2, 'levy.start_year.resident', String(year), String(year + 1));
  set(0.4, 'levy.rate.employee', '0.02', '0.10', '0.0333', '0', '0.5');
  set(0.4, 'levy.rate.resident', '0.03', '0.0667', '0', '1');
  set(0.6, 'levy.base', ...LEVY_BASES);
  if (draw.rarely(0.75)) {
    const mode = draw.pick(...CAP_MODES);
    settings['levy.cap.mode'] = mode;
    settings['levy.cap.value'] = draw.pick(...CAP_VALUES[mode]);
  }
  set(0.4, 'share.reserve', '0.01', '5', '100.00', '50000');
  set(0.4, 'share.managerial', true, false, false);
  set(0.4, 'share.match_area', true);
  set(0.4, 'share.scope_overspend', null, '0', '0.05', '0.30');
  if (draw.rarely(0.3)) {
    const [min, middle, max] = draw.pick(['0', '0.5', '1'], ['0.33', '0.5', '0.67'], ['0.65', '0.65', '0.65']);
    Object.assign(settings, { 'share.min': min, 'share.alpha0': middle, 'share.max': max });
  }
  set(0.3, 'share.bands.collection', ...BANDS);
  set(0.2, 'share.bands.expansion', ...BANDS);
  set(0.2, 'share.disqualify.days_late', '0', '10', '60');
  set(0.2, 'share.disqualify.collection_below', '0', '0.85', '0.98');
  set(0.2, 'budget.slight_surplus', '0.005', '0.03');
  set(0.2, 'budget.deviation', '0.05', '0.30', '0');
  set(0.2, 'budget.growth_band', '0.033', '0');
  set(0.2, 'budget.major_illness_floor', '0.08', '0');
  return draw.rarely(0.25) ? { ...settings, ...penniesOf(draw, year) } : settings;
}
