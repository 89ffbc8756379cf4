/**
 * 大病保险激励: by how much the cap of major-illness insurance rises for residents who stay enrolled or claim nothing.
 *
 * Law: 国办发〔2024〕38号; B(5) “建立对居民医保连续参保人员和零报销人员的大病保险待遇激励机制”. RULES 4. A break restarts the
 * years of continuous enrolment, not those without a claim; a claim that used the bonus resets the latter, not the former.
 * Units: yuan; whole years; ceiling 0–1 of the original cap.
 */
import { type Decimal, atLeastZero, roundToFen, smaller, zero } from './money';
import { rule } from './rule';

const ARTICLE = '国办发〔2024〕38号；B(五)“对居民医保连续参保人员和零报销人员的大病保险待遇激励机制”';

export interface IncentiveInputs {
  cap: Decimal; // 大病保险原封顶线
  continuous_years: Decimal; // full years of enrolment without a break
  zero_claim_years: Decimal; // years without a claim since the bonus was last used
  broken: boolean; // enrolment was broken: the count restarts
  bonus_used: boolean; // a claim used the bonus: its zero-claim part is gone
  after_years: Decimal;
  a: Decimal; // for each further continuous year
  b: Decimal; // for each year without a claim
  ceiling: Decimal;
}

/** 累计提高额. */
export const capIncrease = rule(
  {
    article: ARTICLE,
    formula:
      'round(min(ceiling * cap, a * (broken ? 0 : max(0, continuous_years - after_years))' +
      ' + b * (bonus_used ? 0 : zero_claim_years)))',
  },
  (inputs: IncentiveInputs) => {
    const further = inputs.broken ? zero : atLeastZero(inputs.continuous_years.minus(inputs.after_years));
    const unclaimed = inputs.bonus_used ? zero : inputs.zero_claim_years;
    return roundToFen(
      smaller(inputs.ceiling.times(inputs.cap), inputs.a.times(further).plus(inputs.b.times(unclaimed))),
    );
  },
);

/** 提高后的最高支付限额. */
export const raisedCap = rule(
  { article: ARTICLE, formula: 'cap + increase' },
  ({ cap, increase }: { cap: Decimal; increase: Decimal }) => cap.plus(increase),
);
