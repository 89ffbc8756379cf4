/** What members of each group owe in an area, and when they may pay. */
import { type Law } from '../../audit/law';
import { aidRows } from '../../db/inputs';
import { lastDayToPay } from '../../rules/collection-window';
import { aidAmount, aidPerHead, applicableAid, duePerHead } from '../../rules/medical-aid';
import { yuanText } from '../../rules/money';
import { explain } from '../../rules/rule';
import { GROUPS, WINDOW_EXEMPT_GROUPS } from '../../rules/vocabulary';

export function termsOf(law: Law, year: number, area: string, aids: Awaited<ReturnType<typeof aidRows>>) {
  const standardName = law.nameFor(`collection.individual.${year}`, area);
  const standard = law.given(standardName);
  const dayBefore = (which: 'start' | 'end'): string =>
    `${year - 1}-${law.text(law.nameFor(`collection.window.${which}`, area))}`;
  const extension = law.optionalText(law.nameFor('collection.window.extension', area));
  const window = {
    opens: dayBefore('start'),
    closes: lastDayToPay({ windowEnd: dayBefore('end'), extension }),
  };
  return GROUPS.map((group) => {
    const applicable = applicableAid(
      aids.filter((row) => row.group === group),
      area,
    );
    const aid = explain(aidPerHead, {
      standard,
      aids: {
        value: applicable.map((row) => aidAmount(row, standard.value)),
        from: { rows: 'medical_aid.csv', of: { group, lines: applicable.map(({ line }) => String(line)) } },
      },
    });
    const due = explain(duePerHead, {
      standard,
      aid: { value: aid.value, from: { figure: 'collection_term.aid', of: { area, group } } },
    });
    const exempt = (WINDOW_EXEMPT_GROUPS as readonly string[]).includes(group);
    return {
      fund_year: year,
      area,
      group,
      standard: yuanText(standard.value),
      aid: yuanText(aid.value),
      due: yuanText(due.value),
      opens: window.opens,
      closes: exempt ? `${year}-12-31` : window.closes,
      exempt,
      because: { aid: aid.because, due: due.because },
    };
  });
}
