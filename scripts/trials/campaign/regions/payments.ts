/**
 * The total budgets of a random region and their clearing, recomputed in whole fen from the pack and the budgets in force,
 * using nothing from rules/.
 */
import type { ResultRow } from '../../../../db/results';
import type { LawName } from '../../../../parameters/law-name';
import { cellsOf } from './against-inputs';
import { yuan } from './draw';
import { fenOf } from './exact';
import type { Files, FinishedYear } from './run-year';
import { type Settings, lawOf } from './random-settings';

const CARE = ['inpatient', 'outpatient', 'maternity'];
/** A rate as a fraction of whole numbers. */
interface Rate {
  over: bigint;
  under: bigint;
}
function rateOf(text: string): Rate {
  const [whole = '0', decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}
const halfUp = (over: bigint, under: bigint): bigint => (2n * over + under) / (2n * under);
const times = ({ over, under }: Rate, amount: bigint): bigint => halfUp(over * amount, under);
const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
const above = (amount: bigint, limit: bigint): bigint => (amount > limit ? amount - limit : 0n);

/** By largest remainder, ties to the part that comes first. */
function split(total: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sumOf(weights);
  if (whole === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (total * weight) / whole);
  const rest = weights.map((weight, i) => ({ i, left: (total * weight) % whole }));
  rest.sort((a, b) => (a.left === b.left ? a.i - b.i : a.left > b.left ? -1 : 1));
  rest.slice(0, Number(total - sumOf(parts))).forEach(({ i }) => (parts[i] = (parts[i] ?? 0n) + 1n));
  return parts;
}

interface Unit {
  code: string;
  kind: string;
  weight: bigint; // in units of 10⁻⁴
  budget: bigint;
  incurred: bigint;
  paid: bigint;
}
type Law = (name: string) => Rate;

const isAtCost = ({ kind }: Unit): boolean => kind === 'elsewhere';
function kept(unit: Unit, law: Law): bigint {
  const { budget, incurred, kind } = unit;
  const from = law('retain_from');
  if (isAtCost(unit) || incurred > budget || incurred * from.under < from.over * budget) return 0n;
  return times(law(`retain.${kind}`), budget - incurred);
}
function due(unit: Unit, law: Law): bigint {
  const { budget, incurred } = unit;
  if (isAtCost(unit) || incurred <= budget) return 0n;
  const [limit, share] = [law('over_limit'), law('over_share')];
  const within = limit.over * budget;
  const spent = (incurred - budget) * limit.under;
  return halfUp(share.over * (spent < within ? spent : within), share.under * limit.under);
}

/** Rows of a fund as they should be, by unit: retained, entitled, the fund's part, payable, clearing. */
function clearedRows(units: readonly Unit[], reserve: bigint, law: Law): Map<string, bigint[]> {
  const entitled = units.map((unit) => due(unit, law));
  const borne = sumOf(entitled) > reserve ? split(reserve, entitled) : entitled;
  return new Map(
    units.map((unit, i) => {
      const { code, budget, incurred, paid } = unit;
      const [saved, part] = [kept(unit, law), borne[i] ?? 0n];
      const owed = isAtCost(unit) ? incurred : incurred <= budget ? incurred + saved : budget + part;
      return [code, [budget, incurred, paid, saved, entitled[i] ?? 0n, part, owed, owed - paid]];
    }),
  );
}
const COLUMNS = ['budget', 'incurred', 'paid', 'retained', 'entitled', 'fund_share', 'payable', 'clearing'];
const byCode = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Everything in total_budget.csv and in the findings of payments that differs from what the pack implies. */
export function paymentFaults(files: Files, year: number, finished: FinishedYear): string[] {
  const given = JSON.parse(files['parameters.json'] ?? '{}') as Record<string, { value: Settings[string] }>;
  const law = lawOf(Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value])), year);
  const rateNamed: Law = (name) => rateOf(law.text(`payment.${name}` as LawName));
  const funds = new Set(cellsOf(files, 'payment_units.csv').map(({ area, scheme }) => `${area} ${scheme}`));
  const findings = new Map<string, string>();
  const faults = [...funds].flatMap((fund) => fundFaults(files, fund, finished, rateNamed, findings));
  const raised = finished.results['findings.csv']
    .filter(({ code }) => CODES_OF_FINDINGS.includes(String(code)))
    .map(({ code, area, scheme, figure }) => [`${code} ${area} ${scheme}`, String(figure)] as const);
  const expected = [...findings].map(([key, figure]) => `${key} ${figure}`).sort();
  const found = raised.map(([key, figure]) => `${key} ${figure}`).sort();
  if (JSON.stringify(expected) !== JSON.stringify(found))
    faults.push(`findings of payments: ${found.join(', ')} ≠ ${expected.join(', ')}`);
  const rows = finished.results['total_budget.csv'].filter(({ area, scheme }) => !funds.has(`${area} ${scheme}`));
  return rows.length === 0 ? faults : [...faults, 'total_budget.csv has a fund without units'];
}
const CODES_OF_FINDINGS = ['total_budget_over', 'units_paid_differ', 'clearing_open', 'unpaid_at_units'];

function fundFaults(
  files: Files,
  fund: string,
  { results }: FinishedYear,
  law: Law,
  findings: Map<string, string>,
): string[] {
  const isOfFund = (row: Record<string, unknown> | ResultRow): boolean => [row.area, row.scheme].join(' ') === fund;
  const isCare = (row: Record<string, unknown>): boolean => row.part === 'pooled' && CARE.includes(String(row.item));
  const total = sumOf(
    results['budgets.csv'].filter((row) => isOfFund(row) && isCare(row)).map((row) => fenOf(row.amount)),
  );
  const reserve = times(law('reserve'), total);
  const units = unitsOf(files, isOfFund, total - reserve);
  const cleared = clearedRows(units, reserve, law);

  const rows = results['total_budget.csv'].filter(isOfFund);
  const faults = rows.length === units.length + 1 ? [] : [`total_budget ${fund}: ${rows.length} rows`];
  for (const row of rows) {
    const expected =
      row.unit === 'reserve'
        ? [reserve, '', '', '', '', sumOf([...cleared.values()].map((cells) => cells[5] ?? 0n)), '', '']
        : (cleared.get(String(row.unit)) ?? []);
    COLUMNS.forEach((column, i) => {
      const cell = row[column];
      const found = cell === null || cell === '' ? '' : fenOf(cell);
      if (found !== expected[i])
        faults.push(`total_budget ${fund} ${row.unit} ${column}: ${cell} ≠ ${expected[i]} 分 (fen)`);
    });
  }
  noteFindings(files, fund, { units, cleared, isOfFund, gap: gapOf(results['sharing.csv'], isOfFund) }, findings);
  return faults;
}

const gapOf = (rows: readonly ResultRow[], isOfFund: (row: ResultRow) => boolean): bigint =>
  sumOf(rows.filter(isOfFund).map((row) => fenOf(row.gap)));

function unitsOf(files: Files, isOfFund: (row: Record<string, string>) => boolean, left: bigint): Unit[] {
  const accounts = cellsOf(files, 'unit_accounts.csv').filter(isOfFund);
  const units = cellsOf(files, 'payment_units.csv')
    .filter(isOfFund)
    .sort((a, b) => byCode(a.unit ?? '', b.unit ?? ''))
    .map(({ unit = '', kind = '', weight = '0' }) => {
      const own = accounts.filter((row) => row.unit === unit);
      const { over, under } = rateOf(weight);
      return {
        ...{ code: unit, kind, weight: (over * 10_000n) / under, budget: 0n },
        incurred: sumOf(own.map((row) => fenOf(row.incurred))),
        paid: sumOf(own.map((row) => fenOf(row.paid))),
      };
    });
  const budgets = split(
    left,
    units.map(({ weight }) => weight),
  );
  return units.map((unit, i) => ({ ...unit, budget: budgets[i] ?? 0n }));
}

function noteFindings(
  files: Files,
  fund: string,
  of: {
    units: Unit[];
    cleared: Map<string, bigint[]>;
    isOfFund: (row: Record<string, unknown>) => boolean;
    gap: bigint;
  },
  findings: Map<string, string>,
): void {
  const { units, cleared, isOfFund, gap } = of;
  const booked = (items: readonly string[]): bigint =>
    sumOf(
      cellsOf(files, 'actuals.csv')
        .filter((row) => isOfFund(row) && row.part === 'pooled' && items.includes(row.item ?? ''))
        .map((row) => fenOf(row.amount)),
    );
  const note = (code: string, figure: bigint, isRaised: boolean): void => {
    if (isRaised) findings.set(`${code} ${fund}`, yuan(Number(figure)));
  };
  const over = sumOf(units.map((unit) => (isAtCost(unit) ? 0n : above(unit.incurred, unit.budget))));
  note('total_budget_over', over, over > 0n);
  const earlier = sumOf(
    cellsOf(files, 'unit_accounts.csv')
      .filter(isOfFund)
      .map((row) => (row.paid_earlier_years ? fenOf(row.paid_earlier_years) : 0n)),
  );
  const difference = sumOf(units.map(({ paid }) => paid)) + earlier - booked(CARE);
  note('units_paid_differ', difference, difference !== 0n);
  const owed = sumOf(units.map(({ incurred, paid }) => above(incurred, paid)));
  note('unpaid_at_units', owed, owed * 12n > booked([...CARE, 'major_illness', 'transfer_out', 'other_expenditure']));
  const open = sumOf([...cleared.values()].map((cells) => cells[7] ?? 0n));
  note('clearing_open', open, gap > 0n && open !== 0n);
}
