/**
 * What better collection in one area may do to the governments' shares (docs/decisions/0007-better-collection.md). Its own
 * never rises, nor does the total of the scheme. That of another area rises only where the fund runs short and the first
 * area is now entitled to more. A split by largest remainder may move a fen.
 */
import type { ResultRow } from '../../../../db/results';
import { fenOf } from './exact';
import type { FinishedYear } from './run-year';
import type { Better } from './variants';

export interface Effect {
  faults: string[];
  /** How many other governments bear more, and the largest rise in fen. */
  othersBearMore: number;
  most: bigint;
  /** 1 where the area's own government bears a fen more by the remainder of a split. */
  ownByAFen: number;
}

/** A split may give a fen to one area or another. */
const A_FEN = 1n;

export function effectOf(plain: FinishedYear, better: FinishedYear, { area, scheme }: Better): Effect {
  const [before, after] = [plain, better].map(({ results }) =>
    results['sharing.csv'].filter((row) => row.scheme === scheme),
  ) as [ResultRow[], ResultRow[]];
  const effect: Effect = { faults: [], othersBearMore: 0, most: 0n, ownByAFen: 0 };
  const own = (rows: readonly ResultRow[]): ResultRow | undefined => rows.find((row) => row.area === area);
  const isSplit = isCut(plain, scheme) || isCut(better, scheme);
  const allowed = isSplit ? A_FEN : 0n;
  const isShort = after.some((row) => row.fund_share !== row.entitled);
  const entitledToMore = fenOf(own(after)?.entitled ?? '0.00') > fenOf(own(before)?.entitled ?? '0.00');
  let all = 0n;
  for (const [i, row] of after.entries()) {
    const rise = fenOf(row.area_share) - fenOf(before[i]?.area_share);
    const change = `${scheme} ${String(row.area)}: ${String(before[i]?.area_share)} → ${String(row.area_share)}`;
    all += rise;
    if (row.area === area) {
      if (rise > allowed) effect.faults.push(`better collection, own government ${change}`);
      else if (rise > 0n) effect.ownByAFen += 1;
    } else if (rise > allowed) {
      if (!isShort || !entitledToMore)
        effect.faults.push(`better collection elsewhere (${area}), government ${change}`);
      effect.othersBearMore += 1;
      if (rise > effect.most) effect.most = rise;
    }
  }
  if (all > allowed * BigInt(after.length))
    effect.faults.push(`better collection, all governments ${scheme}: +${all} 分 (fen)`);
  return effect;
}

/** Whether a cap or a short fund was split among areas. */
const isCut = ({ results }: FinishedYear, scheme: string): boolean =>
  results['levy.csv'].some((row) => row.scheme === scheme && row.levy !== row.uncapped && row.levy !== '0.00') ||
  results['sharing.csv'].some((row) => row.scheme === scheme && row.fund_share !== row.entitled);
