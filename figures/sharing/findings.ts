/** Findings of the sharing: a factor without data, a gap without a stated cause. */
import { yuanText } from '../../rules/money';
import { type Because, reasonOf } from '../../rules/rule';
import { MISSING_FACTOR, causeMissing, causeMissingRaised, gapCause, missingFactorRaised } from '../../rules/share';
import type { Finding } from '../finding';
import type { SharedGap } from './gap';
import { conductSource, sharingFigure } from './sources';

/** What the cause of a gap rests on. */
function causeInputs({ facts, parts }: SharedGap): Because['inputs'] {
  return {
    gap: { value: yuanText(parts.gap.value), from: sharingFigure(facts, 'gap') },
    stated_cause: { value: facts.conduct.cause, from: conductSource(facts, 'cause') },
  };
}
export const causeBecause = (shared: SharedGap): Because => reasonOf(gapCause, causeInputs(shared));

export function sharingFindings(shared: SharedGap): Finding[] {
  const { facts, factors, parts } = shared;
  const { area, scheme } = facts;
  const missing = factors.flatMap(({ name, missing: isMissing, because }): Finding[] =>
    // An area without a score of the year before has no data missing.
    !isMissing || name === 'p'
      ? []
      : [
          {
            code: 'missing_data',
            area,
            scheme,
            subject: name,
            figure: name,
            text: `分担因素 ${name} 缺少数据，按 0 计`,
            because: reasonOf(MISSING_FACTOR[name], because.inputs),
            raised: missingFactorRaised.formula,
          },
        ],
  );
  if (!causeMissingRaised({ gap: parts.gap.value, stated_cause: facts.conduct.cause })) return missing;
  const unstated: Finding = {
    code: 'cause_missing',
    area,
    scheme,
    figure: yuanText(causeMissing({ gap: parts.gap.value })),
    text: '缺口未说明原因，按其他合理支出（other_reasonable）处理',
    because: reasonOf(causeMissing, causeInputs(shared)),
    raised: causeMissingRaised.formula,
  };
  return [...missing, unstated];
}
