/**
 * The checks on a submitted budget (预算审核), each pass, warn or fail with one figure.
 *
 * Law: A(5) “以收定支、收支平衡、略有结余……不应编制当年赤字预算”; A(2) major illness not below 6 %; A(6) levy.
 * RULES 6, READINGS 25–28. Units: yuan; ratios printed with four decimals and compared unrounded.
 */
import { type Decimal, decimal, plainText, ratioText, sum, yuanText, zero } from './money';
import { type Ratio, ratioOf, roundRatio } from './ratio';
import { type Citation, type Rule, rule } from './rule';
import { hasLetterOrDigit } from './text';
import {
  type CheckName,
  type Item,
  OWN_EXPENDITURE,
  OWN_INCOME,
  PARTS,
  type Part,
  type Scheme,
  isIncome,
  isItem,
  itemsOf,
} from './vocabulary';

/** Rows that state a total; they are tested by `identity` and are no items. */
export const TOTAL_ROWS = ['total_income', 'total_expenditure', 'surplus'] as const;
export type TotalRow = (typeof TOTAL_ROWS)[number];
export const isTotal = (name: string): name is TotalRow => (TOTAL_ROWS as readonly string[]).includes(name);
/** The items that each total adds up, level items included; the surplus is their income less their expenditure. */
export function itemsOfTotals(scheme: Scheme): Record<TotalRow, Item[]> {
  const items = itemsOf(scheme);
  return {
    total_income: items.filter(isIncome),
    total_expenditure: items.filter((item) => !isIncome(item)),
    surplus: items,
  };
}

export interface SubmittedRow {
  part: Part;
  item: string;
  amount: Decimal;
  reason: string;
}
type CheckResult = 'pass' | 'warn' | 'fail';
export interface BudgetCheck {
  check: CheckName;
  result: CheckResult;
  figure: string; // yuan, a ratio with four decimals, or a number of rows; empty where there is no ratio
}
export interface BudgetYardstick {
  scheme: Scheme;
  estimate: (part: Part, item: Item) => Decimal;
  prepaid: Decimal;
  targetInsured: Decimal; // residents
  standard: Decimal; // residents: subsidy per head
  slightSurplus: Decimal;
  deviation: Decimal;
  majorIllnessFloor: Decimal;
}

/** What a check finds: an amount, a ratio with four decimals, a number of rows; '' where there is no ratio. */
type Found = Decimal | '';
interface Check<Inputs extends object> {
  figure: Rule<Inputs, Found>;
  result: Rule<Inputs, CheckResult>;
  unit: 'yuan' | 'ratio' | 'rows';
}
const passOrFail = (passes: boolean): CheckResult => (passes ? 'pass' : 'fail');
const passes = (condition: string, otherwise = '"fail"'): string => `${condition} ? "pass" : ${otherwise}`;

/** A check on the difference between what stands in the budget and what should; anything but 0 fails, or only warns. */
const difference = <Inputs extends object>(
  article: string,
  formula: string,
  compute: (inputs: Inputs) => Decimal,
  otherwise: CheckResult = 'fail',
): Check<Inputs> => ({
  unit: 'yuan',
  figure: rule({ article, formula }, compute),
  result: rule({ article, formula: passes(`${formula} == 0`, `"${otherwise}"`) }, (inputs) =>
    compute(inputs).isZero() ? 'pass' : otherwise,
  ),
});
/** A check on a number of rows, none of which may be there. */
const none = <Inputs extends object>(
  article: string,
  formula: string,
  compute: (inputs: Inputs) => number,
): Check<Inputs> => ({
  unit: 'rows',
  figure: rule({ article, formula }, (inputs) => decimal(String(compute(inputs)))),
  result: rule({ article, formula: passes(`${formula} == 0`) }, (inputs) => passOrFail(compute(inputs) === 0)),
});

interface Balance {
  income: Decimal;
  expenditure: Decimal;
  levy_to_superior: Decimal;
}
const SURPLUS = 'income - expenditure - levy_to_superior';
const surplusOf = ({ income, expenditure, levy_to_superior }: Balance): Decimal =>
  income.minus(expenditure).minus(levy_to_superior);
/** No income, no ratio (READINGS 28). */
const ratioTo = (income: Decimal, part: Decimal): Found =>
  income.lte(0) ? '' : roundRatio(ratioOf(part, income) as Ratio, 4);

/** What lines are compared with: the system's estimate or, of an adjustment, the budget in force. */
type Compared = 'estimate' | 'in_force';
type Deviations<Name extends Compared = 'estimate'> = Record<'amount' | Name, readonly Decimal[]> & {
  reason: readonly string[];
  deviation: Decimal;
};
const DEVIATES = 'abs(a - e) > deviation * abs(e)';

/** The places of the lines that leave what they are compared with by more than the margin. */
const deviatingPlaces = (amount: readonly Decimal[], compared: readonly Decimal[], deviation: Decimal): number[] =>
  amount.flatMap((submitted, place) => {
    const expected = compared[place] as Decimal;
    return submitted.minus(expected).abs().gt(deviation.times(expected.abs())) ? [place] : [];
  });

/** A check on the lines that leave what they are compared with by more than the margin: with a reason each, it only warns. */
function deviationFrom<Name extends Compared>(name: Name, article: string): Check<Deviations<Name>> {
  const deviating = ({ amount, deviation, [name]: compared }: Deviations<Name>): number[] =>
    deviatingPlaces(amount, compared, deviation);
  const count = `count(map(amount, ${name}, each(a, e) = ${DEVIATES}))`;
  const withoutReason = `count(map(amount, ${name}, reason, each(a, e, r) = ${DEVIATES} and isBlank(r)))`;
  return {
    unit: 'rows',
    figure: rule({ article, formula: count }, (inputs) => decimal(String(deviating(inputs).length))),
    result: rule(
      { article, formula: passes(`${count} == 0`, `${withoutReason} > 0 ? "fail" : "warn"`) },
      (inputs): CheckResult => {
        const places = deviating(inputs);
        if (places.length === 0) return 'pass';
        return places.some((place) => !hasLetterOrDigit(inputs.reason[place] ?? '')) ? 'fail' : 'warn';
      },
    ),
  };
}

const A5_DEFICIT = 'A(五)“不应编制当年赤字预算”';
const A5_SURPLUS = 'A(五)“略有结余”';
const A5_COMPLETE = 'A(五)“全面、准确、科学编制”';
const A2_MAJOR_ILLNESS = 'A(二)“按照不低于6%左右从居民医保基金中划拨”';

/** A version of a budget as the checks see it: its rows, the sums of its pooled part, and what they are measured by. */
interface Version extends BudgetYardstick {
  rows: readonly SubmittedRow[];
  pooled: ReturnType<typeof pooledTotals>;
}
const balanceOf = ({ pooled: { income, expenditure, levy } }: Version): Balance => ({
  income,
  expenditure,
  levy_to_superior: levy,
});
const itemRows = ({ rows }: Version): SubmittedRow[] => rows.filter(({ item }) => !isTotal(item));

const PRINTED: Record<Check<object>['unit'], (figure: Decimal) => string> = {
  yuan: yuanText,
  ratio: ratioText,
  rows: plainText,
};
/** A check together with what it looks at in a version; both schemes have it unless `only` names one. */
const checkOf = <Inputs extends object>(
  inputsOf: (version: Version) => Inputs,
  check: Check<Inputs>,
  only?: Scheme,
) => ({
  ...check,
  only,
  run: (version: Version): Omit<BudgetCheck, 'check'> => {
    const inputs = inputsOf(version);
    const figure = check.figure(inputs);
    return { result: check.result(inputs), figure: figure === '' ? '' : PRINTED[check.unit](figure) };
  },
});

/** Every check in the order of RULES 6: what it looks at, where it comes from, its figure, and what it says of the version. */
export const CHECKS = {
  identity: checkOf(
    statedTotals,
    difference(
      'RULES 6“optional rows total_income”：合计行与各科目之和一致',
      'sum(map(stated, counted, each(s, c) = abs(s - c)))',
      ({ stated, counted }: { stated: readonly Decimal[]; counted: readonly Decimal[] }) =>
        sum(stated.map((amount, place) => amount.minus(counted[place] as Decimal).abs())),
    ),
  ),
  no_deficit: checkOf(balanceOf, {
    unit: 'yuan',
    figure: rule({ article: A5_DEFICIT, formula: SURPLUS }, surplusOf),
    result: rule({ article: A5_DEFICIT, formula: passes(`${SURPLUS} >= 0`) }, (balance: Balance) =>
      passOrFail(surplusOf(balance).gte(0)),
    ),
  }),
  slight_surplus: checkOf((version) => ({ ...balanceOf(version), slight_surplus: version.slightSurplus }), {
    unit: 'ratio',
    figure: rule(
      { article: A5_SURPLUS, formula: `income <= 0 ? "" : round((${SURPLUS}) / income, 4)` },
      (balance: Balance) => ratioTo(balance.income, surplusOf(balance)),
    ),
    result: rule(
      { article: A5_SURPLUS, formula: passes(`income > 0 and ${SURPLUS} >= slight_surplus * income`) },
      ({ slight_surplus, ...balance }: Balance & { slight_surplus: Decimal }) =>
        passOrFail(balance.income.gt(0) && surplusOf(balance).gte(slight_surplus.times(balance.income))),
    ),
  }),
  subsidy_equals_due: checkOf(
    ({ pooled, targetInsured, standard }) => ({
      fiscal_subsidy: pooled.amount('fiscal_subsidy'),
      target_insured: targetInsured,
      standard,
    }),
    difference(
      'B(二)“足额安排财政补助资金”',
      'fiscal_subsidy - target_insured * standard',
      (inputs: { fiscal_subsidy: Decimal; target_insured: Decimal; standard: Decimal }) =>
        inputs.fiscal_subsidy.minus(inputs.target_insured.times(inputs.standard)),
      'warn',
    ),
    'resident',
  ),
  major_illness_floor: checkOf(
    ({ pooled, majorIllnessFloor }) => ({
      income: pooled.income,
      major_illness: pooled.amount('major_illness'),
      major_illness_floor: majorIllnessFloor,
    }),
    {
      unit: 'ratio',
      figure: rule(
        { article: A2_MAJOR_ILLNESS, formula: 'income <= 0 ? "" : round(major_illness / income, 4)' },
        ({ income, major_illness }: { income: Decimal; major_illness: Decimal }) => ratioTo(income, major_illness),
      ),
      result: rule(
        {
          article: A2_MAJOR_ILLNESS,
          formula: passes('income > 0 and major_illness >= major_illness_floor * income'),
        },
        (inputs: { income: Decimal; major_illness: Decimal; major_illness_floor: Decimal }) =>
          passOrFail(inputs.income.gt(0) && inputs.major_illness.gte(inputs.major_illness_floor.times(inputs.income))),
      ),
    },
    'resident',
  ),
  levy_included: checkOf(
    ({ pooled, prepaid }) => ({ levy_to_superior: pooled.levy, prepaid }),
    difference(
      'A(六)“调剂金从各统筹区当期基金收入（不含个人账户）中按一定比例筹集”',
      'levy_to_superior - prepaid',
      ({ levy_to_superior, prepaid }: { levy_to_superior: Decimal; prepaid: Decimal }) =>
        levy_to_superior.minus(prepaid),
    ),
  ),
  deviation: checkOf((version) => deviationsOf(version.rows, version), deviationFrom('estimate', A5_COMPLETE)),
  negative_amount: checkOf(
    (version) => ({ amount: itemRows(version).map((row) => row.amount) }),
    none(
      'RULES 6“negative_amount, unknown_item”：金额不得为负',
      'count(map(amount, each(a) = a < 0))',
      ({ amount }: { amount: readonly Decimal[] }) => amount.filter((each) => each.lt(0)).length,
    ),
  ),
  unknown_item: checkOf(
    (version) => ({ unknown: itemRows(version).filter(({ item }) => !isKnown(item, version.scheme)).length }),
    none(
      'RULES 6“negative_amount, unknown_item”：科目须为预算科目',
      'unknown',
      ({ unknown }: { unknown: number }) => unknown,
    ),
  ),
} as const satisfies Record<CheckName, { figure: Citation; result: Citation; unit: string }>;

/** What a check looks at, by name: its reason gives the source of each (figures/budgets/check-reasons.ts). */
export type InputsOfCheck<Name extends CheckName> = Parameters<(typeof CHECKS)[Name]['result']>[0];

/** 预算调整: the same check of a version that changes the budget within the year. */
export const DEVIATION_FROM_BUDGET = deviationFrom(
  'in_force',
  'B(十)“加强基金收支预算管理和运行分析”；RULES 6“taken against the budget in force on that date”',
);

/** The sums that every check on the pooled part rests on; level items are left out, the levy stands by itself. */
export function pooledTotals(rows: readonly SubmittedRow[], scheme: Scheme) {
  const amount = (item: Item): Decimal =>
    itemsOf(scheme).includes(item)
      ? sum(rows.filter((row) => row.part === 'pooled' && row.item === item).map((row) => row.amount))
      : zero;
  const income = sum(OWN_INCOME.map(amount));
  const expenditure = sum(OWN_EXPENDITURE.map(amount));
  const levy = amount('levy_to_superior');
  return { amount, income, expenditure, levy, surplus: income.minus(expenditure).minus(levy) };
}

/** Runs every check of the scheme on one version. */
export function checkBudget(rows: readonly SubmittedRow[], yardstick: BudgetYardstick): BudgetCheck[] {
  const { scheme } = yardstick;
  const version = { ...yardstick, rows, pooled: pooledTotals(rows, scheme) };
  return Object.entries(CHECKS)
    .filter(([, { only }]) => only === undefined || only === scheme)
    .map(([name, check]) => ({ check: name as CheckName, ...check.run(version) }));
}

/** A version is approvable when nothing fails; a warning does not block. */
export const isApprovable = (checks: readonly BudgetCheck[]): boolean =>
  checks.every(({ result }) => result !== 'fail');

export const isKnown = (name: string, scheme: Scheme): name is Item => isItem(name) && itemsOf(scheme).includes(name);

/** Each stated total beside the sum of the known items of its part, level items included. */
function statedTotals({ rows, scheme }: Version): { stated: Decimal[]; counted: Decimal[] } {
  const itemsOfTotal = itemsOfTotals(scheme);
  const totals = PARTS.flatMap((part) => {
    const ofPart = rows.filter((row) => row.part === part);
    const counted = (total: TotalRow): Decimal =>
      sum(
        ofPart
          .filter(({ item }) => isKnown(item, scheme) && itemsOfTotal[total].includes(item))
          .map(({ item, amount }) => (total === 'surplus' && !isIncome(item as Item) ? amount.neg() : amount)),
      );
    return ofPart.flatMap(({ item, amount }) => (isTotal(item) ? [{ stated: amount, counted: counted(item) }] : []));
  });
  return { stated: totals.map(({ stated }) => stated), counted: totals.map(({ counted }) => counted) };
}

/** The lines that are compared with the estimate: those of the pooled part, for only what was submitted can deviate. */
export const comparedRows = <Row extends Pick<SubmittedRow, 'part' | 'item'>>(
  rows: readonly Row[],
  scheme: Scheme,
): Row[] => rows.filter(({ part, item }) => part === 'pooled' && isKnown(item, scheme));

/** The compared lines that leave their estimate by more than the margin. */
export function deviatingRows(rows: readonly SubmittedRow[], yardstick: BudgetYardstick): SubmittedRow[] {
  const compared = comparedRows(rows, yardstick.scheme);
  const { amount, estimate, deviation } = deviationsOf(rows, yardstick);
  return deviatingPlaces(amount, estimate, deviation).map((place) => compared[place] as SubmittedRow);
}

/** The compared lines beside their estimates. */
function deviationsOf(rows: readonly SubmittedRow[], { scheme, estimate, deviation }: BudgetYardstick): Deviations {
  const compared = comparedRows(rows, scheme);
  return {
    amount: compared.map((row) => row.amount),
    estimate: compared.map((row) => estimate(row.part, row.item as Item)),
    reason: compared.map((row) => row.reason),
    deviation,
  };
}

/** Where the items of an approved version come from, and why a version or a directed budget comes into force. */
export const SUBMITTED_ITEM = 'A(五)“科学编制医保基金收支预算”';
export const ADOPTED = 'A(五)“以收定支、收支平衡、略有结余……不应编制当年赤字预算”';

/** 财社〔2017〕144号 art. 38: what an area may do about a gap in its budget, in this order. */
export const REMEDIES = [
  '动用历年滚存结余',
  '申请上级调剂',
  '变现投资运营资产',
  '申请同级财政补贴',
  '按程序调整缴费费率或待遇政策',
] as const;
