/** Parses formulas (`rules/formula-language.ts`) into expressions, one for each line, and prints them. */
import { PRECEDENCE } from '../rules/formula-language';

export type Expression =
  | { kind: 'number' | 'text' | 'name'; word: string }
  /** In brackets: kept, so that the formula can be printed as it was written. */
  | { kind: 'group'; inner: Expression }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'call'; name: string; arguments: Expression[] }
  /** `each(a, …) = …`: what `map` computes for each place of its lists. */
  | { kind: 'each'; names: string[]; body: Expression }
  | { kind: 'unary'; sign: string; operand: Expression }
  | { kind: 'binary'; sign: string; left: Expression; right: Expression }
  | { kind: 'choice'; condition: Expression; then: Expression; otherwise: Expression };

/** A line of a formula; the last one has no name and is the value of the whole. */
export interface FormulaLine {
  name: string | null;
  expression: Expression;
}

const TOKEN = /\s*(?:"([^"]*)"|([A-Za-z_]\w*)|(\d+(?:\.\d+)?)|(\?\?|[<>=!]=|\.\*|[-+*/<>=?:(),[\]]))/y;

interface Token {
  kind: 'text' | 'name' | 'number' | 'sign';
  word: string;
}

function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  const reading = new RegExp(TOKEN);
  while (line.slice(reading.lastIndex).trim() !== '') {
    const from = reading.lastIndex;
    const [, text, name, number, sign] = reading.exec(line) ?? [];
    if (text !== undefined) tokens.push({ kind: 'text', word: text });
    else if (name !== undefined)
      tokens.push({ kind: ['and', 'or', 'not'].includes(name) ? 'sign' : 'name', word: name });
    else if (number !== undefined) tokens.push({ kind: 'number', word: number });
    else if (sign !== undefined) tokens.push({ kind: 'sign', word: sign });
    else throw new SyntaxError(`Not understood in a formula: ${line.slice(from)}`);
  }
  return tokens;
}

class Parser {
  #at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  line(): FormulaLine {
    const [name, sign] = this.tokens;
    const isNamed = name?.kind === 'name' && sign?.kind === 'sign' && sign.word === '=';
    if (isNamed) this.#at = 2;
    const expression = this.#choice();
    if (this.#at < this.tokens.length) throw new SyntaxError(`A formula ends before ${this.tokens[this.#at]?.word}`);
    return { name: isNamed ? name.word : null, expression };
  }

  #isNext = (...signs: readonly string[]): boolean => {
    const token = this.tokens[this.#at];
    return token?.kind === 'sign' && signs.includes(token.word);
  };
  #take(): Token {
    const token = this.tokens[this.#at++];
    if (token === undefined) throw new SyntaxError('A formula ends too early');
    return token;
  }
  #expect(sign: string): void {
    if (!this.#isNext(sign)) throw new SyntaxError(`${sign} is missing in a formula`);
    this.#at += 1;
  }

  #choice(): Expression {
    const condition = this.#binary(0);
    if (!this.#isNext('?')) return condition;
    this.#at += 1;
    const then = this.#choice();
    this.#expect(':');
    return { kind: 'choice', condition, then, otherwise: this.#choice() };
  }

  #binary(level: number): Expression {
    const signs = PRECEDENCE[level];
    if (signs === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    while (this.#isNext(...signs))
      left = { kind: 'binary', sign: this.#take().word, left, right: this.#binary(level + 1) };
    return left;
  }

  #unary(): Expression {
    return this.#isNext('-', 'not')
      ? { kind: 'unary', sign: this.#take().word, operand: this.#unary() }
      : this.#primary();
  }

  #primary(): Expression {
    const { kind, word } = this.#take();
    if (kind === 'name' && this.#isNext('(')) return this.#call(word);
    if (kind !== 'sign') return { kind, word };
    if (word === '[') return { kind: 'list', items: this.#until(']') };
    if (word !== '(') throw new SyntaxError(`A formula has ${word} out of place`);
    const inner = this.#choice();
    this.#expect(')');
    return { kind: 'group', inner };
  }

  #call(name: string): Expression {
    this.#expect('(');
    const given = this.#until(')');
    if (name !== 'each') return { kind: 'call', name, arguments: given };
    this.#expect('=');
    const names = given.flatMap((argument) => (argument.kind === 'name' ? [argument.word] : []));
    return { kind: 'each', names, body: this.#choice() };
  }

  #until(end: string): Expression[] {
    const items: Expression[] = [];
    while (!this.#isNext(end)) {
      if (items.length > 0) this.#expect(',');
      items.push(this.#choice());
    }
    this.#expect(end);
    return items;
  }
}

/** Parses a formula, line by line. */
export const readFormula = (formula: string): FormulaLine[] =>
  formula.split('\n').map((line) => new Parser(tokensOf(line)).line());

/** An expression and all its parts, from the outside in. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of childrenOf(expression)) yield* partsOf(child);
}
export function childrenOf(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'text':
    case 'name':
      return [];
    case 'group':
      return [expression.inner];
    case 'list':
      return expression.items;
    case 'call':
      return expression.arguments;
    case 'each':
      return [expression.body];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'choice':
      return [expression.condition, expression.then, expression.otherwise];
  }
}

/**
 * How a formula is worded. `whole` may word a part in one piece; where it returns nothing, the part is composed of its own
 * parts' words.
 */
interface Wording {
  word: (name: string) => string;
  text: (text: string) => string;
  sign: (sign: string) => string;
  whole?: (part: Expression) => string | undefined;
}

/** An expression in words, with brackets where the formula has them. */
export function spoken(expression: Expression, wording: Wording): string {
  const whole = wording.whole?.(expression);
  if (whole !== undefined) return whole;
  const say = (one: Expression): string => spoken(one, wording);
  const { sign, word } = wording;
  switch (expression.kind) {
    case 'number':
      return expression.word;
    case 'text':
      return wording.text(expression.word);
    case 'name':
      return word(expression.word);
    case 'group':
      return `(${say(expression.inner)})`;
    case 'list':
      return `[${expression.items.map(say).join(', ')}]`;
    case 'call':
      return `${word(expression.name)}(${expression.arguments.map(say).join(', ')})`;
    case 'each':
      return `${word('each')}(${expression.names.map(word).join(', ')}) = ${say(expression.body)}`;
    case 'unary':
      return expression.sign === 'not'
        ? `${sign('not')} ${say(expression.operand)}`
        : `${expression.sign}${say(expression.operand)}`;
    case 'binary':
      return `${say(expression.left)} ${sign(expression.sign)} ${say(expression.right)}`;
    case 'choice':
      return `${say(expression.condition)} ${sign('?')} ${say(expression.then)}${sign(':')} ${say(expression.otherwise)}`;
  }
}
/** An expression as it stands in its formula. */
export const written = (of: Expression): string =>
  spoken(of, { word: (name) => name, text: (text) => `"${text}"`, sign: (sign) => (sign === ':' ? ' :' : sign) });
