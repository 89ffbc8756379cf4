/** 征缴对账: the counts of one area against the control totals of the tax bureau. */
import { lawOf } from '../../audit/law';
import { collectionCounts, taxTotals } from '../../db/collection';
import type { Transaction } from '../../db/connect';
import { insuredRows } from '../../db/inputs';
import { hashOf } from '../../db/once';
import { insertRows } from '../../db/rows';
import { openChain } from '../../db/tasks';
import { enrolmentRate, progress, reconciliationDifference, rowDifference } from '../../rules/collection';
import { type Decimal, ratioText, yuanText } from '../../rules/money';
import { exact, roundRatio } from '../../rules/ratio';
import { type Explained, type Given, type Source, explain } from '../../rules/rule';
import { UNKNOWN_AREA } from '../../rules/vocabulary';
import { type Finding, recordFindings } from '../findings';
import type { AreaYear, CollectionStanding } from './acts';
export async function reconcile(
  trx: Transaction,
  of: AreaYear & { workflowId: string; acceptBy: string },
): Promise<CollectionStanding> {
  const { year, area } = of;
  const known = area !== UNKNOWN_AREA;
  const tax = await taxTotals(trx, year, area);
  const counts = await collectionCounts(trx, year, area, tax);
  const insured = (await insuredRows(trx, year, 'resident'))(area);
  const from = (file: string, extra: Record<string, string> = {}): Source => ({
    rows: file,
    of: { area, year, ...extra },
  });
  const given = (value: Decimal, source: Source): Given<Decimal> => ({ value, from: source });

  const persons = counts.byPerson ? from('resident_roll.csv，resident_payments.csv') : from('collection_totals.csv');
  const difference = explain(reconciliationDifference, {
    tax_amount: given(tax.amount, from('collection_totals.csv')),
    collected: given(counts.collected, persons),
    quarantined_amount: given(counts.quarantinedAmount, persons),
  });
  const rows = explain(rowDifference, {
    tax_rows: given(tax.rows, from('collection_totals.csv')),
    accepted_rows: given(counts.acceptedRows, persons),
    quarantined_rows: given(counts.quarantinedRows, persons),
  });
  const lowIncome = counts.byPerson
    ? {
        paid: counts.lowIncome.paid.plus(counts.povertyRelieved.paid),
        registered: counts.lowIncome.registered.plus(counts.povertyRelieved.registered),
        source: persons,
      }
    : { paid: insured.low_income_paid, registered: insured.low_income_registered, source: from('insured.csv') };
  const advanced =
    known && insured.target_insured !== null
      ? explain(progress, {
          paid: given(counts.paid, persons),
          target_insured: given(insured.target_insured, from('insured.csv', { column: 'target_insured' })),
        })
      : null;
  const rate =
    known && lowIncome.paid !== null && lowIncome.registered !== null
      ? explain(enrolmentRate, {
          paid: given(lowIncome.paid, lowIncome.source),
          registered: given(lowIncome.registered, lowIncome.source),
        })
      : null;
  const counted = { article: 'RULES 4 计数', formula: 'count or sum of rows', inputs: { rows: { from: persons } } };

  await insertRows(trx, 'collection', [
    {
      fund_year: year,
      area,
      by_person: counts.byPerson,
      registered: counts.registered.toFixed(),
      paid: counts.paid.toFixed(),
      due: yuanText(counts.due),
      collected: yuanText(counts.collected),
      aid: yuanText(counts.aid),
      progress: printed(advanced),
      low_income_rate: printed(rate),
      accepted_rows: counts.acceptedRows.toFixed(),
      quarantined_rows: counts.quarantinedRows.toFixed(),
      quarantined_amount: yuanText(counts.quarantinedAmount),
      tax_rows: tax.rows.toFixed(),
      tax_amount: yuanText(tax.amount),
      difference: yuanText(difference.value),
      because: {
        ...Object.fromEntries(
          [
            'registered',
            'paid',
            'due',
            'collected',
            'aid',
            'accepted_rows',
            'quarantined_rows',
            'quarantined_amount',
          ].map((name) => [name, counted]),
        ),
        tax_rows: { ...counted, inputs: { rows: { from: from('collection_totals.csv') } } },
        tax_amount: { ...counted, inputs: { rows: { from: from('collection_totals.csv') } } },
        progress: advanced?.because ?? null,
        low_income_rate: rate?.because ?? null,
        difference: difference.because,
      },
    },
  ]);

  const findings = [
    ...differenceFindings(area, difference.value, rows.value),
    ...(await enrolmentFindings(trx, of, counts, lowIncome)),
  ];
  await recordFindings(trx, year, findings);
  const toAccept = findings.filter(({ code }) => code.startsWith('collection_'));
  const chain = `${of.workflowId}/findings/${area}`;
  if (toAccept.length > 0) {
    await openChain(trx, {
      fundYear: year,
      chain,
      workflowId: of.workflowId,
      kind: 'accept_finding',
      area: known ? area : null,
      subject: `${known ? area : '地区不明'} ${year} 年度居民征缴对账差异：金额 ${yuanText(difference.value)} 元，笔数 ${rows.value.toFixed()}，请核实接受`,
      figures: { findings: hashOf(toAccept) },
      dueOn: of.acceptBy,
      roles: [known ? 'area_finance' : 'region_security'],
    });
  }
  return {
    registered: counts.registered.toFixed(),
    paid: counts.paid.toFixed(),
    collected: yuanText(counts.collected),
    quarantined: yuanText(counts.quarantinedAmount),
    difference: yuanText(difference.value),
    findingsToAccept: toAccept.length > 0 ? chain : null,
  };
}

const printed = (ratio: Explained<ReturnType<typeof exact> | null> | null): string | null =>
  ratio?.value ? ratioText(roundRatio(ratio.value, 4)) : null;

function differenceFindings(area: string, amount: Decimal, rows: Decimal): Finding[] {
  const findings: Finding[] = [];
  const common = { area, scheme: 'resident' as const };
  if (!amount.isZero())
    findings.push({ ...common, code: 'collection_amount', figure: yuanText(amount), text: '税务数与系统数金额不符' });
  if (!rows.isZero())
    findings.push({ ...common, code: 'collection_rows', figure: rows.toFixed(), text: '税务数与系统数笔数不符' });
  return findings;
}

/** The 99 % is tested for each of the two classes; without person rows there is one test of both together. */
async function enrolmentFindings(
  trx: Transaction,
  { year, area }: AreaYear,
  counts: Awaited<ReturnType<typeof collectionCounts>>,
  both: { paid: Decimal | null; registered: Decimal | null },
): Promise<Finding[]> {
  const target = exact((await lawOf(trx, year)).given('collection.low_income_target').value);
  const test = (code: string, paid: Decimal | null, registered: Decimal | null): Finding[] => {
    if (paid === null || registered === null) return [];
    const rate = enrolmentRate({ paid, registered });
    if (rate === null || rate.gte(target)) return [];
    return [
      {
        code,
        area,
        scheme: 'resident',
        figure: ratioText(roundRatio(rate, 4)),
        text: '低收入人口或脱贫人口参保率低于 99%（B(八)）',
      },
    ];
  };
  if (area === UNKNOWN_AREA) return [];
  if (!counts.byPerson) return test('low_income_rate', both.paid, both.registered);
  return [
    ...test('low_income_rate', counts.lowIncome.paid, counts.lowIncome.registered),
    ...test('poverty_relieved_rate', counts.povertyRelieved.paid, counts.povertyRelieved.registered),
  ];
}
