/** 账实核对: the books beside what bank and treasury say, and every difference. */
import { SPECIAL_ACCOUNT } from '../../rules/posting';
import { PART_NAMES, REGION, SCHEMES, type Scheme } from '../../rules/vocabulary';
import { ACCENT, type Chart, PALE, barsHeight, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { grouped, height } from '../figures';
import { SCHEME_TEXT, type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Html, type Language, type Text, markup, same, text } from '../text';
import { type Row, type YearFacts, figureOf, rowsOf } from '../year-facts';

const KEY = ['area', 'scheme', 'part', 'account', 'date'] as const;
const keyOf = (row: Row): Record<string, string> => Object.fromEntries(KEY.map((name) => [name, row[name] ?? '']));

const SIDES = [
  { column: 'books', name: text('账面数', 'books'), colour: PALE },
  { column: 'bank', name: text('银行、国库数', 'bank and treasury'), colour: ACCENT },
] as const;

function placeText(facts: YearFacts, area: string): Text {
  if (area === REGION) return text('自治区调剂金', 'adjustment fund');
  const named = facts.areas.find((known) => known.area === area);
  return named === undefined ? same(area) : areaText(named);
}

/** The last line of each account of a fund: the one of 31 December if it exists. */
function lastOfEach(rows: readonly Row[]): Row[] {
  const last = new Map<string, Row>();
  for (const row of rows) {
    const account = JSON.stringify([row.area, row.part, row.account]);
    const before = last.get(account);
    if (before === undefined || (row.date ?? '') > (before.date ?? '')) last.set(account, row);
  }
  return [...last.values()];
}

function linesTable(facts: YearFacts, rows: readonly Row[], caption: Text): Html {
  const figure = (row: Row, column: string): Cell => figureOf(facts, 'yuan', 'agreement.csv', column, keyOf(row));
  return table({
    caption,
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('科目', 'account'), kind: 'text' },
      { head: text('日期', 'date'), kind: 'text' },
      ...SIDES.map(({ name }) => ({ head: name, kind: 'figure' as const })),
      { head: text('差额', 'difference'), kind: 'figure' },
    ],
    rows: rows.map((row) => [
      placeText(facts, row.area ?? ''),
      text(
        `${row.part === 'pooled' ? '' : `${PART_NAMES.personal_account} `}${row.account}`,
        `${row.part === 'pooled' ? '' : 'personal accounts '}${row.account}`,
      ),
      same(row.date ?? ''),
      ...[...SIDES.map(({ column }) => column), 'difference'].map((column) => figure(row, column)),
    ]),
  });
}

/** Two bars for each fund: its special account by the books and by the bank, on the last day that the bank reported. */
function chart(facts: YearFacts, scheme: Scheme, rows: readonly Row[]): Chart {
  const shown = lastOfEach(rows).filter((row) => row.account === SPECIAL_ACCOUNT && row.part === 'pooled');
  const option = (language: Language): object => {
    const names = shown.map(({ area = '', date }) => `${placeText(facts, area)[language]} ${date}`);
    return {
      ...base,
      legend: legend(SIDES.map(({ name }) => name[language])),
      grid: { left: 190, right: 40, top: 34, bottom: 30 },
      xAxis: valueAxis(''),
      yAxis: nameAxis(names, { inverse: true }),
      series: SIDES.map(({ column, name, colour }) => ({
        type: 'bar',
        name: name[language],
        barWidth: 8,
        itemStyle: { color: colour },
        data: shown.map((row, i) => {
          const yuan = row[column] ?? '0.00';
          return { value: height(yuan), tip: `${names[i]}\n${name[language]} ${grouped(yuan)}` };
        }),
      })),
    };
  };
  return {
    id: `agreement-${scheme}`,
    title: text(
      `${SCHEME_TEXT[scheme].zh}：财政专户的账面数与银行数（亿元）`,
      `${SCHEME_TEXT[scheme].en}: the special account by books and bank (× 10⁸ yuan)`,
    ),
    height: barsHeight(shown.length) + 10,
    option: inBoth(option),
  };
}

function ofScheme(facts: YearFacts, scheme: Scheme, charts: Chart[]): Html {
  const rows = rowsOf(facts, 'agreement.csv', { scheme });
  const drawn = chart(facts, scheme, rows);
  const hasChart = rows.some(({ account, part }) => account === SPECIAL_ACCOUNT && part === 'pooled');
  if (hasChart) charts.push(drawn);
  const differing = rows.filter(({ difference = '' }) => !/^0(\.0+)?$/.test(difference));
  const differences =
    differing.length === 0
      ? note(text('账面数与银行、国库数全部相符。', 'Books, bank and treasury agree everywhere.'))
      : linesTable(
          facts,
          differing,
          text(`${SCHEME_TEXT[scheme].zh}：不符的各项（元）`, `${SCHEME_TEXT[scheme].en}: every difference (yuan)`),
        );
  const last = linesTable(
    facts,
    lastOfEach(rows),
    text(
      `${SCHEME_TEXT[scheme].zh}：各科目最近一次核对（元）`,
      `${SCHEME_TEXT[scheme].en}: the last agreement of each account (yuan)`,
    ),
  );
  return markup`${heading(SCHEME_TEXT[scheme])}${hasChart ? chartHtml(drawn) : ''}${differences}${last}`;
}

export function agreement(facts: YearFacts): Section {
  const schemes = SCHEMES.filter((scheme) => rowsOf(facts, 'agreement.csv', { scheme }).length > 0);
  const charts: Chart[] = [];
  const none = note(
    text(
      '本年度没有银行、国库对账单（bank.csv），未作核对。',
      'No balances of bank or treasury (bank.csv) were given for this year; nothing was compared.',
    ),
  );
  const html = schemes.length === 0 ? none : markup`${schemes.map((scheme) => ofScheme(facts, scheme, charts))}`;
  return {
    id: 'agreement',
    title: text('账实核对', 'Books and bank'),
    lead: text(
      '账面数为该日止入账的余额；差额为银行、国库数减账面数，每一项不符都是一项发现问题（RULES 9“Where the money lies”）。',
      'Books: the balance of the entries up to that day. The difference is bank less books, and each one is a finding (RULES 9, where the money lies).',
    ),
    charts,
    html,
  };
}
