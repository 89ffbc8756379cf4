/** Units under a total budget in a random region, their accounts, and the values of law that they are cleared by. */
import { type Draw, yuan } from './draw';
import type { Fund } from './fund';
import type { Settings } from './random-settings';

const CARE = ['inpatient', 'outpatient', 'maternity'];
/** Their order by code point is not that of their numbers. */
const CODES = ['H1', 'H10', 'H2', 'M1', 'X1', '甲院', '乙院'];
const KINDS = ['institution', 'community', 'elsewhere'] as const;

/** Values of law for payments; in some regions they differ from the defaults. */
export function paymentSettings(draw: Draw): Settings {
  const settings: Settings = {};
  const set = (name: string, ...values: string[]): void => {
    if (draw.rarely(0.3)) settings[`payment.${name}`] = draw.pick(...values);
  };
  set('reserve', '0', '0.01', '0.0333', '1');
  set('retain_from', '0', '0.9', '1');
  set('retain.institution', '0', '0.333', '1');
  set('retain.community', '0', '0.667');
  set('over_limit', '0', '0.05', '0.30', '1');
  set('over_share', '0', '0.333', '1');
  return settings;
}

/** The rows of payment_units.csv and unit_accounts.csv: in every second fund some units, most of them near their budgets. */
export function unitRows(draw: Draw, funds: readonly Fund[]): { units: string[]; accounts: string[] } {
  const units: string[] = [];
  const accounts: string[] = [];
  for (const { area, scheme, ordinary } of funds.filter(() => draw.rarely(0.5))) {
    const codes = draw.shuffled(CODES).slice(0, draw.int(1, 5));
    const care = CARE.reduce((all, item) => all + Math.max(0, ordinary[item] ?? 0), 0);
    codes.forEach((code, i) => {
      const weight = i === 0 ? draw.pick('1', '2.5', '0.333') : draw.pick('1', '1', '2', '0.5', '0', '7.25');
      units.push([area, scheme, code, `单位${code}`, draw.pick(...KINDS), weight].join());
      if (draw.rarely(0.1)) return;
      const incurred = draw.about((care / codes.length) * draw.pick(0.8, 0.9, 1, 1.1, 1.3), 0.1);
      const paid = draw.about(incurred * draw.pick(0.7, 0.9, 1), 0.05);
      const late = draw.rarely(0.2) ? -draw.int(0, Math.min(incurred, paid, 1000)) : 0;
      accounts.push([area, scheme, code, 6, yuan(incurred), yuan(paid), yuan(draw.wildly(0, 0, 12345))].join());
      accounts.push([area, scheme, code, 12, yuan(late), yuan(late), ''].join());
    });
  }
  return { units, accounts };
}
