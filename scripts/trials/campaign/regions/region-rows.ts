/** The files of a random region that are drawn area by area. */
import type { Scheme } from '../../../../rules/vocabulary';
import { type Draw, yuan } from './draw';
import { type Fund, spendingOf } from './fund';

export interface Area {
  area: string;
  schemes: readonly Scheme[];
}

export const csv = (header: string, rows: readonly (string | readonly unknown[])[]): string =>
  [header, ...rows.map((row) => (typeof row === 'string' ? row : row.join())), ''].join('\n');

export const areas = (draw: Draw, all: readonly Area[]): string =>
  csv(
    'area,name_zh,name_en,schemes,subsidy_class',
    all.map(({ area, schemes }) => [area, `盟${area}`, `League ${area}`, schemes.join(';'), draw.int(1, 3)]),
  );

/** Two banners for one resident area in three. */
export const banners = (draw: Draw, funds: readonly Fund[]): string =>
  csv(
    'area,banner,name_zh,league_share,insured_resident',
    funds
      .filter(({ scheme }) => scheme === 'resident' && draw.chance(0.3))
      .flatMap(({ area, target }) => {
        const first = draw.int(0, target);
        const share = draw.pick('0.3', '0.5', '0.7', '0.333');
        return [
          [area, `${area}-1`, '左旗', share, first],
          [area, `${area}-2`, '右旗', share, target - first + draw.wildly(0, 0, 1)],
        ];
      }),
  );

/** One operator for each office. */
export const operators = (all: readonly Area[]): string =>
  csv('operator,name,role,area', [
    ...['security', 'finance', 'government'].map((office) => [`nm-${office}`, office, `region_${office}`, '']),
    ...all.flatMap(({ area }) =>
      ['security', 'finance'].map((office) => [`${office}-${area}`, office, `area_${office}`, area]),
    ),
  ]);

/** From an overdrawn fund to one that exceeds every gap. */
export function adjustmentFund(draw: Draw, funds: readonly Fund[], year: number): string {
  const schemes = [...new Set(funds.map(({ scheme }) => scheme))].filter(() => !draw.rarely(0.1));
  return csv(
    'scheme,year,opening_balance,interest',
    schemes.map((scheme) => {
      const spending = funds
        .filter((fund) => fund.scheme === scheme)
        .reduce((all, fund) => all + spendingOf(fund, fund.ordinary), 0);
      const opening = draw.about(spending * draw.wildly(0.03, -0.05, 0, 0, 0.001, 0.01, 0.03, 0.1, 0.4), 0.1);
      return [scheme, year, yuan(opening), yuan(draw.about(spending / 1000, 1))];
    }),
  );
}

/** Head counts of 30 June; now and then a cell or a whole row is missing. */
export const insured = (draw: Draw, funds: readonly Fund[], year: number): string =>
  csv(
    'area,scheme,year,insured,in_service,retired,aged_60_plus,target_insured,low_income_registered,low_income_paid',
    funds
      .filter(() => !draw.rarely(0.05))
      .map(({ area, scheme, target }) => {
        const cell = (count: number): number | string => (draw.rarely(0.06) ? '' : Math.max(0, Math.round(count)));
        const heads = target * draw.wildly(1.01, 1.05, 1, 0.99, 0.96, 0.95, 0.91, 0.9, 0.8);
        const retired = draw.rarely(0.05) ? 0 : draw.about(heads / 3, 0.3);
        const low = Math.ceil(target / 10);
        return scheme === 'employee'
          ? [area, scheme, year, cell(heads), cell(heads - retired), cell(retired), '', cell(target), '', '']
          : [
              area,
              scheme,
              year,
              cell(heads),
              '',
              '',
              cell(draw.about(heads / 4, 0.4)),
              cell(target),
              cell(low),
              cell(low),
            ];
      }),
  );

/** The tax bureau's totals. Where persons are not counted, they are the collection. */
export const collectionTotals = (draw: Draw, funds: readonly Fund[], year: number): string =>
  csv(
    'area,coverage_year,rows,amount',
    funds
      .filter(({ scheme }) => scheme === 'resident' && !draw.rarely(0.05))
      .map(({ area, target, ordinary, collected }) => {
        const amount = Math.max(0, Math.floor((ordinary.premium ?? 0) * collected));
        return [area, year, Math.max(0, Math.floor(target * collected)), yuan(amount)];
      }),
  );

/** Central money arrives in full, late, or not at all. */
export const subsidyArrivals = (draw: Draw, funds: readonly Fund[], year: number): string =>
  csv(
    'area,banner,level,date,amount',
    funds
      .filter(({ scheme }) => scheme === 'resident' && !draw.rarely(0.2))
      .flatMap(({ area, ordinary }) =>
        (['central', 'region', 'league'] as const).map((level) => {
          const share = level === 'central' ? 0.8 : 0.1;
          const date = `${year}-${draw.wildly('06-30', '09-30', '10-01', '12-31')}`;
          return [area, '', level, date, yuan(Math.floor((ordinary.fiscal_subsidy ?? 0) * share))];
        }),
      ),
  );

/** Premium factors of one fund of employees in three: heads and base that come near to the ordinary premium, or far from it. */
export const premiumBasis = (draw: Draw, funds: readonly Fund[]): string =>
  csv(
    'area,part,class,heads,base,rate,collection',
    funds
      .filter(({ scheme }) => scheme === 'employee' && draw.chance(0.3))
      .flatMap(({ area, target, ordinary }) => {
        const base = yuan(Math.max(1, Math.floor((ordinary.premium ?? 0) / target / 0.08)));
        const flexible = draw.wildly(0, 0, draw.int(0, target));
        return [
          [
            area,
            'pooled',
            'unit',
            target - flexible,
            base,
            draw.wildly('0.08', '0.07', '0', '0.0833'),
            draw.wildly('1', '0.97'),
          ],
          ...(flexible > 0 ? [[area, 'pooled', 'flexible', flexible, base, '0.08', '0.95']] : []),
        ];
      }),
  );

/** Benefit factors of one fund in three. */
export const benefitBasis = (draw: Draw, funds: readonly Fund[]): string =>
  csv(
    'area,scheme,item,band,insured,visits,cost,pay_rate,policy',
    funds
      .filter(() => draw.chance(0.3))
      .flatMap(({ area, scheme, target, ordinary }) => {
        const cost = yuan(Math.max(1, Math.floor((ordinary.inpatient ?? 0) / target / 0.8)));
        const older = draw.int(0, target);
        return [
          [
            area,
            scheme,
            'inpatient',
            '60+',
            older,
            draw.wildly('1', '0.2', '1.3'),
            cost,
            '0.8',
            draw.wildly('0', '0.05', '-0.333'),
          ],
          [area, scheme, 'inpatient', '18-59', target - older, '1', cost, draw.wildly('0.8', '0.7999'), '0'],
        ];
      }),
  );

export const conduct = (draw: Draw, funds: readonly Fund[], year: number): string =>
  csv(
    'area,scheme,year,levy_days_late,own_policy_above,audit_refused,irregular_expenditure,performance_score,cause,unpaid_claims,policy_reimbursement',
    funds
      .filter(() => !draw.rarely(0.2))
      .map((fund) => {
        const spending = spendingOf(fund, fund.ordinary);
        return [
          fund.area,
          fund.scheme,
          year,
          draw.wildly('', '', '0', '7', '7', '30', '31', 'unpaid'),
          draw.rarely(0.06),
          draw.rarely(0.06),
          yuan(draw.wildly(0, 0, draw.about(spending / 60, 1))),
          '',
          draw.wildly('', '', 'dependency', 'epidemic', 'policy_change'),
          draw.wildly('', '', yuan(draw.about(spending / 12, 0.2))),
          draw.wildly('0.80', '', '0.62', '0.9'),
        ];
      }),
  );
