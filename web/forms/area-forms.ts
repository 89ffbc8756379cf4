/** 预算表 and 决算表 of every area, from budgets in force, last year's execution and the books on 31 December. */
import type { Queryable } from '../../db/connect';
import { type NamedArea, areasOfYear } from '../../db/areas';
import { budgetsInForce } from '../../db/budgets';
import { doneActs } from '../../db/done';
import { finalAccounts } from '../../db/final-accounts';
import { executedItems } from '../../db/history';
import { surplusesOnFirstDay } from '../../db/opening';
import { overriddenParameters, pinnedParameters } from '../../db/parameters';
import { type CycleFacts, type ResultRow, cycleFacts, resultRows } from '../../db/results';
import { ownTargets } from '../../db/targets';
import { ParameterSet } from '../../parameters';
import { Law } from '../../parameters/law';
import { targetTexts } from '../../parameters/targets';
import type { FinalAccountLine } from '../../rules/final-accounts';
import { actKey } from '../../rules/keys';
import { type Decimal, decimal, yuanText, zero } from '../../rules/money';
import {
  AID_FUNDINGS,
  ITEM_NAMES,
  type Item,
  OWN_EXPENDITURE,
  OWN_INCOME,
  LEVEL_ITEMS,
  PREMIUM_SOURCE_NAMES,
  type Part,
  SCHEME_NAMES,
  type Scheme,
  isIncome,
} from '../../rules/vocabulary';
import { rateText } from '../rates';
import { type EstimateRow, estimateForm } from './estimate-form';
import { type Form, formOf, measureOf } from './form';
import type { SheetOf } from './workbook';

export interface AreaWorkbook {
  file: string; // 150400-budget.xlsx
  sheets: SheetOf[];
}

export const FORM_NAMES: Record<Scheme, string> = {
  employee: '职工基本医疗保险（含生育保险）基金',
  resident: '城乡居民基本医疗保险基金',
};

export type Amounts = { part: string; account: string; amount: string }[];

/** Everything that the forms show of a year, by area and scheme. */
async function readForms(db: Queryable, year: number) {
  const items = await resultRows(db, 'budgets.csv', year);
  const estimates = await resultRows(db, 'estimate.csv', year);
  const accounts = await finalAccounts(db, year);
  const sources = await resultRows(db, 'premium_sources.csv', year);
  const executed = await executedItems(db, year, year - 1);
  const openings = await surplusesOnFirstDay(db, year);
  const inForce = await budgetsInForce(db, year);
  const named = (item: unknown): string => ITEM_NAMES[item as Item];
  const amountsOf = (area: string, scheme: Scheme) => {
    const isOfFund = (row: { area?: unknown; entity?: unknown; scheme?: unknown }): boolean =>
      (row.area ?? row.entity) === area && row.scheme === scheme;
    const amounts = (rows: readonly object[]): Amounts =>
      (rows as Record<string, string>[])
        .filter(isOfFund)
        .map(({ part, item, amount }) => ({ part: part as string, account: named(item), amount: amount as string }));
    // A fund without an opening row has 0.
    const opening = (name: Part): Decimal => openings.find((row) => isOfFund(row) && row.part === name)?.amount ?? zero;
    return {
      budget: amounts(items),
      estimate: estimates.filter(isOfFund) as unknown as EstimateRow[],
      executed: amounts(executed),
      opening,
      accounts: accountsOf(accounts.filter(isOfFund)),
      premiumOf: scheme === 'resident' ? aidedPremium(sources.filter((row) => row.area === area)) : [],
      inForce: inForce.find(isOfFund),
    };
  };
  return amountsOf;
}

/** The part of the residents' premium that was paid in aid. */
const aidedPremium = (rows: readonly ResultRow[]) =>
  AID_FUNDINGS.flatMap((source) =>
    rows
      .filter((row) => row.source === source)
      .map(({ amount }) => ({ name: PREMIUM_SOURCE_NAMES[source], amount: decimal(String(amount)) })),
  );

/** The final accounts of one fund, as the form needs them. */
function accountsOf(parts: Awaited<ReturnType<typeof finalAccounts>>) {
  const lineOf = (part: Part, name: FinalAccountLine) =>
    parts.find((accounts) => accounts.part === part)?.lines.find(({ line }) => line === name);
  const column = (name: 'budget' | 'amount'): Amounts =>
    parts.flatMap(({ part, lines }) =>
      lines
        .filter(({ line }) => Object.hasOwn(ITEM_NAMES, line))
        .map((itemLine) => ({
          part,
          account: ITEM_NAMES[itemLine.line as Item],
          amount: yuanText(itemLine[name].value ?? zero),
        })),
    );
  return {
    budget: column('budget'),
    actual: column('amount'),
    amountOf: (part: Part, line: FinalAccountLine): Decimal => lineOf(part, line)?.amount.value ?? zero,
  };
}

/** What stands beside a budget: the targets it is approved with, and how the employer's rate changes. */
async function readBeside(db: Queryable, { year }: CycleFacts) {
  const law = new Law(new ParameterSet(await pinnedParameters(db, year)));
  const own = {
    employee: await ownTargets(db, year, 'employee'),
    resident: await ownTargets(db, year, 'resident'),
  };
  const rates = await resultRows(db, 'rates.csv', year);
  return (area: string, scheme: Scheme): string[] => {
    const targets = targetTexts(law, { year, scheme, area, own: own[scheme](area) });
    const rate = scheme === 'employee' ? rates.find((row) => row.area === area) : undefined;
    return [`绩效目标：${targets.join('；')}`, ...(rate === undefined ? [] : [rateText(rate)])];
  };
}

/** The lines above every form: whose form it is, the unit, and what its figures rest on. */
export async function noticesOf(db: Queryable, { year, simulation }: CycleFacts) {
  const overridden = await overriddenParameters(db, year);
  const common = [
    ...(simulation ? ['模拟测算：上解或分担参数尚未由文件确定（assumed），上解、补助与结余数仅供测算。'] : []),
    ...(overridden.length === 0
      ? []
      : [`数据包设定的参数：${overridden.map(({ name, source }) => `${name}（${source}）`).join('；')}`]),
  ];
  return ({ area, name }: Pick<NamedArea, 'area' | 'name'>, more: string): string[] => [
    `统筹区：${area} ${name}　　年度：${year}　　单位：元`,
    more,
    ...common,
  ];
}

type Forms = Record<'budget' | 'estimate' | 'accounts', Form>;
const ESTIMATED = '有因素数的，测算数取因素数，否则取趋势数；×为没有该数';
const ORIGINS = { submitted: '申报', directed: '以收定支' } as const;
const INCOME = [...OWN_INCOME, ...LEVEL_ITEMS.filter(isIncome)].map((item) => ITEM_NAMES[item]);
const EXPENDITURE = [...OWN_EXPENDITURE, ...LEVEL_ITEMS.filter((item) => !isIncome(item))].map(
  (item) => ITEM_NAMES[item],
);

/** 年末滚存结余 of a budget: the opening plus what the year is to leave. */
export function budgetedClosing(budget: Amounts, opening: (part: Part) => Decimal) {
  return (part: Part): Decimal =>
    budget
      .filter((row) => row.part === part)
      .reduce((surplus, { account, amount }) => {
        if (INCOME.includes(account)) return surplus.plus(amount);
        return EXPENDITURE.includes(account) ? surplus.minus(amount) : surplus;
      }, opening(part));
}

/** The workbooks of a year: each area's budget where one is in force, its final accounts from the day on which they are filed. */
export async function areaWorkbooks(db: Queryable, year: number): Promise<AreaWorkbook[]> {
  const cycle = await cycleFacts(db, year);
  if (cycle === undefined) return [];
  const amountsOf = await readForms(db, year);
  const notices = await noticesOf(db, cycle);
  const besideBudget = await readBeside(db, cycle);
  const areFiled = (await doneActs(db, year)).has(actKey.subsidySettled(year));
  const isSettled = cycle.status === 'closed';

  const forms = (area: NamedArea, scheme: Scheme): Forms | null => {
    const { budget, estimate, executed, opening, accounts, premiumOf, inForce } = amountsOf(area.area, scheme);
    if (inForce === undefined) return null;
    const origin = `预算来源：${ORIGINS[inForce.origin]}（第 ${inForce.version} 版）`;
    const measured = (items: Amounts, from: (part: Part) => Decimal) =>
      measureOf(`${year}年预算数`, items, { opening: from, closing: budgetedClosing(items, from) });
    const opened = (part: Part): Decimal => accounts.amountOf(part, 'opening');
    const cash = { opening: opened, closing: (part: Part) => accounts.amountOf(part, 'closing') };
    return {
      budget: formOf({
        scheme,
        title: `${year}年${FORM_NAMES[scheme]}预算表`,
        notices: [
          ...notices(area, `${origin}；上年结余为上年清算之后的余额（1月1日）`),
          ...besideBudget(area.area, scheme),
        ],
        measures: [
          measured(budget, opening),
          measureOf(`${year - 1}年执行数`, executed, { opening: () => null, closing: opening }),
        ],
        compared: ['增减额', '增减％'],
      }),
      estimate: estimateForm(
        { scheme, title: `${year}年${FORM_NAMES[scheme]}测算表`, notices: notices(area, ESTIMATED) },
        estimate,
        measured(budget, opening),
      ),
      accounts: formOf({
        scheme,
        title: `${year}年${FORM_NAMES[scheme]}决算表`,
        notices: notices(area, `${origin}；决算数为${year}年12月31日的收付数，清算列于表末`),
        measures: [measured(accounts.budget, opened), measureOf(`${year}年决算数`, accounts.actual, cash)],
        compared: ['差额', '执行率％'],
        ...{ premiumOf, settlement: (part, line) => (isSettled ? accounts.amountOf(part, line) : null) },
      }),
    };
  };

  return (await areasOfYear(db, year)).flatMap((area) => {
    const sheets = area.schemes.flatMap((scheme) => {
      const made = forms(area, scheme);
      return made === null ? [] : [{ name: SCHEME_NAMES[scheme], ...made }];
    });
    if (sheets.length === 0) return [];
    const formsOf = (which: keyof Forms, kind: SheetOf['kind'], suffix = ''): SheetOf[] =>
      sheets.map((sheet) => ({ name: `${sheet.name}${suffix}`, form: sheet[which], kind }));
    const budgets = [...formsOf('budget', 'change'), ...formsOf('estimate', 'none', '测算')];
    return [
      { file: `${area.area}-budget.xlsx`, sheets: budgets },
      ...(areFiled ? [{ file: `${area.area}-final-accounts.xlsx`, sheets: formsOf('accounts', 'execution') }] : []),
    ];
  });
}
