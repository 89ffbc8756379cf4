/** 双人办理 in words: how a matter stands for the one who has just acted, and what waits, with the command to act. */
import type { JointStanding } from '../../db/joint-acts';
import type { Wait } from '../../db/waits';
import { JOINT_OFFICES } from '../../rules/decisions';
import type { JointMatter } from '../../rules/keys';
import { SHOWN_OF_LIST, matterText, waitText } from '../../rules/joint-matters';
import { shownText } from '../../rules/text';
import { ROLE_NAMES } from '../../rules/vocabulary';
import { personsText } from './persons-text';

const DONE: Record<JointMatter['what'], string> = {
  revoke_key: '已注销 (revoked)',
  appoint: '已任命 (appointed)',
  end_office: '已登记 (registered)',
  freeze: '已冻结 (frozen)',
  lift_freeze: '已解除冻结 (lifted)',
  abandon: '已作废，流程已终止，数据保留备查 (abandoned)',
};

/** To the one who has just signed. */
export const jointText = ({ done, by }: JointStanding, matter: JointMatter): string =>
  done
    ? `${matterText(matter)}：${DONE[matter.what]}，办理人 ${by.map(shownText).join('、')}`
    : `已签名，还须${ROLE_NAMES[JOINT_OFFICES[matter.what]]}另一人办理后生效：${matterText(matter)} (one more person is needed)`;

/** How it is answered at the command line; what the person has to fill in stands in Chinese. */
function waitCommand({ matter, fund_year }: Pick<Wait, 'matter' | 'fund_year'>, operator = '工号'): string {
  if (matter === null) return `npm run fund -- import 目录 --year ${fund_year ?? ''}`;
  return `npm run fund -- ${commandOf(matter)} --as ${operator} --reason 原因`;
}

function commandOf(matter: JointMatter): string {
  switch (matter.what) {
    case 'revoke_key':
      return `revoke-key ${matter.key}`;
    case 'appoint':
      return `appoint --year ${matter.year} --list ${matter.list.slice(0, SHOWN_OF_LIST)}`;
    case 'end_office':
      return `end-office ${matter.leaver} --year ${matter.year} --until ${matter.last}`;
    case 'freeze':
      return `freeze --year ${matter.year} --from ${matter.from} --until ${matter.until}`;
    case 'lift_freeze':
      return `unfreeze --year ${matter.year} --from ${matter.from} --until ${matter.until}`;
    case 'abandon':
      return `abandon --year ${matter.year}`;
  }
}

/** The wait in a few lines, as a task is shown. */
export function waitLines(wait: Wait, as?: string): string[] {
  const { role, since, due_on, overdue, days_over, signed, reason, operators } = wait;
  return [
    waitText(wait),
    `  办理人 ${ROLE_NAMES[role]}（${personsText(operators) || '无人可办，请补充人员'}）；自 ${since.slice(0, 10)}，截止 ${due_on}${overdue ? `【逾期 ${days_over} 天】` : ''}`,
    ...(signed.length === 0 ? [] : [`  已签名 ${personsText(signed)}；原因 ${shownText(reason ?? '')}`]),
    `  → ${waitCommand(wait, as)}`,
  ];
}
