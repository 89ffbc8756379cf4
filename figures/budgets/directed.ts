/** 以收定支: the directed budget of an area without an approvable version, and the reason of each of its items. */
import type { Law } from '../../parameters/law';
import type { SubmittedRow } from '../../rules/budget-checks';
import { DIRECTED, type DirectedBudget, FIXED_ITEMS, directBudget } from '../../rules/directed-budget';
import type { Decimal } from '../../rules/money';
import { type Because, type Citation, type Source, intermediate, reasonOf } from '../../rules/rule';
import { CONTROLLABLE_ITEMS, type Item, OWN_INCOME, type Part, type Scheme } from '../../rules/vocabulary';
import { prepaidLevy } from './estimate';

export interface DirectedFacts {
  scheme: Scheme;
  area: string;
  version: number; // the highest that was submitted; 0 stands for the system's estimate
  rows: readonly SubmittedRow[];
  prepaid: Decimal;
  /** Whether the estimate was made before the levies of all areas were known. */
  isAlone?: boolean;
}
export interface Directed {
  version: number;
  directed: DirectedBudget;
  /** For the finding that a deficit is left even without controllable expenditure. */
  shortBecause: { because: Because; raised: string };
  /** The intermediate sums. */
  because: Record<string, Because>;
  itemBecause: (part: Part, item: Item) => Because;
}

export function directedBudget(facts: DirectedFacts, law: Law): Directed {
  const directed = directBudget({
    scheme: facts.scheme,
    rows: facts.rows,
    prepaid: facts.prepaid,
    slightSurplus: law.given('budget.slight_surplus').value,
    majorIllnessFloor: law.given('budget.major_illness_floor').value,
  });
  const reasons = new Reasons(facts, law, directed);
  return {
    version: facts.version,
    directed,
    shortBecause: reasons.short(),
    because: reasons.intermediate(),
    itemBecause: (part, item) => reasons.ofItem(part, item),
  };
}

type Input = Because['inputs'][string];

class Reasons {
  constructor(
    private readonly facts: DirectedFacts,
    private readonly law: Law,
    private readonly directed: DirectedBudget,
  ) {}

  /** The lines that the budget is made from. */
  #lines(part: Part, item: Item | readonly Item[]): Source {
    const { scheme, area, version } = this.facts;
    const of = { area, scheme, part, item, ...(typeof item === 'string' ? {} : { by: 'item' }) };
    return version === 0
      ? { figure: 'budget_estimate.amount', of }
      : { rows: 'budget_submissions.csv', of: { ...of, version } };
  }
  #step(name: 'income' | 'other' | 'allowed'): Input {
    return { value: this.directed[name].toFixed(), ...this.#figure(name) };
  }
  #figure(name: string): { from: Source } {
    const { scheme, area } = this.facts;
    return { from: { figure: `budgets.${name}`, of: { area, scheme } } };
  }
  get #controllable(): Input {
    return { from: this.#lines('pooled', CONTROLLABLE_ITEMS) };
  }
  #majorIllness(): Because {
    const value = this.directed.majorIllness;
    const because =
      this.facts.scheme === 'resident'
        ? reasonOf(DIRECTED.major_illness, {
            submitted: { from: this.#lines('pooled', 'major_illness') },
            floor_rate: this.law.stated('budget.major_illness_floor'),
            I: this.#step('income'),
          })
        : reasonOf(DIRECTED.no_major_illness, {
            none: { value: null, from: { stated: '职工医保没有大病保险支出' } },
          });
    return intermediate({ value, because });
  }

  intermediate(): Record<string, Because> {
    const { income, other, allowed } = this.directed;
    const step = (value: Decimal, rule: Citation, inputs: Because['inputs']): Because =>
      intermediate({ value, because: reasonOf(rule, inputs) });
    return {
      income: step(income, DIRECTED.income, { items: { from: this.#lines('pooled', OWN_INCOME) } }),
      major_illness: this.#majorIllness(),
      other: step(other, DIRECTED.other, {
        items: { from: this.#lines('pooled', FIXED_ITEMS) },
        ...prepaidLevy(this.facts).because.inputs,
        major_illness: this.#figure('major_illness'),
      }),
      allowed: step(allowed, DIRECTED.allowed, {
        C: this.#controllable,
        I: this.#step('income'),
        X: this.#step('other'),
        slight_surplus: this.law.stated('budget.slight_surplus'),
      }),
    };
  }

  ofItem(part: Part, item: Item): Because {
    if (part === 'pooled' && item === 'levy_to_superior') {
      const levy = prepaidLevy(this.facts).because;
      return { ...levy, article: `${DIRECTED.income.article}；${levy.article}` };
    }
    if (part === 'pooled' && item === 'major_illness') return this.#majorIllness();
    const place = (CONTROLLABLE_ITEMS as readonly Item[]).indexOf(item) + 1;
    if (part === 'personal_account' || place === 0)
      return reasonOf(DIRECTED.as_submitted, { submitted: { from: this.#lines(part, item) } });
    return reasonOf(DIRECTED.controllable, {
      C: this.#controllable,
      allowed: this.#step('allowed'),
      place: { value: place, from: { stated: '可控支出的次序：住院、门诊、生育、其他' } },
    });
  }

  short(): { because: Because; raised: string } {
    const because = reasonOf(DIRECTED.short_by, { I: this.#step('income'), X: this.#step('other') });
    return { because, raised: DIRECTED.is_short.formula };
  }
}
