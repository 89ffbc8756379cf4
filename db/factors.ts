/** 预算因素: the rows of premium_basis.csv and benefit_basis.csv of one area and scheme. */
import { decimal } from '../rules/money';
import type { Queryable } from './connect';
import type { AreaSchemeYear } from './levies';

/** Premium factors are the employees' alone. */
export async function premiumFactors(db: Queryable, { year, scheme, area }: AreaSchemeYear) {
  if (scheme !== 'employee') return [];
  const rows = await db('premium_basis')
    .where({ fund_year: year, area })
    .orderBy(['part', 'class'])
    .select('part', 'class', 'heads', 'base', 'rate', 'collection');
  return rows.map((row) => ({
    part: row.part,
    class: row.class,
    heads: decimal(row.heads),
    base: decimal(row.base),
    rate: decimal(row.rate),
    collection: decimal(row.collection),
  }));
}

export async function benefitFactors(db: Queryable, { year, scheme, area }: AreaSchemeYear) {
  const rows = await db('benefit_basis')
    .where({ fund_year: year, area, scheme })
    .orderByRaw('item, band collate "C"')
    .select('item', 'band', 'insured', 'visits', 'cost', 'pay_rate', 'policy');
  return rows.map((row) => ({
    item: row.item,
    band: row.band,
    insured: decimal(row.insured),
    visits: decimal(row.visits),
    cost: decimal(row.cost),
    pay_rate: decimal(row.pay_rate),
    policy: decimal(row.policy),
  }));
}
