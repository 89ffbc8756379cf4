/** An input pack once it has been read (CONTRACT 2), and what a live year holds already when further files come. */
import type { Override } from '../parameters';
import type { Role, Scheme } from '../rules/vocabulary';
import type { OnRead, Source } from './lines';
import type { PackFile } from './read-table';
import type { PersonFile } from './person-tables';
import type { SmallTables } from './tables';

export interface Pack extends SmallTables {
  year: number;
  directory: string;
  /** Follows the reading of its files, when they are judged and again when they are loaded. */
  onRead?: OnRead | undefined;
  files: PackFile[];
  overrides: Record<string, Override>;
  /** In name order; their rows stay in the files until they are loaded. */
  rollFiles: string[];
  paymentFiles: string[];
  /** Which of the other files of persons there are. */
  personFiles: PersonFile[];
  /** The only area that its rows are of, where an area's office brings it. */
  ownArea?: string | undefined;
  /** Tables in the folder whose name is none of the contract's: worth a notice, no fault. */
  ignored: string[];
}

/** A file of the pack, to be read again. */
export const sourceOf = ({ directory, onRead }: Pack, file: string): Source => ({ directory, file, onRead });

/** What a live year holds already: the files that come later are held against it. */
export interface Imported {
  areas: { area: string; schemes: Scheme[] }[];
  operators: { operator: string; role: Role; area: string | null }[];
  units: { area: string; scheme: Scheme; unit: string; weight: string }[];
  /** Its values of law by name, as far as a pack has set them. */
  overrides: Record<string, Override['value']>;
  /** The only area whose rows may come, where an area's office brings them. */
  ownArea?: string | undefined;
}
