/**
 * The forms of 社会保险基金预算 for one area and scheme: 基本医疗保险基金预算表 and 决算表.
 *
 * The rows are those of the published forms: income by item, 本年收入小计, items between levels, 本年收入合计, 上年结余, 总计;
 * expenditure likewise; then 本年收支结余 and 年末滚存结余. A form of final accounts shows cash on 31 December, and at its foot what
 * is settled on 31 May of the next year.
 */
import { type Decimal, decimal, fixed, sum } from '../../rules/money';
import { FINAL_ACCOUNT_LINES } from '../../rules/final-accounts';
import {
  EXPENDITURE_ITEMS,
  INCOME_ITEMS,
  ITEM_NAMES,
  type Item,
  LEVEL_ITEMS,
  PART_NAMES,
  type Part,
  type Scheme,
  itemsOf,
  partsOf,
} from '../../rules/vocabulary';

/** The amounts of one measure (预算数, 执行数, 决算数) by part and account; an absent one is 0. */
export interface Measure {
  name: string; // its heading
  amountOf(part: Part, account: string): Decimal;
  /** 上年结余; null where it is not known. */
  opening(part: Part): Decimal | null;
  /** 年末滚存结余. */
  closing(part: Part): Decimal;
}

/** A row of the form, with an amount for each column; null is printed as ×. */
export interface Line {
  name: string;
  weight: 'heading' | 'item' | 'sum';
  amounts: (Decimal | null)[];
}
export interface Form {
  title: string;
  notices: readonly string[];
  /** Column headings above the amounts: a group and, where a scheme has parts, the part. */
  columns: { group: string; part: string }[];
  /** Headings of the last two columns, where two measures are compared. */
  compared: [difference: string, percent: string] | [];
  lines: Line[];
}

const NUMERALS = '一二三四五六七八九十';
const numeral = (n: number): string => (n <= 10 ? NUMERALS.charAt(n - 1) : `十${NUMERALS.charAt(n - 11)}`);

const itemsWithin = (scheme: Scheme, items: object): Item[] =>
  itemsOf(scheme).filter((item) => Object.hasOwn(items, item) && !LEVEL_ITEMS.includes(item));
const itemsBetweenLevels = (items: object): Item[] => LEVEL_ITEMS.filter((item) => Object.hasOwn(items, item));

interface FormInput {
  scheme: Scheme;
  title: string;
  notices: readonly string[];
  /** 预算表: budget, executed; 决算表: budget, actual. */
  measures: readonly [Measure, Measure];
  compared: Form['compared'];
  /** Who paid the premium of the second measure (RULES 4 “Of which”); empty where it is not known. */
  premiumOf?: readonly { name: string; amount: Decimal }[];
  /** In final accounts: what a line of the settlement comes to; null as long as that is not known. */
  settlement?: (part: Part, line: SettlementLine) => Decimal | null;
}

/** What stands beside the final accounts (RULES 9 “Two closings”). */
const SETTLEMENT_LINES = ['true_up', 'grant', 'government_share', 'closing_after'] as const;
type SettlementLine = (typeof SETTLEMENT_LINES)[number];

export function formOf({ scheme, title, notices, measures, compared, premiumOf = [], settlement }: FormInput): Form {
  const parts = partsOf(scheme);
  const lines: Line[] = [];
  let number = 0;

  const add = (
    name: string,
    weight: Line['weight'],
    amountOf: (measure: Measure, part: Part) => Decimal | null,
  ): void => {
    lines.push({
      name,
      weight,
      amounts: measures.flatMap((measure) => amounts(parts, (part) => amountOf(measure, part))),
    });
  };
  const numbered = (name: string): string => `${numeral(++number)}、${name}`;
  const totalOf = (measure: Measure, part: Part, accounts: readonly string[]): Decimal =>
    sum(accounts.map((account) => measure.amountOf(part, account)));
  const addSide = (heading: string, word: string, items: object): string[] => {
    lines.push({ name: heading, weight: 'heading', amounts: [] });
    number = 0;
    const ownAccounts = itemsWithin(scheme, items).map((item) => ITEM_NAMES[item]);
    const levelAccounts = itemsBetweenLevels(items).map((item) => ITEM_NAMES[item]);
    const addItem = (account: string): void => {
      add(numbered(account), 'item', (measure, part) => measure.amountOf(part, account));
      if (account === ITEM_NAMES.premium) lines.push(...premiumLines(parts, premiumOf));
    };
    ownAccounts.forEach(addItem);
    add(numbered(`本年${word}小计`), 'sum', (measure, part) => totalOf(measure, part, ownAccounts));
    levelAccounts.forEach(addItem);
    const all = [...ownAccounts, ...levelAccounts];
    add(numbered(`本年${word}合计`), 'sum', (measure, part) => totalOf(measure, part, all));
    return all;
  };

  const income = addSide('收入', '收入', INCOME_ITEMS);
  add(numbered('上年结余'), 'item', (measure, part) => measure.opening(part));
  add('总计', 'sum', (measure, part) => measure.opening(part)?.plus(totalOf(measure, part, income)) ?? null);
  const expenditure = addSide('支出', '支出', EXPENDITURE_ITEMS);
  const balance = (measure: Measure, part: Part): Decimal =>
    totalOf(measure, part, income).minus(totalOf(measure, part, expenditure));
  add(numbered('本年收支结余'), 'sum', balance);
  add(numbered(settlement === undefined ? '年末滚存结余' : '年末滚存结余（12月31日）'), 'sum', (measure, part) =>
    measure.closing(part),
  );
  add('总计', 'sum', (measure, part) => measure.closing(part).plus(totalOf(measure, part, expenditure)));
  if (settlement !== undefined) lines.push(...settlementLines(parts, settlement));

  const columns = measures.flatMap(({ name }) =>
    parts.length === 1
      ? [{ group: name, part: '' }]
      : [{ group: name, part: '合计' }, ...parts.map((part) => ({ group: name, part: PART_NAMES[part] }))],
  );
  return { title, notices, columns, compared, lines };
}

/** Under the premium, by who paid it; no budget says so. */
const premiumLines = (parts: readonly Part[], premiumOf: NonNullable<FormInput['premiumOf']>): Line[] =>
  premiumOf.map(({ name, amount }) => ({
    name: `　其中：${name}`,
    weight: 'item',
    amounts: [...amounts(parts, () => null), ...amounts(parts, () => amount)],
  }));

/** At the foot of final accounts: what is settled after them. No budget is set against it. */
function settlementLines(parts: readonly Part[], settlement: NonNullable<FormInput['settlement']>): Line[] {
  return [
    { name: '清算（不计入本年决算）', weight: 'heading', amounts: [] },
    ...SETTLEMENT_LINES.map((line, i): Line => ({
      name: `${numeral(i + 1)}、${FINAL_ACCOUNT_LINES[line]}`,
      weight: line === 'closing_after' ? 'sum' : 'item',
      amounts: [...amounts(parts, () => null), ...amounts(parts, (part) => settlement(part, line))],
    })),
  ];
}

/** The amounts of one measure by part, after their total where there is more than one. */
function amounts(parts: readonly Part[], amountOf: (part: Part) => Decimal | null): (Decimal | null)[] {
  const each = parts.map(amountOf);
  if (each.length === 1) return each;
  const known = each.filter((amount) => amount !== null);
  return [known.length === each.length ? sum(known) : null, ...each];
}

/**
 * 增减额 and 增减％, 差额 and 执行率, or the difference alone, of the two totals of a line. The percentage is blank unless the base is
 * positive.
 */
export function comparisonOf(line: Line, kind: 'change' | 'execution' | 'agreement'): [Decimal | null, string | null] {
  const [first, second] = [line.amounts[0], line.amounts[line.amounts.length / 2]];
  if (first == null || second == null) return [null, null];
  const [difference, share, base] =
    kind === 'change' ? [first.minus(second), first.minus(second), second] : [second.minus(first), second, first];
  return [difference, kind === 'agreement' || base.lte(0) ? null : fixed(share.times(100).div(base), 2)];
}

/** Reads amounts from rows with `part` and an account or item. */
export function measureOf(
  name: string,
  rows: readonly { part: string; account: string; amount: string }[],
  surplus: Pick<Measure, 'opening' | 'closing'>,
): Measure {
  const known = new Map(rows.map(({ part, account, amount }) => [`${part}/${account}`, decimal(amount)]));
  return { name, ...surplus, amountOf: (part, account) => known.get(`${part}/${account}`) ?? decimal('0') };
}
