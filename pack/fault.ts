/** What is wrong with a pack, in the words that a person needs to correct it: where, what was found, what was expected, what to do. */
import { both } from '../parameters/reader';
import { shownText } from '../rules/text';

export { both };

export interface Fault {
  file: string;
  line: number | null; // the line on which the record begins; line 1 is the header
  column: string | null;
  found: string | null;
  expected: string;
  remedy: string;
  /** A person may have it taken all the same, as a correction. */
  correctable?: true;
}

/** What to do with a file of other separators or line ends. */
export const AS_CSV = both('另存为“CSV UTF-8（逗号分隔）”', 'save it as CSV in UTF-8, with commas');

const SHOWN_CHARACTERS = 60;
/** A cell for a message: on one line, with everything in it visible, and cut when it is long. */
function shown(cell: string): string {
  const characters = Array.from(cell);
  if (characters.length <= SHOWN_CHARACTERS) return shownText(cell);
  return `${shownText(characters.slice(0, SHOWN_CHARACTERS).join(''))}…`;
}

/** One clear line: `文件 conduct.csv 第 7 行 cause 列：“x”；应为…；办法：…`. */
export function faultText({ file, line, column, found, expected, remedy }: Fault): string {
  const place = [`文件 ${file}`, line === null ? '' : `第 ${line} 行`, column === null ? '' : `${shown(column)} 列`];
  const cell = found === null ? '' : `“${shown(found)}”；`;
  return shownText(`${place.filter((part) => part !== '').join(' ')}：${cell}应为${expected}；办法：${remedy}`);
}

const MOST_PER_FILE = 100;

/** A fault without its file; what is left out is unknown, or no matter of one line or cell. */
type FaultDetails = Pick<Fault, 'expected' | 'remedy'> &
  Partial<Omit<Fault, 'file'>> & {
    /** A fault of the whole file, such as its encoding: only the first that has this name is listed. */
    oncePerFile?: string;
  };
/** Reports a fault of one file. */
export type Report = (fault: FaultDetails) => void;

/** Collects the faults of a pack, at most a hundred of each file: a file of the wrong form has one on every line. */
export class FaultList {
  readonly #byFile = new Map<string, { faults: Fault[]; more: number }>();
  readonly #reportedOnce = new Set<string>();

  of(file: string): Report {
    return ({ oncePerFile, ...fault }) => {
      if (oncePerFile !== undefined) {
        const key = `${file}/${oncePerFile}`;
        if (this.#reportedOnce.has(key)) return;
        this.#reportedOnce.add(key);
      }
      this.#add({ line: null, column: null, found: null, ...fault, file });
    };
  }

  in(file: string): readonly Fault[] {
    return this.#byFile.get(file)?.faults ?? [];
  }

  get isEmpty(): boolean {
    return this.#byFile.size === 0;
  }

  /** The faults by file and line, and how many more there are. */
  all(): Fault[] {
    return [...this.#byFile.entries()].flatMap(([file, { faults, more }]) => {
      const sorted = [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
      return more === 0 ? sorted : [...sorted, theRest(file, more)];
    });
  }

  #add(fault: Fault): void {
    const seen = this.#byFile.get(fault.file) ?? { faults: [], more: 0 };
    this.#byFile.set(fault.file, seen);
    if (seen.faults.length < MOST_PER_FILE) seen.faults.push(fault);
    else seen.more += 1;
  }
}

const theRest = (file: string, more: number): Fault => ({
  file,
  line: null,
  column: null,
  found: null,
  expected: both(`不含未列出的 ${more} 处问题`, `${more} more faults are not listed`),
  remedy: both('先改正以上各处，再运行一次', 'correct these first and run again'),
});
