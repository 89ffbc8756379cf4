/** 征缴对账: the counts of one area against the control totals of the tax bureau, and the findings. */
import type { CollectionCounts, TaxTotals } from '../../db/collection';
import type { InsuredRow } from '../../db/insured';
import type { Law } from '../../parameters/law';
import {
  RECONCILIATION,
  doAmountsDiffer,
  doRowsDiffer,
  enrolmentRate,
  grossPremium,
  isBelowTarget,
  noRatio,
  progress,
  reconciliationDifference,
  rowDifference,
} from '../../rules/collection';
import { dateIn } from '../../rules/calendar-day';
import type { FindingCode } from '../../rules/findings';
import { type Decimal, ratioText, yuanText } from '../../rules/money';
import { type Ratio, roundRatio } from '../../rules/ratio';
import { receivedBecause } from '../../rules/recognition';
import {
  type Because,
  type Explained,
  type Given,
  explain,
  intermediate,
  printedTo,
  reasonOf,
  taken,
  withInputs,
} from '../../rules/rule';
import { LOW_INCOME_GROUPS, POVERTY_RELIEVED_GROUPS, UNKNOWN_AREA } from '../../rules/vocabulary';
import type { Finding } from '../finding';
import { countsBecause } from './counts';
import { collectionFigure, insuredCell, personsOf, taxTotal } from './sources';

/** The counts of one area. */
export interface Counted {
  year: number;
  area: string;
  counts: CollectionCounts;
  tax: TaxTotals;
  insured: InsuredRow;
  /** Where premiums are income of the year of receipt: what was received in the year, with its aid. */
  received?: Decimal;
}

const figure = (area: string, column: string, value: Decimal): Given<Decimal> => ({
  value,
  from: collectionFigure(area, column),
});

/** 对账差额 in yuan. */
const amountDifference = ({ area, tax, counts }: Counted): Explained<Decimal> =>
  explain(reconciliationDifference, {
    tax_amount: figure(area, 'tax_amount', tax.amount),
    collected: figure(area, 'collected', counts.collected),
    quarantined_amount: figure(area, 'quarantined_amount', counts.quarantinedAmount),
  });

/** The row of the result. */
export function collectionRow(counted: Counted) {
  const { year, area, counts, tax } = counted;
  const rates = ratesOf(counted);
  const difference = amountDifference(counted);
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
    progress: printed(rates.progress),
    low_income_rate: printed(rates.lowIncome),
    difference: yuanText(difference.value),
    because: {
      ...countsBecause(area, counts),
      tax_rows: taken(RECONCILIATION, tax.rows.toFixed(), taxTotal(area, 'rows')),
      tax_amount: taken(RECONCILIATION, yuanText(tax.amount), taxTotal(area, 'amount')),
      progress: printedBecause(rates.progress),
      low_income_rate: printedBecause(rates.lowIncome),
      difference: difference.because,
      premium: intermediate(premiumOf(counted)),
    },
  };
}

/** 征缴保费收入 of the year: of the coverage year, gross; or by receipts, what came in within the year. */
function premiumOf({ year, area, counts, received }: Counted): Explained<Decimal> {
  if (received !== undefined) {
    return { value: received, because: receivedBecause(area, counts.byPerson, { since: dateIn(year, '01-01') }) };
  }
  return explain(grossPremium, {
    collected: figure(area, 'collected', counts.collected),
    aid: figure(area, 'aid', counts.aid),
  });
}

type Rate = Explained<Ratio | null> | null;
type Persons = Record<'paid' | 'registered', Given<Decimal>>;

/** Progress and the enrolment of both classes; null where there is nothing to divide by, and for the unknown area. */
function ratesOf(counted: Counted): Record<'progress' | 'lowIncome', Rate> {
  const { year, area, counts, insured } = counted;
  if (area === UNKNOWN_AREA) return { progress: null, lowIncome: null };
  const target = insured.target_insured;
  const lowIncome = bothClasses(counted);
  return {
    progress:
      target &&
      explain(progress, {
        paid: figure(area, 'paid', counts.paid),
        target_insured: { value: target, from: insuredCell(area, year, 'target_insured') },
      }),
    lowIncome: lowIncome && explain(enrolmentRate, lowIncome),
  };
}

/** Persons of both classes together; without person rows there is only the area's own report. */
function bothClasses({ year, area, counts, insured }: Counted): Persons | null {
  if (counts.byPerson) {
    const [low, relieved] = [counts.lowIncome, counts.povertyRelieved];
    const from = personsOf(area, [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS]);
    return {
      paid: { value: low.paid.plus(relieved.paid), from: from.paid },
      registered: { value: low.registered.plus(relieved.registered), from: from.registered },
    };
  }
  const { low_income_paid: paid, low_income_registered: registered } = insured;
  if (paid === null || registered === null) return null;
  return {
    paid: { value: paid, from: insuredCell(area, year, 'low_income_paid') },
    registered: { value: registered, from: insuredCell(area, year, 'low_income_registered') },
  };
}

const printed = (rate: Rate): string | null => (rate?.value ? ratioText(roundRatio(rate.value, 4)) : null);
/** A ratio as it is printed; without a denominator the cell is empty. */
const printedBecause = (rate: Rate): Because =>
  rate?.value
    ? printedTo(4, rate.because)
    : reasonOf(noRatio, { denominator: { value: null, from: { stated: '没有目标数或没有应参保人员' } } });

/** Where the tax bureau and the rows disagree, in money and in number. A named person must accept these. */
export function differenceFindings(counted: Counted): Finding[] {
  const { area, tax, counts } = counted;
  const amount = amountDifference(counted).value;
  const rowCounts = {
    tax_rows: tax.rows,
    accepted_rows: counts.acceptedRows,
    quarantined_rows: counts.quarantinedRows,
  };
  const findings: Finding[] = [];
  if (doAmountsDiffer({ value: amount })) {
    findings.push({
      code: 'collection_amount',
      area,
      scheme: 'resident',
      figure: yuanText(amount),
      text: '税务数与系统数金额不符',
      because: taken(RECONCILIATION, yuanText(amount), collectionFigure(area, 'difference')),
      raised: doAmountsDiffer.formula,
    });
  }
  if (doRowsDiffer(rowCounts)) {
    const rows = explain(rowDifference, {
      tax_rows: figure(area, 'tax_rows', tax.rows),
      accepted_rows: figure(area, 'accepted_rows', counts.acceptedRows),
      quarantined_rows: figure(area, 'quarantined_rows', counts.quarantinedRows),
    });
    findings.push({
      code: 'collection_rows',
      area,
      scheme: 'resident',
      figure: rows.value.toFixed(),
      text: '税务数与系统数笔数不符',
      because: rows.because,
      raised: doRowsDiffer.formula,
    });
  }
  return findings;
}

/** The 99 % is tested for each of the two classes; without person rows both are tested together. */
export function enrolmentFindings(law: Law, counted: Counted): Finding[] {
  const { area, counts } = counted;
  if (area === UNKNOWN_AREA) return [];
  const target = law.given('collection.low_income_target');
  const test = (code: FindingCode, persons: Persons | null): Finding[] => {
    if (persons === null) return [];
    const rate = explain(enrolmentRate, persons);
    const values = { paid: persons.paid.value, registered: persons.registered.value };
    if (rate.value === null || isBelowTarget({ ...values, target: target.value }) !== true) return [];
    return [
      {
        code,
        area,
        scheme: 'resident',
        figure: ratioText(roundRatio(rate.value, 4)),
        text: '低收入人口或脱贫人口参保率低于 99%（B(八)）',
        because: withInputs(printedTo(4, rate.because), { target }),
        raised: isBelowTarget.formula,
      },
    ];
  };
  const ofClass = (groups: readonly string[], { paid, registered }: Record<'paid' | 'registered', Decimal>) => {
    const from = personsOf(area, groups);
    return { paid: { value: paid, from: from.paid }, registered: { value: registered, from: from.registered } };
  };
  if (!counts.byPerson) return test('low_income_rate', bothClasses(counted));
  return [
    ...test('low_income_rate', ofClass(LOW_INCOME_GROUPS, counts.lowIncome)),
    ...test('poverty_relieved_rate', ofClass(POVERTY_RELIEVED_GROUPS, counts.povertyRelieved)),
  ];
}
