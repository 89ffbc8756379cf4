/**
 * What changes under other values of law (假设测算): for each area and scheme the outcome before and after, and why. The reason is
 * the chain of figures that moved, from the first one on, each with the changed values that decide it.
 */
import { type ParameterInForce, type ParameterValue, aboutParameter } from '../parameters';
import { decimal, sum, yuanText } from '../rules/money';
import { SCHEMES, type Scheme } from '../rules/vocabulary';

/** A figure of a year that is compared. */
export interface ComparedFigure {
  scheme: Scheme;
  area: string;
  /** `result.column`, or `result.key` where the rows of a result are named: `budgets.inpatient`, `evaluation.total`. */
  figure: string;
  /** What else distinguishes it: the month, the version, the level. */
  subject: string;
  value: string;
  /** Its place in the chain; what follows from it comes later. */
  place: number;
}

export interface BeforeAfter {
  before: string | null; // null: there is no such figure
  after: string | null;
}
export interface MovedFigure extends BeforeAfter {
  figure: string;
  subject: string;
  /** The changed values that decide it. None where it follows from figures that moved earlier, or from other areas. */
  parameters: string[];
}
export interface ChangedParameter {
  name: string;
  zh: string;
  before: ParameterValue | null;
  after: ParameterValue;
  source: string;
  /** Whether the value itself differs; the same value from another source moves no figure. */
  isOther: boolean;
}

/** What the table shows of each area; the level is that of December. */
export const OUTCOME = {
  levy: 'levy.levy',
  gap: 'sharing.gap',
  own_surplus: 'sharing.own_surplus',
  fund_share: 'sharing.fund_share',
  area_share: 'sharing.area_share',
  level: 'risk.level',
} as const;
export type OutcomeName = keyof typeof OUTCOME;

export interface AreaComparison {
  scheme: Scheme;
  area: string;
  outcome: Record<OutcomeName, BeforeAfter>;
  /** Everything that moved, in the order of the chain; the first is where it began. */
  why: MovedFigure[];
}

/** The amounts of all areas of a scheme together; null where none has such a figure. */
export interface SchemeTotal {
  scheme: Scheme;
  outcome: Record<Exclude<OutcomeName, 'level'>, BeforeAfter>;
}

/** A budget that is in force in another way (`submitted`, `directed`), and the checks that came out otherwise. */
export interface ChangedOrigin extends BeforeAfter {
  scheme: Scheme;
  area: string;
  checks: string[];
}

export interface Comparison {
  parameters: ChangedParameter[];
  changed: boolean;
  areas: AreaComparison[];
  totals: SchemeTotal[];
  origins: ChangedOrigin[];
}

/** The results by which years are compared. */
export interface ComparableResults {
  figures: readonly ComparedFigure[];
  parameters: readonly ParameterInForce[];
}

/** Compares the plain year with the one under an overlay, whose names are `names`. */
export function compareYears(
  plain: ComparableResults,
  overlaid: ComparableResults,
  names: readonly string[],
): Comparison {
  const parameters = names.flatMap((name) => changedParameter(plain, overlaid, name));
  const others = parameters.filter(({ isOther }) => isOther).map(({ name }) => name);
  const areas = fundsIn([...plain.figures, ...overlaid.figures]).map(({ scheme, area }): AreaComparison => {
    const isOwn = (figure: ComparedFigure): boolean => figure.scheme === scheme && figure.area === area;
    const [before, after] = [plain.figures.filter(isOwn), overlaid.figures.filter(isOwn)];
    return { scheme, area, outcome: outcomeOf(before, after), why: movedFigures(before, after, others) };
  });
  return {
    parameters,
    changed: areas.some(({ why }) => why.length > 0),
    areas,
    totals: totalsOf(areas),
    origins: areas.flatMap(changedOrigin),
  };
}

function totalsOf(areas: readonly AreaComparison[]): SchemeTotal[] {
  const total = (own: readonly AreaComparison[], name: OutcomeName, when: keyof BeforeAfter): string | null => {
    const known = own.flatMap(({ outcome }) => outcome[name][when] ?? []);
    return known.length === 0 ? null : yuanText(sum(known.map(decimal)));
  };
  const amounts = (Object.keys(OUTCOME) as OutcomeName[]).filter((name) => name !== 'level');
  return SCHEMES.flatMap((scheme) => {
    const own = areas.filter((area) => area.scheme === scheme);
    if (own.length === 0) return [];
    const outcome = Object.fromEntries(
      amounts.map((name) => [name, { before: total(own, name, 'before'), after: total(own, name, 'after') }]),
    ) as SchemeTotal['outcome'];
    return [{ scheme, outcome }];
  });
}

/** The origin of a budget stands beside each of its items; its checks stand before it. */
function changedOrigin({ scheme, area, why }: AreaComparison): ChangedOrigin[] {
  const moved = why.find(({ figure, subject }) => figure.startsWith('budgets.') && subject.startsWith('origin'));
  if (moved === undefined) return [];
  const checks = why
    .filter(({ figure, subject }) => figure.startsWith('budget_checks.') && subject.startsWith('result'))
    .filter(({ before, after }) => (before === 'fail') !== (after === 'fail'))
    .map(({ figure }) => figure.replace('budget_checks.', ''));
  return [{ scheme, area, before: moved.before, after: moved.after, checks: [...new Set(checks)] }];
}

/** None for a value of another year, which is in force in neither. */
function changedParameter(plain: ComparableResults, overlaid: ComparableResults, name: string): ChangedParameter[] {
  const valueIn = ({ parameters }: ComparableResults) => parameters.find((parameter) => parameter.name === name);
  const [before, after] = [valueIn(plain), valueIn(overlaid)];
  if (after === undefined) return [];
  return [
    {
      name,
      zh: aboutParameter(name).zh,
      before: before?.value ?? null,
      after: after.value,
      source: after.source,
      isOther: before === undefined || JSON.stringify(before.value) !== JSON.stringify(after.value),
    },
  ];
}

const decides = (name: string, figure: string): boolean =>
  aboutParameter(name).usedBy.some((use) => figure === use || figure.startsWith(`${use}.`));

const keyOf = ({ figure, subject }: ComparedFigure): string => `${figure} ${subject}`;

function movedFigures(
  before: readonly ComparedFigure[],
  after: readonly ComparedFigure[],
  others: readonly string[],
): MovedFigure[] {
  const then = new Map(before.map((figure) => [keyOf(figure), figure]));
  const now = new Map(after.map((figure) => [keyOf(figure), figure]));
  return [...new Map([...then, ...now])]
    .sort(([, a], [, b]) => a.place - b.place)
    .map(([key, { figure, subject }]) => ({
      figure,
      subject,
      before: then.get(key)?.value ?? null,
      after: now.get(key)?.value ?? null,
      parameters: others.filter((name) => decides(name, figure)),
    }))
    .filter((moved) => moved.before !== moved.after);
}

function outcomeOf(before: readonly ComparedFigure[], after: readonly ComparedFigure[]): AreaComparison['outcome'] {
  const valueIn = (figures: readonly ComparedFigure[], name: string): string | null =>
    figures.find(({ figure, subject }) => figure === name && (figure !== OUTCOME.level || subject === '12'))?.value ??
    null;
  return Object.fromEntries(
    Object.entries(OUTCOME).map(([name, figure]) => [
      name,
      { before: valueIn(before, figure), after: valueIn(after, figure) },
    ]),
  ) as AreaComparison['outcome'];
}

/** Every fund of the year, employees first, in the order of the area codes. */
function fundsIn(figures: readonly ComparedFigure[]): { scheme: Scheme; area: string }[] {
  return SCHEMES.flatMap((scheme) =>
    [...new Set(figures.filter((figure) => figure.scheme === scheme).map(({ area }) => area))]
      .sort()
      .map((area) => ({ scheme, area })),
  );
}
