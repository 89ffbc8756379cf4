/**
 * A time of payment (缴费时间): RFC 3339 with seconds and an offset or `Z`, turned into an exact instant and the date in
 * China. No JavaScript Date: it knows milliseconds only, and 29 February 2027 becomes 1 March.
 */
import { daysInMonth } from '../parameters';

export interface InstantOfPayment {
  paid_instant: string; // seconds since 1970-01-01T00:00:00Z, as a decimal with the whole fraction
  paid_on: string; // the date in Asia/Shanghai
}

// RFC 3339 section 5.6; its letters may be small. A leap second has no instant of its own and is no time here.
const TIME =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

const DAY = 86_400;
/** China keeps one time, 8 hours ahead, without summer time since 1992. */
const SHANGHAI = 8 * 3600;
/** The most decimals that the database keeps of a number. */
const MOST_FRACTION_DIGITS = 16_000;

/** The instant and the Shanghai date; null when the text is no such time or no real date. */
export function readInstant(text: string): InstantOfPayment | null {
  const parts = TIME.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (year === 0 || day < 1 || day > daysInMonth(year, month)) return null;

  const fraction = (parts[7] ?? '').replace(/0+$/, '');
  if (fraction.length > MOST_FRACTION_DIGITS) return null;
  const offset = (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0)) * 60 * (parts[8] === '-' ? -1 : 1);
  // A second and its fraction run forward, so the whole seconds below the instant decide the date.
  const seconds = daysSince1970(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset;
  const paid_on = dateOf(Math.floor((seconds + SHANGHAI) / DAY));
  return paid_on === null ? null : { paid_instant: withFraction(seconds, fraction), paid_on };
}

/** Seconds and the digits of a fraction that is added to them, as one signed decimal: −5 s and 0.25 is −4.75. */
function withFraction(seconds: number, fraction: string): string {
  if (fraction === '') return String(seconds);
  if (seconds >= 0) return `${seconds}.${fraction}`;
  const scaled = BigInt(seconds) * 10n ** BigInt(fraction.length) + BigInt(fraction);
  const digits = (-scaled).toString().padStart(fraction.length + 1, '0');
  return `-${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`;
}

// Days of the Gregorian calendar, counted from 1 March of the year 0, so that the leap day ends a year.
const DAYS_BEFORE_1970 = 719_468;
const DAYS_OF_400_YEARS = 146_097;

function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_OF_400_YEARS + dayOfEra - DAYS_BEFORE_1970;
}

/** The ISO date of a day number; null outside the years 1 to 9999, which no date of ours can be. */
function dateOf(daysFrom1970: number): string | null {
  const days = daysFrom1970 + DAYS_BEFORE_1970;
  const era = Math.floor(days / DAYS_OF_400_YEARS);
  const dayOfEra = days - era * DAYS_OF_400_YEARS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = ((monthFromMarch + 2) % 12) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  if (year < 1 || year > 9999) return null;
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
