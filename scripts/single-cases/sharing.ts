/** RULES 8: gap, own surplus, managerial part, α with its factors, and who bears what. */
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import { type Decimal, decimal, zero } from '../../rules/money';
import {
  alpha,
  areaShare,
  dependencyStepEmployee,
  dependencyStepResident,
  entitlement,
  matchedEntitlement,
  achievementStep,
  scoreStep,
} from '../../rules/share';
import { SCHEMES } from '../../rules/vocabulary';
import {
  AGED_BANDS,
  COLLECTION_BANDS,
  EXPANSION_BANDS,
  FACTOR_CASES,
  PERFORMANCE_BANDS,
  PREMIUM,
  RATIO_BANDS,
  SCORE,
  expectedOf,
} from './factors';
import { type Values, lawful, optional, required } from './fields';
import { oneOf, orNull } from '../../parameters/reader';
import { COUNT, DAYS_LATE, FLAG, NUMBER, RATE, SIGNED_YUAN, STEP, WORD, YUAN } from './kinds';
import { AS_SHARE, IN_YUAN, type ExactFigure, singleCase, figureOf, factorFigure } from './single-case';

const one = decimal('1');

const ACCOUNTS = {
  income: required(SIGNED_YUAN, '当年统筹收入（元）', 'Y'),
  expenditure: required(SIGNED_YUAN, '当年统筹支出（元）', 'E'),
  levy: required(YUAN, '当年上解（元）', 'L'),
};
const SURPLUS = {
  surplus: required(SIGNED_YUAN, '1 月 1 日累计结余（元）', 'S'),
  reserve: lawful(YUAN, '保留的累计结余（元）', 'share.reserve'),
};
const MANAGERIAL = {
  ...PREMIUM,
  irregularExpenditure: optional(YUAN, '违规支出（元）', zero),
  applies: lawful(FLAG, '管理性缺口由统筹区政府全额承担', 'share.managerial'),
};
const SCOPE = {
  overspend: lawful(orNull(RATE), '超支预算的认定幅度；null 为不设', 'share.scope_overspend', 'v'),
  expenditure: optional(orNull(SIGNED_YUAN), '当年统筹支出（元）；设认定幅度时必填', null),
  budgetedExpenditure: optional(orNull(SIGNED_YUAN), '预算统筹支出（元）；设认定幅度时必填', null),
};
const CONDUCT = {
  levyDaysLate: optional(DAYS_LATE, '上解逾期天数，或 unpaid 未缴', zero as Decimal | 'unpaid'),
  ownPolicyAbove: optional(FLAG, '自行出台高于统一待遇的政策', false),
  transitionDocument: optional(orNull(WORD), '批准过渡期的文号；有文号的，自行政策不影响分担', null),
  auditRefused: optional(FLAG, '拒绝审计', false),
  daysAllowed: lawful(COUNT, '逾期超过此天数不予调剂', 'share.disqualify.days_late'),
  collectionBelow: lawful(RATE, '征缴率低于此值不予调剂', 'share.disqualify.collection_below'),
};
const BOUNDS = {
  alpha0: lawful(RATE, '调剂金分担比例基准 α0', 'share.alpha0'),
  min: lawful(RATE, '下限', 'share.min'),
  max: lawful(RATE, '上限', 'share.max'),
};
const MATCH = lawful(FLAG, '调剂金支付不超过统筹区政府承担额', 'share.match_area');
const RESIDUAL = required(YUAN, '自有结余弥补后的缺口（元）', 'R');

const gapCase = singleCase({
  name: 'gap',
  zh: '缺口（收不抵支）',
  en: 'what expenditure and levy exceed income by',
  fields: ACCOUNTS,
  example: { E: '1000.00', L: '40.00', Y: '880.00' },
  answer: (of) => ({ value: figureOf(gap, of, IN_YUAN) }),
});
const ownSurplusCase = singleCase({
  name: 'own-surplus',
  zh: '先用累计结余弥补',
  en: 'what of a gap the area’s own surplus covers',
  fields: { gap: required(YUAN, '缺口（元）', 'G'), ...SURPLUS },
  example: { gap: '160.00', surplus: '60.00' },
  answer: (of) => {
    const own = figureOf(ownSurplusUsed, of, IN_YUAN);
    return {
      value: own,
      steps: { residual: figureOf(residualGap, { gap: of.gap, own_surplus: own.exact }, IN_YUAN) },
    };
  },
});

const managerialOf = (of: Values<typeof MANAGERIAL>, residual: Decimal) =>
  figureOf(
    managerialPart,
    {
      applies: of.applies,
      residual,
      expected_premium: expectedOf(of).exact,
      actual_premium: of.actualPremium,
      irregular_expenditure: of.irregularExpenditure,
    },
    IN_YUAN,
  );
const managerialCase = singleCase({
  name: 'managerial',
  zh: '管理性缺口',
  en: 'missed premium and irregular expenditure, borne by the area’s government whole',
  fields: { residual: RESIDUAL, ...MANAGERIAL },
  example: { residual: '100.00', budgetedPremium: '870.00', actualPremium: '850.00' },
  answer: (of) => ({ value: managerialOf(of, of.residual), steps: { expectedPremium: expectedOf(of) } }),
});

type Scoped = Values<typeof SCOPE>;
const judgeScope = ({ overspend, expenditure, budgetedExpenditure }: Scoped) =>
  Object.entries({ expenditure, budgetedExpenditure })
    .filter(([, value]) => overspend !== null && value === null)
    .map(([field]) => ({
      field,
      found: '没有 (missing)',
      expected: '设认定幅度 overspend 时必填 (needed with overspend)',
    }));
function generalOf(inputs: Scoped, residual: Decimal, managerial: Decimal): ExactFigure<Decimal> {
  const { overspend, expenditure, budgetedExpenditure } = inputs;
  if (overspend === null || expenditure === null || budgetedExpenditure === null)
    return figureOf(generalPart, { residual, managerial }, IN_YUAN);
  const scoped = { residual, managerial, expenditure, budgeted_expenditure: budgetedExpenditure, overspend };
  return figureOf(generalPartInScope, scoped, IN_YUAN);
}
const generalCase = singleCase({
  name: 'general',
  zh: '一般性缺口',
  en: 'what is shared between fund and area: the residual gap less the managerial part, within the scope where there is one',
  fields: { residual: RESIDUAL, managerial: optional(YUAN, '管理性缺口（元）', zero), ...SCOPE },
  example: {
    residual: '350.00',
    managerial: '0',
    overspend: '0.30',
    expenditure: '1350.00',
    budgetedExpenditure: '1000.00',
  },
  judge: judgeScope,
  answer: (of) => ({ value: generalOf(of, of.residual, of.managerial) }),
});

type Factors = Record<'d' | 'c' | 'k' | 'p', Decimal>;
function alphaOf(inputs: Values<typeof CONDUCT & typeof BOUNDS & typeof PREMIUM>, factors: Factors) {
  const unpaid = inputs.levyDaysLate === 'unpaid';
  return figureOf(
    alpha,
    {
      alpha0: inputs.alpha0,
      ...factors,
      min: inputs.min,
      max: inputs.max,
      unpaid,
      days_late: inputs.levyDaysLate === 'unpaid' ? zero : inputs.levyDaysLate,
      days_allowed: inputs.daysAllowed,
      own_policy_above: inputs.ownPolicyAbove,
      transition_document: inputs.transitionDocument,
      audit_refused: inputs.auditRefused,
      actual_premium: inputs.actualPremium,
      expected_premium: expectedOf(inputs).exact,
      collection_below: inputs.collectionBelow,
    },
    AS_SHARE,
  );
}
const alphaCase = singleCase({
  name: 'alpha',
  zh: '调剂金分担比例 α',
  en: 'the fund’s share of a general gap, from its factors; 0 when disqualified',
  fields: {
    d: required(STEP, '因素 d'),
    c: required(STEP, '因素 c'),
    k: required(STEP, '因素 k'),
    p: optional(STEP, '因素 p', zero),
    ...BOUNDS,
    ...PREMIUM,
    ...CONDUCT,
  },
  example: { d: '0.10', c: '-0.05', k: '0.05', budgetedPremium: '870.00', actualPremium: '850.00' },
  judge: judgeBounds,
  answer: (of) => ({
    value: alphaOf(of, { d: of.d, c: of.c, k: of.k, p: of.p }),
    steps: { expectedPremium: expectedOf(of) },
  }),
});
function judgeBounds({ min, max }: { min: Decimal; max: Decimal }) {
  if (min.lte(max)) return [];
  return [{ field: 'min', found: min.toFixed(), expected: `不大于 max ${max.toFixed()} (at most max)` }];
}

const entitledOf = (matchArea: boolean, share: Decimal, general: Decimal, residual: Decimal): ExactFigure<Decimal> =>
  matchArea
    ? figureOf(matchedEntitlement, { alpha: share, general, residual }, IN_YUAN)
    : figureOf(entitlement, { alpha: share, general }, IN_YUAN);
const paymentCase = singleCase({
  name: 'payment',
  zh: '调剂金应付与统筹区政府承担',
  en: 'what a fund with money enough pays of one gap, and what the area’s government bears',
  fields: {
    alpha: required(RATE, '分担比例 α'),
    general: required(YUAN, '一般性缺口（元）', 'N'),
    residual: RESIDUAL,
    matchArea: MATCH,
  },
  example: { alpha: '0.75', general: '80.00', residual: '100.00' },
  judge: ({ general, residual }) =>
    general.lte(residual)
      ? []
      : [
          {
            field: 'general',
            found: general.toFixed(),
            expected: `不大于 residual ${residual.toFixed()} (at most residual)`,
          },
        ],
  answer: ({ alpha: share, general, residual, matchArea }) => {
    const fund = entitledOf(matchArea, share, general, residual);
    const area = figureOf(areaShare, { residual, fund_share: fund.exact }, IN_YUAN);
    return { value: fund, steps: { areaShare: area } };
  },
});
const shareCase = singleCase({
  name: 'share',
  zh: '缺口分担全过程',
  en: 'one area’s gap from beginning to end: own surplus, managerial part, α, fund and government',
  fields: {
    scheme: optional(oneOf(...SCHEMES), '险种', 'employee' as const),
    ...ACCOUNTS,
    ...SURPLUS,
    ...MANAGERIAL,
    ratio: optional(orNull(NUMBER), '在职退休比（居民为 60 岁以上占比）与全区之比；null 为缺数据', null),
    expansion: optional(orNull(NUMBER), '参保扩面任务完成率；null 为缺数据', null),
    performanceScore: SCORE,
    ...CONDUCT,
    overspend: SCOPE.overspend,
    budgetedExpenditure: SCOPE.budgetedExpenditure,
    ...BOUNDS,
    ratioBands: RATIO_BANDS,
    agedBands: AGED_BANDS,
    collectionBands: COLLECTION_BANDS,
    expansionBands: EXPANSION_BANDS,
    performanceBands: PERFORMANCE_BANDS,
    matchArea: MATCH,
  },
  example: {
    E: '1000.00',
    L: '40.00',
    Y: '880.00',
    S: '60.00',
    budgetedPremium: '870.00',
    actualPremium: '850.00',
    ratio: '0.75',
    expansion: '1.01',
  },
  judge: (of) => [...judgeScope(of), ...judgeBounds(of)],
  answer: (of) => {
    const found = figureOf(gap, { income: of.income, expenditure: of.expenditure, levy: of.levy }, IN_YUAN);
    const own = figureOf(ownSurplusUsed, { gap: found.exact, surplus: of.surplus, reserve: of.reserve }, IN_YUAN);
    const residual = figureOf(residualGap, { gap: found.exact, own_surplus: own.exact }, IN_YUAN);
    const expected = expectedOf(of);
    const managerial = managerialOf(of, residual.exact);
    const general = generalOf(of, residual.exact, managerial.exact);
    const relative = of.ratio && {
      numerator: of.ratio,
      denominator: one,
      region_numerator: one,
      region_denominator: one,
    };
    const d =
      of.scheme === 'employee'
        ? factorFigure(dependencyStepEmployee, relative && { ...relative, bands: of.ratioBands })
        : factorFigure(dependencyStepResident, relative && { ...relative, bands: of.agedBands });
    const c = factorFigure(achievementStep, {
      actual: of.actualPremium,
      target: expected.exact,
      bands: of.collectionBands,
    });
    const k = factorFigure(
      achievementStep,
      of.expansion && { actual: of.expansion, target: one, bands: of.expansionBands },
    );
    const p = figureOf(scoreStep, { score: of.performanceScore, bands: of.performanceBands }, AS_SHARE);
    const share = alphaOf(of, { d: d.exact, c: c.exact, k: k.exact, p: p.exact });
    const fund = entitledOf(of.matchArea, share.exact, general.exact, residual.exact);
    const areaPart = figureOf(areaShare, { residual: residual.exact, fund_share: fund.exact }, IN_YUAN);
    return {
      value: fund,
      steps: {
        ...{ gap: found, ownSurplus: own, residual, expectedPremium: expected, managerial, general },
        ...{ d, c, k, p, alpha: share, areaShare: areaPart },
      },
      notes: ['调剂金足额时；不足时见 fund-payments (with money enough in the fund)'],
    };
  },
});

export const SHARING_CASES = [
  gapCase,
  ownSurplusCase,
  managerialCase,
  generalCase,
  ...FACTOR_CASES,
  alphaCase,
  paymentCase,
  shareCase,
];
