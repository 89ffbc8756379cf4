/** The input pack: read, judged, and streamed for loading. */
export { type BytesRead, NAMES_OF_CONTRACT, aboutName, bytesToRead, hashesOfFiles, isOfContract } from './folder';
export { type Fault, faultText } from './fault';
export { readOverlay } from './overrides';
export { PAYMENT_COLUMNS, type PaymentRow, readPaymentLine } from './payment-row';
export { areasHoldingAdvance } from './opening-basis';
export { paymentRows } from './payments';
export { type Imported, type Pack, sourceOf } from './pack';
export type { OnRead } from './lines';
export { negativeYear } from './payment-units';
export type { PlainCells } from './plain-line';
export type { PlainPayment } from './plain-payments';
export type { PlainRollRow } from './plain-roll';
export { readPack } from './read-pack';
export type { PackFile } from './read-table';
export { personRows } from './person-rows';
export { rollRows } from './roll';
export { type RollRow, type SmallTables } from './tables';
export { type PersonFile, personTable } from './person-tables';
