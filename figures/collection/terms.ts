/** What members of each group owe in an area, and when they may pay. */
import type { Law } from '../../parameters/law';
import { dateIn } from '../../rules/calendar-day';
import { lastDayToPay } from '../../rules/collection-window';
import { type AidRow, aidAmount, aidOfRows, aidPerHead, applicableAid, duePerHead } from '../../rules/medical-aid';
import { yuanText } from '../../rules/money';
import { type Because, type Source, explain, reasonOf, taken } from '../../rules/rule';
import { type AID_FUNDINGS, GROUPS, WINDOW_EXEMPT_GROUPS } from '../../rules/vocabulary';

/** A row of the aid table; `area` is null in the default rows. */
export interface AidTableRow extends AidRow {
  area: string | null;
  group: string;
  funding: (typeof AID_FUNDINGS)[number];
  line: number;
}

/** The terms of every group of an area, each as a row of the result. */
export function collectionTerms(law: Law, year: number, area: string, aids: readonly AidTableRow[]) {
  const standard = law.given(law.nameFor(`collection.individual.${year}`, area));
  const window = windowOf(law, year, area);
  return GROUPS.map((group) => {
    const applicable = applicableAid(
      aids.filter((row) => row.group === group),
      area,
    );
    const lines = applicable.map(({ line }) => line);
    const cells = (column: string): Source => ({
      rows: 'medical_aid.csv',
      of: { line: lines, by: 'line', column },
    });
    const aid = aidPerHead({
      standard: standard.value,
      aids: applicable.map((row) => aidAmount(row, standard.value)),
    });
    const due = explain(duePerHead, {
      standard,
      aid: { value: aid, from: { figure: 'collection_term.aid', of: { area, group } } },
    });
    const exempt = (WINDOW_EXEMPT_GROUPS as readonly string[]).includes(group);
    return {
      fund_year: year,
      area,
      group,
      standard: yuanText(standard.value),
      aid: yuanText(aid),
      due: yuanText(due.value),
      opens: window.opens.day,
      closes: exempt ? `${year}-12-31` : window.closes.day,
      exempt,
      because: {
        standard: taken('B(一)“居民个人缴费达到每人每年不低于400元”', standard.value.toFixed(), standard.from),
        aid: reasonOf(aidOfRows, {
          standard: { value: standard.value.toFixed(), from: standard.from },
          kind: { from: cells('kind') },
          aid: { from: cells('value') },
        }),
        due: due.because,
        opens: taken(WINDOW, window.opens.day, window.opens.from),
        closes: exempt ? exemptBecause(year) : taken(WINDOW, window.closes.day, window.closes.from),
      },
    };
  });
}

const WINDOW = 'A(二)“于上年度9月1日至12月31日完成次年居民医保集中征缴”';

interface DayOfLaw {
  day: string;
  from: Source;
}
/** First and last day on which most groups of an area may pay. */
function windowOf(law: Law, year: number, area: string): Record<'opens' | 'closes', DayOfLaw> {
  const start = law.nameFor('collection.window.start', area);
  const end = law.nameFor('collection.window.end', area);
  const extended = law.nameFor('collection.window.extension', area);
  const extension = law.optionalText(extended);
  return {
    opens: { day: dateIn(year - 1, law.text(start)), from: law.source(start) },
    closes: {
      day: lastDayToPay({ windowEnd: dateIn(year - 1, law.text(end)), extension }),
      from: law.source(extension === null ? end : extended),
    },
  };
}

const exemptBecause = (year: number): Because =>
  taken('RULES 4“are exempt from the window until 31 Dec Y”：新生儿与新增救助对象', `${year}-12-31`, {
    stated: `可缴至 ${year} 年 12 月 31 日`,
  });
