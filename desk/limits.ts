/**
 * How often the door is tried: so many wrong tries from one address, and then none at all for a while. A passkey cannot be guessed; an
 * invitation's code can be tried, and every try costs the database a question.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const QUARTER_OF_AN_HOUR = 15 * 60; // seconds
/** Of one address: an office behind one proxy logs in from one address, and its right tries are given back. */
const TRIES = 30;
/** Of all addresses together: nobody guesses codes from many of them. */
const TRIES_OF_ALL = 1000;

export class TooManyTries extends Error {
  override name = 'TooManyTries';
  constructor(readonly seconds: number) {
    super(
      `尝试次数过多，请 ${Math.ceil(seconds / 60)} 分钟后再试 (too many tries: wait ${Math.ceil(seconds / 60)} min)`,
    );
  }
}

/** What is tried: a login costs only whoever tries it, the code of an invitation costs everybody. */
type Tried = 'login' | 'code';

export class Tries {
  readonly #ofAddress = new RateLimiterMemory({ points: TRIES, duration: QUARTER_OF_AN_HOUR });
  readonly #ofAll = new RateLimiterMemory({ points: TRIES_OF_ALL, duration: QUARTER_OF_AN_HOUR });

  /** Counts a try before it is looked at. Throws `TooManyTries`. */
  async count(tried: Tried, address: string): Promise<void> {
    try {
      await this.#ofAddress.consume(address);
      if (tried === 'code') await this.#ofAll.consume('all');
    } catch (limited) {
      if (!(limited instanceof RateLimiterRes)) throw limited;
      throw new TooManyTries(Math.max(1, Math.ceil(limited.msBeforeNext / 1000)));
    }
  }

  /** It was the right one, and is no try any more. */
  async giveBack(tried: Tried, address: string): Promise<void> {
    await this.#ofAddress.reward(address);
    if (tried === 'code') await this.#ofAll.reward('all');
  }
}
