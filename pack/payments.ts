/** The payment files of a pack: header and encoding are judged when the pack is read, the rows when they are loaded. */
import { createHash } from 'node:crypto';
import type { FaultList, Report } from './fault';
import { placesOf, reportNoHeader } from './header';
import { type Source, lineBatches, withoutCarriageReturn } from './lines';
import {
  PAYMENT_COLUMNS,
  type PaymentContext,
  type PaymentPlaces,
  type PaymentRow,
  readPaymentLine,
} from './payment-row';
import { type PlainPayment, PlainPayments } from './plain-payments';
import type { PackFile } from './read-table';
import { splitRecord } from './record';
import { reportNotUtf8 } from './records';

/** The places of the columns; null when the header is wrong, which is then reported. */
function headerPlaces(text: string, report: Report): PaymentPlaces | null {
  const header = splitRecord(withoutCarriageReturn(text)).fields ?? [text];
  const places = placesOf({ line: 1, fields: header }, { required: PAYMENT_COLUMNS, optional: [] }, report);
  return places && (Object.fromEntries(places) as PaymentPlaces);
}

/** Checks header and encoding, for which a payment file is refused. A bad row is no fault of the file. */
export async function checkPaymentFile(source: Source, faults: FaultList): Promise<PackFile> {
  const { file } = source;
  const hash = createHash('sha256');
  const report = faults.of(file);
  let rows = 0;
  let isEmpty = true;
  for await (const batch of lineBatches(source, (bytes) => hash.update(bytes))) {
    for (const line of batch) {
      const { number, text } = line;
      isEmpty = false;
      if (text === null) reportNotUtf8(report, line);
      else if (number === 1) headerPlaces(text, report);
      else if (withoutCarriageReturn(text) !== '') rows += 1;
    }
  }
  if (isEmpty) reportNoHeader(PAYMENT_COLUMNS, report);
  return { file, sha256: hash.digest('hex'), rows };
}

/**
 * The rows of a payment file that belong to the cycle, in batches, malformed ones included. Plain ones go to `onPlain`, before the
 * batch that they were read with.
 */
export async function* paymentRows(
  source: Source,
  context: Omit<PaymentContext, 'places'>,
  onPlain: (row: PlainPayment) => void,
  onBytes: (bytes: Buffer) => void,
): AsyncGenerator<PaymentRow[]> {
  // Header and encoding were in order when the pack was read: a fault now means that the file has changed since.
  const changed = (): never => {
    throw new Error(`${source.file} was changed after the pack was read. Run again.`);
  };
  const plain = new PlainPayments(context, (header) => headerPlaces(header, changed) ?? changed(), onPlain);
  for await (const batch of lineBatches(source, onBytes, plain)) {
    const rows: PaymentRow[] = [];
    for (const { number, text } of batch) {
      if (number === 1) continue;
      const row = readPaymentLine(text ?? changed(), number, { ...context, places: plain.places });
      if (row) rows.push(row);
    }
    yield rows;
  }
}
