/** α (调剂金分担比例) of one area: its factors, and whether it is disqualified (不予调剂). */
import type { Law } from '../../parameters/law';
import type { Decimal } from '../../rules/money';
import { type Because, type Explained, type Given, explain } from '../../rules/rule';
import { alpha, disqualifications } from '../../rules/share';
import type { Factor } from './factors';
import { type SharedArea, actualPremium, conductSource, expectedPremiumInput, sharingFigure } from './sources';

export function alphaOf(
  law: Law,
  area: SharedArea,
  [d, c, k, p]: readonly [Factor, Factor, Factor, Factor],
): { alpha: Explained<Decimal>; disqualified: Because } {
  const conduct = area.conduct;
  const reported = <Value extends Decimal | string | boolean | null>(value: Value, column: string): Given<Value> => ({
    value,
    from: conductSource(area, column),
  });
  const step = ({ name, value }: Factor): Given<Decimal> => ({ value, from: sharingFigure(area, `alpha.${name}`) });
  const disqualifiers = {
    unpaid: reported(conduct.unpaid, 'levy_unpaid'),
    days_late: reported(conduct.days_late, 'levy_days_late'),
    days_allowed: law.given('share.disqualify.days_late'),
    own_policy_above: reported(conduct.own_policy_above, 'own_policy_above'),
    transition_document: reported(conduct.transition_document, 'transition_document'),
    audit_refused: reported(conduct.audit_refused, 'audit_refused'),
    actual_premium: actualPremium(area),
    expected_premium: expectedPremiumInput(law, area),
    collection_below: law.given('share.disqualify.collection_below'),
  };
  const reasons = explain(disqualifications, disqualifiers);
  const share = explain(alpha, {
    alpha0: law.given('share.alpha0'),
    min: law.given('share.min'),
    max: law.given('share.max'),
    d: step(d),
    c: step(c),
    k: step(k),
    p: step(p),
    ...disqualifiers,
  });
  const disqualified = { value: reasons.value, from: sharingFigure(area, 'alpha.disqualified') };
  return {
    alpha: { ...share, because: { ...share.because, inputs: { ...share.because.inputs, disqualified } } },
    disqualified: { ...reasons.because, value: reasons.value },
  };
}
