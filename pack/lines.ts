/** The physical lines of a file, read in chunks: no file is ever held whole. */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

export interface Line {
  number: number; // from 1
  text: string | null; // without its line feed; a carriage return before it stays. null: not UTF-8
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * Yields the lines of a file in batches. No other UTF-8 character contains the byte of a line feed, so lines are cut from the
 * bytes and decoded one by one. `onBytes` sees every byte once, for a hash.
 */
export async function* lineBatches(
  path: string,
  onBytes: (bytes: Buffer) => void = () => undefined,
): AsyncGenerator<Line[]> {
  let number = 0;
  let carried: Buffer[] = []; // the beginning of a line that ends in a later chunk
  const linesOf = (bytes: Buffer): Line[] => {
    const texts = isUtf8(bytes) ? bytes.toString('utf8').split('\n') : decodeOneByOne(bytes);
    return texts.map((text) => {
      number += 1;
      return { number, text: number === 1 && text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
    });
  };

  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>) {
    onBytes(chunk);
    const end = chunk.lastIndexOf(LINE_FEED);
    if (end === -1) {
      carried.push(chunk);
      continue;
    }
    yield linesOf(Buffer.concat([...carried, chunk.subarray(0, end)]));
    carried = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
  }
  if (carried.length > 0) yield linesOf(Buffer.concat(carried));
}

function decodeOneByOne(bytes: Buffer): (string | null)[] {
  const texts: (string | null)[] = [];
  for (let start = 0; start <= bytes.length;) {
    const next = bytes.indexOf(LINE_FEED, start);
    const end = next === -1 ? bytes.length : next;
    const line = bytes.subarray(start, end);
    texts.push(isUtf8(line) ? line.toString('utf8') : null);
    start = end + 1;
  }
  return texts;
}

/** A carriage return at the end of a line belongs to its line break (CRLF). */
export const withoutCarriageReturn = (text: string): string => (text.endsWith('\r') ? text.slice(0, -1) : text);
