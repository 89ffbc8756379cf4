/** 居民征缴: what is due, which rows are accepted, what is booked by day, and the reconciliation at the close. */
import type { Pool } from 'pg';
import { collectionCounts, bookableDays, taxTotals } from '../db/collection';
import type { Transaction } from '../db/connect';
import { aidRows, areasOf, insuredRows } from '../db/inputs';
import { type Posting, post } from '../db/journal';
import { hashOf, once } from '../db/once';
import { insertRows, selectOne } from '../db/rows';
import { openChain } from '../db/tasks';
import { enrolmentRate, progress, reconciliationDifference, rowDifference } from '../rules/collection';
import { aidAmount, aidPerHead, applicableAid, duePerHead } from '../rules/medical-aid';
import { type Decimal, decimal, ratioText, yuanText } from '../rules/money';
import { RECEIVED_IN_ADVANCE, SPECIAL_ACCOUNT, UNDER_REVIEW } from '../rules/posting';
import { exact, roundRatio } from '../rules/ratio';
import { type Explained, type Given, type Source, explain } from '../rules/rule';
import { GROUPS, ITEM_NAMES, UNKNOWN_AREA, WINDOW_EXEMPT_GROUPS } from '../rules/vocabulary';
import { type Finding, recordFindings } from './findings';
import { type Law, lawOf } from '../audit/law';

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

/** What members of each group owe in an area, and when they may pay. */
function termsOf(law: Law, year: number, area: string, aids: Awaited<ReturnType<typeof aidRows>>) {
  const standardName = law.nameFor(`collection.individual.${year}`, area);
  const standard = law.given(standardName);
  const monthDay = (which: 'start' | 'end'): string => law.text(law.nameFor(`collection.window.${which}`, area));
  const extension = law.optionalText(law.nameFor('collection.window.extension', area));
  const window = { opens: `${year - 1}-${monthDay('start')}`, closes: extension ?? `${year - 1}-${monthDay('end')}` };
  return GROUPS.map((group) => {
    const applicable = applicableAid(
      aids.filter((row) => row.group === group),
      area,
    );
    const aid = explain(aidPerHead, {
      standard,
      aids: {
        value: applicable.map((row) => aidAmount(row, standard.value)),
        from: { rows: 'medical_aid.csv', of: { group, lines: applicable.map(({ line }) => String(line)) } },
      },
    });
    const due = explain(duePerHead, {
      standard,
      aid: { value: aid.value, from: { figure: 'collection_term.aid', of: { area, group } } },
    });
    const exempt = (WINDOW_EXEMPT_GROUPS as readonly string[]).includes(group);
    return {
      fund_year: year,
      area,
      group,
      standard: yuanText(standard.value),
      aid: yuanText(aid.value),
      due: yuanText(due.value),
      opens: window.opens,
      closes: exempt ? `${year}-12-31` : window.closes,
      exempt,
      because: { aid: aid.because, due: due.because },
    };
  });
}

/** Cash of one day: what side it stands on, by what it is and whether the fund year has begun. */
function dayPosting(
  year: number,
  { area, day, kind, amount }: { area: string; day: string; kind: string; amount: string },
): Posting {
  const premium = day < `${year}-01-01` ? RECEIVED_IN_ADVANCE : ITEM_NAMES.premium;
  const account = kind.startsWith('quarantined') ? UNDER_REVIEW : premium;
  const comesIn = kind === 'payments' || kind === 'quarantined_payments';
  return {
    date: day,
    entity: area,
    scheme: 'resident',
    part: 'pooled',
    key: `collection/${area}/${day}/${kind}`,
    basis: 'A(二) 居民集中征缴；RULES 9(2)',
    debit: comesIn ? SPECIAL_ACCOUNT : account,
    credit: comesIn ? account : SPECIAL_ACCOUNT,
    amount: decimal(amount),
  };
}

/** Every row paid by `through` is accepted or quarantined, for all areas together: one person may be on two rolls. */
const decideThrough = (pool: Pool, year: number, through: string): Promise<{ decided: string }> =>
  once(pool, { key: `fund-year-${year}/collection/decided/${through}`, input: { year, through } }, async (trx) => {
    const row = await selectOne<{ decided: string }>(trx, 'select fund.decide_payments($1, $2) as decided', [
      year,
      through,
    ]);
    return { decided: row?.decided ?? '0' };
  });

export const createCollectionActivities = (pool: Pool) => ({
  /** 开始征缴: the terms of every area and group; persons who owe nothing are enrolled before any payment. */
  async openCollection({ year }: { year: number }): Promise<{ enrolled: string }> {
    return once(pool, { key: `fund-year-${year}/collection/open`, input: { year } }, async (trx) => {
      const law = await lawOf(trx, year);
      const aids = await aidRows(trx, year);
      const areas = await areasOf(trx, year, 'resident');
      await insertRows(
        trx,
        'collection_term',
        areas.flatMap((area) => termsOf(law, year, area, aids)),
      );
      const row = await selectOne<{ enrolled: string }>(trx, 'select fund.enrol_by_full_aid($1) as enrolled', [year]);
      return { enrolled: row?.enrolled ?? '0' };
    });
  },

  /** 逐日入账: books each day of an area after `after` and up to `through`; nothing is ever one sum at the close. */
  async bookCollection(
    of: AreaYear & { after: string | null; through: string },
  ): Promise<{ days: number; amount: string }> {
    await decideThrough(pool, of.year, of.through);
    return once(
      pool,
      { key: `fund-year-${of.year}/collection/${of.area}/booked/${of.through}`, input: of },
      async (trx) => {
        const days = await bookableDays(trx, of);
        await post(
          trx,
          of.year,
          days.map((day) => dayPosting(of.year, day)),
        );
        const amount = days.reduce(
          (all, day) => (day.kind === 'payments' ? all.plus(decimal(day.amount)) : all),
          decimal('0'),
        );
        return { days: new Set(days.map(({ day }) => day)).size, amount: yuanText(amount) };
      },
    );
  },

  /** 征缴对账: counts, the tax bureau's control totals, and the findings that a named person must accept. */
  async reconcileCollection(of: AreaYear & { workflowId: string; acceptBy: string }): Promise<CollectionStanding> {
    await decideThrough(pool, of.year, 'infinity');
    return once(pool, { key: `fund-year-${of.year}/collection/${of.area}/reconciled`, input: of }, (trx) =>
      reconcile(trx, of),
    );
  },

  /** Rows that name no known area: they belong to nobody's collection, and to nobody's books. */
  async reconcileUnknownArea(of: {
    year: number;
    workflowId: string;
    acceptBy: string;
  }): Promise<CollectionStanding | { rows: 0 }> {
    await decideThrough(pool, of.year, 'infinity');
    return once(pool, { key: `fund-year-${of.year}/collection/${UNKNOWN_AREA}/reconciled`, input: of }, async (trx) => {
      const stray = await selectOne(
        trx,
        'select 1 from fund.resident_payment where fund_year = $1 and area is null limit 1',
        [of.year],
      );
      return stray === undefined ? { rows: 0 as const } : reconcile(trx, { ...of, area: UNKNOWN_AREA });
    });
  },
});

async function reconcile(
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
