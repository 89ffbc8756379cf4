/** Why a payment row is in quarantine (待核对): the first test of RULES 4 that it fails, with the rows that it was compared with. */
import type { Queryable } from '../db/connect';
import { type Place, type QuarantineCase, quarantineCases } from '../db/quarantine';
import { releasesOfRow } from '../db/releases';
import { QUARANTINE_REASON_NAMES, type QuarantineReason, paymentOutcome, refundOutcome } from '../rules/payment-row';
import { shownText } from '../rules/text';
import { GROUP_NAMES, type Group } from '../rules/vocabulary';
import { quotesOf } from './articles';
import { NoSuchFigure, type Question } from './question';
import type { Node, Value } from './tree';

/** One row by file and line, or the rows of an area. */
export async function explainQuarantine(db: Queryable, { year, key }: Question, column: string): Promise<Node[]> {
  const rows = await quarantineCases(db, year, key);
  if (rows.length === 0) throw new NoSuchFigure(await whyNone(db, year, key));
  if (rows.length > 1 && key.file === undefined && key.area === undefined) {
    throw new NoSuchFigure(`有 ${rows.length} 行待核对，请以 --file 与 --line 指明，或以 --area 列出一个统筹区的`);
  }
  return rows.map((row) => (column === 'receipt' ? receiptOf(row) : reasonOf(row, year)));
}

/** A row that was released says so: by whom, when and why. */
async function whyNone(db: Queryable, year: number, { file = '', line = '' }: Question['key']): Promise<string> {
  const asked = /^\d{1,9}$/.test(line) ? await releasesOfRow(db, year, { file, line: Number.parseInt(line, 10) }) : [];
  const release = asked.find(({ released_on }) => released_on !== null);
  if (release?.quarantined_as == null) return `${year} 年度没有这样的待核对行 (no such row in quarantine)`;
  const { quarantined_as, released_on, number, asked_by, decided_by, reason } = release;
  return (
    `该行原因“${QUARANTINE_REASON_NAMES[quarantined_as]}”待核对，已于 ${released_on ?? ''} 核实受理（第 ${number} 号，` +
    `${asked_by} 提出、${decided_by ?? ''} 批准；理由：${shownText(reason)}） (released from quarantine)`
  );
}

function reasonOf(row: QuarantineCase, year: number): Node {
  const isRefund = row.kind === 'refund';
  const { formula } = isRefund ? refundOutcome : paymentOutcome;
  const inputs = isRefund ? inputsOfRefund(row, year) : inputsOfPayment(row);
  const label = `待核对原因：${QUARANTINE_REASON_NAMES[row.reason as QuarantineReason]}`;
  return root('quarantine.reason', row, row.reason, label, formula, inputs);
}

const ofTheRow = (row: QuarantineCase): Node[] => [
  cell(row, 'malformed', '是否格式错误', row.malformed),
  cell(row, 'known_area', '是否本年度的统筹区', row.area !== null),
];
const dateAndAmount = (row: QuarantineCase): Node[] => [
  cell(row, 'paid_on', '缴费日期（中国）', row.paid_on),
  cell(row, 'amount', '金额', row.amount),
];
const receiptTaken = ({ same_receipt }: QuarantineCase): Node =>
  met('receipt_taken', '同一票据号是否已受理', same_receipt);

const inputsOfPayment = (row: QuarantineCase): Node[] => [
  ...ofTheRow(row),
  met('on_roll', '参保登记中是否有此人', row.roll),
  ...dateAndAmount(row),
  ...terms(row),
  receiptTaken(row),
  met('enrolled', '此人是否已参保', row.enrolment),
];
const inputsOfRefund = (row: QuarantineCase, year: number): Node[] => [
  ...ofTheRow(row),
  ...dateAndAmount(row),
  met('payment_found', '是否有可退的缴费', row.payment),
  ...(row.payment ? [cell(row.payment, 'paid_amount', '原缴金额', row.payment.amount)] : []),
  stated('year_start', '待遇期开始', `${year}-01-01`, '待遇年度 1 月 1 日'),
  receiptTaken(row),
];

const receiptOf = (row: QuarantineCase): Node =>
  root('quarantine.receipt', row, row.receipt, '票据号', 'value', [cell(row, 'value', '票据号', row.receipt)]);

function root(figure: string, row: QuarantineCase, value: Value, label: string, formula: string, inputs: Node[]): Node {
  const key = { file: row.file, line: String(row.line) };
  const { article } = row.kind === 'refund' ? refundOutcome : paymentOutcome;
  return {
    name: '',
    zh: label,
    value,
    from: { kind: 'figure', figure, key, article, quotes: quotesOf(article), formula, inputs },
  };
}

/** What a member of the row's group owes in its area, and when. */
function terms({ area, group, due, opens, closes, exempt }: QuarantineCase): Node[] {
  if (area === null || group === null) return [];
  const of = (column: string, label: string, value: Value): Node => ({
    name: column,
    zh: label,
    value,
    from: {
      kind: 'figure',
      figure: `collection_term.${column}`,
      key: { area, group },
      article: '',
      quotes: [],
      formula: column,
      inputs: [],
      told: 'elsewhere',
    },
  });
  return [
    of('due', '每人应缴额', due),
    of('opens', '征缴期首日', opens),
    of('closes', '可缴至', closes),
    stated('exempt', '是否不受征缴期限制', exempt, `人群：${GROUP_NAMES[group as Group]}`),
  ];
}

const stated = (name: string, label: string, value: Value, text: string): Node => ({
  name,
  zh: label,
  value,
  from: { kind: 'stated', text },
});
/** A cell of a row. */
const cell = ({ file, line }: Place, name: string, label: string, value: string | boolean | null): Node => ({
  name,
  zh: label,
  value,
  from: { kind: 'rows', file, of: {}, column: name, count: '1', sum: null, lines: [{ file, line, value, cells: {} }] },
});
/** Whether there was another row of a kind, with its place. */
const met = (name: string, label: string, place: Place | null): Node =>
  place === null ? stated(name, label, false, '没有这样的行') : cell(place, name, label, true);
