/**
 * The adjustment fund's share α of the general gap, and what it pays.
 *
 * Law: A(6) “累计结余不足的，由调剂金和统筹区政府按在职退休比、基金征收率、参保扩面任务完成情况等因素按比例承担。”
 * RULES 8: α = clamp(α0 + d + c + k + p, min, max), 0 when disqualified. Ratios are compared unrounded. Units: yuan; shares 0–1.
 */
import {
  type Decimal,
  atLeastZero,
  decimal,
  floorToFen,
  roundToFen,
  smaller,
  splitByLargestRemainder,
  sum,
  zero,
} from './money';
import { exact, ratioOf, type Ratio } from './ratio';
import { type Band, rule } from './rule';
import { hasLetterOrDigit } from './text';

const FACTORS = 'A(六)“按在职退休比、基金征收率、参保扩面任务完成情况等因素”';

const step = (bands: readonly Band[], holds: (bound: string) => boolean): Decimal =>
  decimal((bands.find(([bound]) => bound === null || holds(bound)) as Band)[1]);
const stepAtMost = (ratio: Ratio, bands: readonly Band[]): Decimal => step(bands, (bound) => ratio.lte(bound));
const stepAtLeast = (ratio: Ratio, bands: readonly Band[]): Decimal => step(bands, (bound) => ratio.gte(bound));

/** A factor whose data are missing counts 0 and is a finding (READINGS 38). */
export const noFactor = rule({ article: `${FACTORS}；缺数据计 0`, formula: '0' }, () => zero);

type FactorName = 'd' | 'c' | 'k';
const missing = (name: FactorName) => rule({ article: noFactor.article, formula: `"${name}"` }, () => name);
/** The figure of the finding of a missing factor: its name. */
export const MISSING_FACTOR = { d: missing('d'), c: missing('c'), k: missing('k') } as const;
/** The finding is raised whenever a factor has no data. */
export const missingFactorRaised = rule({ article: noFactor.article, formula: 'true' }, () => true);

const CAUSE_ARTICLE =
  'A(六)“主要用于平衡因……政策调整、突发重大疫情、医疗救治等……合理支出、赡养比提高等原因导致当期基金的支出缺口”';
/** 缺口原因: why the adjustment fund may help; a cause that nobody stated counts as “other reasonable”. */
export const gapCause = rule(
  { article: CAUSE_ARTICLE, formula: 'gap > 0 ? stated_cause ?? "other_reasonable" : null' },
  ({ gap, stated_cause }: { gap: Decimal; stated_cause: string | null }): string | null =>
    gap.gt(0) ? (stated_cause ?? 'other_reasonable') : null,
);
/** A gap without a stated cause is a finding; its figure is the gap. */
export const causeMissing = rule({ article: CAUSE_ARTICLE, formula: 'gap' }, ({ gap }: { gap: Decimal }) => gap);
export const causeMissingRaised = rule(
  { article: CAUSE_ARTICLE, formula: 'gap > 0 and isNull(stated_cause)' },
  ({ gap, stated_cause }: { gap: Decimal; stated_cause: string | null }): boolean => gap.gt(0) && stated_cause === null,
);

interface Share {
  numerator: Decimal;
  denominator: Decimal;
  region_numerator: Decimal;
  region_denominator: Decimal;
}
/** Whether the region has a ratio to compare with. */
const comparable = ({ region_numerator, region_denominator }: Share): boolean =>
  !region_numerator.isZero() && !region_denominator.isZero();

const relative = ({ numerator, denominator, region_numerator, region_denominator }: Share): Ratio =>
  exact(numerator.times(region_denominator)).div(exact(denominator.times(region_numerator)));

/** d for employees: in-service/retiree ratio (在职退休比) ÷ the region's; fewer workers per retiree, more help. */
export const dependencyStepEmployee = rule(
  {
    article: FACTORS,
    formula:
      'denominator == 0 ? last(bands)' +
      ' : atMost((numerator * region_denominator) / (denominator * region_numerator), bands)',
  },
  (inputs: Share & { bands: readonly Band[] }): Decimal | null => {
    if (!comparable(inputs)) return null;
    if (inputs.denominator.isZero()) {
      return inputs.numerator.gt(0) ? decimal((inputs.bands.at(-1) as Band)[1]) : null;
    }
    return stepAtMost(relative(inputs), inputs.bands);
  },
);

/** d for residents: share of insured aged 60 and over ÷ the region's. */
export const dependencyStepResident = rule(
  {
    article: `${FACTORS}；“赡养比提高”`,
    formula: 'atLeast((numerator * region_denominator) / (denominator * region_numerator), bands)',
  },
  (inputs: Share & { bands: readonly Band[] }): Decimal | null =>
    comparable(inputs) && !inputs.denominator.isZero() ? stepAtLeast(relative(inputs), inputs.bands) : null,
);

/** c and k: collection rate (征缴率) and expansion task completion (参保扩面任务完成率), actual ÷ target. */
export const achievementStep = rule(
  { article: FACTORS, formula: 'atLeast(actual / target, bands)' },
  ({ actual, target, bands }: { actual: Decimal; target: Decimal; bands: readonly Band[] }): Decimal | null =>
    target.lte(0) ? null : stepAtLeast(ratioOf(actual, target) as Ratio, bands),
);

/** p: the performance score of the year before (绩效评价得分), by bands; without a score it is 0 and nothing is missing. */
export const scoreStep = rule(
  {
    article: 'A(五)“做好绩效评价，强化结果应用”；RULES 8“performance score of Y−1”',
    formula: 'isNull(score) ? 0 : atLeast(score, bands)',
  },
  ({ score, bands }: { score: Decimal | null; bands: readonly Band[] }): Decimal =>
    score === null ? zero : stepAtLeast(exact(score), bands),
);

interface Disqualifiers {
  unpaid: boolean;
  days_late: Decimal;
  days_allowed: Decimal;
  own_policy_above: boolean;
  /** The document of an approved transition (A(四) 过渡期), which excuses an own policy. */
  transition_document: string | null;
  audit_refused: boolean;
  actual_premium: Decimal;
  expected_premium: Decimal;
  collection_below: Decimal;
}
/** 不予调剂: why an area gets no share, in Chinese; empty where nothing speaks against one. */
export const disqualifications = rule(
  {
    article: 'A(六)“按……因素按比例承担”；先例：广元 2008（足额按时上解、完成任务方可调剂）',
    formula:
      'named("上解未缴", unpaid, "上解逾期", days_late > days_allowed, "自行提高待遇", own_policy_above and isBlank(transition_document),' +
      ' "审计未通过", audit_refused, "征缴率过低",' +
      ' expected_premium > 0 and actual_premium < collection_below * expected_premium)',
  },
  (area: Disqualifiers): string => {
    const { actual_premium, expected_premium, collection_below } = area;
    const tests: [string, boolean][] = [
      ['上解未缴', area.unpaid],
      ['上解逾期', area.days_late.gt(area.days_allowed)],
      ['自行提高待遇', area.own_policy_above && !hasLetterOrDigit(area.transition_document ?? '')],
      ['审计未通过', area.audit_refused],
      ['征缴率过低', expected_premium.gt(0) && actual_premium.lt(collection_below.times(expected_premium))],
    ];
    return tests
      .filter(([, holds]) => holds)
      .map(([reason]) => reason)
      .join('、');
  },
);

export interface AlphaInputs extends Disqualifiers {
  alpha0: Decimal;
  d: Decimal;
  c: Decimal;
  k: Decimal;
  p: Decimal;
  min: Decimal;
  max: Decimal;
}
/** α (调剂金分担比例). Computed for every area, also without a gap. */
export const alpha = rule(
  {
    article: 'A(六)“按比例承担”',
    formula:
      '(unpaid or days_late > days_allowed or (own_policy_above and isBlank(transition_document)) or audit_refused' +
      ' or (expected_premium > 0 and actual_premium < collection_below * expected_premium))' +
      ' ? 0 : clamp(alpha0 + d + c + k + p, min, max)',
  },
  (inputs: AlphaInputs): Decimal => {
    if (disqualifications(inputs) !== '') return zero;
    const share = inputs.alpha0.plus(inputs.d).plus(inputs.c).plus(inputs.k).plus(inputs.p);
    return share.lt(inputs.min) ? inputs.min : share.gt(inputs.max) ? inputs.max : share;
  },
);

/** F before the fund runs short. */
export const entitlement = rule(
  { article: 'A(六)“由调剂金……按比例承担”', formula: 'round(alpha * general)' },
  ({ alpha, general }: { alpha: Decimal; general: Decimal }) => roundToFen(alpha.times(general)),
);
/** F where the fund never pays more than the area's government does (Lishui 2011: F ≤ A). */
export const matchedEntitlement = rule(
  { article: '先例：丽水 2011（不超过地方财政补助额）', formula: 'min(round(alpha * general), floor(residual / 2))' },
  ({ alpha, general, residual }: { alpha: Decimal; general: Decimal; residual: Decimal }) =>
    smaller(roundToFen(alpha.times(general)), floorToFen(residual.div(2))),
);

/** The money of the fund: opening, this year's levies and interest, at least 0. */
export const fundAvailable = rule(
  { article: 'A(六)“专款专用，独立核算”', formula: 'max(0, opening + sum(levy) + interest)' },
  ({ opening, levy, interest }: { opening: Decimal; levy: Decimal[]; interest: Decimal }) =>
    atLeastZero(opening.plus(sum(levy)).plus(interest)),
);

/** What the fund pays each area: all entitlements if its money suffices, otherwise the money in proportion to them (largest remainder). */
export const fundPayments = (entitled: readonly Decimal[], available: Decimal): Decimal[] =>
  sum(entitled).lte(available) ? [...entitled] : splitByLargestRemainder(available, entitled);
/** What it pays the area at `place` in the list. */
export const fundPayment = rule(
  {
    article:
      'A(六)“由调剂金和统筹区政府……按比例承担”；RULES 8“that sum is split in proportion to F”：调剂金不足支付时按应付额同比例支付（文件未定，本项目的读法）',
    formula: 'sum(entitled) <= available ? at(entitled, place) : split(available, entitled, place)',
  },
  ({ entitled, available, place }: { entitled: readonly Decimal[]; available: Decimal; place: number }) =>
    fundPayments(entitled, available)[place - 1] as Decimal,
);

/** A: what the area's government bears (统筹区政府承担). */
export const areaShare = rule(
  { article: 'A(六)“由……统筹区政府……承担”；社会保险法第六十五条', formula: 'residual - fund_share' },
  ({ residual, fund_share }: { residual: Decimal; fund_share: Decimal }) => residual.minus(fund_share),
);

/**
 * The parts of the area's share: the managerial part of the gap, what lies beyond the scope of sharing, the area's own part of the
 * general gap, and what the fund owed but did not have. They add up to it.
 */
export const areaShareParts = ({ residual, managerial, general, entitled, fund_share }: SharedParts) => ({
  managerial,
  beyond_scope: residual.minus(managerial).minus(general),
  own_part: general.minus(entitled),
  unfunded: entitled.minus(fund_share),
});
interface SharedParts {
  residual: Decimal;
  managerial: Decimal;
  general: Decimal;
  entitled: Decimal;
  fund_share: Decimal;
}

/** The levy that the year's levy settlement determined: a part of the gap. */
export const levyTaken = rule({ article: 'A(六) 上解', formula: 'levy' }, ({ levy }: { levy: Decimal }) => levy);
/** The article that is cited for the premium of the collection rate. */
export const COLLECTION_RATE_ARTICLE = 'A(六)“基金征收率”';

/** What the settlement pays where nothing was advanced: F and A as they stand. */
export const SETTLED_SHARE_ARTICLE = 'A(六)“由调剂金和统筹区政府……按比例承担”';
/** The settlement entry of F: what was advanced in the year is part of it; a negative rest is returned (RULES 8). */
export const settlementGrant = rule(
  {
    article: 'A(六)“由调剂金……按比例承担”；RULES 8 紧急调剂“it is part of F, the settlement entry is F − advance”',
    formula: 'fund_share - advance',
  },
  ({ fund_share, advance }: { fund_share: Decimal; advance: Decimal }) => fund_share.minus(advance),
);
/** The same rule with an older name of its input, `advanced`: reasons that are stored in the books use it, so it stays. */
export const grantLessAdvance = rule(
  {
    article: 'A(六)“调剂金”；RULES 8 紧急调剂“it is part of F, the settlement entry is F − advance”',
    formula: 'fund_share - advanced',
  },
  ({ fund_share, advanced }: { fund_share: Decimal; advanced: Decimal }) =>
    settlementGrant({ fund_share, advance: advanced }),
);
