/**
 * The levy (上解) of one scheme: area → adjustment fund (调剂金), until the fund is full.
 *
 * Law: A(6) “调剂金从各统筹区当期基金收入（不含个人账户）中按一定比例筹集，达到一定数额后，不再上解。” RULES 8.
 * Units: yuan; rates 0–1. Rate, base, cap mode and cap value are parameters.
 */
import { type Decimal, atLeastZero, floorToFen, roundToFen, splitByLargestRemainder, sum, zero } from './money';
import { exact, roundRatio } from './ratio';
import { rule } from './rule';

const ARTICLE = 'A(六)“从各统筹区当期基金收入（不含个人账户）中按一定比例筹集”';
const FULL = 'A(六)“达到一定数额后，不再上解”';

export const LEVY_BASES = ['current', 'prior_settled', 'premium_only'] as const;
export type LevyBase = (typeof LEVY_BASES)[number];

/** 上解基数: the year whose income the levy is counted on. */
export function baseYear(mode: LevyBase, at: 'estimate' | 'true_up', year: number): number {
  return at === 'estimate' || mode === 'prior_settled' ? year - 1 : year;
}

/** Levy before the cap. A negative base owes nothing. */
export const uncappedLevy = rule(
  { article: ARTICLE, formula: 'round(rate * max(0, base))' },
  ({ base, rate }: { base: Decimal; rate: Decimal }) => roundToFen(rate.times(atLeastZero(base))),
);

/** How full the fund may get (达到一定数额). */
export const CAP_MODES = ['months_of_expenditure', 'top_up_months', 'percent_of_income', 'absolute', 'none'] as const;
export type CapMode = (typeof CAP_MODES)[number];

interface CapInputs {
  months_of_expenditure: { months: Decimal; expenditure: Decimal[]; balance: Decimal };
  top_up_months: { months: Decimal; expenditure: Decimal[]; surplus: Decimal[]; balance: Decimal };
  percent_of_income: { percent: Decimal; base: Decimal[]; balance: Decimal };
  absolute: { amount: Decimal; balance: Decimal };
}

const floorTwelfth = (twelvefold: Decimal): Decimal => {
  const fen = exact(twelvefold).mul(100).div(12).floor();
  return roundRatio(fen, 0).div(100);
};

/** Room under a cap of n months of the scheme's expenditure of last year. */
export const roomByMonths = rule(
  { article: FULL, formula: 'floor(months / 12 * sum(expenditure) - balance)' },
  ({ months, expenditure, balance }: CapInputs['months_of_expenditure']) =>
    floorTwelfth(months.times(sum(expenditure)).minus(balance.times(12))),
);

/** Room under a cap that could top every area up to n months of its expenditure (Shaanxi 2024). */
export const roomByTopUp = rule(
  { article: FULL, formula: 'floor(sum(positive(months / 12 * expenditure - surplus)) - balance)' },
  ({ months, expenditure, surplus, balance }: CapInputs['top_up_months']) => {
    const lacking = expenditure.map((spent, i) =>
      atLeastZero(months.times(spent).minus((surplus[i] as Decimal).times(12))),
    );
    return floorTwelfth(sum(lacking).minus(balance.times(12)));
  },
);

/** Room under a cap of a share of the bases of last year. */
export const roomByIncome = rule(
  { article: FULL, formula: 'floor(percent * sum(base) - balance)' },
  ({ percent, base, balance }: CapInputs['percent_of_income']) => floorToFen(percent.times(sum(base)).minus(balance)),
);

/** Room under a fixed amount. */
export const roomByAmount = rule(
  { article: FULL, formula: 'floor(amount - balance)' },
  ({ amount, balance }: CapInputs['absolute']) => floorToFen(amount.minus(balance)),
);

/**
 * Every area's levy under the cap, in the order of `uncapped`: that of the areas' codes. With room for all of it no levy is
 * cut; otherwise the room is split in proportion, and a full fund takes nothing.
 */
export const cappedLevies = (uncapped: readonly Decimal[], room: Decimal | null): Decimal[] => {
  if (room === null || sum(uncapped).lte(room)) return [...uncapped];
  return room.lte(0) ? uncapped.map(() => zero) : splitByLargestRemainder(room, uncapped);
};
interface PlaceUnderCap {
  uncapped: readonly Decimal[];
  room: Decimal;
  place: number; // from 1
}
/** The levy of one area among all, under a cap and without one. */
export const cappedLevy = rule(
  { article: FULL, formula: 'sum(uncapped) <= room ? at(uncapped, place) : split(max(0, room), uncapped, place)' },
  ({ uncapped, room, place }: PlaceUnderCap) => cappedLevies(uncapped, room)[place - 1] as Decimal,
);
export const levyWithoutCap = rule(
  { article: ARTICLE, formula: 'at(uncapped, place)' },
  ({ uncapped, place }: Omit<PlaceUnderCap, 'room'>) => cappedLevies(uncapped, null)[place - 1] as Decimal,
);
/** What an area's budget takes as its levy while others have not reported: what all may pay together is not known yet. */
export const levyBeforeCap = rule(
  { article: `${ARTICLE}；其他统筹区尚未报送，先不计规模上限`, formula: 'round(rate * max(0, base))' },
  ({ base, rate }: { base: Decimal; rate: Decimal }): Decimal => uncappedLevy({ base, rate }),
);

/** 清算差额: what is paid after the year, or returned when negative. */
export const trueUp = rule(
  { article: 'A(六)“按一定比例筹集”；RULES 8“true_up = levy − prepaid”', formula: 'levy - prepaid' },
  ({ levy, prepaid }: { levy: Decimal; prepaid: Decimal }) => levy.minus(prepaid),
);

/** 上解比例, as it is in force for the year. */
export const levyRate = rule(
  { article: 'A(六)“按一定比例筹集”', formula: 'rate' },
  ({ rate }: { rate: Decimal }): Decimal => rate,
);

/** 按季预缴: three times a quarter floored to the fen, the rest in October (precedent: Guangyuan 2008). */
export function instalments(prepaid: Decimal): Decimal[] {
  const quarter = floorToFen(prepaid.div(4));
  return [quarter, quarter, quarter, prepaid.minus(quarter.times(3))];
}
const INSTALMENT = 'place < 4 ? floor(prepaid / 4) : prepaid - 3 * floor(prepaid / 4)';
/** One of the four instalments. */
export const instalmentAt = rule(
  { article: 'A(六) 上解；先例：广元 2008 按季预缴', formula: INSTALMENT },
  ({ prepaid, place }: { prepaid: Decimal; place: number }) => instalments(prepaid)[place - 1] as Decimal,
);
/** 预缴更正: the levy turns out to be withheld after instalments were booked, or to be paid after all. */
export const instalmentPutRight = rule(
  {
    article: 'A(六) 上解；RULES 8 未缴的预缴额于 5 月 31 日入账；RULES 9 更正另立分录',
    formula: `(unpaid ? 0 : ${INSTALMENT}) - booked_before`,
  },
  ({
    prepaid,
    place,
    unpaid,
    booked_before,
  }: {
    prepaid: Decimal;
    place: number;
    unpaid: boolean;
    booked_before: Decimal;
  }) => (unpaid ? zero : (instalments(prepaid)[place - 1] as Decimal)).minus(booked_before),
);

const PREPAID = 'A(六)“按一定比例筹集”；按季预缴';
/** 截至某日已预缴: the first `made` instalments. A withheld levy lowers no surplus before it is posted. */
export const prepaidToDate = rule(
  { article: PREPAID, formula: 'unpaid ? 0 : made == 4 ? prepaid : made * floor(prepaid / 4)' },
  ({ prepaid, made, unpaid }: { prepaid: Decimal; made: number; unpaid: boolean }) =>
    unpaid ? zero : sum(instalments(prepaid).slice(0, made)),
);
/** Before the scheme's phase nothing is levied. */
export const nothingPrepaid = rule({ article: PREPAID, formula: '0' }, (): Decimal => zero);
