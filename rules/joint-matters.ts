/** 双人办理 in Chinese: what two people sign for, and what waits for them. */
import type { JointMatter } from './keys';
import { shownText } from './text';

/** What is signed for, without who does it. */
export function matterText(matter: JointMatter): string {
  switch (matter.what) {
    case 'revoke_key':
      return `注销密钥 ${shownText(matter.key)}`;
    case 'appoint':
      return `任命 ${matter.year} 年度待任命人员（名单 ${matter.list.slice(0, SHOWN_OF_LIST)}）`;
    case 'end_office':
      return `${matter.year} 年度工号 ${shownText(matter.leaver)} 任职至 ${matter.last}`;
    case 'freeze':
      return `冻结 ${matter.year} 年度 ${matter.from} 至 ${matter.until}`;
    case 'lift_freeze':
      return `解除冻结 ${matter.year} 年度 ${matter.from} 至 ${matter.until}`;
    case 'abandon':
      return `作废 ${matter.year} 年度`;
  }
}

/** Enough of a list's hash to tell it from others. */
export const SHOWN_OF_LIST = 12;

/** What waits, in one line; `matter` is null where a year waits for its first files. */
export function waitText({
  matter,
  fund_year,
  signed,
}: {
  matter: JointMatter | null;
  fund_year: number | null;
  signed: readonly unknown[];
}): string {
  if (matter === null) return `${fund_year ?? ''} 年度等待导入 areas.csv、operators.csv（统筹区与办理人员）`;
  return `${matterText(matter)}：等待${signed.length === 0 ? '两人办理' : '第二人办理'}`;
}
