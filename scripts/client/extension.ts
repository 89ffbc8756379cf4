/** 征缴延长: the region's decision, signed and recorded once. */
import { type Extension, extendCollection, extensionToSign } from '../../activities/collection/extension';
import { areasOfYear } from '../../db/areas';
import { type StoredExtension, extensionUntil } from '../../db/collection';
import type { Database } from '../../db/connect';
import { shownText } from '../../rules/text';
import { Refusal } from '../words/refusal';
import type { Sign } from '../../signing/act-text';

interface Extended {
  closedBefore: string;
  /** The same extension, where it stood before. */
  before: StoredExtension | undefined;
}

export async function extendArea(pool: Database, extension: Omit<Extension, 'proof'>, sign: Sign): Promise<Extended> {
  const { year, area, until } = extension;
  const areas = (await areasOfYear(pool, year)).filter(({ schemes }) => schemes.includes('resident'));
  if (!areas.some((known) => known.area === area)) {
    const known = areas.map((fundArea) => `${fundArea.area} ${fundArea.name}`).join('、') || '（尚未导入）';
    throw new Refusal(`${year} 年度没有征缴居民医保的统筹区 ${shownText(area)}。有：${known} (no such area)`);
  }
  const before = await extensionUntil(pool, year, area, until);
  // An extension that is there already is only reported again, or refused under another document.
  const proof = before === undefined ? await sign(extensionToSign(extension)) : undefined;
  const { closedBefore } = await extendCollection(pool, { ...extension, ...(proof && { proof }) });
  return { closedBefore, before };
}
