/** The collection of one area person by person: a roll, and payments of which some go wrong. */
import type { Draw } from './draw';
import { GROUPS } from '../../../../rules/vocabulary';

interface PersonRows {
  roll: string[];
  payments: string[];
}

/** What may be wrong with a payment, or happen after it. */
const EVENTS = ['refunded', 'refunded late', 'twice', 'wrong amount', 'too late', 'no receipt', 'stranger'] as const;

export function personRows(draw: Draw, area: string, persons: number, year: number, standard: string): PersonRows {
  const roll: string[] = [];
  const payments: string[] = [];
  for (let i = 1; i <= persons; i++) {
    const person = `${area}-P${i}`;
    const group = draw.chance(0.6) ? 'ordinary' : draw.pick(...GROUPS);
    roll.push([person, area, '', group, year].join());
    if (draw.rarely(0.15)) continue;
    const event = draw.rarely(0.3) ? draw.pick(...EVENTS) : null;
    payments.push(...paymentsOf(draw, { area, person, year, standard: dueOf(group, standard) }, event));
  }
  return { roll, payments };
}

/** What a person still has to pay under the aid table below. */
const dueOf = (group: string, standard: string): string =>
  group === 'subsistence' ? (Math.round(Number(standard) * 30) / 100).toFixed(2) : standard;
export const AID = [',destitute,full,,medical_aid', ',orphan,full,,fiscal', ',subsistence,percent,0.70,medical_aid'];

interface Payer {
  area: string;
  person: string;
  year: number;
  standard: string;
}

function paymentsOf(draw: Draw, payer: Payer, event: (typeof EVENTS)[number] | null): string[] {
  const { area, person, year, standard } = payer;
  const paidAt = (month: number): string =>
    `${month > 8 ? year - 1 : year}-${String(month).padStart(2, '0')}-${String(draw.int(1, 28)).padStart(2, '0')}T10:00:00+08:00`;
  const receipt = event === 'no receipt' ? '' : `R-${person}`;
  const row = (id: string, who: string, amount: string, at: string, kind: string, original: string): string =>
    [id, who, area, year, amount, at, kind, original].join();
  const first = paidAt(draw.pick(9, 10, 11));
  const amount = event === 'wrong amount' ? '1.23' : standard;
  const who = event === 'stranger' ? `${person}-unknown` : person;
  const paid = row(receipt, who, amount, event === 'too late' ? paidAt(3) : first, 'payment', '');
  if (event === 'twice') return [paid, row(`${receipt}-2`, who, amount, paidAt(12), 'payment', '')];
  if (event === 'refunded') return [paid, row(`${receipt}-B`, who, amount, paidAt(12), 'refund', receipt)];
  if (event === 'refunded late') return [paid, row(`${receipt}-B`, who, amount, paidAt(2), 'refund', receipt)];
  return [paid];
}
