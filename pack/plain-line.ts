/**
 * Plain lines, read as bytes. Files of persons have millions of rows, and nearly every line is plain: no quote, no control
 * character, as many cells as the header. Such a line is cut and judged without a text or an object of its own. All others go to
 * the strict reader, which knows the whole of CSV and words every fault.
 */

const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const DELETE = 0x7f;
const FIRST_PRINTABLE = 0x20;
const CARRIAGE_RETURN = 0x0d;

/** Takes the plain lines of a file. */
export interface PlainLines {
  /** The first line of the file. */
  header(text: string): void;
  /** Whether the line is plain and taken; otherwise the strict reader gets it. The bytes are valid UTF-8. */
  take(bytes: Buffer, start: number, end: number, line: number): boolean;
}

/** The cells of one line at a time, as places in its bytes. */
export class PlainCells {
  bytes: Buffer = Buffer.alloc(0);
  readonly starts: Int32Array;
  readonly ends: Int32Array;

  constructor(private readonly count: number) {
    this.starts = new Int32Array(count);
    this.ends = new Int32Array(count);
  }

  /** Cuts a line at its commas; false where it is not plain. A carriage return at its end belongs to its line break. */
  cut(bytes: Buffer, start: number, lineEnd: number): boolean {
    const { starts, ends, count } = this;
    const end = lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
    this.bytes = bytes;
    let cell = 0;
    starts[0] = start;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < FIRST_PRINTABLE || byte === QUOTE || byte === DELETE) return false;
      if (byte !== COMMA) continue;
      ends[cell] = at;
      cell += 1;
      if (cell === count) return false;
      starts[cell] = at + 1;
    }
    ends[cell] = end;
    return cell === count - 1;
  }

  length(cell: number): number {
    return (this.ends[cell] as number) - (this.starts[cell] as number);
  }

  /** Whether the cell has text, of at most so many bytes. */
  isText(cell: number, most: number): boolean {
    const length = this.length(cell);
    return length > 0 && length <= most;
  }

  equals(cell: number, bytes: Buffer): boolean {
    return this.length(cell) === bytes.length && this.has(cell, bytes);
  }

  /** The number of so many digits in a cell; NaN where they are none. */
  digits(cell: number, at: number, count: number): number {
    const start = (this.starts[cell] as number) + at;
    let value = 0;
    for (let place = start; place < start + count; place++) {
      const byte = this.bytes[place] as number;
      if (!isDigit(byte)) return Number.NaN;
      value = 10 * value + byte - ZERO;
    }
    return value;
  }

  /** A year of four digits; NaN for any other text. */
  year(cell: number): number {
    return this.length(cell) === 4 ? this.digits(cell, 0, 4) : Number.NaN;
  }

  /** Yuan above 0: at most 16 digits, and one or two behind a point. */
  isAmount(cell: number): boolean {
    const [start, end] = [this.starts[cell] as number, this.ends[cell] as number];
    let point = end;
    let isAboveZero = false;
    for (let at = start; at < end; at++) {
      const byte = this.bytes[at] as number;
      if (byte === POINT && point === end) point = at;
      else if (!isDigit(byte)) return false;
      else if (byte !== ZERO) isAboveZero = true;
    }
    const [digits, decimals] = [point - start, end - point - 1];
    return isAboveZero && digits >= 1 && digits <= 16 && (point === end || decimals === 1 || decimals === 2);
  }

  /** Whether the cell has these bytes from a place on. */
  has(cell: number, bytes: Buffer, at = 0): boolean {
    const start = (this.starts[cell] as number) + at;
    if (start + bytes.length > (this.ends[cell] as number)) return false;
    for (let place = 0; place < bytes.length; place++) if (this.bytes[start + place] !== bytes[place]) return false;
    return true;
  }

  text(cell: number): string {
    return this.bytes.toString('utf8', this.starts[cell], this.ends[cell]);
  }
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= NINE;

/** Words of a short list, found by their bytes. */
export class PlainWords {
  readonly #words: readonly Buffer[];
  #last: Buffer | undefined;

  constructor(words: Iterable<string>) {
    this.#words = [...words].map((word) => Buffer.from(word));
  }

  /** Whether the cell is one of them; that of the row before is tried first. */
  have(cells: PlainCells, cell: number): boolean {
    if (this.#last !== undefined && cells.equals(cell, this.#last)) return true;
    for (const word of this.#words) {
      if (!cells.equals(cell, word)) continue;
      this.#last = word;
      return true;
    }
    return false;
  }
}
