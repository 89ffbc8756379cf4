/**
 * A time of payment (缴费时间): RFC 3339 with seconds and an offset or `Z`, read as an exact instant and as the date in China.
 * The fraction of a second is kept as text: a JavaScript Date knows milliseconds only.
 */
import { beijingDate } from '../rules/beijing-time';
import { isRealDate } from '../rules/calendar-day';

export interface InstantOfPayment {
  paid_instant: string; // seconds since 1970-01-01T00:00:00Z, as a decimal with the whole fraction
  paid_on: string; // the date in China
}

// RFC 3339 section 5.6, where the letters may be small. A leap second (:60) has no instant of its own and is not accepted.
const TIME = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d+))?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** The most decimals that the database keeps of a number. */
const MOST_FRACTION_DIGITS = 16_000;

/** The instant and the date in China; null when the text is no such time, or one of the dates is not real. */
export function readInstant(text: string): InstantOfPayment | null {
  const [, date, time, digits = '', offset] = TIME.exec(text.toUpperCase()) ?? [];
  if (date === undefined || time === undefined || offset === undefined || !isRealDate(date)) return null;

  const fraction = digits.replace(/0+$/, '');
  if (fraction.length > MOST_FRACTION_DIGITS) return null;
  // A second and its fraction run forward, so the whole second decides the date.
  const wholeSecond = new Date(`${date}T${time}${offset}`);
  const paid_on = beijingDate(wholeSecond);
  return isRealDate(paid_on) ? { paid_instant: withFraction(wholeSecond.getTime() / 1000, fraction), paid_on } : null;
}

/** Seconds and the digits of a fraction that is added to them, as one signed decimal: −5 s and 0.25 is −4.75. */
function withFraction(seconds: number, fraction: string): string {
  if (fraction === '') return String(seconds);
  if (seconds >= 0) return `${seconds}.${fraction}`;
  const scaled = BigInt(seconds) * 10n ** BigInt(fraction.length) + BigInt(fraction);
  const digits = (-scaled).toString().padStart(fraction.length + 1, '0');
  return `-${digits.slice(0, -fraction.length)}.${digits.slice(-fraction.length)}`;
}
