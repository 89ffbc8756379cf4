/** 征缴对账: the counts of one area against the control totals of the tax bureau. */
import type { Law } from '../../parameters/law';
import { lawOf } from '../law';
import { type CollectionCounts, type TaxTotals, collectionCounts, taxTotals } from '../../db/collection';
import { type InsuredRow, insuredRows } from '../../db/insured';
import { openChain } from '../../db/tasks';
import type { Transaction } from '../../db/connect';
import { insertRows } from '../../db/rows';
import { enrolmentRate, grossPremium, progress, reconciliationDifference, rowDifference } from '../../rules/collection';
import { type Decimal, ratioText, yuanText } from '../../rules/money';
import { type Ratio, exact, roundRatio } from '../../rules/ratio';
import {
  type Because,
  type Explained,
  type Given,
  type Source,
  explain,
  onTheWay,
  printedTo,
  taken,
  withInputs,
} from '../../rules/rule';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS, UNKNOWN_AREA } from '../../rules/vocabulary';
import type { Finding } from '../../figures/finding';
import type { FindingCode } from '../../rules/findings';
import { recordFindings } from '../findings';
import { NO_RATIO, RECONCILED, countsBecause, insuredCell, personsOf, totalsOf } from './reasons';

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

/** What is counted of one area. */
interface Counted extends AreaYear {
  counts: CollectionCounts;
  tax: TaxTotals;
  insured: InsuredRow;
}

/** Counts an area, records what was counted and found, and asks a named person about a difference. */
export async function reconcile(
  trx: Transaction,
  of: AreaYear & { workflowId: string; acceptBy: string },
): Promise<CollectionStanding> {
  const counted = await count(trx, of);
  const { counts, tax } = counted;
  const told = (value: Decimal, column: string) => ({ value, from: figureOf(of.area, column) });
  const difference = explain(reconciliationDifference, {
    tax_amount: told(tax.amount, 'tax_amount'),
    collected: told(counts.collected, 'collected'),
    quarantined_amount: told(counts.quarantinedAmount, 'quarantined_amount'),
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
  return { year, area, tax, counts, insured };
}

const figureOf = (area: string, column: string): Source => ({ figure: `collection.${column}`, of: { area } });

/** Both classes together: what is printed. Without person rows the area's own report is all there is. */
function lowIncome({ year, area, counts, insured }: Counted): Record<'paid' | 'registered', Given<Decimal>> | null {
  if (counts.byPerson) {
    const [low, relieved] = [counts.lowIncome, counts.povertyRelieved];
    const persons = personsOf(area, [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS]);
    return {
      paid: { value: low.paid.plus(relieved.paid), from: persons.paid },
      registered: { value: low.registered.plus(relieved.registered), from: persons.registered },
    };
  }
  const { low_income_paid: paid, low_income_registered: registered } = insured;
  if (paid === null || registered === null) return null;
  return {
    paid: { value: paid, from: insuredCell(area, year, 'low_income_paid') },
    registered: { value: registered, from: insuredCell(area, year, 'low_income_registered') },
  };
}

function ratesOf(counted: Counted): { progress: Explained<Ratio | null> | null; rate: Explained<Ratio | null> | null } {
  const { year, area, counts, insured } = counted;
  if (area === UNKNOWN_AREA) return { progress: null, rate: null };
  const target = insured.target_insured;
  const low = lowIncome(counted);
  return {
    progress:
      target &&
      explain(progress, {
        paid: { value: counts.paid, from: figureOf(area, 'paid') },
        target_insured: { value: target, from: insuredCell(area, year, 'target_insured') },
      }),
    rate: low && explain(enrolmentRate, low),
  };
}

const printed = (ratio: Explained<Ratio | null> | null): string | null =>
  ratio?.value ? ratioText(roundRatio(ratio.value, 4)) : null;
/** A ratio as it is printed; without a denominator the cell is empty. */
const ratioBecause = (ratio: Explained<Ratio | null> | null): Because =>
  ratio?.value ? printedTo(4, ratio.because) : NO_RATIO;

function collectionRow(counted: Counted, difference: Explained<Decimal>) {
  const { year, area, counts, tax } = counted;
  const { progress: advanced, rate } = ratesOf(counted);
  const premium = explain(grossPremium, {
    collected: { value: counts.collected, from: figureOf(area, 'collected') },
    aid: { value: counts.aid, from: figureOf(area, 'aid') },
  });
  return {
    fund_year: year,
    area,
    by_person: counts.byPerson,
    registered: counts.registered.toFixed(),
    paid: counts.paid.toFixed(),
    due: yuanText(counts.due),
    collected: yuanText(counts.collected),
    aid: yuanText(counts.aid),
    accepted_rows: counts.acceptedRows.toFixed(),
    quarantined_rows: counts.quarantinedRows.toFixed(),
    quarantined_amount: yuanText(counts.quarantinedAmount),
    tax_rows: tax.rows.toFixed(),
    tax_amount: yuanText(tax.amount),
    progress: printed(advanced),
    low_income_rate: printed(rate),
    difference: yuanText(difference.value),
    because: {
      ...countsBecause(area, counts),
      tax_rows: taken(RECONCILED, tax.rows.toFixed(), totalsOf(area, 'rows')),
      tax_amount: taken(RECONCILED, yuanText(tax.amount), totalsOf(area, 'amount')),
      progress: ratioBecause(advanced),
      low_income_rate: ratioBecause(rate),
      difference: difference.because,
      premium: onTheWay(premium),
    },
  };
}

function differenceFindings({ area, tax, counts }: Counted, amount: Decimal): Finding[] {
  const told = (value: Decimal, column: string) => ({ value, from: figureOf(area, column) });
  const rows = explain(rowDifference, {
    tax_rows: told(tax.rows, 'tax_rows'),
    accepted_rows: told(counts.acceptedRows, 'accepted_rows'),
    quarantined_rows: told(counts.quarantinedRows, 'quarantined_rows'),
  });
  const common = { area, scheme: 'resident' as const };
  const findings: Finding[] = [];
  if (!amount.isZero()) {
    const because = taken(RECONCILED, yuanText(amount), figureOf(area, 'difference'));
    const text = '税务数与系统数金额不符';
    findings.push({
      ...common,
      code: 'collection_amount',
      figure: yuanText(amount),
      text,
      because,
      raised: 'value != 0',
    });
  }
  if (!rows.value.isZero()) {
    const text = '税务数与系统数笔数不符';
    const raised = 'tax_rows - accepted_rows - quarantined_rows != 0';
    findings.push({
      ...common,
      code: 'collection_rows',
      figure: rows.value.toFixed(),
      text,
      because: rows.because,
      raised,
    });
  }
  return findings;
}

/** The 99 % is tested for each of the two classes; without person rows there is one test of both together. */
function enrolmentFindings(law: Law, counted: Counted): Finding[] {
  const { area, counts } = counted;
  const target = law.given('collection.low_income_target');
  const test = (code: FindingCode, persons: Record<'paid' | 'registered', Given<Decimal>> | null): Finding[] => {
    const rate = persons && explain(enrolmentRate, persons);
    if (!rate?.value || rate.value.gte(exact(target.value))) return [];
    const text = '低收入人口或脱贫人口参保率低于 99%（B(八)）';
    const because = withInputs(printedTo(4, rate.because), { target });
    const raised = 'paid / registered < target';
    return [{ code, area, scheme: 'resident', figure: ratioText(roundRatio(rate.value, 4)), text, because, raised }];
  };
  const ofClass = (groups: readonly string[], { paid, registered }: Record<'paid' | 'registered', Decimal>) => {
    const from = personsOf(area, groups);
    return { paid: { value: paid, from: from.paid }, registered: { value: registered, from: from.registered } };
  };
  if (area === UNKNOWN_AREA) return [];
  if (!counts.byPerson) return test('low_income_rate', lowIncome(counted));
  return [
    ...test('low_income_rate', ofClass(LOW_INCOME_GROUPS, counts.lowIncome)),
    ...test('poverty_relieved_rate', ofClass(POVERTY_RELIEVED_GROUPS, counts.povertyRelieved)),
  ];
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
    figures: { differences: differences.map(({ code, figure, text }) => ({ code, figure, text })) },
    dueOn: acceptBy,
    roles: [known ? 'area_finance' : 'region_security'],
  });
  return chain;
}
