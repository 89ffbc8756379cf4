/** Types into an XLSX form as a spreadsheet program stores it. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

const SHEET = 'xl/worksheets/sheet1.xml';

/** Digits of a number, a text, or the XML of a cell of one's own. */
export type Typed = { number: string } | { text: string } | { xml: string };

/** Fills in cells that the form has. */
export const typedInto = (bytes: Buffer, cells: Record<string, Typed>): Buffer =>
  withSheet(bytes, (sheet) => Object.entries(cells).reduce(typeOne, sheet));

function typeOne(sheet: string, [cell, typed]: [string, Typed]): string {
  const inside =
    'number' in typed
      ? `<c r="${cell}"><v>${typed.number}</v></c>`
      : 'text' in typed
        ? `<c r="${cell}" t="inlineStr"><is><t>${typed.text}</t></is></c>`
        : typed.xml;
  const pattern = new RegExp(`<c r="${cell}"[^>]*?(/>|>.*?</c>)`);
  if (!pattern.test(sheet)) throw new Error(`The form has no cell ${cell}.`);
  return sheet.replace(pattern, () => inside);
}

/** The workbook with another first sheet. */
export function withSheet(bytes: Buffer, change: (sheet: string) => string): Buffer {
  const files = unzipSync(bytes);
  return Buffer.from(zipSync({ ...files, [SHEET]: strToU8(change(strFromU8(files[SHEET] as Uint8Array))) }));
}
