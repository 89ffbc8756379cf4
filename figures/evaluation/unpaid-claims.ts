/** 应付未付: what an area owes its hospitals on 31 December, a finding where it is more than a month's expenditure. */
import type { Law } from '../../parameters/law';
import { unpaidClaims, unpaidClaimsRaised } from '../../rules/evaluation';
import { yuanText } from '../../rules/money';
import { reasonOf } from '../../rules/rule';
import { OWN_EXPENDITURE } from '../../rules/vocabulary';
import type { EvaluationFacts } from './facts';

export function unpaidClaimFindings(facts: EvaluationFacts, law: Law) {
  const { area, scheme, conduct, actual } = facts;
  const owed = conduct.unpaid_claims;
  const months = law.given('risk.unpaid_claims_months').value;
  if (owed === null || !unpaidClaimsRaised({ owed, months, expenditure: actual.expenditure })) return [];
  const because = reasonOf(unpaidClaims, {
    owed: { value: yuanText(owed), from: { rows: 'conduct.csv', of: { area, scheme, column: 'unpaid_claims' } } },
    months: law.stated('risk.unpaid_claims_months'),
    expenditure: {
      value: yuanText(actual.expenditure),
      from: { rows: 'actuals.csv', of: { area, scheme, part: 'pooled', item: OWN_EXPENDITURE } },
    },
  });
  return [
    {
      code: 'unpaid_claims' as const,
      area,
      scheme,
      figure: yuanText(unpaidClaims({ owed })),
      text: '应付未付医药机构款超过一个月的支出',
      because,
      raised: unpaidClaimsRaised.formula,
    },
  ];
}
