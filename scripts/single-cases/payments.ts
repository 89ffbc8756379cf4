/** RULES 11: the total budget of an area and scheme split over its units, and the clearing of their year. */
import { type Decimal, sum, zero } from '../../rules/money';
import {
  clearing,
  entitled,
  fundPart,
  fundParts,
  payable,
  reserve,
  retained,
  unitBudget,
  unitBudgets,
} from '../../rules/total-budget';
import { UNIT_KINDS, UNIT_KIND_NAMES } from '../../rules/vocabulary';
import { oneOf, orNull } from '../../parameters/reader';
import { type Values, lawful, optional, recordsOf, required } from './fields';
import { NUMBER, RATE, WORD, YUAN } from './kinds';
import { IN_YUAN, type Figure, figureList, figureOf, singleCase } from './single-case';

const UNIT = {
  name: optional(orNull(WORD), '单位', null),
  kind: required(oneOf(...UNIT_KINDS), '类别：定点医疗机构、紧密型县域医共体、异地就医'),
  weight: required(NUMBER, '权重'),
  incurred: optional(YUAN, '全年费用（元）', zero, 'C'),
  paid: optional(YUAN, '年内已拨（元）', zero, 'P'),
};
type Unit = Values<typeof UNIT>;

const LAW = {
  reserveRate: lawful(RATE, '预留比例', 'payment.reserve'),
  retainFrom: lawful(RATE, '可留用的最低费用占预算比例', 'payment.retain_from'),
  retainInstitution: lawful(RATE, '定点医疗机构留用比例', 'payment.retain.institution'),
  retainCommunity: lawful(RATE, '县域医共体留用比例', 'payment.retain.community'),
  overLimit: lawful(RATE, '合理超支上限（占预算）', 'payment.over_limit'),
  overShare: lawful(RATE, '合理超支由基金分担的比例', 'payment.over_share'),
};
type Law = Values<typeof LAW>;

interface Spent extends Unit {
  budget: Decimal;
}
const isAtCost = ({ kind }: Unit): boolean => kind === 'elsewhere';

const retainOf = ({ kind }: Unit, { retainInstitution, retainCommunity }: Law): Decimal =>
  kind === 'community' ? retainCommunity : retainInstitution;
const keptBy = (unit: Spent, law: Law): Decimal =>
  isAtCost(unit)
    ? zero
    : retained({
        budget: unit.budget,
        incurred: unit.incurred,
        retain_from: law.retainFrom,
        retain: retainOf(unit, law),
      });
const dueTo = (unit: Spent, { overLimit, overShare }: Law): Decimal =>
  isAtCost(unit)
    ? zero
    : entitled({ budget: unit.budget, incurred: unit.incurred, over_limit: overLimit, over_share: overShare });

/** The clearing of every unit, in the order in which they are given. */
function answered(total: Decimal, units: readonly Unit[], law: Law): { value: Figure; steps: Record<string, Figure> } {
  const held = figureOf(reserve, { reserve_rate: law.reserveRate, total }, IN_YUAN);
  const weight = units.map((unit) => unit.weight);
  const budget = unitBudgets(total, held.exact, weight);
  const spent = units.map((unit, at): Spent => ({ ...unit, budget: budget[at] ?? zero }));
  const incurred = units.map((unit) => unit.incurred);
  const paid = units.map((unit) => unit.paid);
  const kept = spent.map((unit) => keptBy(unit, law));
  const due = spent.map((unit) => dueTo(unit, law));
  const borne = fundParts(due, held.exact);
  const owed = spent.map((unit, at) =>
    isAtCost(unit) ? unit.incurred : payable({ ...unit, retained: kept[at] ?? zero, fund_share: borne[at] ?? zero }),
  );
  const open = owed.map((one, at) => clearing({ payable: one, paid: paid[at] ?? zero }));
  const { retainFrom, overLimit, overShare } = law;
  const retain = units.map((unit) => retainOf(unit, law));
  return {
    value: figureList(open, clearing, { payable: owed, paid }, IN_YUAN),
    steps: {
      reserve: held,
      budget: figureList(budget, unitBudget, { total, held: held.exact, weight }, IN_YUAN),
      retained: figureList(kept, retained, { budget, incurred, retain_from: retainFrom, retain }, IN_YUAN),
      entitled: figureList(due, entitled, { budget, incurred, over_limit: overLimit, over_share: overShare }, IN_YUAN),
      fundShare: figureList(borne, fundPart, { entitled: due, held: held.exact }, IN_YUAN),
      payable: figureList(owed, payable, { budget, incurred, retained: kept, fund_share: borne }, IN_YUAN),
    },
  };
}

const clearingCase = singleCase({
  name: 'clearing',
  zh: '总额预算与年度清算',
  en: 'the total budget of an area and scheme split over its units, and what the fund still owes each after the year',
  fields: {
    total: required(YUAN, '总额：1 月 1 日生效预算的住院、门诊、生育支出合计（元）', 'T'),
    units: required(recordsOf(UNIT), '各单位，按单位代码顺序'),
    ...LAW,
  },
  example: {
    T: '1000.00',
    units: [
      { name: '盟医院', kind: 'institution', weight: '3', incurred: '700.00', paid: '680.00' },
      { name: '左旗医共体', kind: 'community', weight: '1', incurred: '300.00', paid: '240.00' },
    ],
  },
  judge: ({ units }) =>
    sum(units.map(({ weight }) => weight)).isZero()
      ? [{ field: 'units', found: '权重合计 0 (weights that sum to 0)', expected: '权重合计大于 0 (a sum above 0)' }]
      : [],
  answer: ({ total, units, ...law }) => ({
    ...answered(total, units, law),
    notes: [
      `各列表依次为 ${units.map(({ name, kind }, at) => `${name ?? `第 ${at + 1} 个单位`}（${UNIT_KIND_NAMES[kind]}）`).join('、')} (in this order)`,
      ...(units.some(isAtCost) ? ['异地就医据实支付，不留用、不分担 (care elsewhere is paid at cost)'] : []),
    ],
  }),
});

export const PAYMENT_CASES = [clearingCase];
