/** 征缴日报: where an area's collection stands on a day, and the warning while there is still time to act. */
import type { CollectionSoFar } from '../../db/collection-today';
import { daysBetween } from '../../rules/calendar-day';
import { enrolmentRate, personsMissing, progress } from '../../rules/collection';
import { type Decimal, decimal, ratioText } from '../../rules/money';
import { QUARANTINE_REASON_NAMES, type QuarantineReason } from '../../rules/payment-row';
import { type Ratio, roundRatio } from '../../rules/ratio';
import { withThousands } from '../../rules/thousands';
import { BURDEN_CLASS_NAMES } from '../../rules/vocabulary';

export const LOW_INCOME_CLASSES = ['low_income', 'poverty_relieved'] as const;
type LowIncomeClass = (typeof LOW_INCOME_CLASSES)[number];

interface PaidOf {
  paid: string;
  /** Persons paid ÷ target; null without a target. */
  progress: string | null;
}
interface ClassToday {
  registered: string;
  paid: string;
  rate: string | null; // null: nobody is registered
  /** How many more have to pay until the rate is reached. */
  missing: string;
}
export interface CollectionToday extends PaidOf {
  area: string;
  name: string;
  today: string;
  registered: string;
  target: string | null;
  /** The same day of the cycle before; null where it is not known. */
  lastYear: (PaidOf & { day: string }) | null;
  classes: Record<LowIncomeClass, ClassToday>;
  quarantined: Partial<Record<QuarantineReason, number>>;
  closes: string | null;
  daysLeft: number | null;
  /** The classes below the rate that is wanted, from the day of the warning until the window closes. */
  warnings: LowIncomeClass[];
}
/** What a day is judged by. */
export interface Day {
  today: string;
  /** The same day a year before. */
  sameDay: string;
  /** From when a rate below the target is a warning. */
  warnedFrom: string;
  rateWanted: Decimal;
}

export function collectionToday(
  soFar: CollectionSoFar,
  { today, sameDay, warnedFrom, rateWanted }: Day,
): CollectionToday {
  const { area, name, registered, paid, target, quarantined, closes, last_paid, last_target } = soFar;
  const classes = {
    low_income: classToday(soFar.low_income, rateWanted),
    poverty_relieved: classToday(soFar.poverty_relieved, rateWanted),
  };
  const isTime = closes !== null && today >= warnedFrom && today <= closes;
  return {
    area,
    name,
    today,
    registered,
    ...paidOf(paid, target),
    target,
    lastYear: last_paid === null ? null : { day: sameDay, ...paidOf(last_paid, last_target) },
    classes,
    quarantined,
    closes,
    daysLeft: closes === null ? null : Math.max(0, daysBetween(today, closes)),
    warnings: isTime ? LOW_INCOME_CLASSES.filter((one) => classes[one].missing !== '0') : [],
  };
}

const printed = (ratio: Ratio | null): string | null => (ratio === null ? null : ratioText(roundRatio(ratio, 4)));

const paidOf = (paid: string, target: string | null): PaidOf => ({
  paid,
  progress: target === null ? null : printed(progress({ paid: decimal(paid), target_insured: decimal(target) })),
});

function classToday({ registered, paid }: { registered: string; paid: string }, target: Decimal): ClassToday {
  const persons = { registered: decimal(registered), paid: decimal(paid) };
  return {
    registered,
    paid,
    rate: printed(enrolmentRate(persons)),
    missing: personsMissing({ ...persons, target }).toFixed(),
  };
}

/** In words, for a page. */
export function wordsOf(collection: CollectionToday): Record<string, string> {
  const { today, registered, target, lastYear, quarantined, closes, daysLeft } = collection;
  const reasons = Object.entries(quarantined) as [QuarantineReason, number][];
  return {
    数据日期: closes === null ? today : `${today}；集中征缴至 ${closes}，还有 ${daysLeft} 天`,
    应参保: `${withThousands(registered)} 人`,
    已缴费: paidText(collection) + (target === null ? '' : `，任务 ${withThousands(target)} 人`),
    上年同日: lastYear === null ? '无上年数据' : `${paidText(lastYear)}（${lastYear.day}）`,
    ...Object.fromEntries(
      LOW_INCOME_CLASSES.map((one) => [`${BURDEN_CLASS_NAMES[one]}参保率`, rateText(collection, one)]),
    ),
    待核对:
      reasons.length === 0
        ? '无'
        : reasons.map(([reason, rows]) => `${QUARANTINE_REASON_NAMES[reason]} ${rows} 笔`).join('、'),
  };
}

export const percentText = (ratio: string | null): string =>
  ratio === null ? '—' : `${decimal(ratio).times(100).toFixed(2)}%`;

const paidText = ({ paid, progress: ratio }: PaidOf): string =>
  `${withThousands(paid)} 人${ratio === null ? '' : `，进度 ${percentText(ratio)}`}`;

/** 97.50%（195／200），预警：距要求尚缺 3 人 */
export function rateText({ classes, warnings }: CollectionToday, one: LowIncomeClass): string {
  const { registered, paid, rate, missing } = classes[one];
  if (rate === null) return '无应参保人员';
  const counts = `${percentText(rate)}（${withThousands(paid)}／${withThousands(registered)}）`;
  return warnings.includes(one) ? `${counts}，预警：距要求尚缺 ${withThousands(missing)} 人` : counts;
}
