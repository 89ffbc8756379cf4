/** 双人办理 on the desk: what two of an office sign for. The other fields of its form say what it is about. */
import { isRealDate } from '../rules/calendar-day';
import { JOINT_OFFICES, type JointDecision } from '../rules/decisions';
import { type JointMatter, matterNamed } from '../rules/keys';
import { isReason } from '../rules/text';
import { abandonYear } from '../scripts/client/abandoning';
import { signFor } from '../scripts/client/joint-acts';
import { textOf } from './body';
import type { Desk } from './desk';
import { Refused } from './json';
import { jointLink } from './links';
import type { Perform } from './perform';
import type { Viewer } from './viewer';

type Fields = Record<string, unknown>;

export const isJoint = (what: string): what is JointDecision => Object.hasOwn(JOINT_OFFICES, what);

export function jointAct({ acting }: Desk, viewer: Viewer, what: JointDecision, fields: Fields): Perform {
  const matter = matterOf(what, fields);
  const by = { operator: viewer.operator, reason: textOf(fields, 'reason').trim() };
  if (!isReason(by.reason)) throw new Refused('请写明原因或依据 (say why)');
  return async (sign) => {
    if (matter.what !== 'abandon') {
      const { done } = await signFor(acting.pool, matter, by, sign);
      return { to: jointLink({ did: what, done: done ? 1 : 0 }) };
    }
    const running = { pool: acting.pool, client: await acting.client() };
    const { state } = await abandonYear(running, { year: matter.year, ...by }, sign);
    return { to: jointLink({ did: what, done: state === 'waits for another' ? 0 : 1 }) };
  };
}

function matterOf(what: JointDecision, fields: Fields): JointMatter {
  // A matter that waits is named; one that is begun is described.
  const named = matterNamed(textOf(fields, 'matter'));
  if (named?.what === what) return named;
  switch (what) {
    case 'revoke_key':
      return { what, key: filled(fields, 'key', '请填写密钥 (which key)') };
    case 'appoint':
      return { what, year: yearIn(fields), list: filled(fields, 'list', '名单不完整，请刷新页面 (reload the page)') };
    case 'end_office':
      return {
        ...{ what, year: yearIn(fields), leaver: filled(fields, 'leaver', '请填写离任人员的工号 (who leaves)') },
        last: dateIn(fields, 'last', '请填写任职的最后一天 (the last day in office)'),
      };
    case 'freeze':
    case 'lift_freeze':
      return {
        ...{ what, year: yearIn(fields), from: dateIn(fields, 'from', '请填写首日 (the first day)') },
        until: dateIn(fields, 'until', '请填写末日 (the last day)'),
      };
    case 'abandon':
      return { what, year: yearIn(fields) };
  }
}

function filled(fields: Fields, name: string, otherwise: string): string {
  const words = textOf(fields, name).trim();
  if (words === '') throw new Refused(otherwise);
  return words;
}
function dateIn(fields: Fields, name: string, otherwise: string): string {
  const date = textOf(fields, name);
  if (!isRealDate(date)) throw new Refused(otherwise);
  return date;
}
function yearIn(fields: Fields): number {
  const word = textOf(fields, 'year');
  if (!/^2\d{3}$/.test(word)) throw new Refused('请选择年度 (choose a year)');
  return Number.parseInt(word, 10);
}
