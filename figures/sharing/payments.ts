/** 清算拨付: what the settlement pays for one area's gap, with the reasons that the books keep. */
import { type Decimal, yuanText } from '../../rules/money';
import { GAP_SUBSIDY, SPECIAL_ACCOUNT } from '../../rules/posting';
import { type Because, type Source, reasonOf, taken } from '../../rules/rule';
import { SETTLED_SHARE_ARTICLE, grantLessAdvance } from '../../rules/share';
import { ITEM_NAMES, REGION, type Scheme } from '../../rules/vocabulary';

interface BorneShares {
  scheme: Scheme;
  area: string;
  fund_share: Decimal; // F
  area_share: Decimal; // A
  advance: Decimal; // of F, paid within the year (紧急调剂)
}
interface Payment {
  entity: string;
  key: string;
  debit: string;
  credit: string;
  amount: Decimal;
  because: Because;
}

/** What was advanced in the year is part of F: the settlement pays the rest, and takes back what was too much. */
export function settlementPayments(shares: BorneShares): Payment[] {
  const { scheme, area, fund_share, area_share, advance } = shares;
  const key = `settlement/${scheme}/${area}`;
  const grant = { amount: grantLessAdvance({ fund_share, advanced: advance }), because: grantBecause(shares) };
  return [
    {
      entity: REGION,
      key: `${key}/grant/region`,
      debit: ITEM_NAMES.grant_to_subordinate,
      credit: SPECIAL_ACCOUNT,
      ...grant,
    },
    { entity: area, key: `${key}/grant`, debit: SPECIAL_ACCOUNT, credit: ITEM_NAMES.superior_grant, ...grant },
    {
      entity: area,
      key: `${key}/government`,
      debit: SPECIAL_ACCOUNT,
      credit: GAP_SUBSIDY,
      amount: area_share,
      because: taken(SETTLED_SHARE_ARTICLE, yuanText(area_share), shareFigure(shares, 'area_share')),
    },
  ];
}

const shareFigure = ({ scheme, area }: BorneShares, column: 'fund_share' | 'area_share'): Source => ({
  figure: `sharing.${column}`,
  of: { scheme, area },
});

function grantBecause(shares: BorneShares): Because {
  const { scheme, area, advance } = shares;
  const fund_share = { value: yuanText(shares.fund_share), from: shareFigure(shares, 'fund_share') };
  if (advance.isZero()) return taken(SETTLED_SHARE_ARTICLE, fund_share.value, fund_share.from);
  const advanced = { value: yuanText(advance), from: { rows: 'emergency_advance', of: { scheme, area } } };
  return reasonOf(grantLessAdvance, { fund_share, advanced });
}
