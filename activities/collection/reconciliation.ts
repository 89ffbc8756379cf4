/** 征缴对账: the counts of one area against the control totals of the tax bureau. */
import { type Law, lawOf } from '../../audit/law';
import { type CollectionCounts, type TaxTotals, collectionCounts, taxTotals } from '../../db/collection';
import type { Transaction } from '../../db/connect';
import { type InsuredRow, insuredRows } from '../../db/inputs';
import { insertRows } from '../../db/rows';
import { openChain } from '../../db/tasks';
import { enrolmentRate, grossPremium, progress, reconciliationDifference, rowDifference } from '../../rules/collection';
import { type Decimal, ratioText, yuanText } from '../../rules/money';
import { type Ratio, exact, roundRatio } from '../../rules/ratio';
import { type Because, type Explained, type Source, explain, onTheWay } from '../../rules/rule';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { type Finding, recordFindings } from '../findings';

export interface AreaYear {
  year: number;
  area: string;
}
export interface CollectionStanding {
  registered: string;
  paid: string;
  collected: string; // yuan
  quarantined: string;
  difference: string;
  findingsToAccept: string | null; // the chain that waits for a named person; null when tax bureau and system agree
}

/** What is counted of one area, and where it was counted. */
interface Counted extends AreaYear {
  counts: CollectionCounts;
  tax: TaxTotals;
  insured: InsuredRow;
  persons: Source; // person rows, or the control totals of an area without any
  totals: Source;
}

/** Counts an area, records what was counted and found, and asks a named person about a difference. */
export async function reconcile(
  trx: Transaction,
  of: AreaYear & { workflowId: string; acceptBy: string },
): Promise<CollectionStanding> {
  const counted = await count(trx, of);
  const { counts, tax, persons, totals } = counted;
  const difference = explain(reconciliationDifference, {
    tax_amount: { value: tax.amount, from: totals },
    collected: { value: counts.collected, from: persons },
    quarantined_amount: { value: counts.quarantinedAmount, from: persons },
  });
  await insertRows(trx, 'collection', [collectionRow(counted, difference)]);

  const differences = differenceFindings(counted, difference.value);
  const law = await lawOf(trx, of.year);
  await recordFindings(trx, of.year, [...differences, ...enrolmentFindings(law, counted)]);
  return {
    registered: counts.registered.toFixed(),
    paid: counts.paid.toFixed(),
    collected: yuanText(counts.collected),
    quarantined: yuanText(counts.quarantinedAmount),
    difference: yuanText(difference.value),
    findingsToAccept: differences.length === 0 ? null : await askToAccept(trx, of, differences),
  };
}

async function count(trx: Transaction, { year, area }: AreaYear): Promise<Counted> {
  const tax = await taxTotals(trx, year, area);
  const counts = await collectionCounts(trx, year, area, tax);
  const insured = (await insuredRows(trx, year, 'resident', area))(area);
  const totals: Source = { rows: 'collection_totals.csv', of: { area, year } };
  const persons: Source = { rows: 'resident_roll.csv，resident_payments.csv', of: { area, year } };
  return { year, area, tax, counts, insured, totals, persons: counts.byPerson ? persons : totals };
}

/** Both classes together: what is printed. Without person rows the area's own report is all there is. */
function lowIncome({
  year,
  area,
  counts,
  insured,
  persons,
}: Counted): { paid: Decimal; registered: Decimal; from: Source } | null {
  if (counts.byPerson) {
    const [low, relieved] = [counts.lowIncome, counts.povertyRelieved];
    return { paid: low.paid.plus(relieved.paid), registered: low.registered.plus(relieved.registered), from: persons };
  }
  const { low_income_paid: paid, low_income_registered: registered } = insured;
  return paid === null || registered === null
    ? null
    : { paid, registered, from: { rows: 'insured.csv', of: { area, year } } };
}

function ratesOf(counted: Counted): { progress: Explained<Ratio | null> | null; rate: Explained<Ratio | null> | null } {
  const { year, area, counts, insured, persons } = counted;
  if (area === UNKNOWN_AREA) return { progress: null, rate: null };
  const target = insured.target_insured;
  const low = lowIncome(counted);
  return {
    progress:
      target &&
      explain(progress, {
        paid: { value: counts.paid, from: persons },
        target_insured: { value: target, from: { rows: 'insured.csv', of: { area, year, column: 'target_insured' } } },
      }),
    rate:
      low &&
      explain(enrolmentRate, {
        paid: { value: low.paid, from: low.from },
        registered: { value: low.registered, from: low.from },
      }),
  };
}

const printed = (ratio: Explained<Ratio | null> | null): string | null =>
  ratio?.value ? ratioText(roundRatio(ratio.value, 4)) : null;

function collectionRow(counted: Counted, difference: Explained<Decimal>) {
  const { year, area, counts, tax, persons, totals } = counted;
  const { progress: advanced, rate } = ratesOf(counted);
  const told = (from: Source): Because => ({
    article: 'RULES 4 计数',
    formula: 'count or sum of rows',
    inputs: { rows: { from } },
  });
  const ofPersons = {
    registered: counts.registered.toFixed(),
    paid: counts.paid.toFixed(),
    due: yuanText(counts.due),
    collected: yuanText(counts.collected),
    aid: yuanText(counts.aid),
    accepted_rows: counts.acceptedRows.toFixed(),
    quarantined_rows: counts.quarantinedRows.toFixed(),
    quarantined_amount: yuanText(counts.quarantinedAmount),
  };
  const premium = explain(grossPremium, {
    collected: { value: counts.collected, from: { figure: 'collection.collected', of: { area } } },
    aid: { value: counts.aid, from: { figure: 'collection.aid', of: { area } } },
  });
  const ofTotals = { tax_rows: tax.rows.toFixed(), tax_amount: yuanText(tax.amount) };
  return {
    fund_year: year,
    area,
    by_person: counts.byPerson,
    ...ofPersons,
    ...ofTotals,
    progress: printed(advanced),
    low_income_rate: printed(rate),
    difference: yuanText(difference.value),
    because: {
      ...Object.fromEntries(Object.keys(ofPersons).map((name) => [name, told(persons)])),
      ...Object.fromEntries(Object.keys(ofTotals).map((name) => [name, told(totals)])),
      progress: advanced?.because ?? null,
      low_income_rate: rate?.because ?? null,
      difference: difference.because,
      premium: onTheWay(premium),
    },
  };
}

function differenceFindings({ area, tax, counts }: Counted, amount: Decimal): Finding[] {
  const rows = rowDifference({
    tax_rows: tax.rows,
    accepted_rows: counts.acceptedRows,
    quarantined_rows: counts.quarantinedRows,
  });
  const common = { area, scheme: 'resident' as const };
  const findings: Finding[] = [];
  if (!amount.isZero()) {
    findings.push({ ...common, code: 'collection_amount', figure: yuanText(amount), text: '税务数与系统数金额不符' });
  }
  if (!rows.isZero()) {
    findings.push({ ...common, code: 'collection_rows', figure: rows.toFixed(), text: '税务数与系统数笔数不符' });
  }
  return findings;
}

/** The 99 % is tested for each of the two classes; without person rows there is one test of both together. */
function enrolmentFindings(law: Law, counted: Counted): Finding[] {
  const { area, counts } = counted;
  const target = exact(law.given('collection.low_income_target').value);
  const test = (code: string, persons: { paid: Decimal; registered: Decimal } | null): Finding[] => {
    const rate = persons && enrolmentRate(persons);
    if (rate === null || rate.gte(target)) return [];
    const text = '低收入人口或脱贫人口参保率低于 99%（B(八)）';
    return [{ code, area, scheme: 'resident', figure: ratioText(roundRatio(rate, 4)), text }];
  };
  if (area === UNKNOWN_AREA) return [];
  if (!counts.byPerson) return test('low_income_rate', lowIncome(counted));
  return [...test('low_income_rate', counts.lowIncome), ...test('poverty_relieved_rate', counts.povertyRelieved)];
}

/** A difference is resolved or accepted by a named person before the area closes. Returns the chain that waits. */
async function askToAccept(
  trx: Transaction,
  { year, area, workflowId, acceptBy }: AreaYear & { workflowId: string; acceptBy: string },
  differences: readonly Finding[],
): Promise<string> {
  const known = area !== UNKNOWN_AREA;
  const chain = `${workflowId}/findings/${area}`;
  const figures = differences.map(({ text, figure }) => `${text} ${figure}`).join('，');
  await openChain(trx, {
    fundYear: year,
    chain,
    workflowId,
    kind: 'accept_finding',
    area: known ? area : null,
    scheme: 'resident',
    subject: `${known ? area : '地区不明'} ${year} 年度居民征缴对账：${figures}，请核实接受`,
    figures: { differences },
    dueOn: acceptBy,
    roles: [known ? 'area_finance' : 'region_security'],
  });
  return chain;
}
