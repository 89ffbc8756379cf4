/** The names of all values of law, as the compiler knows them: a mistyped one is an error before anything runs. */
import type { BOOKS } from './books';
import type { BUDGET, BUDGET_PRODUCT } from './budget';
import type { CALENDAR } from './calendar';
import type { COLLECTION, COLLECTION_INDIVIDUAL, COLLECTION_PRODUCT } from './collection';
import type { WAITING } from './enrolment';
import type { EVALUATION, EVALUATION_PRODUCT } from './evaluation';
import type { LEVY, LEVY_PRODUCT } from './levy';
import type { MONITORING } from './monitoring';
import type { PAYMENTS } from './payments';
import type { AVERAGE_WAGE, DISPOSABLE_INCOME, STANDARD_FACTORS } from './published-standards';
import type { PERFORMANCE, PERFORMANCE_PRODUCT } from './performance';
import type { RATES } from './rates';
import type { RISK, RISK_PRODUCT } from './risk';
import type { SHARING } from './sharing';
import type { SUBSIDY, SUBSIDY_STANDARD } from './subsidy';

type NamesOf<List extends readonly { name: string }[]> = List[number]['name'];

/** The names with one value for the whole region. */
type PlainName =
  | NamesOf<
      | typeof LEVY
      | typeof LEVY_PRODUCT
      | typeof SHARING
      | typeof BUDGET
      | typeof BUDGET_PRODUCT
      | typeof PAYMENTS
      | typeof RATES
      | typeof RISK
      | typeof RISK_PRODUCT
      | typeof COLLECTION
      | typeof COLLECTION_PRODUCT
      | typeof WAITING
      | typeof SUBSIDY
      | typeof EVALUATION
      | typeof EVALUATION_PRODUCT
      | typeof MONITORING
      | typeof PERFORMANCE
      | typeof PERFORMANCE_PRODUCT
      | typeof STANDARD_FACTORS
      | typeof BOOKS
    >
  | (typeof AVERAGE_WAGE | typeof DISPOSABLE_INCOME)['name']
  | (typeof CALENDAR)[keyof typeof CALENDAR]['name'];

/** The names of values published year by year, each with its coverage year. */
type YearlyName = `${(typeof COLLECTION_INDIVIDUAL | typeof SUBSIDY_STANDARD)['name']}.${number}`;

/** The names under which an area may have a value of its own. */
export type NameByArea =
  NamesOf<typeof COLLECTION | typeof BOOKS> | `${(typeof COLLECTION_INDIVIDUAL)['name']}.${number}`;

export type LawName = PlainName | YearlyName | `${NameByArea}.${string}`;
