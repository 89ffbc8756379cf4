/** 保费来源: the residents' premium of an area by who paid it (RULES 4 "Of which"). */
import { type AidRow, aidOfSource, applicableAid, fiscalAidPerHead, medicalAidPerHead } from '../../rules/medical-aid';
import { type Decimal, decimal, yuanText, zero } from '../../rules/money';
import { type Because, type Source, explain, reasonOf, taken } from '../../rules/rule';
import { AID_FUNDINGS, GROUPS, type Group, type PremiumSource } from '../../rules/vocabulary';
import { collectionFigure } from './sources';
import type { AidTableRow } from './terms';

/** The terms of one group of an area, as they were fixed when its collection opened. */
interface TermOfGroup {
  group: Group;
  standard: Decimal;
  aid: Decimal;
}

/** How much of the aid per head of each group medical aid and the treasury bear. */
export function aidFunding(year: number, area: string, terms: readonly TermOfGroup[], aids: readonly AidTableRow[]) {
  return terms.map(({ group, standard, aid }) => {
    const term = (column: string): Source => ({ figure: `collection_term.${column}`, of: { area, group } });
    const ofGroup = applicableAid(
      aids.filter((row) => row.group === group),
      area,
    );
    const medical = ofGroup.filter(({ funding }) => funding === 'medical_aid');
    const amount = medicalAidPerHead({ standard, kind: medical.map(({ kind }) => kind), aid: medical.map(valueOf) });
    const fiscal = explain(fiscalAidPerHead, {
      aid: { value: aid, from: term('aid') },
      medical_aid: { value: amount, from: { figure: 'aid_funding.medical_aid', of: { area, group } } },
    });
    const cells = (column: string): Source => ({
      rows: 'medical_aid.csv',
      of: { line: medical.map(({ line }) => line), by: 'line', column },
    });
    return {
      fund_year: year,
      area,
      group,
      medical_aid: yuanText(amount),
      fiscal: yuanText(fiscal.value),
      because: {
        medical_aid: reasonOf(medicalAidPerHead, {
          standard: { value: standard.toFixed(), from: term('standard') },
          kind: { from: cells('kind') },
          aid: { from: cells('value') },
        }),
        fiscal: fiscal.because,
      },
    };
  });
}
const valueOf = ({ value }: AidRow): Decimal | null => value;

type AidFunding = ReturnType<typeof aidFunding>[number];

/** The three rows of the result. */
export function premiumSources(
  year: number,
  area: string,
  collected: Decimal,
  paid: ReadonlyMap<string, Decimal>,
  funding: readonly AidFunding[],
) {
  const row = (source: PremiumSource, amount: Decimal, because: Because) => ({
    fund_year: year,
    area,
    source,
    amount: yuanText(amount),
    because: { amount: because },
  });
  const individual = taken(INDIVIDUAL, yuanText(collected), collectionFigure(area, 'collected'));
  const ofAid = (source: (typeof AID_FUNDINGS)[number]) => {
    const amount = aidOfSource({
      persons: funding.map(({ group }) => paid.get(group) ?? zero),
      aid: funding.map((ofGroup) => decimal(ofGroup[source])),
    });
    const because = reasonOf(aidOfSource, {
      persons: {
        from: { rows: 'resident_roll.csv', of: { area, group: GROUPS, paid: true, column: 'count', by: 'group' } },
      },
      aid: { from: { figure: `aid_funding.${source}`, of: { area, group: GROUPS, by: 'group' } } },
    });
    return row(source, amount, because);
  };
  return [row('individual', collected, individual), ...AID_FUNDINGS.map(ofAid)];
}

const INDIVIDUAL = 'RULES 4“individual = accepted payments − refunds”：个人缴费为受理的缴费减退费';
