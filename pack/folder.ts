/** The folder of a pack: which files the contract knows, which are missing, and which cannot be opened. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AS_CSV, type FaultList, both } from './fault';
import { OVERRIDES_FILE } from './overrides';
import { PERSON_FILES } from './person-tables';
import { SMALL_TABLES } from './tables';

/** There may be several files of one kind, read in name order: `resident_roll_2.csv` after `resident_roll.csv`. */
export const isRollFile = (name: string): boolean => /^resident_roll.*\.csv$/.test(name);
export const isPaymentFile = (name: string): boolean => /^resident_payments.*\.csv$/.test(name);

const SMALL_FILES = Object.values(SMALL_TABLES).map(({ file }) => file);
/** Whether the contract knows a file of this name. */
export const isOfContract = (name: string): boolean =>
  SMALL_FILES.includes(name) ||
  (PERSON_FILES as readonly string[]).includes(name) ||
  isRollFile(name) ||
  isPaymentFile(name) ||
  name === OVERRIDES_FILE;

/** The names that the contract knows, for the person whose files have others. */
export const NAMES_OF_CONTRACT: readonly string[] = [
  ...SMALL_FILES,
  ...PERSON_FILES,
  'resident_roll*.csv',
  'resident_payments*.csv',
  OVERRIDES_FILE,
];

/** What is wrong with the name of a file that the contract does not know. */
export function aboutName(name: string): string {
  const small = name.toLowerCase();
  if (/\.xlsx?$/.test(small)) return AS_CSV;
  if (isOfContract(small)) return both(`文件名应为小写 ${small}`, `its name is ${small}`);
  return both('数据包没有这个名称的文件，请核对文件名', 'no file of a pack has this name: check it');
}

interface Folder {
  names: string[]; // files of the contract that can be read
  ignored: string[]; // other tables, perhaps misnamed
}

/**
 * Lists the folder sorted by character codes, so that every machine reads in the same order; null when it cannot be read. With
 * `isWhole` every required file must be there.
 */
export async function openFolder(directory: string, faults: FaultList, isWhole: boolean): Promise<Folder | null> {
  const found = await namesOfFiles(directory);
  if (found === null) {
    report(
      faults,
      directory,
      both('可读的数据包文件夹', 'a folder that can be read'),
      both('核对文件夹名', 'check its name'),
    );
    return null;
  }
  for (const { file, required } of Object.values(SMALL_TABLES)) {
    if (!isWhole || !required || found.includes(file)) continue;
    const remedy = both('补上该文件；没有数据时只留表头', 'add it, with a header alone if it has no rows');
    report(faults, file, both('数据包中有此文件', 'this file in the pack'), remedy);
  }
  const names: string[] = [];
  for (const name of found.filter(isOfContract)) {
    if (await isReadable(join(directory, name))) names.push(name);
    else
      report(
        faults,
        name,
        both('可读的文件', 'a file that can be read'),
        both('核对文件权限', 'check its permissions'),
      );
  }
  return { names, ignored: found.filter((name) => /\.(csv|json|xlsx?)$/i.test(name) && !isOfContract(name)) };
}

async function namesOfFiles(directory: string): Promise<string[] | null> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    const files = entries.filter((entry) => !entry.isDirectory());
    return files.map(({ name }) => name).sort();
  } catch {
    return null; // whatever the reason, there is nothing to read; the caller reports it
  }
}

const isReadable = (path: string): Promise<boolean> =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

const report = (faults: FaultList, file: string, expected: string, remedy: string): void =>
  faults.of(file)({ expected, remedy });

/** How many bytes of a folder's files are read: when they are judged, and again when the rows of persons are loaded. */
export interface BytesRead {
  judging: number;
  loading: number;
}

export async function bytesToRead(directory: string): Promise<BytesRead> {
  const bytes = { judging: 0, loading: 0 };
  for (const name of (await namesOfFiles(directory))?.filter(isOfContract) ?? []) {
    const { size } = await stat(join(directory, name));
    // A second reading looks for persons who stand on the roll twice.
    bytes.judging += isRollFile(name) ? 2 * size : size;
    const isOfPersons = isRollFile(name) || isPaymentFile(name) || (PERSON_FILES as readonly string[]).includes(name);
    if (isOfPersons) bytes.loading += size;
  }
  return bytes;
}

/** The SHA-256 of each file of the contract in a folder, as `Pack.files` has them. */
export async function hashesOfFiles(directory: string): Promise<{ file: string; sha256: string }[]> {
  const hashes: { file: string; sha256: string }[] = [];
  for (const file of (await namesOfFiles(directory))?.filter(isOfContract) ?? []) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(directory, file)), hash);
    hashes.push({ file, sha256: hash.digest('hex') });
  }
  return hashes;
}
