/** 偏离说明: what moved the lines of a version away from the estimate, in words for those who submit and approve it. */
import type { Law } from '../../parameters/law';
import { budgetYardstick } from '../../parameters/yardstick';
import { deviatingRows } from '../../rules/budget-checks';
import { type Decimal, fixed, yuanText } from '../../rules/money';
import { withThousands } from '../../rules/thousands';
import { ITEM_NAMES, type Item, type Part, type Scheme } from '../../rules/vocabulary';
import type { VersionFacts } from './facts';

/** What the system estimated for an item: null where it has no trend, or no factors. */
export interface EstimatedSides {
  part: Part;
  item: Item;
  amount: Decimal;
  trend: Decimal | null;
  factors: Decimal | null;
}

/** The factors that each item is estimated by, where the area reports them. */
const FACTORS: Partial<Record<Item, string>> = {
  premium: '缴费人数、缴费基数、费率、征缴率',
  inpatient: '参保人数、住院次数、次均费用、支付比例、政策调整',
  outpatient: '参保人数、就诊次数、次均费用、支付比例、政策调整',
  maternity: '参保人数、生育次数、次均费用、支付比例、政策调整',
};
/** Premium and subsidy of residents have only two factors. */
const BY_HEADS = '参保任务数、每人标准';

/** One text for each line that deviates from the estimate by more than the margin. */
export function deviationsOf(facts: VersionFacts, estimated: readonly EstimatedSides[], law: Law): string[] {
  return deviatingRows(facts.rows, budgetYardstick(law, facts)).flatMap(({ item, amount }) => {
    const sides = estimated.find((row) => row.part === 'pooled' && row.item === item);
    if (sides === undefined) return [];
    return [`${ITEM_NAMES[sides.item]}报送 ${shown(amount)}，${moved(facts.scheme, amount, sides)}`];
  });
}

function moved(scheme: Scheme, amount: Decimal, { item, amount: estimate, trend, factors }: EstimatedSides): string {
  const by = estimate.isZero() ? '' : `，偏离 ${percent(amount.minus(estimate), estimate)}`;
  if (item === 'levy_to_superior') return `应预缴 ${shown(estimate)}${by}`;
  if (factors === null) return `按趋势测算 ${shown(estimate)}${by}：与历年收支规模不符`;
  const beside = trend === null ? '' : `（按趋势 ${shown(trend)}）`;
  const names = scheme === 'resident' && ['premium', 'fiscal_subsidy'].includes(item) ? BY_HEADS : FACTORS[item];
  return `按因素测算 ${shown(estimate)}${beside}${by}：变动在${names}`;
}

const shown = (amount: Decimal): string => withThousands(yuanText(amount));
const percent = (part: Decimal, whole: Decimal): string => {
  const ratio = part.times(100).div(whole.abs());
  return `${ratio.gt(0) ? '+' : ''}${fixed(ratio, 1)}%`;
};
