/** 分担一览: how the gap of one area and scheme was borne, in a few stored figures, and which optional rules were not in force. */
import type { Queryable } from '../db/connect';
import { pinnedParameters } from '../db/parameters';
import { figureReader } from '../db/provenance';
import { aboutParameter } from '../parameters/index';
import { decimal, yuanText } from '../rules/money';
import { areaShareParts } from '../rules/share';

const AMOUNTS = [
  'gap',
  'own_surplus',
  'residual',
  'managerial',
  'general',
  'entitled',
  'fund_share',
  'area_share',
] as const;
type Amounts = Record<(typeof AMOUNTS)[number], string>;

export interface ShareOverview extends Amounts {
  alpha: string;
  /** 不予调剂: why the adjustment fund bears nothing for the area; empty where it may. */
  disqualified: string;
  /** The parts of the government's share; they add up to it. */
  parts: Record<keyof ReturnType<typeof areaShareParts>, string>;
  /** Optional rules of sharing that are not in force this year. */
  unused: { parameter: string; zh: string }[];
}

/** Values of law that put an optional rule into force. */
const SWITCHES = ['share.managerial', 'share.match_area', 'share.scope_overspend'];

/** Undefined before the gaps are shared. */
export async function shareOverview(
  db: Queryable,
  year: number,
  { area, scheme }: { area: string; scheme: string },
): Promise<ShareOverview | undefined> {
  const [row] = await figureReader(db, year)('sharing', { area, scheme });
  if (row === undefined) return undefined;
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, row.cells[name]])) as Amounts;
  const parts = areaShareParts({
    residual: decimal(amounts.residual),
    managerial: decimal(amounts.managerial),
    general: decimal(amounts.general),
    entitled: decimal(amounts.entitled),
    fund_share: decimal(amounts.fund_share),
  });
  const pinned = await pinnedParameters(db, year);
  const isOff = ({ name, value }: (typeof pinned)[number]): boolean =>
    SWITCHES.includes(name) && (value === null || value === false);
  return {
    ...amounts,
    alpha: row.cells.alpha as string,
    disqualified: String(row.because['alpha.disqualified']?.value ?? ''),
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, yuanText(part)]),
    ) as ShareOverview['parts'],
    unused: pinned.filter(isOff).map(({ name }) => ({ parameter: name, zh: aboutParameter(name).zh })),
  };
}
