/** Random figures of a fund: amounts to the fen, rates, heads, bands; often 0, often equal, so that edges are met. */
import fc from 'fast-check';
import { type Decimal, decimal } from '../../rules/money';
import type { Band } from '../../rules/rule';

const scaled = (value: bigint, places: number): Decimal => decimal(value.toString()).div(10 ** places);

/** Yuan to the fen, from −`most` or 0 to `most`. */
const yuan = (least: bigint, most: bigint): fc.Arbitrary<Decimal> =>
  fc
    .oneof(fc.bigInt({ min: least, max: most }), fc.bigInt({ min: 0n, max: 3n }), fc.constant(0n))
    .map((fen) => scaled(fen, 2));
export const amount = yuan(0n, 10n ** 14n);
export const signedAmount = yuan(-(10n ** 14n), 10n ** 14n);
/** Small amounts: halves of a fen, ties and full funds are frequent among them. */
export const smallAmount = yuan(0n, 2000n);
export const signedSmallAmount = yuan(-2000n, 2000n);

/** A rate from 0 to 1, with up to six decimals. */
export const rate = fc
  .oneof(fc.bigInt({ min: 0n, max: 1_000_000n }), fc.constantFrom(0n, 50_000n, 500_000n, 1_000_000n))
  .map((value) => scaled(value, 6));
export const heads = fc
  .oneof(fc.bigInt({ min: 0n, max: 30_000_000n }), fc.bigInt({ min: 0n, max: 3n }))
  .map((count) => scaled(count, 0));
export const months = fc.bigInt({ min: 0n, max: 120n }).map((tenths) => scaled(tenths, 1));
export const wholeMonth = fc.bigInt({ min: 1n, max: 12n }).map((month) => scaled(month, 0));

/** Bands with rising (or falling) bounds, the last one open. */
export const bands = (order: 'rising' | 'falling'): fc.Arbitrary<readonly Band[]> =>
  fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 0, max: 200 }), { maxLength: 4 }),
      fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 5, maxLength: 5 }),
    )
    .map(([bounds, steps]) => {
      const run = [...bounds].sort((a, b) => (order === 'rising' ? a - b : b - a));
      const step = (i: number): string => scaled(BigInt(steps[i] as number), 2).toFixed();
      return [
        ...run.map((bound, i): Band => [scaled(BigInt(bound), 2).toFixed(), step(i)]),
        [null, step(run.length)] satisfies Band,
      ];
    });

/** Lists of 1 to 8 areas' amounts. */
export const byArea = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: 1, maxLength: 8 });
