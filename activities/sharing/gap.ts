/** One area's gap, step by step as A(6) takes it, and the row that tells it. */
import type { Law } from '../../parameters/law';
import type { SchemeYear } from '../../db/levies';
import { gap, generalPart, generalPartInScope, managerialPart, ownSurplusUsed, residualGap } from '../../rules/gap';
import { type Decimal, plainText, yuanText } from '../../rules/money';
import { type Because, type Explained, type Given, explain, onTheWay } from '../../rules/rule';
import { PAID, areaShare, entitlement, matchedEntitlement } from '../../rules/share';
import type { Finding } from '../../figures/finding';
import { type Factor, shareOfFund } from './factors';
import type { Facts } from './facts';
export interface SharedGap {
  area: string;
  accounts: Record<'income' | 'expenditure' | 'premium', Explained<Decimal>>;
  levy: Given<Decimal>;
  parts: Record<
    'gap' | 'own_surplus' | 'residual' | 'managerial' | 'general' | 'alpha' | 'entitled',
    Explained<Decimal>
  >;
  factors: readonly Factor[];
  disqualified: Because;
  cause: string | null;
  statedCause: string | null;
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
  const accounts = { income: known.income(area), expenditure: known.expenditure(area), premium: known.premium(area) };
  const levy = known.levy(area);
  const expenditure = of('expenditure', accounts.expenditure);
  const found = explain(gap, { income: of('income', accounts.income), expenditure, levy });
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
    actual_premium: known.actualPremium(area),
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
          expenditure,
          budgeted_expenditure: known.budgetedExpenditure(area),
        });
  const share = shareOfFund(law, known, { scheme, area }, factors);
  const claim = { alpha: of('alpha', share.alpha), general: of('general', general) };
  const entitled = law.flag('share.match_area').value
    ? explain(matchedEntitlement, { ...claim, residual: of('residual', residual) })
    : explain(entitlement, claim);
  const statedCause = known.conduct(area).cause;
  return {
    area,
    accounts,
    levy,
    parts: { gap: found, own_surplus: own, residual, managerial, general, alpha: share.alpha, entitled },
    disqualified: share.disqualified,
    factors,
    cause: found.value.gt(0) ? (statedCause ?? 'other_reasonable') : null,
    statedCause,
  };
}

export function findingsOf(of: SchemeYear, shared: SharedGap): Finding[] {
  const { scheme } = of;
  const { area, factors, parts, statedCause } = shared;
  const missing = factors
    .filter((one) => one.missing)
    .map((one) => ({
      code: 'missing_data' as const,
      area,
      scheme,
      subject: one.name,
      figure: one.name,
      text: `分担因素 ${one.name} 缺少数据，按 0 计`,
      because: { article: one.because.article, formula: `"${one.name}"`, inputs: one.because.inputs },
      raised: 'true',
    }));
  if (!parts.gap.value.gt(0) || statedCause !== null) return missing;
  const { article, inputs } = causeBecause(of, shared);
  const text = '缺口未说明原因，按其他合理支出（other_reasonable）处理';
  const because: Because = { article, formula: 'gap', inputs };
  const raised = 'gap > 0 and isNull(stated_cause)';
  return [
    ...missing,
    { code: 'cause_missing', area, scheme, figure: yuanText(parts.gap.value), text, because, raised },
  ];
}

/** 缺口原因: what the adjustment fund may be opened for; unstated, it is taken as the last of them. */
const causeBecause = ({ year, scheme }: SchemeYear, { area, parts, statedCause }: SharedGap): Because => ({
  article:
    'A(六)“主要用于平衡因……政策调整、突发重大疫情、医疗救治等……合理支出、赡养比提高等原因导致当期基金的支出缺口”',
  formula: 'gap > 0 ? stated_cause ?? "other_reasonable" : null',
  inputs: {
    gap: { value: yuanText(parts.gap.value), from: { figure: 'sharing.gap', of: { scheme, area } } },
    stated_cause: { value: statedCause, from: { rows: 'conduct.csv', of: { area, scheme, year, column: 'cause' } } },
  },
});

/** The row of the area at `place`, from 1, in the order of their codes. */
export function sharingRow(
  of: SchemeYear,
  shared: SharedGap,
  place: number,
  paid: Decimal,
  available: Explained<Decimal>,
) {
  const { year, scheme } = of;
  const { area, accounts, levy, parts } = shared;
  const borne = explain(areaShare, {
    residual: { value: parts.residual.value, from: { figure: 'sharing.residual', of: { scheme, area } } },
    fund_share: { value: paid, from: { figure: 'sharing.fund_share', of: { scheme, area } } },
  });
  const fundBecause: Because = {
    ...PAID,
    inputs: {
      entitled: { from: { figure: 'sharing.entitled', of: { scheme } } },
      place: { value: place, from: { figure: 'sharing.area', of: { scheme, area } } },
      available: { value: available.value.toFixed(), from: { figure: 'sharing.available', of: { scheme, area } } },
    },
  };
  const amounts = Object.fromEntries(Object.entries(parts).map(([name, { value }]) => [name, yuanText(value)]));
  return {
    fund_year: year,
    scheme,
    area,
    income: yuanText(accounts.income.value),
    expenditure: yuanText(accounts.expenditure.value),
    levy: yuanText(levy.value),
    ...amounts,
    alpha: parts.alpha.value.toFixed(),
    fund_share: yuanText(paid),
    area_share: yuanText(borne.value),
    cause: shared.cause,
    because: {
      income: accounts.income.because,
      expenditure: accounts.expenditure.because,
      actual_premium: onTheWay(accounts.premium),
      levy: {
        article: 'A(六) 上解',
        formula: 'levy',
        inputs: { levy: { value: yuanText(levy.value), from: levy.from } },
      },
      ...Object.fromEntries(Object.entries(parts).map(([name, { because }]) => [name, because])),
      ...Object.fromEntries(
        shared.factors.map((one) => [`alpha.${one.name}`, { ...one.because, value: plainText(one.value) }]),
      ),
      'alpha.disqualified': shared.disqualified,
      available: onTheWay(available),
      fund_share: fundBecause,
      area_share: borne.because,
      cause: causeBecause(of, shared),
    },
  };
}
