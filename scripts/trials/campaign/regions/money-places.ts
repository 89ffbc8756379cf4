/** Where the money of a random region lies: balances drawn from a seed, and what the results must show for them to the fen. */
import { monthEnd, monthsTo } from '../../../../rules/calendar-day';
import type { ResultRow } from '../../../../db/results';
import { type Draw, yuan } from './draw';
import type { Fund } from './fund';
import { csv } from './region-rows';

const SPECIAL = '财政专户存款';
const PLACES = ['支出户存款', '国库存款', '暂付款', '债券投资', '定期存款'] as const;
const HEADER = 'area,scheme,part,account,date,balance';

/** The funds of the areas, and the adjustment funds of their schemes. */
const entitiesOf = (funds: readonly Fund[]): { area: string; scheme: string }[] => [
  ...funds.map(({ area, scheme }) => ({ area, scheme })),
  ...[...new Set(funds.map(({ scheme }) => scheme))].map((scheme) => ({ area: 'region', scheme })),
];

const monthsOf = (draw: Draw, year: number): string[] =>
  draw
    .shuffled([monthEnd(year - 1, 12), ...monthsTo(12).map((month) => monthEnd(year, month))])
    .slice(0, draw.int(1, 4));

/** Month-end balances of other places: more, less, nothing, below nothing. */
const positions = (draw: Draw, funds: readonly Fund[], year: number): string =>
  csv(
    HEADER,
    entitiesOf(funds)
      .filter(() => draw.rarely(0.5))
      .flatMap(({ area, scheme }) => {
        const account = draw.pick(...PLACES);
        return monthsOf(draw, year).map((date) => {
          const balance = draw.pick(0, draw.int(1, 99_999), -draw.int(1, 999), 10_000);
          return [area, scheme, 'pooled', account, date, yuan(balance)];
        });
      }),
  );

/** What bank and treasury say, of accounts with and without money, on any day. */
const bank = (draw: Draw, funds: readonly Fund[], year: number): string =>
  csv(
    HEADER,
    entitiesOf(funds)
      .filter(() => draw.rarely(0.5))
      .flatMap(({ area, scheme }) => {
        const account = draw.pick(SPECIAL, SPECIAL, ...PLACES);
        const dates = [...monthsOf(draw, year), `${year}-05-17`];
        return dates.map((date) => [area, scheme, 'pooled', account, date, yuan(draw.int(-500, 5_000_000))]);
      }),
  );

export const moneyFiles = (draw: Draw, funds: readonly Fund[], year: number): Record<string, string> => ({
  'positions.csv': positions(draw, funds, year),
  'bank.csv': bank(draw, funds, year),
});

/**
 * The books that a line of bank or treasury is set against: the lines of the journal up to the day, in fen; for the last day of the
 * year before also what stands on 1 January as opening or position.
 */
function booksOf(journal: readonly ResultRow[], line: Record<string, unknown>, year: number, fen: Fen): bigint {
  const before = String(line.date) < `${year}-01-01`;
  return journal
    .filter((row) => row.entity === line.area && row.scheme === line.scheme && row.part === line.part)
    .filter(({ account, date, key }) => {
      if (account !== line.account) return false;
      const isOfFirstDay = date === `${year}-01-01` && /^(opening|position)\//.test(String(key));
      return String(date) <= String(line.date) || (before && isOfFirstDay);
    })
    .reduce((all, row) => all + fen(row.debit) - fen(row.credit), 0n);
}
type Fen = (cell: unknown) => bigint;

interface Finished {
  journal: readonly ResultRow[];
  agreement: readonly ResultRow[];
  findings: readonly ResultRow[];
}

/** Positions that the books do not follow, lines of the bank that are set against other books, differences that nobody found. */
export function placeFaults(
  finished: Finished,
  given: { positions: readonly Record<string, string>[]; bank: readonly Record<string, string>[] },
  year: number,
  fen: Fen,
): string[] {
  const faults: string[] = [];
  for (const row of given.positions) {
    const day = String(row.date) < `${year}-01-01` ? `${year}-01-01` : row.date;
    const found = booksOf(finished.journal, { ...row, date: day }, year, fen);
    if (found !== fen(row.balance)) faults.push(`position ${nameOf(row)}: ${found} ≠ ${fen(row.balance)} 分 (fen)`);
  }
  if (finished.agreement.length !== given.bank.length) faults.push('agreement: one row for each line of the bank');
  for (const row of finished.agreement) {
    const books = booksOf(finished.journal, row, year, fen);
    if (fen(row.books) !== books) faults.push(`agreement ${nameOf(row)}: ${fen(row.books)} ≠ ${books} 分 (fen)`);
    if (fen(row.difference) !== fen(row.bank) - books) faults.push(`agreement ${nameOf(row)}: difference`);
  }
  const differences = finished.agreement.filter(({ difference }) => fen(difference) !== 0n).map(asFinding);
  const raised = finished.findings.filter(({ code }) => code === 'bank_difference');
  const found = raised.map(({ area, scheme, figure }) => [area, scheme, figure].join(' '));
  if (differences.sort().join() !== found.sort().join()) faults.push('findings: bank_difference');
  return faults;
}

const nameOf = (row: Record<string, unknown>): string => [row.area, row.scheme, row.account, row.date].join(' ');
const asFinding = ({ area, scheme, difference }: ResultRow): string => [area, scheme, difference].join(' ');
