/**
 * What must be exact to the fen in the results of any year. It is added up from the result files alone, in whole fen, and uses
 * nothing from rules/ or audit/, so that it checks them too.
 */
import type { ResultRow } from '../../../../db/results';
import type { FinishedYear } from './run-year';

/** An amount of a result file in fen. Throws when it has not exactly two decimals. */
export function fenOf(cell: unknown): bigint {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(String(cell));
  if (match === null) throw new Error(`“${String(cell)}” 不是两位小数的金额 (no amount with two decimals)`);
  const [, sign = '', whole = '', fraction = ''] = match;
  return BigInt(`${sign}${whole}${fraction}`);
}

type Amount = (row: ResultRow) => bigint;
const column =
  (name: string): Amount =>
  (row) =>
    fenOf(row[name]);
const sumOf = (rows: readonly ResultRow[], amount: Amount): bigint => rows.reduce((all, row) => all + amount(row), 0n);
const max = (...values: bigint[]): bigint => values.reduce((most, value) => (value > most ? value : most));
const min = (...values: bigint[]): bigint => -max(...values.map((value) => -value));

function grouped(rows: readonly ResultRow[], ...keys: string[]): Map<string, ResultRow[]> {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) {
    const key = keys.map((name) => row[name]).join(' ');
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

class Faults {
  readonly all: string[] = [];
  equal(what: string, found: bigint, expected: bigint): void {
    if (found !== expected) this.all.push(`${what}: ${found} ≠ ${expected} 分 (fen)`);
  }
  holds(what: string, condition: boolean): void {
    if (!condition) this.all.push(what);
  }
}

/** The opening balance and the interest of an adjustment fund, in fen. */
export type FundMoney = (scheme: string) => { opening: bigint; interest: bigint };

/** Everything that is not exact. */
export function exactFaults({ results, cycle }: FinishedYear, money: FundMoney): string[] {
  const faults = new Faults();
  faults.holds('cycle.json: status', cycle?.status === 'closed');
  for (const row of results['sharing.csv']) gapFaults(faults, row);
  for (const [scheme, rows] of grouped(results['sharing.csv'], 'scheme')) fundFaults(faults, scheme, rows, money);
  for (const row of results['levy.csv']) levyFaults(faults, row);
  for (const row of results['subsidy.csv']) {
    faults.equal(`subsidy ${where(row)} settlement`, fenOf(row.settlement), fenOf(row.due) - fenOf(row.arrived));
  }
  journalFaults(faults, results['journal.csv']);
  balanceFaults(faults, results['balances.csv'], results['journal.csv'], cycle?.year ?? 0);
  pairFaults(faults, results['balances.csv']);
  settlementFaults(faults, { results, cycle }, money);
  return faults.all;
}

const where = (row: ResultRow): string => [row.scheme, row.area, row.banner, row.level].filter(Boolean).join(' ');

/** U + F + A = G, and every step of the sharing. */
function gapFaults(faults: Faults, row: ResultRow): void {
  const of = (name: string): bigint => fenOf(row[name]);
  const at = `sharing ${where(row)}`;
  faults.equal(`${at} U + F + A = G`, of('own_surplus') + of('fund_share') + of('area_share'), of('gap'));
  faults.equal(`${at} gap`, of('gap'), max(0n, of('expenditure') + of('levy') - of('income')));
  faults.equal(`${at} residual`, of('residual'), of('gap') - of('own_surplus'));
  faults.equal(`${at} area_share`, of('area_share'), of('residual') - of('fund_share'));
  faults.holds(`${at}: M + N > R`, of('managerial') + of('general') <= of('residual'));
  const chain = [0n, of('fund_share'), of('entitled'), of('general'), of('residual'), of('gap')];
  faults.holds(
    `${at}: 0 ≤ F ≤ entitled ≤ N ≤ R ≤ G`,
    chain.every((amount, i) => i === 0 || (chain[i - 1] as bigint) <= amount),
  );
}

/** The fund pays every entitlement, or all it has. */
function fundFaults(faults: Faults, scheme: string, rows: readonly ResultRow[], money: FundMoney): void {
  const { opening, interest } = money(scheme);
  const available = max(0n, opening + interest + sumOf(rows, column('levy')));
  const entitled = sumOf(rows, column('entitled'));
  faults.equal(`sharing ${scheme} ΣF`, sumOf(rows, column('fund_share')), min(entitled, available));
}

function levyFaults(faults: Faults, row: ResultRow): void {
  if (row.levy === null) return;
  const at = `levy ${where(row)}`;
  faults.equal(`${at} true_up`, fenOf(row.true_up), fenOf(row.levy) - fenOf(row.prepaid));
  faults.holds(`${at}: 0 ≤ levy ≤ uncapped`, fenOf(row.levy) >= 0n && fenOf(row.levy) <= fenOf(row.uncapped));
}

function journalFaults(faults: Faults, journal: readonly ResultRow[]): void {
  for (const [entry, lines] of grouped(journal, 'entry')) {
    faults.equal(`journal ${entry}`, sumOf(lines, column('debit')), sumOf(lines, column('credit')));
  }
}

const ACCOUNT = '财政专户存款';
/** Where money may lie besides (RULES 9). */
const PLACES = ['支出户存款', '国库存款', '暂付款', '债券投资', '定期存款'];
const LIABILITIES = ['暂收款', '待核对款'];
/** The expenditure accounts (RULES 6). They and the accounts of money have their balance on the debit side, all others on the credit side. */
const EXPENDITURE = [
  '住院费用支出',
  '门诊费用支出',
  '生育支出',
  '大病保险支出',
  '转移支出',
  '其他支出',
  '补助下级支出',
  '上解上级支出',
];
const isDebit = (account: unknown): boolean => [ACCOUNT, ...PLACES, ...EXPENDITURE].includes(String(account));

/** Balances are the totals of the journal, and the money is the total of all other accounts. */
function balanceFaults(
  faults: Faults,
  balances: readonly ResultRow[],
  journal: readonly ResultRow[],
  year: number,
): void {
  const lines = grouped(journal, 'entity', 'scheme', 'part', 'account');
  faults.holds('balances: one row for each account of the journal', lines.size === balances.length);
  for (const row of balances) {
    const at = [row.entity, row.scheme, row.part, row.account].join(' ');
    const of = lines.get(at) ?? [];
    const balance: Amount = (line) => (isDebit(row.account) ? 1n : -1n) * (fenOf(line.debit) - fenOf(line.credit));
    const byYearEnd = of.filter(({ date }) => String(date) <= `${year}-12-31`);
    faults.equal(`balances ${at}`, fenOf(row.balance), sumOf(of, balance));
    faults.equal(`balances ${at} at_year_end`, fenOf(row.at_year_end), sumOf(byYearEnd, balance));
  }
  for (const [fund, rows] of grouped(balances, 'entity', 'scheme', 'part')) {
    const sides = sumOf(rows, (row) => (isDebit(row.account) ? -1n : 1n) * fenOf(row.balance));
    faults.equal(`${ACCOUNT} ${fund}`, sides, 0n);
  }
}

/** What the areas paid is what the region received, and the other way round. */
function pairFaults(faults: Faults, balances: readonly ResultRow[]): void {
  const total = (region: boolean, scheme: string, account: string): bigint =>
    sumOf(
      balances.filter(
        (row) => (row.entity === 'region') === region && row.scheme === scheme && row.account === account,
      ),
      column('balance'),
    );
  for (const scheme of ['employee', 'resident']) {
    const pair = (paid: bigint, received: bigint, what: string): void =>
      faults.equal(`${scheme} ${what}`, paid, received);
    pair(total(false, scheme, '上解上级支出'), total(true, scheme, '下级上解收入'), '上解');
    pair(total(true, scheme, '补助下级支出'), total(false, scheme, '上级补助收入'), '补助');
  }
}

/** closing = S + income − expenditure − L + F + A; after a gap also S − U; and the adjustment fund likewise. */
function settlementFaults(faults: Faults, { results }: FinishedYear, money: FundMoney): void {
  const pooled = results['balances.csv'].filter(({ part }) => part === 'pooled');
  const balance = (entity: unknown, scheme: unknown, account: string): bigint =>
    sumOf(
      pooled.filter((row) => row.entity === entity && row.scheme === scheme && row.account === account),
      column('balance'),
    );
  const closing = (entity: unknown, scheme: unknown): bigint =>
    [ACCOUNT, ...PLACES].reduce((all, account) => all + balance(entity, scheme, account), 0n) -
    balance(entity, scheme, LIABILITIES[1] as string);
  for (const row of results['sharing.csv']) {
    const of = (name: string): bigint => fenOf(row[name]);
    const opening = balance(row.area, row.scheme, '基金结余');
    const flows = of('income') - of('expenditure') - of('levy') + of('fund_share') + of('area_share');
    const found = closing(row.area, row.scheme);
    faults.equal(`closing ${where(row)}`, found, opening + flows);
    if (of('gap') > 0n) faults.equal(`closing ${where(row)} = S − U`, found, opening - of('own_surplus'));
    faults.equal(`暂收款 ${where(row)}`, balance(row.area, row.scheme, LIABILITIES[0] as string), 0n);
  }
  for (const [scheme, rows] of grouped(results['sharing.csv'], 'scheme')) {
    const { opening, interest } = money(scheme);
    const flows = interest + sumOf(rows, column('levy')) - sumOf(rows, column('fund_share'));
    faults.equal(`closing region ${scheme}`, closing('region', scheme), opening + flows);
  }
}
