/** 缺口分担: gap, own surplus, shares and payments of one scheme, all areas at once because they share one fund. */
import type { Database } from '../../db/connect';
import { lawOf } from '../law';
import { adjustmentFund } from '../../db/adjustment-fund';
import { areasOf } from '../../db/areas';
import { advancesOf } from '../../db/emergency';
import { type Posting, post } from '../../db/journal';
import { type SchemeYear, levies } from '../../db/levies';
import { type BorneGap, borneGaps } from '../../db/sharing';
import { openChain } from '../../db/tasks';
import { once } from '../../db/once';
import { insertRows } from '../../db/rows';
import { type Decimal, decimal, sum, yuanText, zero } from '../../rules/money';
import { GAP_SUBSIDY, SPECIAL_ACCOUNT } from '../../rules/posting';
import { type Because, explain, taken } from '../../rules/rule';
import { fundAvailable, fundPayments, settlementGrant } from '../../rules/share';
import { APPROVALS } from '../../rules/decisions';
import { ITEM_NAMES, REGION, SCHEME_NAMES, type Scheme } from '../../rules/vocabulary';
import { recordFindings } from '../findings';
import { settleLevies } from '../levy';
import { dependencyFactor, performanceFactors } from './factors';
import { facts } from './facts';
import { findingsOf, gapOf, sharingRow } from './gap';
export interface SharingReceipt {
  gaps: number;
  gap: string;
  entitled: string;
  fund_share: string;
  area_share: string;
  settlementTask: string; // the chain of approvals that this proposal waits for
}

export const createSharingActivities = (pool: Database) => ({
  /** 测算缺口与分担方案: proposal of 31 March; the region approves it by 30 April. */
  async shareGaps(of: SchemeYear & { approveBy: string; workflowId: string }): Promise<SharingReceipt> {
    const { year, scheme } = of;
    return once(pool, { key: `fund-year-${year}/sharing/${scheme}`, input: of }, async (trx) => {
      const law = await lawOf(trx, year);
      const known = await facts(trx, of);
      const areas = await areasOf(trx, year, scheme);
      const dependencyOf = dependencyFactor(law, known, of, areas);
      const shared = areas.map((area) =>
        gapOf(law, known, of, area, [dependencyOf(area), ...performanceFactors(law, known, area)]),
      );
      const fund = await adjustmentFund(trx, year, scheme);
      const row = (column: string) => ({ rows: 'adjustment_fund.csv', of: { scheme, year, column } });
      const available = explain(fundAvailable, {
        opening: { value: fund?.opening ?? zero, from: row('opening_balance') },
        interest: { value: fund?.interest ?? zero, from: row('interest') },
        levy: { value: shared.map(({ levy }) => levy.value), from: { figure: 'levy.levy', of: { scheme } } },
      });
      const paid = fundPayments(
        shared.map(({ parts }) => parts.entitled.value),
        available.value,
      );
      const rows = shared.map((one, i) => sharingRow(of, one, i + 1, paid[i] as Decimal, available));
      await insertRows(trx, 'sharing', rows);
      await recordFindings(
        trx,
        year,
        shared.flatMap((one) => findingsOf(of, one)),
      );

      const total = (column: 'gap' | 'entitled' | 'fund_share' | 'area_share') =>
        yuanText(sum(rows.map((row) => decimal((row as Record<string, unknown>)[column] as string))));
      const figures = {
        gap: total('gap'),
        entitled: total('entitled'),
        fund_share: total('fund_share'),
        area_share: total('area_share'),
      };
      const chain = `${of.workflowId}/settlement`;
      await openChain(trx, {
        fundYear: year,
        chain,
        workflowId: of.workflowId,
        kind: 'approve',
        area: null,
        scheme,
        subject: `${SCHEME_NAMES[scheme]} ${year} 年度上解清算与缺口分担方案：缺口 ${figures.gap} 元，调剂金承担 ${figures.fund_share} 元`,
        figures: { rows, levies: await levies(trx, of) },
        dueOn: of.approveBy,
        roles: APPROVALS.settlement.approvers,
      });
      return { gaps: shared.filter(({ parts }) => parts.gap.value.gt(0)).length, ...figures, settlementTask: chain };
    });
  },

  /** 清算拨付: true-up, then F, then A, on one day; the area's side and the region's side are two entries. */
  async paySettlement(
    of: SchemeYear & { date: string },
  ): Promise<{ areas: number; fund_share: string; area_share: string }> {
    const { year, scheme, date } = of;
    return once(pool, { key: `fund-year-${year}/settlement/${scheme}`, input: of }, async (trx) => {
      await settleLevies(trx, of, date);
      const rows = await borneGaps(trx, of);
      const advancedTo = await advancesOf(trx, of);
      await post(
        trx,
        year,
        rows.flatMap((row) => payments(scheme, date, row, advancedTo(row.area))),
      );
      const total = (column: 'fund_share' | 'area_share') => yuanText(sum(rows.map((row) => row[column])));
      return { areas: rows.length, fund_share: total('fund_share'), area_share: total('area_share') };
    });
  },
});

/** What was advanced in the year is part of F: the settlement pays the rest, and takes back what was too much. */
function payments(scheme: Scheme, date: string, row: BorneGap, advance: Decimal): Posting[] {
  const common = { date, scheme, part: 'pooled' as const, basis: 'A(六) 缺口分担；RULES 9(4)' };
  const key = `settlement/${scheme}/${row.area}`;
  const paid = settlementGrant({ fund_share: row.fund_share, advance });
  const because = (column: 'fund_share' | 'area_share') =>
    taken('A(六)“由调剂金和统筹区政府……按比例承担”', yuanText(row[column]), {
      figure: `sharing.${column}`,
      of: { scheme, area: row.area },
    });
  const grant: Because = advance.isZero()
    ? because('fund_share')
    : {
        article: 'A(六)“调剂金”；RULES 8 紧急调剂“it is part of F, the settlement entry is F − advance”',
        formula: 'fund_share - advanced',
        inputs: {
          fund_share: {
            value: yuanText(row.fund_share),
            from: { figure: 'sharing.fund_share', of: { scheme, area: row.area } },
          },
          advanced: {
            value: yuanText(advance),
            from: { rows: 'emergency_advance', of: { scheme, area: row.area } },
          },
        },
      };
  return [
    {
      ...common,
      entity: REGION,
      key: `${key}/grant/region`,
      debit: ITEM_NAMES.grant_to_subordinate,
      credit: SPECIAL_ACCOUNT,
      amount: paid,
      because: grant,
    },
    {
      ...common,
      entity: row.area,
      key: `${key}/grant`,
      debit: SPECIAL_ACCOUNT,
      credit: ITEM_NAMES.superior_grant,
      amount: paid,
      because: grant,
    },
    {
      ...common,
      entity: row.area,
      key: `${key}/government`,
      debit: SPECIAL_ACCOUNT,
      credit: GAP_SUBSIDY,
      amount: row.area_share,
      because: because('area_share'),
    },
  ];
}
