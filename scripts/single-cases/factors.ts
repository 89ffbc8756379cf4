/** RULES 8: the expected premium, and the factors of α. */
import { orNull } from '../../parameters/reader';
import { expectedPremium } from '../../rules/expected-premium';
import { decimal } from '../../rules/money';
import { dependencyStepEmployee, dependencyStepResident, achievementStep, scoreStep } from '../../rules/share';
import { type Values, lawful, optional, required } from './fields';
import { COUNT, NUMBER, RATE, SIGNED_YUAN, bandsOf } from './kinds';
import { AS_SHARE, IN_YUAN, factorFigure, figureOf, singleCase } from './single-case';

const one = decimal('1');

export const PREMIUM = {
  budgetedPremium: required(SIGNED_YUAN, '预算保费收入（元）'),
  estimatedPremium: optional(orNull(SIGNED_YUAN), '系统测算保费收入（元）；null 为只按预算数', null),
  premiumFloor: lawful(RATE, '应收保费不低于测算数的比例', 'share.premium_floor'),
  actualPremium: required(SIGNED_YUAN, '实际保费收入（元）'),
};
/** Without an estimate the budget alone is expected. */
export const expectedOf = ({ budgetedPremium, estimatedPremium, premiumFloor }: Values<typeof PREMIUM>) =>
  figureOf(
    expectedPremium,
    {
      budgeted_premium: budgetedPremium,
      premium_floor: estimatedPremium === null ? one : premiumFloor,
      estimated_premium: estimatedPremium ?? budgetedPremium,
    },
    IN_YUAN,
  );
export const RATIO_BANDS = lawful(bandsOf('rising'), '分档 [界限, 加减]（不高于）', 'share.bands.ratio');
export const AGED_BANDS = lawful(bandsOf('falling'), '分档 [界限, 加减]（不低于）', 'share.bands.aged');
export const COLLECTION_BANDS = lawful(
  bandsOf('falling'),
  '征缴率分档 [界限, 加减]（不低于）',
  'share.bands.collection',
);
export const PERFORMANCE_BANDS = lawful(
  bandsOf('falling'),
  '绩效得分分档 [界限, 加减]（不低于）',
  'share.bands.performance',
);
export const SCORE = optional(orNull(NUMBER), '上年度绩效得分；null 为没有', null);
export const EXPANSION_BANDS = lawful(
  bandsOf('falling'),
  '扩面完成率分档 [界限, 加减]（不低于）',
  'share.bands.expansion',
);

const dependencyEmployeeCase = singleCase({
  name: 'factor-dependency-employee',
  zh: '分担因素 d（职工）：在职退休比与全区之比',
  en: 'factor d of employees; 0 without data',
  fields: {
    inService: required(COUNT, '在职人数'),
    retired: required(COUNT, '退休人数'),
    regionInService: required(COUNT, '全区在职人数'),
    regionRetired: required(COUNT, '全区退休人数'),
    bands: RATIO_BANDS,
  },
  example: { inService: 1500, retired: 1000, regionInService: 20000, regionRetired: 10000 },
  answer: ({ inService, retired, regionInService, regionRetired, bands }) => ({
    value: factorFigure(dependencyStepEmployee, {
      numerator: inService,
      denominator: retired,
      region_numerator: regionInService,
      region_denominator: regionRetired,
      bands,
    }),
  }),
});
const dependencyResidentCase = singleCase({
  name: 'factor-dependency-resident',
  zh: '分担因素 d（居民）：60 岁以上占比与全区之比',
  en: 'factor d of residents; 0 without data',
  fields: {
    aged60Plus: required(COUNT, '60 岁以上参保人数'),
    insured: required(COUNT, '参保人数'),
    regionAged60Plus: required(COUNT, '全区 60 岁以上参保人数'),
    regionInsured: required(COUNT, '全区参保人数'),
    bands: AGED_BANDS,
  },
  example: { aged60Plus: 300, insured: 1000, regionAged60Plus: 2500, regionInsured: 10000 },
  answer: ({ aged60Plus, insured, regionAged60Plus, regionInsured, bands }) => ({
    value: factorFigure(dependencyStepResident, {
      numerator: aged60Plus,
      denominator: insured,
      region_numerator: regionAged60Plus,
      region_denominator: regionInsured,
      bands,
    }),
  }),
});
const collectionFactorCase = singleCase({
  name: 'factor-collection',
  zh: '分担因素 c：征缴率',
  en: 'factor c: actual ÷ expected premium; 0 without an expected premium',
  fields: { ...PREMIUM, bands: COLLECTION_BANDS },
  example: { budgetedPremium: '870.00', actualPremium: '850.00' },
  answer: ({ bands, ...premium }) => {
    const expected = expectedOf(premium);
    return {
      value: factorFigure(achievementStep, { actual: premium.actualPremium, target: expected.exact, bands }),
      steps: { expectedPremium: expected },
    };
  },
});
const expansionFactorCase = singleCase({
  name: 'factor-expansion',
  zh: '分担因素 k：参保扩面任务完成率',
  en: 'factor k: insured ÷ target; 0 without a target',
  fields: {
    insured: required(COUNT, '参保人数'),
    targetInsured: required(COUNT, '目标参保人数'),
    bands: EXPANSION_BANDS,
  },
  example: { insured: 1010, targetInsured: 1000 },
  answer: ({ insured, targetInsured, bands }) => ({
    value: factorFigure(achievementStep, { actual: insured, target: targetInsured, bands }),
  }),
});
const performanceFactorCase = singleCase({
  name: 'factor-performance',
  zh: '分担因素 p：上年度绩效得分',
  en: 'factor p: last year’s performance score by bands; 0 without a score',
  fields: { score: SCORE, bands: PERFORMANCE_BANDS },
  example: {
    score: '92',
    bands: [
      ['90', '0.05'],
      [null, '0'],
    ],
  },
  answer: (of) => ({ value: figureOf(scoreStep, of, AS_SHARE) }),
});

export const FACTOR_CASES = [
  dependencyEmployeeCase,
  dependencyResidentCase,
  collectionFactorCase,
  expansionFactorCase,
  performanceFactorCase,
];
