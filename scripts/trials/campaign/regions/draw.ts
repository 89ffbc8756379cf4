/** Draws the features of a random region from a seed. */
import { type Random, seeded } from '../random';

export class Draw {
  readonly #random: Random;

  /** `wildness` scales how often something unusual happens: never at 0, as often as a trial wants it at 1. */
  constructor(
    seed: number,
    private readonly wildness: number,
  ) {
    this.#random = seeded(seed);
  }

  /** True about `probability` of the time, and never in a tame region. */
  rarely(probability: number): boolean {
    return this.#random() < probability * this.wildness;
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  /** A whole number from `least` to `most`. */
  int(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  /** A number around `middle`, off by at most `spread` of it. */
  about(middle: number, spread: number): number {
    return Math.round(middle * (1 + (this.#random() * 2 - 1) * spread));
  }

  pick<T>(...from: readonly T[]): T {
    return from[this.int(0, from.length - 1)] as T;
  }

  /** One of these; always the first in a tame region. */
  wildly<T>(...from: readonly T[]): T {
    return this.wildness === 0 ? (from[0] as T) : this.pick(...from);
  }

  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    return items.map(() => rest.splice(this.int(0, rest.length - 1), 1)[0] as T);
  }
}

/** A whole number of fen, written as an amount of a pack. */
export const yuan = (fen: number): string => {
  const whole = Math.abs(fen);
  return `${fen < 0 ? '-' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
};
