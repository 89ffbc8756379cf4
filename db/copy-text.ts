/** Rows in the text format of COPY, written into one buffer, so that most rows need neither an object nor a string. */
import type { PlainCells } from '../pack';

const TAB = 0x09;
const LINE_FEED = 0x0a;
const BACKSLASH = 0x5c;
const FIRST_BYTES = 1 << 20;

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (text: string): string => text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] as string);

export class CopyText {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  #isFirst = true;

  /** The rows written since the last call. */
  taken(): Buffer {
    const rows = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return rows;
  }

  value(value: string | number | boolean | null): void {
    const text = value === null ? '\\N' : escaped(String(value));
    this.#begin(3 * text.length);
    this.#length += this.#bytes.write(text, this.#length);
  }

  /** A cell as it stands in a plain line, which has no tab and no line break. */
  cell({ bytes, starts, ends }: PlainCells, cell: number): void {
    const [start, end] = [starts[cell] as number, ends[cell] as number];
    this.#begin(2 * (end - start));
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte === BACKSLASH) this.#bytes[this.#length++] = BACKSLASH;
      this.#bytes[this.#length++] = byte;
    }
  }

  endRow(): void {
    this.#makeRoom(1);
    this.#bytes[this.#length++] = LINE_FEED;
    this.#isFirst = true;
  }

  #begin(bytes: number): void {
    this.#makeRoom(bytes + 1);
    if (this.#isFirst) this.#isFirst = false;
    else this.#bytes[this.#length++] = TAB;
  }

  #makeRoom(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#bytes.length + bytes));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
