/** A formula as an accountant reads it: in words, then in figures, then the intermediate results. */
import type { FigureOf, Node, Working } from '../../explain/tree';
import { type Expression, type FormulaLine, childrenOf, readFormula, spoken, written } from '../../explain/formula';
import { CONSTANTS, FUNCTIONS, functionNamed, operator, takesBands } from '../../rules/formula-language';
import { VALUES, valueText } from './value-text';

/** Intermediate values that a line of a formula names. */
const LINES: Record<string, string> = {
  lump: '一次性收入',
  window: '十二个月窗口支出',
  balance: '窗口收支差额',
  by_months: '按月数的等级',
  by_balance: '按收支的等级',
  by_surplus: '按结余的等级',
  value: '指标值',
};
const wordOf = (name: string): string => LINES[name] ?? functionNamed(name)?.zh ?? CONSTANTS[name]?.zh ?? name;
const signOf = (sign: string): string => operator(sign)?.zh ?? sign;

type Inputs = ReadonlyMap<string, Node>;
const inputsOf = ({ inputs }: FigureOf): Inputs => new Map(inputs.map((input) => [input.name, input]));

const common = {
  text: (text: string) => `“${VALUES[text] ?? text}”`,
  sign: signOf,
};
/** A line of a formula, and the name that it gives to its value. */
const line = ({ name }: FormulaLine, text: string): string => (name === null ? text : `${wordOf(name)} = ${text}`);

/** The formula in words. */
export function formulaInWords(from: FigureOf): string {
  const inputs = inputsOf(from);
  const word = (name: string): string => inputs.get(name)?.zh ?? wordOf(name);
  return readFormula(from.formula)
    .map((formulaLine) => line(formulaLine, spoken(formulaLine.expression, { ...common, word })))
    .join('\n');
}

/** Writes a formula with the figures of its inputs; for a list, with what the formula takes from it. */
class Filling {
  readonly #inputs: Inputs;
  readonly #workings: readonly Working[];
  constructor(from: FigureOf) {
    this.#inputs = inputsOf(from);
    this.#workings = from.workings ?? [];
  }

  say = (expression: Expression): string => spoken(expression, { ...common, word: this.#word, whole: this.#taken });
  read = (formula: string): string => this.say((readFormula(formula) as [FormulaLine])[0].expression);

  /** Whether the formula uses a list other than by taking a single value from it. */
  leavesList = (expression: Expression): boolean => {
    if (this.#taken(expression) !== undefined) return false;
    if (expression.kind === 'call' && takesBands(expression.name)) {
      return expression.arguments.slice(0, -1).some(this.leavesList);
    }
    if (expression.kind === 'name') return Array.isArray(this.#inputs.get(expression.word)?.value);
    return childrenOf(expression).some(this.leavesList);
  };

  /** Bands are shown below, by the one that applied. */
  #word = (name: string): string => {
    const input = this.#inputs.get(name);
    if (input === undefined) return this.#line(name) ?? wordOf(name);
    return Array.isArray(input.value) ? input.zh : valueText(input.value);
  };
  #line = (name: string): string | undefined => {
    const found = this.#workings.find((working) => working.name === name);
    return found && valueText(found.value);
  };
  #working = (formula: string): string | undefined => {
    const found = this.#workings.find(
      (working) => working.formula === formula && (working.kind === 'sum' || working.kind === 'place'),
    );
    return found && valueText(found.value);
  };

  #taken = (expression: Expression): string | undefined => {
    if (expression.kind !== 'call') return undefined;
    if (expression.name === 'at') return this.#working(written(expression));
    if (expression.name === 'sum' || expression.name === 'count') {
      const sum = this.#working(written(expression));
      return sum && `${FUNCTIONS[expression.name].zh} ${sum}`;
    }
    if (expression.name !== 'split') return undefined;
    const [total, weights, place] = expression.arguments as [Expression, Expression, Expression];
    const own = this.#working(`at(${written(weights)}, ${written(place)})`);
    const sum = this.#working(`sum(${written(weights)})`);
    return own && sum && `${FUNCTIONS.split.zh}(${this.say(total)} × ${own} ÷ ${FUNCTIONS.sum.zh} ${sum})`;
  };
}

/** The formula in figures; nothing where too few of them are known, or where it takes a list as a whole. */
export function formulaInFigures(from: FigureOf): string | undefined {
  const lines = readFormula(from.formula);
  const filling = new Filling(from);
  const used = from.inputs.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(from.formula));
  if (used.length < 2 || lines.some(({ expression }) => filling.leavesList(expression))) return undefined;
  return lines
    .map((formulaLine) => {
      const worked = from.workings?.find(({ name }) => name !== undefined && name === formulaLine.name);
      return line(
        formulaLine,
        `${filling.say(formulaLine.expression)}${worked ? ` ＝ ${valueText(worked.value)}` : ''}`,
      );
    })
    .join('\n');
}

/** The ratios that were compared, each with the band that applied, and the share of each yuan in a split. */
export function ratiosInWords(from: FigureOf): string[] {
  const filling = new Filling(from);
  return (from.workings ?? []).flatMap(({ kind, formula, value, band }) => {
    if (kind === 'growth') return [`平均增长率（两个年度增长率的算术平均，基数不大于 0 的不计）＝ ${value}`];
    if (kind !== 'share' && kind !== 'ratio') return [];
    const head = `${kind === 'share' ? '分摊比例' : '比值'} ${filling.read(formula)} ＝ ${value}`;
    if (band === undefined) return [head];
    const step = band.step.startsWith('-') ? band.step.replace('-', '−') : `+${band.step}`;
    const hit = band.bound === null ? '各档界限均不符，取末档' : `${signOf(band.compared)} ${band.bound}，取该档`;
    return [`${head}，${hit} ${step}`];
  });
}
