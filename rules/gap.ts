/**
 * The gap (收不抵支) of one area, scheme and year, and the part of it that the area bears alone before anything is shared.
 *
 * Law: A(6) “统筹区当年医保基金出现收不抵支的，先用该地累计结余弥补缺口” RULES 8. Units: yuan, pooled fund only.
 * The managerial part follows Leshan 2021 (管理性缺口): missed premium income and irregular expenditure.
 */
import { type Decimal, atLeastZero, roundToFen, smaller, zero } from './money';
import { rule } from './rule';

/** Where the accounts of an area's year come from. */
export const OWN_ACCOUNTS = 'A(六)“当年医保基金出现收不抵支”';
const OWN_FIRST = 'A(六)“先用该地累计结余弥补缺口”';

/** G: by how much expenditure and levy exceed the whole pooled income. */
export const gap = rule(
  { article: 'A(六)“统筹区当年医保基金出现收不抵支的”', formula: 'max(0, expenditure + levy - income)' },
  ({ income, expenditure, levy }: { income: Decimal; expenditure: Decimal; levy: Decimal }) =>
    atLeastZero(expenditure.plus(levy).minus(income)),
);

/** U: the area's own accumulated surplus of 1 January, above its reserve, comes first. */
export const ownSurplusUsed = rule(
  { article: OWN_FIRST, formula: 'min(gap, max(0, surplus - reserve))' },
  ({ gap, surplus, reserve }: { gap: Decimal; surplus: Decimal; reserve: Decimal }) =>
    smaller(gap, atLeastZero(surplus.minus(reserve))),
);

/** R: what is left to share. */
export const residualGap = rule(
  { article: 'A(六)“累计结余不足的”', formula: 'gap - own_surplus' },
  ({ gap, own_surplus }: { gap: Decimal; own_surplus: Decimal }) => gap.minus(own_surplus),
);

interface ManagerialInputs {
  applies: boolean;
  residual: Decimal;
  expected_premium: Decimal;
  actual_premium: Decimal;
  irregular_expenditure: Decimal;
}
/** M: missed premium and irregular spending are the area government's alone. */
export const managerialPart = rule(
  {
    article: 'A(六)“统筹区政府按……基金征收率……承担”；管理性缺口先例：乐山 2021',
    formula: 'applies ? min(residual, max(0, expected_premium - actual_premium) + irregular_expenditure) : 0',
  },
  ({ applies, residual, expected_premium, actual_premium, irregular_expenditure }: ManagerialInputs) =>
    applies ? smaller(residual, atLeastZero(expected_premium.minus(actual_premium)).plus(irregular_expenditure)) : zero,
);

/** N: the general part, shared between the adjustment fund and the area's government. */
export const generalPart = rule(
  { article: 'A(六)“由调剂金和统筹区政府……按比例承担”', formula: 'residual - managerial' },
  ({ residual, managerial }: { residual: Decimal; managerial: Decimal }) => residual.minus(managerial),
);

interface ScopedInputs {
  residual: Decimal;
  managerial: Decimal;
  expenditure: Decimal;
  budgeted_expenditure: Decimal;
  overspend: Decimal;
}
/** N where only overspending within a margin of the budget is in scope (Guangyuan 2008: 30 %). */
export const generalPartInScope = rule(
  {
    article: '先例：广元 2008（超支 30% 以内）',
    formula: 'round(max(0, residual - managerial - max(0, expenditure - (1 + overspend) * budgeted_expenditure)))',
  },
  ({ residual, managerial, expenditure, budgeted_expenditure, overspend }: ScopedInputs) => {
    const beyond = atLeastZero(expenditure.minus(overspend.plus(1).times(budgeted_expenditure)));
    return roundToFen(atLeastZero(residual.minus(managerial).minus(beyond)));
  },
);
