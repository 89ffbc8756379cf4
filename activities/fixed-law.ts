/** Values of law that what was worked out with them has fixed: from then on only the document that decides them may change. */
import { SCHEMES } from '../rules/vocabulary';
import { actKey } from '../rules/keys';

/** Of whatever the clearing of units rests on. */
export const BEING_CLEARED = '清算表已提请审批或已生效：退回后方可更正';

/**
 * Why a value may not change any more; null where it may. Levies and shares are worked out once, and so are the tables by which units
 * are cleared.
 */
export const whyLawIsFixed =
  (year: number, isDone: (act: string) => boolean, isClearing: boolean) =>
  (name: string): string | null => {
    const isShared = SCHEMES.some((scheme) => isDone(actKey.gapsShared(year, scheme)));
    if (isShared && /^(levy|share|books)\./.test(name)) return '分担方案已测算：只能补登确定此值的文件，不能改值';
    return isClearing && name.startsWith('payment.') ? BEING_CLEARED : null;
  };
