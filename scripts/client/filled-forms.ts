/** Filled-in forms of budgets (XLSX), as the versions that they become. */
import type { Queryable } from '../../db/connect';
import type { StatedFault } from '../../db/import-reports';
import { shownText } from '../../rules/text';
import { SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { filledBudget } from '../../web/forms/filled-budget';
import { submissionsFile, versionOf } from './budget-version';

/** A budget that came as a form. */
export interface FormOfBudget {
  form: string; // the name of its file
  scheme: Scheme;
  version: number;
  /** The version, submitted already, of which it is a repetition. */
  repeats: number | null;
}
interface Form {
  name: string;
  bytes: Buffer;
}

/** The file that imports what the forms hold; or every fault of all of them. They are of the person's own area, each of another scheme. */
export async function submissionsIn(
  db: Queryable,
  { year, area, operator }: { year: number; area: string | null; operator: string },
  forms: readonly Form[],
): Promise<{ text: string; budgets: FormOfBudget[] } | { faults: StatedFault[] }> {
  const faults: StatedFault[] = [];
  const budgets: FormOfBudget[] = [];
  const versions: Awaited<ReturnType<typeof versionOf>>[] = [];
  for (const { name: form, bytes } of forms) {
    const refuse = (text: string): unknown => faults.push({ file: form, text: `${shownText(form)} ${text}` });
    const read = await filledBudget(bytes);
    if ('faults' in read) read.faults.forEach(refuse);
    else if (read.of.year !== year) refuse(`是 ${read.of.year} 年度的填报表；应为 ${year} 年度的 (of another year)`);
    else if (read.of.area !== area)
      refuse(`是统筹区 ${read.of.area} 的填报表；应为本统筹区 ${area ?? ''} 的 (of another area)`);
    else if (budgets.some(({ scheme }) => scheme === read.of.scheme)) {
      refuse(`与另一张同为${SCHEME_NAMES[read.of.scheme]}的填报表：一次交一张 (two forms of one scheme)`);
    } else {
      const version = await versionOf(db, read.of, operator, read.lines);
      budgets.push({ form, scheme: read.of.scheme, version: version.version, repeats: version.repeats });
      versions.push(version);
    }
  }
  return faults.length > 0 ? { faults } : { text: submissionsFile(versions), budgets };
}
