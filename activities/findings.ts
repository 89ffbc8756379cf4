/** Findings (发现问题): what a person must know of, each with its code and its figure (READINGS 48). */
import type { Transaction } from '../db/connect';
import { insertRows } from '../db/rows';
import type { Because } from '../rules/rule';
import type { Scheme } from '../rules/vocabulary';

export interface Finding {
  code: string;
  area: string;
  scheme: Scheme;
  month?: number;
  reckoning?: number; // of its month, from 1
  subject?: string; // tells two findings of one code, area and month apart
  figure: string;
  text: string;
  /** Why the figure is what it is. */
  because: Because;
  /** On the same inputs: when such a figure is a finding. */
  raised: string;
}

export async function recordFindings(trx: Transaction, fundYear: number, findings: readonly Finding[]): Promise<void> {
  await insertRows(
    trx,
    'finding',
    findings.map(({ month, reckoning = 1, subject, because, raised, ...finding }) => ({
      fund_year: fundYear,
      ...finding,
      because: { figure: because, raised: { ...because, formula: raised, value: true } },
      month: month ?? null,
      reckoning,
      subject: subject ?? '',
    })),
  );
}
