/**
 * 单项调整: the ways out of a version that is not balanced. For each lever, the least change of that one amount with which
 * `no_deficit`, `slight_surplus` and `major_illness_floor` pass and no other check comes out worse.
 *
 * Law: A(5) “以收定支、收支平衡、略有结余”; A(2) major illness not below 6 %. RULES 6; readings in docs/decisions/0005-readings.md.
 * Units: yuan, to the fen.
 *
 * Each check allows an item one unbroken range of amounts, so what all of them allow is such a range too, and the least change
 * goes to its nearer end. The limits below say where that end can be. Whether an amount is a way out is asked of the checks
 * themselves (`checkBudget`): a limit that did not fit them could hide a way, and never offer a false one.
 */
import {
  type BudgetCheck,
  type BudgetYardstick,
  CHECKS,
  type SubmittedRow,
  TOTAL_ROWS,
  checkBudget,
  isTotal,
  itemsOfTotals,
  pooledTotals,
} from './budget-checks';
import { type Decimal, ceilToFen, decimal, floorToFen, larger, smaller, yuanText, zero } from './money';
import { rule } from './rule';
import { type CheckName, type Item, OWN_EXPENDITURE, type Scheme, isIncome, itemsOf } from './vocabulary';

const BALANCED = 'A(五)“以收定支、收支平衡、略有结余”';
const MAJOR_ILLNESS = 'A(二)“按照不低于6%左右从居民医保基金中划拨”';
const ESTIMATED = 'A(五)“全面、准确、科学编制”';
const ONE_FEN = decimal('0.01');

interface Margin {
  estimate: Decimal;
  deviation: Decimal;
}
/** Up to where the checks are passed; null where no amount is the limit. */
export const LIMITS = {
  /** The income that leaves the slight surplus. Without income no budget is balanced. */
  least_income: rule(
    {
      article: BALANCED,
      formula:
        'spent = expenditure + levy_to_superior\nspent <= 0 ? 0.01 : slight_surplus >= 1 ? null : ceil(spent / (1 - slight_surplus))',
    },
    (inputs: { expenditure: Decimal; levy_to_superior: Decimal; slight_surplus: Decimal }): Decimal | null => {
      const spent = inputs.expenditure.plus(inputs.levy_to_superior);
      if (spent.lte(0)) return ONE_FEN;
      const left = decimal('1').minus(inputs.slight_surplus);
      return left.lte(0) ? null : ceilToFen(spent.div(left));
    },
  ),
  /** The income of which major illness still is the share that it must be. */
  most_income: rule(
    {
      article: MAJOR_ILLNESS,
      formula: 'major_illness_floor <= 0 ? null : floor(major_illness / major_illness_floor)',
    },
    (inputs: { major_illness: Decimal; major_illness_floor: Decimal }): Decimal | null =>
      inputs.major_illness_floor.lte(0) ? null : floorToFen(inputs.major_illness.div(inputs.major_illness_floor)),
  ),
  /** The expenditure that leaves the slight surplus. */
  most_expenditure: rule(
    { article: BALANCED, formula: 'floor(income - levy_to_superior - slight_surplus * income)' },
    (inputs: { income: Decimal; levy_to_superior: Decimal; slight_surplus: Decimal }): Decimal =>
      floorToFen(inputs.income.minus(inputs.levy_to_superior).minus(inputs.slight_surplus.times(inputs.income))),
  ),
  least_major_illness: rule(
    { article: MAJOR_ILLNESS, formula: 'ceil(major_illness_floor * income)' },
    (inputs: { income: Decimal; major_illness_floor: Decimal }): Decimal =>
      ceilToFen(inputs.major_illness_floor.times(inputs.income)),
  ),
  /** A line that is new may not leave its estimate: it has no reason yet. */
  least_of_new_line: rule(
    { article: ESTIMATED, formula: 'ceil(estimate - deviation * abs(estimate))' },
    ({ estimate, deviation }: Margin): Decimal => ceilToFen(estimate.minus(deviation.times(estimate.abs()))),
  ),
  most_of_new_line: rule(
    { article: ESTIMATED, formula: 'floor(estimate + deviation * abs(estimate))' },
    ({ estimate, deviation }: Margin): Decimal => floorToFen(estimate.plus(deviation.times(estimate.abs()))),
  ),
} as const;

/** What one lever can do. It is a way out when there is an amount and nothing against it. */
export interface WayOut {
  item: Item;
  from: string; // yuan, as it was submitted; 0.00 where it was not
  /** The nearest amount with which the budget is balanced; null where no amount is possible. */
  to: string | null;
  change: string | null;
  /** The checks that stand against it: not passed, or with a worse result than before. */
  against: CheckName[];
}

/** 收支平衡: the checks that a change must make pass. */
const BALANCE_CHECKS: readonly CheckName[] = ['no_deficit', 'slight_surplus', 'major_illness_floor'];

/** Premium, subsidy and each expenditure item. The levy is not the area's to change. */
export const leversOf = (scheme: Scheme): Item[] =>
  (['premium', 'fiscal_subsidy', ...OWN_EXPENDITURE] as const).filter((item) => itemsOf(scheme).includes(item));

/** What each lever can do for a version; empty where the version is balanced. */
export function waysOut(rows: readonly SubmittedRow[], yardstick: BudgetYardstick): WayOut[] {
  const before = checkBudget(rows, yardstick);
  if (against(before, before).length === 0) return [];
  return leversOf(yardstick.scheme).map((item) => wayOut(item, rows, yardstick, before));
}

function wayOut(
  item: Item,
  rows: readonly SubmittedRow[],
  yardstick: BudgetYardstick,
  before: readonly BudgetCheck[],
): WayOut {
  const line = rows.find((row) => row.part === 'pooled' && row.item === item);
  const from = line?.amount ?? zero;
  const balanced = balancedRange(item, rows, yardstick);
  const ranges = line === undefined ? [within(balanced, newLine(item, yardstick)), balanced] : [balanced];
  const tried = ranges.map((range) => {
    const amount = range === null ? from : nearest(from, range);
    const after = checkBudget(withAmount(rows, item, amount, yardstick.scheme), yardstick);
    return { amount, against: against(before, after) };
  });
  const found = tried.find((one) => one.against.length === 0) ?? tried.at(-1);
  if (found === undefined) throw new RangeError(`No amount of ${item} was tried.`);
  // A reason may be given for a deviation; an amount below 0 stays impossible.
  const isPossible = !found.against.some((check) => [...BALANCE_CHECKS, 'negative_amount'].includes(check));
  return {
    item,
    from: yuanText(from),
    to: isPossible ? yuanText(found.amount) : null,
    change: isPossible ? yuanText(found.amount.minus(from)) : null,
    against: found.against,
  };
}

/** From `least` to `most`; null is no limit. */
interface Range {
  least: Decimal | null;
  most: Decimal | null;
}

/** The amounts of an item with which the budget is balanced; null where no amount is. `least` may be above `most`. */
function balancedRange(item: Item, rows: readonly SubmittedRow[], yardstick: BudgetYardstick): Range | null {
  const { amount, income, expenditure, levy } = pooledTotals(rows, yardstick.scheme);
  const { slightSurplus: slight_surplus, majorIllnessFloor: major_illness_floor } = yardstick;
  const major_illness = amount('major_illness');
  const besides = (total: Decimal): Decimal => total.minus(amount(item));
  if (isIncome(item)) {
    const least = LIMITS.least_income({ expenditure, levy_to_superior: levy, slight_surplus });
    if (least === null) return null;
    const most = yardstick.scheme === 'resident' ? LIMITS.most_income({ major_illness, major_illness_floor }) : null;
    return { least: least.minus(besides(income)), most: most && most.minus(besides(income)) };
  }
  const most = LIMITS.most_expenditure({ income, levy_to_superior: levy, slight_surplus }).minus(besides(expenditure));
  const least = item === 'major_illness' ? LIMITS.least_major_illness({ income, major_illness_floor }) : null;
  return { least, most };
}

function newLine(item: Item, { estimate, deviation }: BudgetYardstick): Range {
  const margin = { estimate: estimate('pooled', item), deviation };
  return { least: LIMITS.least_of_new_line(margin), most: LIMITS.most_of_new_line(margin) };
}

const within = (one: Range | null, other: Range): Range | null =>
  one && {
    least: one.least && other.least ? larger(one.least, other.least) : (one.least ?? other.least),
    most: one.most && other.most ? smaller(one.most, other.most) : (one.most ?? other.most),
  };

function nearest(from: Decimal, { least, most }: Range): Decimal {
  if (least !== null && from.lt(least)) return least;
  return most !== null && from.gt(most) ? most : from;
}

/** The version with another amount of one item; the totals that it states move with the item. */
export function withAmount(rows: readonly SubmittedRow[], item: Item, amount: Decimal, scheme: Scheme): SubmittedRow[] {
  const isLine = (row: SubmittedRow): boolean => row.part === 'pooled' && row.item === item;
  const line = rows.find(isLine);
  const change = amount.minus(line?.amount ?? zero);
  const moving = TOTAL_ROWS.filter((total) => itemsOfTotals(scheme)[total].includes(item));
  const changed = rows.map((row) => {
    if (isLine(row)) return { ...row, amount };
    if (row.part !== 'pooled' || !isTotal(row.item) || !moving.includes(row.item)) return row;
    const isLowered = row.item === 'surplus' && !isIncome(item);
    return { ...row, amount: isLowered ? row.amount.minus(change) : row.amount.plus(change) };
  });
  return line === undefined && !change.isZero() ? [...changed, { part: 'pooled', item, amount, reason: '' }] : changed;
}

/** What stands against a change: the balance that is not reached, and every other check that comes out worse. */
const against = (before: readonly BudgetCheck[], after: readonly BudgetCheck[]): CheckName[] =>
  after
    .filter((now, place) =>
      BALANCE_CHECKS.includes(now.check) ? now.result === 'fail' : isWorse(now, before[place] as BudgetCheck),
    )
    .map(({ check }) => check);

const RESULTS = ['pass', 'warn', 'fail'] as const;
/** A worse result, or more lines that are at fault. */
const isWorse = (now: BudgetCheck, before: BudgetCheck): boolean =>
  RESULTS.indexOf(now.result) > RESULTS.indexOf(before.result) ||
  (CHECKS[now.check].unit === 'rows' && decimal(now.figure).gt(before.figure));
