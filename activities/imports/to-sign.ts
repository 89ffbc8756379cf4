/** What is signed under files: their SHA-256, so that no other bytes can take their place. */
import type { Correction } from '../../db/corrections';
import type { Sender } from '../../db/import-reports';
import { hashOf } from '../../db/once';
import { ownAct } from '../../rules/keys';
import type { SignedAct } from '../../signing/act-text';

interface FilesOfYear {
  year: number;
  files: readonly { file: string; sha256: string }[];
}
const hashOfFiles = (files: FilesOfYear['files']): string =>
  hashOf(Object.fromEntries(files.map(({ file, sha256 }) => [file, sha256])));

/** What whoever brings files signs. */
export const filesToSign = ({ year, files }: FilesOfYear, { operator }: Sender): SignedAct => ({
  year,
  task: ownAct.files,
  decision: 'import',
  figuresHash: hashOfFiles(files),
  operator,
});

/** What whoever corrects signs: the reason, over the files as they are. */
export const correctionsToSign = ({ year, files }: FilesOfYear, { operator, reason: note }: Correction): SignedAct => ({
  year,
  task: ownAct.corrections,
  decision: 'correct',
  figuresHash: hashOfFiles(files),
  operator,
  note,
});
