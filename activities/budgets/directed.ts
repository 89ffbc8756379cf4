/** 以收定支: the directed budget, from the last version or from the estimate, and the reason of each of its items. */
import type { Law } from '../../parameters/law';
import type { LawName } from '../../parameters/law-name';
import { lawOf } from '../law';
import { type BudgetOf, estimateItems, lastVersion, submittedRows } from '../../db/budgets';
import type { Queryable } from '../../db/connect';
import { type SubmittedRow } from '../../rules/budget-checks';
import { DIRECTED, type DirectedBudget, directBudget } from '../../rules/directed-budget';
import { type Because, type Source, onTheWay } from '../../rules/rule';
import {
  CONTROLLABLE_ITEMS,
  type Item,
  OWN_EXPENDITURE,
  OWN_INCOME,
  type Part,
  type Scheme,
} from '../../rules/vocabulary';
import { prepaidOf } from './estimate';

export interface Directed {
  version: number;
  directed: DirectedBudget;
  /** Of the finding that even without controllable expenditure a deficit is left. */
  shortBecause: { because: Because; raised: string };
  /** The sums on the way, and the reason of an item. */
  because: Record<string, Because>;
  itemBecause: (part: Part, item: Item) => Because;
}

/** The directed budget of the version with the highest number; of the estimate, version 0, where there is none. */
export async function directedBudget(db: Queryable, of: BudgetOf): Promise<Directed> {
  const law = await lawOf(db, of.year);
  const version = await lastVersion(db, of);
  const rows: SubmittedRow[] = version === 0 ? await estimateItems(db, of) : await submittedRows(db, of, version);
  const prepaid = await prepaidOf(db, of);
  const directed = directBudget({
    scheme: of.scheme,
    rows,
    prepaid: prepaid.value,
    slightSurplus: law.given('budget.slight_surplus').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  });
  return { version, directed, ...reasonsOf(law, of, version, directed, prepaid.because) };
}

const FIXED = OWN_EXPENDITURE.filter(
  (item) => item !== 'major_illness' && !(CONTROLLABLE_ITEMS as readonly Item[]).includes(item),
);

function reasonsOf(law: Law, { scheme, area }: BudgetOf, version: number, directed: DirectedBudget, levy: Because) {
  const lines = (part: Part, item: Item | readonly Item[]): Source => {
    const of = { area, scheme, part, item, ...(typeof item === 'string' ? {} : { by: 'item' }) };
    return version === 0
      ? { figure: 'budget_estimate.amount', of }
      : { rows: 'budget_submissions.csv', of: { ...of, version } };
  };
  const told = (column: string, value?: string) => ({
    ...(value === undefined ? {} : { value }),
    from: { figure: `budgets.${column}`, of: { area, scheme } },
  });
  const given = (name: LawName) => ({ value: law.given(name).value.toFixed(), from: law.source(name) });
  const of = (formula: string, inputs: Because['inputs']): Because => ({ article: DIRECTED.article, formula, inputs });
  const C = { from: lines('pooled', CONTROLLABLE_ITEMS) };
  const [I, X] = [told('income', directed.income.toFixed()), told('other', directed.other.toFixed())];
  const submitted = (part: Part, item: Item) => ({ submitted: { from: lines(part, item) } });
  const majorIllness = majorIllnessBecause(scheme, of, {
    ...submitted('pooled', 'major_illness'),
    floor_rate: given('budget.major_illness_floor'),
    I,
  });
  const because: Record<string, Because> = {
    income: sumOnTheWay(directed.income, of(DIRECTED.income, { items: { from: lines('pooled', OWN_INCOME) } })),
    major_illness: majorIllness(directed),
    other: sumOnTheWay(
      directed.other,
      of(DIRECTED.other, {
        items: { from: lines('pooled', FIXED) },
        prepaid: levy.inputs.prepaid as Because['inputs'][string],
        major_illness: told('major_illness'),
      }),
    ),
    allowed: sumOnTheWay(
      directed.allowed,
      of(DIRECTED.allowed, { C, I, X, slight_surplus: given('budget.slight_surplus') }),
    ),
  };
  const itemBecause = (part: Part, item: Item): Because => {
    if (part === 'pooled' && item === 'levy_to_superior')
      return { ...levy, article: `${DIRECTED.article}；${levy.article}` };
    if (part === 'pooled' && item === 'major_illness') return majorIllness(directed);
    const place = (CONTROLLABLE_ITEMS as readonly Item[]).indexOf(item) + 1;
    if (part === 'personal_account' || place === 0) return of(DIRECTED.as_submitted, submitted(part, item));
    return of(DIRECTED.controllable, {
      C,
      allowed: told('allowed', directed.allowed.toFixed()),
      place: { value: place, from: { stated: '可控支出的次序：住院、门诊、生育、其他' } },
    });
  };
  const shortBecause = { because: of(DIRECTED.short_by, { I, X }), raised: 'I - X < 0' };
  return { shortBecause, because, itemBecause };
}

const sumOnTheWay = (value: DirectedBudget['income'], because: Because): Because => onTheWay({ value, because });

/** Residents: what was submitted, raised to its floor; employees have none. */
function majorIllnessBecause(
  scheme: Scheme,
  of: (formula: string, inputs: Because['inputs']) => Because,
  inputs: Because['inputs'],
) {
  return ({ items }: DirectedBudget): Because => {
    const value =
      items.find(({ part, item }) => part === 'pooled' && item === 'major_illness')?.amount.toFixed() ?? '0';
    const because =
      scheme === 'resident'
        ? of(DIRECTED.major_illness, inputs)
        : of('0', { none: { value: null, from: { stated: '职工医保没有大病保险支出' } } });
    return { ...because, value };
  };
}
