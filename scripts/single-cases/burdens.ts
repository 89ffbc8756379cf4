/** RULES 12: whether a person's burden is heavy, and by when a push is answered. */
import { listOf, oneOf, orNull } from '../../parameters/reader';
import { answerDueOn, burdenClassOf, burdenOutcome, pushOutcome, selfPaidToDate } from '../../rules/burden';
import { BURDEN_CLASS_NAMES, GROUPS } from '../../rules/vocabulary';
import { type Values, lawful, optional, required } from './fields';
import { type CaseFault, COUNT, DATE, NUMBER, YUAN } from './kinds';
import { type Figure, IN_YUAN, figureOf, singleCase, textFigure } from './single-case';

const FIELDS = {
  selfPaid: required(listOf(YUAN), '年初以来各月政策范围内自付费用（元），同一统筹区'),
  group: required(oneOf(...GROUPS), '最近一月登记的人群'),
  pushedOn: optional(orNull(DATE), '推送日：标记当月的末日', null),
  answeredOn: optional(orNull(DATE), '部门反馈日', null),
  monthEnd: optional(orNull(DATE), '在哪个月末看是否逾期', null),
  lowIncome: lawful(NUMBER, '低收入人口监测线（元）', 'monitoring.threshold.low_income'),
  povertyRelieved: lawful(NUMBER, '脱贫人口监测线（元）', 'monitoring.threshold.poverty_relieved'),
  ordinary: lawful(NUMBER, '其他居民监测线（元）', 'monitoring.threshold.ordinary'),
  answerDays: lawful(COUNT, '反馈期限（天）', 'monitoring.answer_days'),
};

/** The deadline is a date that has four digits for its year. */
function judgeDeadline({ pushedOn, answerDays }: Values<typeof FIELDS>): CaseFault[] {
  const year = Number.parseInt(pushedOn ?? '2000', 10);
  if (answerDays.div(365).plus(year).lt(9999)) return [];
  const expected = '反馈期限不超过 9998 年 (before the year 9999)';
  return [{ field: 'answerDays', found: answerDays.toFixed(), expected }];
}

/** The deadline of a push, and at a month's end whether it has passed. */
function answerOf(of: Values<typeof FIELDS>): Record<string, Figure> {
  if (of.pushedOn === null) return {};
  const given = { pushed_on: of.pushedOn, answer_days: of.answerDays };
  const due = answerDueOn(given);
  const steps = { answerDue: textFigure(due, answerDueOn, given, '日期') };
  if (of.monthEnd === null) return steps;
  const dates = { answer_due: due, month_end: of.monthEnd, answered_on: of.answeredOn };
  return { ...steps, answer: textFigure(pushOutcome(dates), pushOutcome, dates, '反馈') };
}

const burdenCase = singleCase({
  name: 'burden',
  zh: '高额医疗费用负担监测',
  en: 'whether a person is flagged for a heavy burden, and whether the push is overdue',
  fields: FIELDS,
  example: { selfPaid: ['6000', '5000'], group: 'subsistence', pushedOn: '2028-03-31', monthEnd: '2028-05-31' },
  judge: judgeDeadline,
  answer: (of) => {
    const ofClass = burdenClassOf(of.group);
    const threshold = { low_income: of.lowIncome, poverty_relieved: of.povertyRelieved, ordinary: of.ordinary }[
      ofClass
    ];
    const paid = figureOf(selfPaidToDate, { self_paid: of.selfPaid }, IN_YUAN);
    const facts = { self_paid_to_date: paid.exact, threshold };
    const value = textFigure(burdenOutcome(facts), burdenOutcome, facts, '标记');
    return {
      value,
      steps: { selfPaidToDate: paid, ...answerOf(of) },
      notes: [`类别 ${BURDEN_CLASS_NAMES[ofClass]}（${ofClass}）`],
    };
  },
});

export const BURDEN_CASES = [burdenCase];
