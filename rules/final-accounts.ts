/**
 * 决算: what the books of an area's fund say on two days. The legal final accounts are cash on 31 December: opening, every item,
 * balance, closing. Beside them stands the settlement of the year, paid on 31 May of the next, with the closing after it.
 * What is filed shows the first; the rules of the next year use the second.
 *
 * Law: RULES 9 “Two closings”, READINGS 63; A(五) 决算; 社会保险基金财务制度（财社〔2017〕144号）. Units: yuan.
 */
import { type Decimal, sum, yuanText, zero } from './money';
import { FUND_BALANCE, balanceReason } from './posting';
import { type Because, type Citation, type Explained, type Source, explain, reasonOf, rule, taken } from './rule';
import { type Item, ITEM_NAMES, type Part, type Scheme, isIncome, itemsOf } from './vocabulary';

const CASH = 'RULES 9“The legal final accounts (决算) are cash on 31 Dec Y”';
const SETTLED = 'RULES 9“Beside them stands the settlement”';

/** 决算各行, but for those of the items. */
export const FINAL_ACCOUNT_LINES = {
  opening: '上年结余（1月1日）',
  income: '本年收入合计（至12月31日）',
  expenditure: '本年支出合计（至12月31日）',
  balance: '本年收支结余（至12月31日）',
  closing: '年末滚存结余（12月31日，清算前）',
  true_up: '上解清算（次年5月31日）',
  grant: '调剂金补助清算（次年5月31日）',
  government_share: '统筹区政府承担（次年5月31日）',
  closing_after: '清算后滚存结余（次年5月31日）',
} as const;
export type FinalAccountLine = keyof typeof FINAL_ACCOUNT_LINES | Item;

export const lineTotal = rule({ article: CASH, formula: 'sum(items)' }, ({ items }: { items: readonly Decimal[] }) =>
  sum(items),
);
export const balanceOfYear = rule(
  { article: CASH, formula: 'income - expenditure' },
  ({ income, expenditure }: { income: Decimal; expenditure: Decimal }) => income.minus(expenditure),
);
export const closingInCash = rule(
  { article: CASH, formula: 'opening + balance' },
  ({ opening, balance }: { opening: Decimal; balance: Decimal }) => opening.plus(balance),
);
/** What of the levy is not in the books of 31 December: the true-up, or the whole of a levy that was withheld. */
export const levyStillOpen = rule(
  { article: SETTLED, formula: 'levy - posted' },
  ({ levy, posted }: { levy: Decimal; posted: Decimal }) => levy.minus(posted),
);
/** What of F is not in the books of 31 December: advances are. */
export const grantStillOpen = rule(
  { article: SETTLED, formula: 'fund_share - advanced' },
  ({ fund_share, advanced }: { fund_share: Decimal; advanced: Decimal }) => fund_share.minus(advanced),
);
export const closingAfterSettlement = rule(
  { article: SETTLED, formula: 'closing - true_up + grant + government_share' },
  ({
    closing,
    true_up,
    grant,
    government_share,
  }: Record<'closing' | 'true_up' | 'grant' | 'government_share', Decimal>) =>
    closing.minus(true_up).plus(grant).plus(government_share),
);

/** One part of an area's fund, and what its lines rest on. */
export interface AccountFacts {
  year: number;
  area: string;
  scheme: Scheme;
  part: Part;
  opening: Decimal; // what stands in 基金结余
  /** The balances of the items on 31 December, and the budget then in force; an absent item is 0. */
  booked: ReadonlyMap<string, Decimal>;
  budgeted: ReadonlyMap<string, Decimal>;
  /** The version of the adjustment that this budget is; null while it is the budget of 1 January. */
  adjustment: number | null;
  /** Null as long as there is none: before the phase, before it is worked out, and for personal accounts. */
  levy: Decimal | null;
  shares: { fund: Decimal; area: Decimal } | null;
}

export interface AccountLine {
  line: FinalAccountLine;
  /** Its value is null where no budget is set against the line. */
  budget: Explained<Decimal | null>;
  amount: Explained<Decimal>;
}

/** 上年结余, 年末滚存结余 and the settlement: no budget has them. */
const NOT_BUDGETED: Explained<null> = {
  value: null,
  because: taken('READINGS 63：只有各科目、收支合计和收支结余与预算对照', null, { stated: '此行不与预算对照' }),
};

/** Every line of one part, in the order of the form; items with neither budget nor amount are left out. */
export function accountLines(facts: AccountFacts): AccountLine[] {
  const amountOf = (items: ReadonlyMap<string, Decimal>, item: Item): Decimal => items.get(item) ?? zero;
  const items = itemsOf(facts.scheme).filter(
    (item) => !amountOf(facts.booked, item).isZero() || !amountOf(facts.budgeted, item).isZero(),
  );
  const lines = items.map((item): AccountLine => {
    const [budget, booked] = [amountOf(facts.budgeted, item), amountOf(facts.booked, item)];
    return {
      line: item,
      budget: { value: budget, because: budgetReason(facts, item, budget) },
      amount: { value: booked, because: bookedReason(facts, ITEM_NAMES[item]) },
    };
  });
  const sides = [
    totalOf(
      facts,
      'income',
      lines.filter(({ line }) => isIncome(line as Item)),
    ),
    totalOf(
      facts,
      'expenditure',
      lines.filter(({ line }) => !isIncome(line as Item)),
    ),
  ] as const;
  const balance: AccountLine = {
    line: 'balance',
    budget: fromLines(facts, balanceOfYear, 'budget', sides),
    amount: fromLines(facts, balanceOfYear, 'amount', sides),
  };
  const opening: AccountLine = {
    line: 'opening',
    budget: NOT_BUDGETED,
    amount: { value: facts.opening, because: bookedReason(facts, FUND_BALANCE) },
  };
  const closing: AccountLine = {
    line: 'closing',
    budget: NOT_BUDGETED,
    amount: fromLines(facts, closingInCash, 'amount', [opening, balance]),
  };
  return [opening, ...lines, ...sides, balance, closing, ...settlementLines(facts, closing)];
}

function settlementLines(facts: AccountFacts, closing: AccountLine): AccountLine[] {
  const settlement: AccountLine[] = [
    { line: 'true_up', budget: NOT_BUDGETED, amount: trueUpOf(facts) },
    { line: 'grant', budget: NOT_BUDGETED, amount: grantOf(facts) },
    {
      line: 'government_share',
      budget: NOT_BUDGETED,
      amount:
        facts.shares === null
          ? nothing()
          : {
              value: facts.shares.area,
              because: taken(SETTLED, yuanText(facts.shares.area), settled(facts, 'sharing.area_share')),
            },
    },
  ];
  const after = fromLines(facts, closingAfterSettlement, 'amount', [closing, ...settlement]);
  return [...settlement, { line: 'closing_after', budget: NOT_BUDGETED, amount: after }];
}

function trueUpOf(facts: AccountFacts): Explained<Decimal> {
  if (facts.levy === null) return nothing();
  const posted = facts.booked.get('levy_to_superior') ?? zero;
  return explain(levyStillOpen, {
    levy: { value: facts.levy, from: settled(facts, 'levy.levy') },
    posted: { value: posted, from: yearEndRows(facts, ITEM_NAMES.levy_to_superior, 'debit_less_credit') },
  });
}

function grantOf(facts: AccountFacts): Explained<Decimal> {
  if (facts.shares === null) return nothing();
  const advanced = facts.booked.get('superior_grant') ?? zero;
  return explain(grantStillOpen, {
    fund_share: { value: facts.shares.fund, from: settled(facts, 'sharing.fund_share') },
    advanced: { value: advanced, from: yearEndRows(facts, ITEM_NAMES.superior_grant, 'credit') },
  });
}

const nothing = (): Explained<Decimal> => ({
  value: zero,
  because: taken(SETTLED, '0.00', { stated: '没有清算：尚未实施、尚未算出，或属个人账户' }),
});

const settled = ({ area, scheme }: AccountFacts, figure: string): Source => ({ figure, of: { scheme, area } });

const ofPart = ({ area, scheme, part }: AccountFacts) => ({ area, scheme, part });
const inBooks = ({ area, scheme, part }: AccountFacts, account: string) => ({ entity: area, scheme, part, account });

const yearEndRows = (facts: AccountFacts, account: string, column: string): Source => ({
  rows: 'journal.csv',
  of: { ...inBooks(facts, account), until: `${facts.year}-12-31`, column },
});

const bookedReason = (facts: AccountFacts, account: string): Because =>
  balanceReason(account, { ...inBooks(facts, account), until: `${facts.year}-12-31` });

function budgetReason(facts: AccountFacts, item: Item, amount: Decimal): Because {
  const { adjustment } = facts;
  const of = { ...ofPart(facts), item };
  if (amount.isZero()) return taken(CASH, yuanText(amount), { stated: '生效预算没有列此科目' });
  return taken(
    CASH,
    yuanText(amount),
    adjustment === null
      ? { figure: 'budgets.amount', of }
      : { figure: 'adjusted_budgets.amount', of: { ...of, version: adjustment } },
  );
}

/** 收入合计 or 支出合计 of the items, level items included. */
function totalOf(facts: AccountFacts, line: 'income' | 'expenditure', items: readonly AccountLine[]): AccountLine {
  const column = (name: 'budget' | 'amount'): Explained<Decimal> => ({
    value: lineTotal({ items: items.map((item) => item[name].value ?? zero) }),
    because: reasonOf(lineTotal, {
      items: {
        from: {
          figure: `final_accounts.${name}`,
          of: { ...ofPart(facts), line: items.map(({ line: item }) => item), by: 'line' },
        },
      },
    }),
  });
  return { line, budget: column('budget'), amount: column('amount') };
}

/** A line worked out from other lines, which are its inputs by their names. */
function fromLines(
  facts: AccountFacts,
  applied: Citation & ((inputs: never) => Decimal),
  column: 'budget' | 'amount',
  lines: readonly AccountLine[],
): Explained<Decimal> {
  const inputs = Object.fromEntries(lines.map((line) => [line.line, line[column].value ?? zero]));
  return {
    value: applied(inputs as never),
    because: reasonOf(
      applied,
      Object.fromEntries(
        lines.map(({ line }) => [
          line,
          {
            value: yuanText(inputs[line] as Decimal),
            from: { figure: `final_accounts.${column}`, of: { ...ofPart(facts), line } },
          },
        ]),
      ),
    ),
  };
}
