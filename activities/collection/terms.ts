/** What members of each group owe in an area, and when they may pay. */
import type { Law } from '../../parameters/law';
import { aidRows } from '../../db/medical-aid';
import { lastDayToPay } from '../../rules/collection-window';
import { aidAmount, aidPerHead, applicableAid, duePerHead } from '../../rules/medical-aid';
import { yuanText } from '../../rules/money';
import { type Because, explain, taken } from '../../rules/rule';
import { GROUPS, WINDOW_EXEMPT_GROUPS } from '../../rules/vocabulary';

export function termsOf(law: Law, year: number, area: string, aids: Awaited<ReturnType<typeof aidRows>>) {
  const standardName = law.nameFor(`collection.individual.${year}`, area);
  const standard = law.given(standardName);
  const dayBefore = (which: 'start' | 'end' | 'extension'): string =>
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
        from: {
          rows: 'medical_aid.csv',
          of: { line: applicable.map(({ line }) => line), by: 'line', column: 'value' },
        },
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
      because: {
        standard: taken('B(一)“居民个人缴费达到每人每年不低于400元”', standard.value.toFixed(), standard.from),
        aid: aidBecause(
          aid.because,
          applicable.map(({ line }) => line),
        ),
        due: due.because,
        ...windowBecause(law, area, { ...window, exempt }, year),
      },
    };
  });
}

/** What each row of the aid table comes to is told beside the sum: a share of the standard, a fixed amount, or all of it. */
const aidBecause = ({ article, inputs }: Because, line: readonly number[]): Because => ({
  article,
  formula:
    'min(standard, sum(map(kind, aid, each(k, a) =' +
    ' equalText(k, "percent") ? round(a * standard) : equalText(k, "fixed") ? round(a) : standard)))',
  inputs: {
    standard: inputs.standard as Because['inputs'][string],
    kind: { from: { rows: 'medical_aid.csv', of: { line, by: 'line', column: 'kind' } } },
    aid: { from: { rows: 'medical_aid.csv', of: { line, by: 'line', column: 'value' } } },
  },
});

/** When the members of a group may pay. */
function windowBecause(
  law: Law,
  area: string,
  { opens, closes, exempt }: { opens: string; closes: string; exempt: boolean },
  year: number,
): Record<'opens' | 'closes', Because> {
  const article = 'A(二)“于上年度9月1日至12月31日完成次年居民医保集中征缴”';
  const source = (which: 'start' | 'end' | 'extension') => law.source(law.nameFor(`collection.window.${which}`, area));
  const extended = law.optionalText(law.nameFor('collection.window.extension', area)) !== null;
  return {
    opens: taken(article, opens, source('start')),
    closes: exempt
      ? taken('RULES 4“are exempt from the window until 31 Dec Y”：新生儿与新增救助对象', closes, {
          stated: `可缴至 ${year} 年 12 月 31 日`,
        })
      : taken(article, closes, source(extended ? 'extension' : 'end')),
  };
}
