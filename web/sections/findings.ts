/** 发现问题: what needs a person's attention, grouped by code, each with its article. */
import { FINDINGS, FINDING_CODES, type FindingCode } from '../../rules/findings';
import { type Scheme, UNKNOWN_AREA } from '../../rules/vocabulary';
import { type Figure, type Unit, attributesOf, figureHtml, written } from '../figures';
import { SCHEME_TEXT, type Section, areaText, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, markup, same, text } from '../text';
import { type Row, type YearFacts, countOf, rowsOf } from '../year-facts';

const UNITS: Partial<Record<FindingCode, Unit>> = {
  collection_amount: 'yuan',
  low_income_rate: 'percent',
  poverty_relieved_rate: 'percent',
  subsidy_missing: 'yuan',
  subsidy_arrivals: 'yuan',
  directed_budget_short: 'yuan',
  budget_execution: 'percent',
  cause_missing: 'yuan',
  unpaid_claims: 'yuan',
};

const figureOfFinding = (code: FindingCode, row: Row): Figure => ({
  value: row.figure as string,
  unit: UNITS[code] ?? 'plain',
  of: {
    file: 'findings.csv',
    column: 'figure',
    rows: {
      code,
      area: row.area as string,
      scheme: row.scheme as string,
      month: row.month as string,
      text: row.text as string,
    },
  },
});

/** One row for all findings of a code about the same area and scheme, month by month. */
function together(facts: YearFacts, code: FindingCode, rows: readonly Row[]): Cell[][] {
  const names = new Map(facts.areas.map((area) => [area.area, areaText(area)]));
  names.set(UNKNOWN_AREA, text('统筹区不明', 'no known area'));
  const seen = new Map<string, Row[]>();
  for (const row of rows) {
    const key = [row.area, row.scheme, wordsOf(code, row)].join('\n');
    seen.set(key, [...(seen.get(key) ?? []), row]);
  }
  return [...seen.values()].map((months): Cell[] => {
    const first = months[0] as Row;
    const inOrder = [...months].sort((a, b) => Number(a.month) - Number(b.month));
    const shown = inOrder.map((row) => {
      const figure = figureOfFinding(code, row);
      const month =
        row.month === '' ? '' : markup`<span class="when">${text(`${row.month}月`, `M${row.month}`)}</span>`;
      return markup`<span class="found">${month}<span ${attributesOf(figure)}>${written(figure)}</span></span>`;
    });
    return [
      names.get(first.area as string) ?? same(first.area as string),
      first.scheme === '' ? same('—') : SCHEME_TEXT[first.scheme as Scheme],
      { html: markup`${wordsOf(code, first)}`, sortBy: wordsOf(code, first) },
      { html: markup`<div class="months">${shown}</div>`, sortBy: String(months.length) },
    ];
  });
}

/** The words of a finding. The stored text of a red month repeats the month's figure, so its code's name is shown instead. */
const wordsOf = (code: FindingCode, row: Row): string =>
  code === 'report_upward' ? FINDINGS[code].zh : (row.text as string);

function group(facts: YearFacts, code: FindingCode): Html | null {
  const rows = rowsOf(facts, 'findings.csv', { code }).sort(
    (a, b) => compare(a.scheme, b.scheme) || compare(a.area, b.area) || Number(a.month) - Number(b.month),
  );
  if (rows.length === 0) return null;
  const about = FINDINGS[code];
  // Where all rows have the same words, the title already says them.
  const oneText = new Set(rows.map((row) => wordsOf(code, row))).size === 1;
  const all = table({
    caption: about,
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('险种', 'scheme'), kind: 'text' },
      ...(oneText ? [] : [{ head: text('内容', 'what'), kind: 'text' as const }]),
      { head: about.figure, kind: 'text' },
    ],
    rows: together(facts, code, rows).map((cells) => (oneText ? cells.filter((_, i) => i !== 2) : cells)),
  });
  return markup`<section class="finding" id="finding-${code}"><h3>${about} <span class="count">${figureHtml(countOf(facts, 'findings.csv', { code }))}</span></h3><p class="article"><span class="tag">${text('依据', 'Article')}</span> ${about.article} <code>${code}</code></p>${all}</section>`;
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);

export function findings(facts: YearFacts): Section {
  const counts = FINDING_CODES.filter((code) => rowsOf(facts, 'findings.csv', { code }).length > 0).map(
    (code) =>
      markup`<li><a href="#finding-${code}">${FINDINGS[code]}</a> ${figureHtml(countOf(facts, 'findings.csv', { code }))}</li>`,
  );
  return {
    id: 'findings',
    title: text('发现问题', 'Findings'),
    lead: text(
      '须由人知晓并处理的事项，各附依据。A 为自治区级统筹实施意见（征求意见稿），B 为 2024 年城乡居民医保通知。比率只印四位小数，是否达标按未舍入的比值判断。',
      'Matters that a person must know of and deal with, each with its article. A is the draft opinion on region-level pooling, B the resident notice of 2024. Ratios are printed with four decimals but judged unrounded.',
    ),
    charts: [],
    html:
      counts.length === 0
        ? note(text('没有发现问题。', 'No findings.'))
        : markup`<ul class="counts">${counts}</ul>${FINDING_CODES.flatMap((code) => group(facts, code) ?? [])}`,
  };
}
