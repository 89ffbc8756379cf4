/**
 * One CSV record (RFC 4180), read strictly: nothing is guessed in a file of money. It is read here and not by csv-parse, because
 * faults need the exact line of a record: csv-parse counts a CRLF inside quotes twice and loses its place after a stray quote.
 */

export type Flaw = 'open quote' | 'stray quote' | 'control character';
type Split = { fields: string[]; flaw?: never } | { flaw: Flaw; fields?: never };

/** Splits the text of a record, without its line end, into fields. */
export function splitRecord(text: string): Split {
  if (text.includes('\0')) return { flaw: 'control character' };
  if (!text.includes('"')) return text.includes('\r') ? { flaw: 'control character' } : { fields: text.split(',') };

  const fields: string[] = [];
  for (let start = 0; ;) {
    const field = text[start] === '"' ? quotedField(text, start) : plainField(text, start);
    if ('flaw' in field) return { flaw: field.flaw };
    fields.push(field.value);
    if (field.end === text.length) return { fields };
    start = field.end + 1; // past the comma
  }
}

type Field = { value: string; end: number } | { flaw: Flaw };

function plainField(text: string, start: number): Field {
  const comma = text.indexOf(',', start);
  const end = comma === -1 ? text.length : comma;
  const value = text.slice(start, end);
  if (value.includes('"')) return { flaw: 'stray quote' };
  return value.includes('\r') ? { flaw: 'control character' } : { value, end };
}

/** Quotes enclose any text, with inner quotes doubled; the field ends with the closing quote. */
function quotedField(text: string, start: number): Field {
  let value = '';
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return { flaw: 'open quote' };
    value += text.slice(from, quote);
    const next = text[quote + 1];
    if (next === undefined || next === ',') return { value, end: quote + 1 };
    if (next !== '"') return { flaw: 'stray quote' };
    value += '"';
    from = quote + 2;
  }
}
