/** What an office does of its own accord: a budget adjustment, an emergency request, a release, an extension. */
import { isRealDate } from '../rules/calendar-day';
import { typedAmount } from '../rules/money';
import { isDocument, isReason } from '../rules/text';
import { EMERGENCY_CAUSES, type EmergencyCause, SCHEMES, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { adjustmentMeant, submitAdjusted } from '../scripts/client/adjusting';
import { askEmergency } from '../scripts/client/emergency';
import { extendArea } from '../scripts/client/extension';
import { askRelease } from '../scripts/client/release';
import { textOf } from './body';
import type { Desk } from './desk';
import { importAct } from './files';
import { Refused } from './json';
import { otherLink, taskLink } from './links';
import type { OwnAct } from './perform';
import type { Viewer } from './viewer';

type Fields = Record<string, unknown>;

export const OWN_ACTS: Record<string, OwnAct> = {
  import: importAct,
  adjust: (desk, viewer, fields) => {
    const [year, area] = ownArea(viewer, fields);
    const scheme = schemeOf(fields);
    const version = wholeOf(fields, 'version', '请选择要报送的预算调整 (choose an adjustment)');
    return async (sign) => {
      const adjustment = await adjustmentMeant(desk.acting.pool, { year, area, scheme, version });
      if (adjustment === null) throw new Refused('没有这一版预算调整 (no such adjustment)');
      const { client, pool, taskQueue } = await running(desk);
      const { task } = await submitAdjusted({ client, pool }, adjustment, { as: viewer.operator, sign }, taskQueue);
      // Its page says what the checks said, and who acts next.
      return { to: `${taskLink(task)}&did=submit` };
    };
  },
  emergency: (desk, viewer, fields) => {
    const [year, area] = ownArea(viewer, fields);
    const asked = {
      ...{ as: viewer.operator, year, area, scheme: schemeOf(fields) },
      ...{ amount: amountOf(fields), cause: causeOf(fields), document: documentOf(fields) },
    };
    return async (sign) => {
      const { client, pool, taskQueue } = await running(desk);
      await askEmergency({ client, pool }, asked, sign, taskQueue);
      return doneOf(year, 'emergency');
    };
  },
  release: (desk, viewer, fields) => {
    const [year, area] = ownArea(viewer, fields);
    const reason = textOf(fields, 'reason').trim();
    const file = textOf(fields, 'file').trim();
    const line = wholeOf(fields, 'line', '请填写行号 (which line)');
    if (file === '') throw new Refused('请填写文件名 (which file)');
    if (!isReason(reason)) throw new Refused('请写明受理的理由 (say why)');
    return async (sign) => {
      const { client, pool, taskQueue } = await running(desk);
      await askRelease({ client, pool }, { as: viewer.operator, year, area, file, line, reason }, sign, taskQueue);
      return doneOf(year, 'release');
    };
  },
  extend: (desk, viewer, fields) => {
    const year = yearIn(viewer, fields);
    const area = textOf(fields, 'area');
    const until = textOf(fields, 'until');
    if (!viewer.sees(year, area)) throw new Refused('没有这个统筹区 (no such area)');
    if (!isRealDate(until)) throw new Refused('请填写延至哪一天 (until which day)');
    const extension = { year, area, until, operator: viewer.operator, document: documentOf(fields) };
    return async (sign) => {
      await extendArea(desk.acting.pool, extension, sign);
      return doneOf(year, 'extend');
    };
  },
};

const running = async ({ acting: { pool, client, taskQueue } }: Desk) => ({ client: await client(), pool, taskQueue });
const doneOf = (year: number, what: string): { to: string } => ({ to: otherLink({ year, did: what }) });

function yearIn(viewer: Viewer, fields: Fields): number {
  const year = viewer.years.find((known) => String(known) === textOf(fields, 'year'));
  if (year === undefined) throw new Refused('没有这个年度 (no such year)');
  return year;
}

/** The person's own area: nobody asks for another. */
function ownArea(viewer: Viewer, fields: Fields): [year: number, area: string] {
  const year = yearIn(viewer, fields);
  const area = viewer.areaIn(year) ?? null;
  if (area === null) throw new Refused('须由统筹区医保局提出 (the area’s security bureau asks for it)');
  return [year, area];
}

function schemeOf(fields: Fields): Scheme {
  const scheme = SCHEMES.find((known) => known === textOf(fields, 'scheme'));
  if (scheme === undefined)
    throw new Refused(`请选择险种：${Object.values(SCHEME_NAMES).join('、')} (choose a scheme)`);
  return scheme;
}
function causeOf(fields: Fields): EmergencyCause {
  const cause = EMERGENCY_CAUSES.find((known) => known === textOf(fields, 'cause'));
  if (cause === undefined) throw new Refused('请选择原因 (choose a cause)');
  return cause;
}
/** 1,000,000.00: the separators are those that the pages show. */
function amountOf(fields: Fields): string {
  const amount = typedAmount(textOf(fields, 'amount').trim());
  if (amount !== null) return amount;
  throw new Refused('金额应为正数，元，至多两位小数，例如 1,000,000.00 (an amount such as 1,000,000.00)');
}
function documentOf(fields: Fields): string {
  const document = textOf(fields, 'document').trim();
  if (!isDocument(document)) throw new Refused('请填写文号 (a document number is needed)');
  return document;
}
function wholeOf(fields: Fields, name: string, otherwise: string): number {
  const word = textOf(fields, name).trim();
  if (!/^[1-9]\d{0,8}$/.test(word)) throw new Refused(otherwise);
  return Number.parseInt(word, 10);
}
