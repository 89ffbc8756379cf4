/** 保费来源: who paid the premium of an area, counted when its collection is reconciled. */
import { termsOfGroups } from '../../db/collection';
import type { Transaction } from '../../db/connect';
import { aidRows } from '../../db/medical-aid';
import { paidByGroup } from '../../db/residents';
import { insertRows } from '../../db/rows';
import { aidFunding, premiumSources } from '../../figures/collection/premium-sources';
import type { Decimal } from '../../rules/money';

export async function recordPremiumSources(
  trx: Transaction,
  year: number,
  area: string,
  collected: Decimal,
): Promise<void> {
  const funding = aidFunding(year, area, await termsOfGroups(trx, year, area), await aidRows(trx, year));
  await insertRows(trx, 'aid_funding', funding);
  const paid = await paidByGroup(trx, year, area);
  await insertRows(trx, 'premium_source', premiumSources(year, area, collected, paid, funding));
}
