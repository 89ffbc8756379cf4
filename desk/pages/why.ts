/** 由来: how a figure came about, down to articles, values of law and lines of files. */
import { areasOfYear, placeNames } from '../../db/areas';
import { cycleFacts } from '../../db/results';
import { explainFigure } from '../../explain/explanation';
import { NoSuchFigure } from '../../explain/question';
import { explanationText } from '../../scripts/words/explanation-text';
import { markup, text } from '../../web/text';
import { type Desk, NotHere, type Request, viewerOf, yearOf } from '../desk';
import type { Page } from '../frame';
import { ofOwnArea } from '../own-area';

/** How many levels below the figure are shown: deeper ones are questions of their own. */
const DEPTH = 3;

export async function whyPage(desk: Desk, request: Request): Promise<Page> {
  const viewer = viewerOf(request);
  const year = yearOf(request);
  const { figure = '', ...query } = request.req.query();
  const key = Object.fromEntries(Object.entries(query).filter(([name]) => !['year', 'lang'].includes(name)));
  // A figure without an area is of the whole region.
  if (!viewer.sees(year, key.area ?? null)) throw new NotHere();
  const [cycle, names, areas] = await Promise.all([
    cycleFacts(desk.region, year),
    placeNames(desk.region, year),
    areasOfYear(desk.region, year),
  ]);
  if (cycle === undefined) throw new NotHere();
  const nodes = await explainFigure(desk.region, { year, figure, key, depth: DEPTH }).catch((error: unknown) => {
    if (error instanceof NoSuchFigure) throw new NotHere();
    throw error;
  });
  const codes = new Set(areas.map(({ area }) => area));
  const own = nodes.map((node) => ofOwnArea(node, viewer.areaIn(year) ?? null, codes));
  const body = markup`${own.map((node) => markup`<pre class="why" tabindex="0">${explanationText(node, { ...cycle, names })}</pre>`)}
<p class="note">${text('只读已存的数字与理由，不重新计算。', 'Read from what was stored; nothing is computed again.')}</p>`;
  return { title: text('数字的由来', 'Why this figure'), body };
}
