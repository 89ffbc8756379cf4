/**
 * Over all files of the roll, a person stands at most once per area and coverage year. The keys of 16 million persons would fill
 * the memory, so a first reading keeps eight bytes of each, and a second one looks only at those that seem to be there twice.
 */
import { FaultList, type Report } from './fault';
import type { PlainCells } from './plain-line';
import { PlainRoll } from './plain-roll';
import type { Source } from './lines';
import { rowBatches } from './read-table';
import { reportRepeatedKey } from './row-reader';
import type { Known } from './table';
import { ROLL } from './tables';

/** Files with this many repeated persons are in no need of more. */
const MOST_SUSPECTS = 10_000;

type KeyParts = [person: string, area: string, coverageYear: string];
interface Suspect {
  key: KeyParts;
  line: number;
}

export async function reportRepeatedPersons(sources: readonly Source[], faults: FaultList): Promise<void> {
  const hashes = new Hashes();
  for (const source of sources) await eachKey(source, hashes.remember, () => undefined);
  const suspects = hashes.repeated(MOST_SUSPECTS);
  if (suspects.size === 0) return;
  const firsts = new Map<string, string>();
  for (const source of sources) {
    const found: Suspect[] = [];
    await eachKey(
      source,
      (hash) => found.length < MOST_SUSPECTS && suspects.has(hash),
      (key, line) => found.push({ key, line }),
    );
    // Plain lines are read before the others that came with them.
    found.sort((a, b) => a.line - b.line);
    for (const suspect of found) compare(firsts, source.file, suspect, faults.of(source.file));
  }
}

function compare(firsts: Map<string, string>, file: string, { key, line }: Suspect, report: Report): void {
  const text = JSON.stringify(key);
  const first = firsts.get(text);
  if (first === undefined) firsts.set(text, `${file}:${line}`);
  else reportRepeatedKey(report, ROLL.key, key, line, first);
}

/** Every key whose hash is wanted, of the rows that are in order; other faults were reported when the roll was judged. */
async function eachKey(
  source: Source,
  isWanted: (hash: number) => boolean,
  onKey: (parts: KeyParts, line: number) => void,
): Promise<void> {
  const known: Known = { schemesOf: null, year: null };
  const hash = new KeyHash();
  const plain = new PlainRoll(known, ({ cells, places: { person, area, coverage_year }, line }) => {
    hash.start();
    hash.addCell(cells, person);
    hash.addCell(cells, area);
    hash.addCell(cells, coverage_year);
    if (isWanted(hash.value)) onKey([cells.text(person), cells.text(area), cells.text(coverage_year)], line);
  });
  const context = { known, faults: new FaultList(), keys: null };
  for await (const batch of rowBatches(source, ROLL, context, { plain })) {
    for (const { person, area, coverage_year, line } of batch) {
      const parts: KeyParts = [person, area, String(coverage_year)];
      hash.start();
      parts.forEach((part) => hash.addText(part));
      if (isWanted(hash.value)) onKey(parts, line);
    }
  }
}

/** A number of 53 bits for a key: two of FNV-1a, over the bytes of its parts. */
class KeyHash {
  #low = 0;
  #high = 0;

  start(): void {
    this.#low = 0x811c9dc5;
    this.#high = 0x9dc5811c;
  }

  addCell({ bytes, starts, ends }: PlainCells, cell: number): void {
    this.#add(bytes, starts[cell] as number, ends[cell] as number);
  }

  addText(text: string): void {
    const bytes = Buffer.from(text);
    this.#add(bytes, 0, bytes.length);
  }

  #add(bytes: Buffer, start: number, end: number): void {
    let low = this.#low;
    let high = this.#high;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x01000193) ^ (low >>> 15);
    }
    // No part of a key holds a byte of this value, so no two keys are the same row of bytes.
    this.#low = Math.imul(low ^ 0xff, 0x01000193);
    this.#high = Math.imul(high ^ 0xff, 0x01000193);
  }

  get value(): number {
    return (this.#high >>> 0) * 0x20_0000 + (this.#low >>> 11);
  }
}

/** Many hashes, eight bytes each. */
export class Hashes {
  #values = new Float64Array(1 << 16);
  #count = 0;

  /** Wants none of them yet. */
  remember = (hash: number): false => {
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = hash;
    return false;
  };

  /** Those that were added more than once, at most so many. */
  repeated(most: number): ReadonlySet<number> {
    const sorted = this.#values.subarray(0, this.#count).sort();
    const found = new Set<number>();
    for (let at = 1; at < sorted.length && found.size < most; at++) {
      if (sorted[at] === sorted[at - 1]) found.add(sorted[at] as number);
    }
    return found;
  }
}
