/** 办理记录: searched on the page, and as a file for a spreadsheet. */
import { type TrailFilter, trail } from '../../db/trail';
import { trailCsv } from '../../scripts/words/trail-text';
import { markup, text } from '../../web/text';
import { NotHere, type OwnDesk, type Request, viewerOf, yearOf } from '../desk';
import type { Page } from '../frame';
import { trailFile, trailLink } from '../links';
import { trailHtml } from '../trail-table';

const ON_A_PAGE = 100;

interface Asked {
  filter: TrailFilter & { year: number };
  words: string;
  /** As it stands in the address. */
  page: number;
}

/** What the person asked for, within what he may see. */
function asked(request: Request): Asked {
  const viewer = viewerOf(request);
  const year = yearOf(request);
  const area = viewer.areaIn(year);
  if (area === undefined) throw new NotHere();
  const words = (request.req.query('words') ?? '').trim();
  const page = /^[1-9]\d{0,5}$/.exec(request.req.query('page') ?? '')?.[0] ?? '1';
  const filter = { year, area: area ?? undefined, words: words === '' ? undefined : words };
  return { filter, words, page: Number.parseInt(page, 10) };
}

export async function trailPage(desk: OwnDesk, request: Request): Promise<Page> {
  const { filter, words, page } = asked(request);
  const viewer = viewerOf(request);
  const lines = await trail(desk.database, filter, { most: ON_A_PAGE + 1, skipped: (page - 1) * ON_A_PAGE });
  const here = { year: filter.year, ...(words === '' ? {} : { words }) };
  const options = viewer.years.map(
    (year) => markup`<option value="${year}"${year === filter.year ? markup` selected` : ''}>${year}</option>`,
  );
  const body = markup`<form method="get" action="/trail" class="search" role="search">
<label>${text('年度', 'Year')} <select name="year">${options}</select></label>
<label>${text('查找', 'Search')} <input type="search" name="words" value="${words}" maxlength="100"></label>
<button type="submit">${text('查找', 'Search')}</button>
<a href="${trailFile(here)}" download>${text('导出 CSV', 'Export as CSV')}</a>
</form>
${trailHtml(lines.slice(0, ON_A_PAGE))}
<nav class="pages" aria-label="翻页 pages">${page > 1 ? markup`<a href="${trailLink({ ...here, page: page - 1 })}">${text('上一页', 'Newer')}</a>` : ''}
${lines.length > ON_A_PAGE ? markup`<a href="${trailLink({ ...here, page: page + 1 })}">${text('下一页', 'Older')}</a>` : ''}</nav>`;
  return { title: text('办理记录', 'Trail'), body };
}

export async function trailDownload(desk: OwnDesk, request: Request): Promise<Response> {
  const { filter } = asked(request);
  const lines = await trail(desk.database, filter, { most: null });
  return request.body(trailCsv(lines), 200, {
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="trail-${filter.year}.csv"`,
  });
}
