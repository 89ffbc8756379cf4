/**
 * 计算过程: the steps between the inputs of a formula and its figure, such as the sum of a list, or a ratio and the band it
 * fell into.
 *
 * They are computed from the stored formula and inputs when somebody asks, as a reader with a calculator would. So the
 * steps of any past year can be shown, acts need not store them, and no rule is applied a second time. The figure itself is
 * never computed here.
 */
import { CONSTANTS, type Quantity, functionNamed, isNumber, operator } from '../rules/formula-language';
import { decimal, fixed, plainText } from '../rules/money';
import { type Ratio, exact, roundRatio } from '../rules/ratio';
import type { Band } from '../rules/rule';
import { type Expression, partsOf, readFormula, written } from './formula';
import type { Value, Working } from './tree';

type Scope = ReadonlyMap<string, Quantity>;
type Call = Extract<Expression, { kind: 'call' }>;

const quantity = (value: Value): Quantity =>
  Array.isArray(value)
    ? value.map(quantity)
    : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)
      ? exact(decimal(value))
      : value;

type Stored = ReadonlyMap<string, Value>;
/** Amounts are shown with their fen. An expression is an amount when one of its inputs is written with two decimals. */
const fenOf = (of: Expression, stored: Stored): number =>
  [...partsOf(of)].some(({ kind, ...part }) => kind === 'name' && isYuan(stored.get((part as { word: string }).word)))
    ? 2
    : 0;
const isYuan = (value: Value | undefined): boolean =>
  Array.isArray(value) ? value.some(isYuan) : typeof value === 'string' && /^-?\d+\.\d\d$/.test(value);

/** The steps of a formula in its order. A step with an empty input is left out. */
export function workingsOf(formula: string, inputs: readonly { name: string; value: Value }[]): Working[] {
  const scope = new Map(inputs.map(({ name, value }) => [name, quantity(value)]));
  const stored = new Map(inputs.map(({ name, value }) => [name, value]));
  const steps: Working[] = [];
  for (const { name, expression } of readFormula(formula)) {
    for (const part of partsOf(expression)) if (part.kind === 'call') steps.push(...fromList(part, scope, stored));
    for (const part of takenParts(expression, scope))
      steps.push(...shareOf(part, scope), ...growthOf(part, scope), ...compared(part, scope, stored));
    if (name === null) continue;
    const value = valueOf(expression, scope);
    if (value === undefined) continue;
    scope.set(name, value);
    const text = textOf(value, fenOf(expression, stored));
    stored.set(name, text);
    steps.push({ kind: 'line', name, formula: written(expression), value: text });
  }
  return steps.filter((step, at) => steps.findIndex(({ formula: same }) => same === step.formula) === at);
}

/** The value of a formula; undefined where it uses a function that is not computed here. */
export function comesTo(formula: string, inputs: readonly { name: string; value: Value }[]): string | undefined {
  const scope = new Map(inputs.map(({ name, value }) => [name, quantity(value)]));
  let found: Quantity | undefined;
  for (const { name, expression } of readFormula(formula)) {
    found = valueOf(expression, scope);
    if (name !== null && found !== undefined) scope.set(name, found);
  }
  return isNumber(found) ? textOf(found, inputs.some(({ value }) => isYuan(value)) ? 2 : 0) : undefined;
}

/** What a call takes from a list: its sum, a count, or one place. */
function fromList(call: Call, scope: Scope, stored: Stored): Working[] {
  const { name, arguments: given } = call;
  const [list, weights, place] = given as [Expression?, Expression?, Expression?];
  if (name === 'split' && weights?.kind === 'name' && place !== undefined) {
    const [own, whole] = [callOf('at', weights, place), callOf('sum', weights)];
    return [...fromList(own, scope, stored), ...fromList(whole, scope, stored)];
  }
  if (!['sum', 'count', 'at'].includes(name) || list === undefined || !Array.isArray(valueOf(list, scope))) return [];
  const value = valueOf(call, scope);
  if (value === undefined || Array.isArray(value)) return [];
  const fen = name === 'count' ? 0 : fenOf(list, stored);
  return [{ kind: name === 'at' ? 'place' : 'sum', formula: written(call), value: textOf(value, fen) }];
}
const callOf = (name: string, ...given: Expression[]): Call => ({ kind: 'call', name, arguments: given });

/** The mean growth of two years, with enough digits to repeat the estimate by hand. */
function growthOf(part: Expression, scope: Scope): Working[] {
  if (part.kind !== 'call' || part.name !== 'meanGrowth') return [];
  const value = valueOf(part, scope);
  return isNumber(value)
    ? [{ kind: 'growth', formula: written(part), value: plainText(roundRatio(value, SHARE_PLACES)) }]
    : [];
}

/** Enough decimals to repeat the split of any fund by hand. */
const SHARE_PLACES = 16;

/** What a split gives for each yuan of its weights. */
function shareOf(part: Expression, scope: Scope): Working[] {
  if (part.kind !== 'call' || part.name !== 'split') return [];
  const [total, weights] = part.arguments as [Expression, Expression];
  if (weights.kind !== 'name') return [];
  const whole: Expression = total.kind === 'binary' ? { kind: 'group', inner: total } : total;
  const share: Expression = { kind: 'binary', sign: '/', left: whole, right: callOf('sum', weights) };
  const value = valueOf(share, scope);
  if (!isNumber(value)) return [];
  const each = roundRatio(value, SHARE_PLACES);
  return [{ kind: 'share', formula: written(share), value: each.toFixed(Math.max(4, each.decimalPlaces())) }];
}

/** A ratio with the band it fell into; bound and step as they are stored. */
function compared(part: Expression, scope: Scope, stored: Stored): Working[] {
  if (part.kind !== 'call' || (part.name !== 'atMost' && part.name !== 'atLeast')) return [];
  const [first, second] = part.arguments as [Expression, Expression];
  const ratio = valueOf(first, scope);
  const bands = second.kind === 'name' ? (stored.get(second.word) as Band[] | undefined) : undefined;
  if (!isNumber(ratio) || bands === undefined) return [];
  const isAtMost = part.name === 'atMost';
  const holds = (bound: string): boolean => {
    const side = ratio.compare(exact(decimal(bound)));
    return isAtMost ? side <= 0 : side >= 0;
  };
  const [bound, step] = bands.find(([limit]) => limit === null || holds(limit)) as Band;
  const bounds = bands.flatMap(([limit]) => (limit === null ? [] : [exact(decimal(limit))]));
  const band = { compared: isAtMost ? ('<=' as const) : ('>=' as const), bound, step };
  return [{ kind: 'ratio', formula: written(first), value: ratioBeside(ratio, bounds), band }];
}

/** The parts of an expression, without branches that its conditions exclude. */
function* takenParts(expression: Expression, scope: Scope): Generator<Expression> {
  for (const part of partsOf(expression)) {
    if (part.kind !== 'choice') {
      yield part;
      continue;
    }
    const holds = valueOf(part.condition, scope);
    if (holds !== false) yield* takenParts(part.then, scope);
    if (holds !== true) yield* takenParts(part.otherwise, scope);
    return;
  }
}

/** Four decimals, as ratios are printed; more where rounding would move the ratio to the other side of a bound. */
function ratioBeside(ratio: Ratio, bounds: readonly Ratio[]): string {
  const side = (value: Ratio): string => bounds.map((bound) => value.compare(bound)).join();
  const places = [4, 6, 8, 12, 16].find((some) => side(exact(roundRatio(ratio, some))) === side(ratio)) ?? 20;
  return roundRatio(ratio, places).toFixed(places);
}

/**
 * Exact, with at least `least` decimals, when the number terminates; otherwise large numbers to the fen, smaller ones to four
 * decimals.
 */
function textOf(value: Quantity, least = 0): string {
  if (!isNumber(value)) return String(value);
  const whole = roundRatio(value, 16);
  if (exact(whole).equals(value)) return whole.decimalPlaces() < least ? fixed(whole, least) : plainText(whole);
  const places = value.abs().gte(1000) ? 2 : 4;
  return roundRatio(value, places).toFixed(places);
}

/** The value of an expression; undefined where an input is missing, or a function is not computed here. */
function valueOf(part: Expression, scope: Scope): Quantity | undefined {
  switch (part.kind) {
    case 'number':
      return exact(decimal(part.word));
    case 'text':
      return part.word;
    case 'name':
      return Object.hasOwn(CONSTANTS, part.word) ? CONSTANTS[part.word]?.value : scope.get(part.word);
    case 'group':
      return valueOf(part.inner, scope);
    case 'list':
      return known(part.items.map((item) => valueOf(item, scope)));
    case 'each':
      return undefined;
    case 'unary': {
      const value = valueOf(part.operand, scope);
      if (part.sign === 'not') return typeof value === 'boolean' ? !value : undefined;
      return isNumber(value) ? value.neg() : undefined;
    }
    case 'binary':
      return binary(part.sign, valueOf(part.left, scope), () => valueOf(part.right, scope));
    case 'choice': {
      const holds = valueOf(part.condition, scope);
      return typeof holds === 'boolean' ? valueOf(holds ? part.then : part.otherwise, scope) : undefined;
    }
    case 'call':
      return called(part, scope);
  }
}
const known = (values: (Quantity | undefined)[]): Quantity[] | undefined =>
  values.every((value) => value !== undefined) ? values : undefined;

function binary(sign: string, left: Quantity | undefined, later: () => Quantity | undefined): Quantity | undefined {
  if (left === undefined) return undefined;
  if (sign === 'and') return left === false ? false : later();
  if (sign === 'or') return left === true ? true : later();
  if (sign === '??') return left === null ? later() : left;
  return placeByPlace(left, later(), (a, b) =>
    isNumber(a) && isNumber(b) ? operator(sign)?.compute?.(a, b) : undefined,
  );
}
/** Applies an operator to each place of a list; a single value on the other side stands for every place. */
function placeByPlace(
  left: Quantity | undefined,
  right: Quantity | undefined,
  combine: (a: Quantity | undefined, b: Quantity | undefined) => Quantity | undefined,
): Quantity | undefined {
  if (!Array.isArray(left) && !Array.isArray(right)) return combine(left, right);
  const length = Array.isArray(left) ? left.length : (right as Quantity[]).length;
  const place = (side: Quantity | undefined, at: number) => (Array.isArray(side) ? side[at] : side);
  return known(Array.from({ length }, (_, at) => combine(place(left, at), place(right, at))));
}

function called({ name, arguments: given }: Call, scope: Scope): Quantity | undefined {
  if (name === 'map') return mapped(given, scope);
  const values = known(given.map((argument) => valueOf(argument, scope)));
  return values && functionNamed(name)?.compute?.(...values);
}
function mapped(given: readonly Expression[], scope: Scope): Quantity | undefined {
  const each = given.at(-1);
  const lists = known(given.slice(0, -1).map((argument) => valueOf(argument, scope)));
  const [first] = lists ?? [];
  if (each?.kind !== 'each' || lists === undefined || !Array.isArray(first)) return undefined;
  return known(
    first.map((_, at) => {
      const named = each.names.map((name, i): [string, Quantity] => [name, (lists[i] as Quantity[])[at] ?? null]);
      return valueOf(each.body, new Map([...scope, ...named]));
    }),
  );
}
