/** One area's gap, step by step as A(6) takes it, and the row that tells it. */
import { type Law } from '../../audit/law';
import type { SchemeYear } from '../../db/levies';
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import { type Decimal, ratioText, yuanText } from '../../rules/money';
import { type Because, type Explained, type Given, explain, inputsOf } from '../../rules/rule';
import { PAID, areaShare, entitlement, matchedEntitlement } from '../../rules/share';
import { type Finding } from '../findings';
import { summed } from '../levy';
import { type Factor, shareOfFund } from './factors';
import type { Facts } from './facts';
export interface SharedGap {
  area: string;
  figures: Record<'income' | 'expenditure' | 'levy', Given<Decimal>>;
  parts: Record<
    'gap' | 'own_surplus' | 'residual' | 'managerial' | 'general' | 'alpha' | 'entitled',
    Explained<Decimal>
  >;
  factors: readonly Factor[];
  cause: string | null;
}

/** One area's gap, step by step as A(6) takes it. */
export function gapOf(
  law: Law,
  known: Facts,
  { scheme }: SchemeYear,
  area: string,
  factors: readonly Factor[],
): SharedGap {
  const of = (name: string, { value }: Explained<Decimal>): Given<Decimal> => ({
    value,
    from: { figure: `sharing.${name}`, of: { scheme, area } },
  });
  const figures = { income: known.income(area), expenditure: known.expenditure(area), levy: known.levy(area) };
  const found = explain(gap, figures);
  const own = explain(ownSurplusUsed, {
    gap: of('gap', found),
    surplus: known.surplus(area),
    reserve: law.given('share.reserve'),
  });
  const residual = explain(residualGap, { gap: of('gap', found), own_surplus: of('own_surplus', own) });
  const managerial = explain(managerialPart, {
    applies: law.flag('share.managerial'),
    residual: of('residual', residual),
    budgeted_premium: known.budgetedPremium(area),
    actual_premium: known.premium(area),
    irregular_expenditure: {
      value: known.conduct(area).irregular_expenditure,
      from: known.conductSource(area, 'irregular_expenditure'),
    },
  });
  const left = { residual: of('residual', residual), managerial: of('managerial', managerial) };
  const overspend = law.optional('share.scope_overspend');
  const general =
    overspend === null
      ? explain(generalPart, left)
      : explain(generalPartInScope, {
          ...left,
          overspend,
          expenditure: known.expenditure(area),
          budgeted_expenditure: known.budgetedExpenditure(area),
        });
  const share = shareOfFund(law, known, area, factors);
  const claim = { alpha: of('alpha', share), general: of('general', general) };
  const entitled = law.flag('share.match_area').value
    ? explain(matchedEntitlement, { ...claim, residual: of('residual', residual) })
    : explain(entitlement, claim);
  const cause = found.value.gt(0) ? (known.conduct(area).cause ?? 'other_reasonable') : null;
  return {
    area,
    figures,
    parts: { gap: found, own_surplus: own, residual, managerial, general, alpha: share, entitled },
    factors,
    cause,
  };
}

export function findingsOf(known: Facts, { scheme }: SchemeYear, shared: SharedGap): Finding[] {
  const { area, factors, parts } = shared;
  const missing = factors
    .filter((one) => one.missing)
    .map((one) => ({
      code: 'missing_data',
      area,
      scheme,
      subject: one.name,
      figure: one.name,
      text: `分担因素 ${one.name} 缺少数据，按 0 计`,
    }));
  if (!parts.gap.value.gt(0) || known.conduct(area).cause !== null) return missing;
  const text = '缺口未说明原因，按其他合理支出（other_reasonable）处理';
  return [...missing, { code: 'cause_missing', area, scheme, figure: yuanText(parts.gap.value), text }];
}

const ARTICLE = 'A(六)“当年医保基金出现收不抵支”';

export function sharingRow(
  { year, scheme }: SchemeYear,
  shared: SharedGap,
  place: number,
  paid: Decimal,
  available: Explained<Decimal>,
) {
  const { area, figures, parts } = shared;
  const borne = explain(areaShare, {
    residual: { value: parts.residual.value, from: { figure: 'sharing.residual', of: { scheme, area } } },
    fund_share: { value: paid, from: { figure: 'sharing.fund_share', of: { scheme, area } } },
  });
  const fundBecause: Because = {
    ...PAID,
    inputs: {
      entitled: { from: { figure: 'sharing.entitled', of: { scheme } } },
      place: { value: place, from: { figure: 'sharing.area', of: { scheme } } },
      available: { value: available.value.toFixed(), from: { figure: 'sharing.available', of: { scheme } } },
      ...inputsOf('available', available),
    },
  };
  const amounts = Object.fromEntries(Object.entries(parts).map(([name, { value }]) => [name, yuanText(value)]));
  return {
    fund_year: year,
    scheme,
    area,
    income: yuanText(figures.income.value),
    expenditure: yuanText(figures.expenditure.value),
    levy: yuanText(figures.levy.value),
    ...amounts,
    alpha: parts.alpha.value.toFixed(),
    fund_share: yuanText(paid),
    area_share: yuanText(borne.value),
    cause: shared.cause,
    because: {
      income: summed(figures.income, ARTICLE),
      expenditure: summed(figures.expenditure, ARTICLE),
      levy: {
        article: 'A(六) 上解',
        formula: 'levy',
        inputs: { levy: { value: yuanText(figures.levy.value), from: figures.levy.from } },
      },
      ...Object.fromEntries(Object.entries(parts).map(([name, { because }]) => [name, because])),
      ...Object.fromEntries(
        shared.factors.map((one) => [`alpha.${one.name}`, { ...one.because, value: ratioText(one.value) }]),
      ),
      fund_share: fundBecause,
      area_share: borne.because,
    },
  };
}
