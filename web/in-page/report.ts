/** The behaviour of the report in the browser: language, sorting, charts, print. It loads nothing. */
import type { EChartsType, init } from 'echarts';

declare const echarts: { init: typeof init };

type Language = 'zh' | 'en';
interface Report {
  year: number;
  titles: Record<Language, string>;
  charts: { id: string; option: Record<Language, Record<string, unknown>> }[];
}

const root = document.documentElement;
const report = JSON.parse(document.getElementById('report')?.textContent ?? '') as Report;
const language = (): Language => (root.dataset.language === 'en' ? 'en' : 'zh');

// Charts ----------------------------------------------------------------------------------------------------------------

/** Hovering shows the exact amount of an item, as text and never as HTML. */
function tip(parameters: unknown): HTMLElement | string {
  const { data } = parameters as { data?: { tip?: string } };
  if (data?.tip === undefined) return '';
  const words = document.createElement('div');
  words.style.whiteSpace = 'pre-line';
  words.textContent = data.tip;
  return words;
}

const drawn = new Map<string, EChartsType>();

function draw(): void {
  for (const { id, option } of report.charts) {
    const place = document.getElementById(`chart-${id}`);
    if (place === null) continue;
    const chart = drawn.get(id) ?? echarts.init(place, null, { renderer: 'svg' });
    drawn.set(id, chart);
    const shown = option[language()];
    chart.setOption({ ...shown, tooltip: { ...(shown.tooltip as object), formatter: tip } }, true);
  }
}

/** The width of A4 without its margins, in px. Charts are redrawn at this width for print, so that their text stays readable. */
const PAPER_WIDTH = 690;
const onScreen = (): void => drawn.forEach((chart) => chart.resize({ width: 'auto' }));
/** A chart paints on the next frame, and a print shows the page as it is now. */
const onPaper = (): void =>
  drawn.forEach((chart) => {
    chart.resize({ width: PAPER_WIDTH });
    chart.getZr().flush();
  });

// Language --------------------------------------------------------------------------------------------------------------

const button = document.getElementById('language') as HTMLButtonElement;
function switchTo(words: Language): void {
  root.dataset.language = words;
  document.title = report.titles[words];
  root.lang = words === 'zh' ? 'zh-CN' : 'en';
  button.textContent = words === 'zh' ? 'English' : '中文';
  button.lang = words === 'zh' ? 'en' : 'zh-CN';
  draw();
}

// Sorting ---------------------------------------------------------------------------------------------------------------

const NUMBER = /^-?\d+(\.\d+)?$/;
/** A decimal in millionths, so that amounts of any length compare exactly. */
const scaled = (number: string): bigint => {
  const [whole = '0', places = ''] = number.split('.');
  return BigInt(whole + places.padEnd(6, '0').slice(0, 6));
};

const keyOf = (row: HTMLTableRowElement, column: number): string => {
  const cell = row.cells[column];
  return cell?.dataset.sort ?? (cell?.innerText ?? '').trim();
};

function compare(a: string, b: string): number {
  if (NUMBER.test(a) && NUMBER.test(b)) {
    const [x, y] = [scaled(a), scaled(b)];
    return x < y ? -1 : x > y ? 1 : 0;
  }
  if (NUMBER.test(a) !== NUMBER.test(b)) return NUMBER.test(a) ? -1 : 1;
  return a.localeCompare(b, root.lang);
}

/** Figures sort in descending order first, words in ascending order; a second click reverses it. Equal rows keep their order. */
function sortBy(head: HTMLTableCellElement): void {
  const table = head.closest('table');
  const body = table?.tBodies[0];
  if (!table || !body) return;
  const before = head.getAttribute('aria-sort');
  const first = head.classList.contains('n') ? 'descending' : 'ascending';
  const other = first === 'ascending' ? 'descending' : 'ascending';
  const order = before === first ? other : first;
  for (const header of table.querySelectorAll('thead th')) header.setAttribute('aria-sort', 'none');
  head.setAttribute('aria-sort', order);
  const column = head.cellIndex;
  const rows = [...body.rows].map((row) => ({ row, key: keyOf(row, column) }));
  rows.sort((a, b) => (order === 'ascending' ? compare(a.key, b.key) : compare(b.key, a.key)));
  body.append(...rows.map(({ row }) => row));
}

// Where a figure comes from ---------------------------------------------------------------------------------------------

/** The title of a figure: its file, column and rows; for a single figure also the command that explains it. */
function origin(element: HTMLElement): string {
  const [file = '', column = '', rows = ''] = (element.dataset.of ?? '').split('|');
  const keys = new Map(rows.split('&').map((pair) => pair.split('=') as [string, string]));
  const lines = [`${file} · ${column}`, rows.replaceAll('&', '  ')];
  const [scheme, area, month] = [keys.get('scheme'), keys.get('area'), keys.get('month')];
  if (scheme !== undefined && area !== undefined && !rows.includes(',') && column !== 'count') {
    const figure = `${file.replace('.csv', '')}.${column}`;
    const monthly = month ? ` --month ${month}` : '';
    lines.push(`fund explain --year ${report.year} --scheme ${scheme} --area ${area} --figure ${figure}${monthly}`);
  }
  return lines.join('\n');
}

button.addEventListener('click', () => switchTo(language() === 'zh' ? 'en' : 'zh'));
document.addEventListener('click', ({ target }) => {
  const head = (target as HTMLElement).closest<HTMLTableCellElement>('thead th');
  if (head) sortBy(head);
});
document.addEventListener('mouseover', ({ target }) => {
  const figure = (target as HTMLElement).closest<HTMLElement>('[data-of]');
  if (figure && !figure.title) figure.title = origin(figure);
});
addEventListener('resize', onScreen);
addEventListener('beforeprint', onPaper);
addEventListener('afterprint', onScreen);
draw();
