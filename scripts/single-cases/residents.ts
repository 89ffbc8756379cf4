/** RULES 4: what a resident pays, how long benefits wait, what continuous enrolment earns, and the counts of a collection. */
import { SINGLE_CASE_PARAMETERS, type SingleCaseLaw } from '../../parameters';
import { enrolmentRate, progress, reconciliationDifference, rowDifference } from '../../rules/collection';
import { monthsLeft } from '../../rules/calendar-day';
import { capIncrease, raisedCap } from '../../rules/incentive';
import { aidAmount, aidPerHead, applicableAid, duePerHead } from '../../rules/medical-aid';
import { decimal } from '../../rules/money';
import { AID_KINDS } from '../../rules/vocabulary';
import { firstDayOfBenefits, benefitsFrom, variableMonths, waitingMonths } from '../../rules/waiting-period';
import { type Values, lawful, optional, recordsOf, required } from './fields';
import { oneOf, orNull } from '../../parameters/reader';
import { type CaseFault, COUNT, DATE, FLAG, NUMBER, RATE, SIGNED_YUAN, WORD, YEAR, YUAN, yuanFrom } from './kinds';
import { IN_COUNT, IN_MONTHS, IN_YUAN, singleCase, figureOf, ratioFigure, textFigure } from './single-case';

const AID_ROW = {
  kind: required(oneOf(...AID_KINDS), '资助方式：full 全额、percent 按比例、fixed 定额'),
  value: optional(orNull(NUMBER), '比例（0–1）或定额（元）；全额不填', null),
  area: optional(orNull(WORD), '只适用于此统筹区；不给为默认', null),
};
const DUE_FIELDS = {
  standard: lawful(YUAN, '个人缴费标准（元/人）；默认为待遇年度 year 的标准', 'collection.individual.<year>'),
  aids: optional(recordsOf(AID_ROW), '此人群的医疗救助资助，同一人群各项相加；某统筹区有自己的，则替代默认', []),
  area: optional(orNull(WORD), '统筹区', null),
};
type DueCase = Values<typeof DUE_FIELDS>;

function judgeAids({ aids }: DueCase): CaseFault[] {
  return aids.flatMap(({ kind, value }, place): CaseFault[] => {
    const right = kind === 'full' ? value === null : value !== null && (kind === 'fixed' || value.lte(1));
    if (right) return [];
    const expected =
      kind === 'full' ? '全额资助不填 (none with full)' : kind === 'percent' ? '0 到 1 (0 to 1)' : '金额 (an amount)';
    return [{ field: `aids[${place}].value`, found: value?.toFixed() ?? '没有 (missing)', expected }];
  });
}

const aidOf = ({ standard, aids, area }: DueCase) => {
  const rows = area === null ? aids.filter((row) => row.area === null) : applicableAid(aids, area);
  return figureOf(aidPerHead, { standard, aids: rows.map((row) => aidAmount(row, standard)) }, IN_YUAN);
};

const dueCase = singleCase({
  name: 'due',
  zh: '居民个人应缴',
  en: 'what a registered resident owes: the standard less medical aid',
  fields: DUE_FIELDS,
  example: { standard: '400', aids: [{ kind: 'percent', value: '0.70' }] },
  judge: judgeAids,
  answer: (of) => {
    const aid = aidOf(of);
    return { value: figureOf(duePerHead, { standard: of.standard, aid: aid.exact }, IN_YUAN), steps: { aid } };
  },
});
const medicalAidCase = singleCase({
  name: 'medical-aid',
  zh: '医疗救助资助',
  en: 'medical aid for one resident, at most the standard',
  fields: DUE_FIELDS,
  example: {
    standard: '400',
    aids: [
      { kind: 'percent', value: '0.70' },
      { kind: 'fixed', value: '50' },
    ],
  },
  judge: judgeAids,
  answer: (of) => ({ value: aidOf(of) }),
});

const WAITING_FIELDS = {
  missedYears: required(COUNT, '到本次参保为止连续断保的年数'),
  yearsRepaid: optional(COUNT, '已补缴（修复）的年数', decimal('0')),
  inWindow: optional(FLAG, '是否在集中征缴期内缴费', true),
  coverageYear: optional(orNull(YEAR), '本次缴费的待遇年度；给出则算出享受待遇日期', null),
  startsOn: optional(orNull(DATE), '等待期起算日；期内缴费的默认为待遇年度 1 月 1 日', null),
  fixedMonths: lawful(COUNT, '固定待遇等待期（月）', 'waiting.fixed_months'),
  monthsPerYear: lawful(COUNT, '每断保一年增加、每补缴一年减少的月数', 'waiting.months_per_year'),
  yearsWithoutVariable: lawful(COUNT, '不计变动等待期的断保年数', 'waiting.years_without_variable'),
  longGapYears: lawful(COUNT, '长期断保的年数', 'waiting.long_gap_years'),
  longGapMonths: lawful(COUNT, '长期断保修复后等待期的下限（月）', 'waiting.long_gap_months'),
};
type WaitingCase = Values<typeof WAITING_FIELDS>;

function judgeYears(of: WaitingCase): CaseFault[] {
  const { missedYears, yearsRepaid } = of;
  if (yearsRepaid.gt(missedYears)) {
    const expected = `不多于 missedYears ${missedYears.toFixed()} (at most the missed years)`;
    return [{ field: 'yearsRepaid', found: yearsRepaid.toFixed(), expected }];
  }
  const start = waitingStart(of);
  const { months } = waitingOf(of);
  if (start === null || months.exact.lte(monthsLeft(start))) return [];
  const found = `${missedYears.toFixed()}，等待期 ${months.exact.toFixed()} 个月`;
  return [{ field: 'missedYears', found, expected: `自 ${start} 起至 9999 年为止的等待期 (until the year 9999)` }];
}

function waitingOf(of: WaitingCase) {
  const variable = figureOf(
    variableMonths,
    {
      missed_years: of.missedYears,
      years_repaid: of.yearsRepaid,
      months_per_year: of.monthsPerYear,
      years_without_variable: of.yearsWithoutVariable,
    },
    IN_MONTHS,
  );
  const months = figureOf(
    waitingMonths,
    {
      missed_years: of.missedYears,
      in_window: of.inWindow,
      fixed_months: of.fixedMonths,
      variable_months: variable.exact,
      long_gap_years: of.longGapYears,
      long_gap_months: of.longGapMonths,
    },
    IN_MONTHS,
  );
  return { variable, months };
}

/** Paid outside the window, the cover begins on a day that only the case can give. */
const waitingStart = ({ startsOn, coverageYear, inWindow }: WaitingCase): string | null =>
  startsOn ?? (coverageYear !== null && inWindow ? `${coverageYear}-01-01` : null);

const waitingPeriodCase = singleCase({
  name: 'waiting-period',
  zh: '待遇等待期',
  en: 'how many months a resident waits for benefits after a gap, and from when they are paid',
  fields: WAITING_FIELDS,
  example: { missedYears: 2, yearsRepaid: 0, inWindow: true, coverageYear: 2027 },
  judge: judgeYears,
  answer: (of) => {
    const { variable, months } = waitingOf(of);
    const exempt = '新生儿等特殊群体不设等待期，不在此计算 (newborns and other exempt groups do not wait)';
    const steps = { variableMonths: variable };
    const start = waitingStart(of);
    if (start === null) {
      const undated = '给出 coverageYear（期外缴费的给出 startsOn）可算出享受待遇日期 (startsOn gives the date)';
      return { value: months, steps, notes: [exempt, undated] };
    }
    const from = benefitsFrom(start, months.exact);
    const dated = textFigure(from, firstDayOfBenefits, { starts_on: start, waiting_months: months.exact }, '日期');
    return { value: months, steps: { ...steps, benefitsFrom: dated }, notes: [exempt] };
  },
});

/** A region decides a and b, not below the national floor, which is also the default. */
const nationalFloor = (name: SingleCaseLaw) =>
  yuanFrom(decimal(SINGLE_CASE_PARAMETERS.find((parameter) => parameter.name === name)?.entries[0]?.value as string));

const incentiveCase = singleCase({
  name: 'incentive',
  zh: '大病保险连续参保与零报销激励',
  en: 'by how much the major-illness cap rises for continuous enrolment and for years without a claim',
  fields: {
    cap: required(YUAN, '大病保险原封顶线（元）'),
    continuousYears: required(COUNT, '连续参保满的年数'),
    zeroClaimYears: optional(COUNT, '零报销的年数，自奖励额度上次使用后起', decimal('0')),
    broken: optional(FLAG, '已断保：连续参保年数重新计算', false),
    bonusUsed: optional(FLAG, '发生大病报销并使用了奖励额度：零报销部分清零', false),
    continuousStep: lawful(
      nationalFloor('incentive.continuous_step'),
      '连续参保每多一年提高额（元）',
      'incentive.continuous_step',
      'a',
    ),
    zeroClaimStep: lawful(
      nationalFloor('incentive.zero_claim_step'),
      '零报销每年提高额（元）',
      'incentive.zero_claim_step',
      'b',
    ),
    afterYears: lawful(COUNT, '起算前须连续参保满的年数', 'incentive.after_years'),
    ceiling: lawful(RATE, '累计提高额占原封顶线的上限', 'incentive.ceiling'),
  },
  example: { cap: '300000.00', continuousYears: 6, zeroClaimYears: 2, a: '4000', b: '4000' },
  answer: (of) => {
    const increase = figureOf(
      capIncrease,
      {
        cap: of.cap,
        continuous_years: of.continuousYears,
        zero_claim_years: of.zeroClaimYears,
        broken: of.broken,
        bonus_used: of.bonusUsed,
        after_years: of.afterYears,
        a: of.continuousStep,
        b: of.zeroClaimStep,
        ceiling: of.ceiling,
      },
      IN_YUAN,
    );
    return {
      value: increase,
      steps: { raisedCap: figureOf(raisedCap, { cap: of.cap, increase: increase.exact }, IN_YUAN) },
    };
  },
});

const progressCase = singleCase({
  name: 'progress',
  zh: '征缴进度',
  en: 'paid ÷ target insured; null without a target',
  fields: {
    paid: required(COUNT, '已缴费人数'),
    targetInsured: required(COUNT, '目标参保人数'),
  },
  example: { paid: 985, targetInsured: 1000 },
  answer: ({ paid, targetInsured }) => ({ value: ratioFigure(progress, { paid, target_insured: targetInsured }) }),
});
const enrolmentRateCase = singleCase({
  name: 'enrolment-rate',
  zh: '两类人员参保率',
  en: 'paid ÷ registered of one class of low income; null where nobody is registered',
  fields: { paid: required(COUNT, '已参保人数'), registered: required(COUNT, '登记人数') },
  example: { paid: 989, registered: 1000 },
  answer: (of) => ({ value: ratioFigure(enrolmentRate, of) }),
});
const reconciliationCase = singleCase({
  name: 'reconciliation',
  zh: '征缴对账差额',
  en: 'the tax bureau’s total less what this system knows of: amount, and rows',
  fields: {
    taxAmount: required(YUAN, '税务部门征缴总额（元）'),
    collected: required(SIGNED_YUAN, '入账金额（元，缴费减退费）'),
    quarantinedAmount: required(SIGNED_YUAN, '待核对金额（元）'),
    taxRows: required(COUNT, '税务部门笔数'),
    acceptedRows: required(COUNT, '入账笔数'),
    quarantinedRows: required(COUNT, '待核对笔数'),
  },
  example: {
    taxAmount: '40000.00',
    collected: '39200.00',
    quarantinedAmount: '400.00',
    taxRows: 100,
    acceptedRows: 98,
    quarantinedRows: 1,
  },
  answer: (of) => ({
    value: figureOf(
      reconciliationDifference,
      { tax_amount: of.taxAmount, collected: of.collected, quarantined_amount: of.quarantinedAmount },
      IN_YUAN,
    ),
    steps: {
      rows: figureOf(
        rowDifference,
        { tax_rows: of.taxRows, accepted_rows: of.acceptedRows, quarantined_rows: of.quarantinedRows },
        IN_COUNT,
      ),
    },
  }),
});

export const RESIDENT_CASES = [
  dueCase,
  medicalAidCase,
  waitingPeriodCase,
  incentiveCase,
  progressCase,
  enrolmentRateCase,
  reconciliationCase,
];
