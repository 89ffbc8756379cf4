/** Where the counts of a collection come from: the roll, the payments, the tax bureau's totals, the area's own report. */
import type { Cells, Source } from '../../rules/rule';

export const insuredCell = (area: string, year: number, column: string): Source => ({
  rows: 'insured.csv',
  of: { area, scheme: 'resident', year, column },
});
export const taxTotal = (area: string, column: 'rows' | 'amount'): Source => ({
  rows: 'collection_totals.csv',
  of: { area, column },
});
export const paymentRows = (area: string, cells: Cells): Source => ({
  rows: 'resident_payments.csv',
  of: { area, ...cells },
});
/** Persons of some groups on the roll of an area: all of them, and those who are paid up there. */
export const personsOf = (area: string, group: readonly string[]): Record<'registered' | 'paid', Source> => ({
  registered: { rows: 'resident_roll.csv', of: { area, group, column: 'count' } },
  paid: { rows: 'resident_roll.csv', of: { area, group, paid: true, column: 'count' } },
});
/** The aid for persons who owe nothing: it is booked with their enrolment. */
export const enrolmentAid = (area: string, cells: Cells = {}): Source => ({
  rows: 'resident_roll.csv',
  of: { area, enrolled: true, column: 'aid', ...cells },
});
/** A column of the collection of an area. */
export const collectionFigure = (area: string, column: string): Source => ({
  figure: `collection.${column}`,
  of: { area },
});
