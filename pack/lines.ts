/** The physical lines of a file, read in chunks: no file is ever held whole. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { PlainLines } from './plain-line';

/** A file of a folder, and who follows the reading: he sees every chunk, and what he throws ends it. */
export interface Source {
  directory: string;
  file: string;
  onRead?: OnRead | undefined;
}
export type OnRead = (bytes: Buffer) => void;

export interface Line {
  number: number; // from 1
  text: string | null; // without its line feed; a carriage return before it stays. null: not UTF-8
  fits?: Encoding; // what a line that is not UTF-8 may be
}

/** Encodings in which spreadsheets save tables too. */
type Encoding = 'GB18030' | 'UTF-16';

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Yields the lines of a file in batches. No other UTF-8 character contains the byte of a line feed, so lines are cut from the
 * bytes and decoded one by one. `onBytes` sees every byte once, for a hash. Lines that `plain` takes are not among those yielded;
 * after bytes that are not UTF-8 it is no longer asked.
 */
export async function* lineBatches(
  { directory, file, onRead }: Source,
  onBytes: (bytes: Buffer) => void = () => undefined,
  plain?: PlainLines,
): AsyncGenerator<Line[]> {
  const cutter = new LineCutter(plain);
  let carried: Buffer[] = []; // the beginning of a line that ends in a later chunk
  const chunks = createReadStream(join(directory, file), { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    onRead?.(chunk);
    onBytes(chunk);
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end === -1) {
      carried.push(chunk);
      continue;
    }
    yield cutter.linesOf(
      carried.length === 0 ? chunk.subarray(0, end) : Buffer.concat([...carried, chunk.subarray(0, end)]),
    );
    carried = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
  }
  if (carried.length > 0) yield cutter.linesOf(Buffer.concat(carried));
}

/** Cuts whole lines from the bytes between line feeds, and counts them. */
class LineCutter {
  #number = 0;

  constructor(private plain: PlainLines | undefined) {}

  linesOf(bytes: Buffer): Line[] {
    if (!isUtf8(bytes)) {
      this.plain = undefined;
      return linesIn(bytes).map(this.#decoded);
    }
    return this.plain === undefined
      ? bytes.toString('utf8').split('\n').map(this.#numbered)
      : this.#beside(this.plain, bytes);
  }

  #numbered = (text: string | null): Line => {
    this.#number += 1;
    return {
      number: this.#number,
      text: this.#number === 1 && text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text,
    };
  };

  #decoded = (line: Buffer): Line => {
    if (isUtf8(line)) return this.#numbered(line.toString('utf8'));
    const fits = encodingOf(line);
    return { ...this.#numbered(null), ...(fits && { fits }) };
  };

  /** The lines that are not plain. */
  #beside(plain: PlainLines, bytes: Buffer): Line[] {
    const lines: Line[] = [];
    for (let start = 0; start <= bytes.length;) {
      const next = bytes.indexOf(LINE_FEED, start);
      const end = next === -1 ? bytes.length : next;
      if (this.#number > 0 && plain.take(bytes, start, end, this.#number + 1)) this.#number += 1;
      else {
        const line = this.#numbered(bytes.toString('utf8', start, end));
        if (line.number === 1) plain.header(line.text ?? '');
        lines.push(line);
      }
      start = end + 1;
    }
    return lines;
  }
}

function linesIn(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start <= bytes.length;) {
    const next = bytes.indexOf(LINE_FEED, start);
    const end = next === -1 ? bytes.length : next;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** The encoding that bytes which are not UTF-8 fit: UTF-16 by its mark, GB18030 by being text in it. */
function encodingOf(bytes: Buffer): Encoding | undefined {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') return 'UTF-16';
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return 'GB18030';
  } catch {
    return undefined;
  }
}

/** A carriage return at the end of a line belongs to its line break (CRLF). */
export const withoutCarriageReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);
