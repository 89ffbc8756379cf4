/** A filled-in budget form (XLSX) from the command line: it becomes the next version of its budget, signed by whoever hands it in. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { shownText } from '../../rules/text';
import type { Scheme } from '../../rules/vocabulary';
import { errorText } from '../../servers/refused';
import { typedPath } from '../../servers/typed-path';
import { Refusal } from '../words/refusal';
import { operatorNamed } from './acting';
import { SUBMISSIONS } from './budget-version';
import { submissionsIn } from './filled-forms';
import { signWithKeyFile } from './signing';
import { type Acting, importTexts } from './texts';

interface VersionNamed {
  year: number;
  area: string;
  scheme: Scheme;
  version: number;
}

/** The version that the form is. One that was submitted before, as by an earlier call, is not imported again. */
export async function versionFromForm(
  acting: Acting,
  { form, as, year: asked }: { form: string; as: string; year?: number | undefined },
): Promise<VersionNamed> {
  const { pool } = acting;
  const { fund_year, area } = await operatorNamed(pool, { as, year: asked });
  const year = asked ?? fund_year;
  const bytes = await readFile(typedPath(form)).catch((error: unknown) => {
    throw new Refusal(`--form ${shownText(form)} 读不了：${errorText(error)} (the file cannot be read)`);
  });
  const read = await submissionsIn(pool, { year, area, operator: as }, [{ name: basename(form), bytes }]);
  if ('faults' in read) throw refusalOf(read.faults);
  const [budget] = read.budgets;
  if (budget === undefined || area === null) throw new Error(`${form} holds no budget of an area.`);
  const of = { year, area, scheme: budget.scheme };
  if (budget.repeats !== null) return { ...of, version: budget.repeats };
  const brought = { year, operator: as, files: { [SUBMISSIONS]: read.text } };
  const report = await importTexts(acting, { ...brought, channel: 'command', sign: signWithKeyFile(pool) });
  if ('faults' in report) throw refusalOf(report.faults);
  return { ...of, version: budget.version };
}

const refusalOf = (faults: readonly { text: string }[]): Refusal =>
  new Refusal([...faults.map(({ text }) => text), '未报送 (nothing was submitted)'].join('\n'));
