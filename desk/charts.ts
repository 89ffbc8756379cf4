/**
 * The charts of the year's report as pictures. An office of the region has those of all areas and of the adjustment funds; one of an area
 * those of its own area alone, read as itself.
 */
import { chartPicture } from '../web/chart-picture';
import type { Chart } from '../web/charts';
import type { Section } from '../web/section';
import { collection } from '../web/sections/collection';
import { levy } from '../web/sections/levy';
import { risk } from '../web/sections/risk';
import { sharing } from '../web/sections/sharing';
import { type Html, type Language, markup, text } from '../web/text';
import { type Wanted, type YearFacts, rowsOf, yearFacts } from '../web/year-facts';
import type { OwnDesk } from './desk';

interface Charted {
  chapters: readonly ((facts: YearFacts) => Section)[];
  wanted: Wanted;
}
const OF_REGION: Charted = {
  chapters: [risk, sharing, levy, collection],
  wanted: { files: ['risk.csv', 'sharing.csv', 'levy.csv', 'balances.csv', 'collection.csv'], ofRegion: true },
};
const OF_AREA: Charted = {
  chapters: [risk, collection],
  wanted: { files: ['risk.csv', 'collection.csv'], ofRegion: false },
};

const WIDTH = 1180; // px

export async function chartsHtml(desk: OwnDesk, year: number, area: string | null, language: Language): Promise<Html> {
  const [db, { chapters, wanted }] = area === null ? [desk.region, OF_REGION] : [desk.database, OF_AREA];
  const facts = await yearFacts(db, year, wanted);
  const isCollecting = facts !== undefined && (facts.days.length > 0 || rowsOf(facts, 'collection.csv', {}).length > 0);
  const shown = chapters.filter((chapter) => chapter !== collection || isCollecting);
  const charts = facts === undefined ? [] : shown.flatMap((chapter) => chapter(facts).charts);
  if (charts.length === 0) {
    return markup`<p class="note">${text('尚无：图表随年度运行产生。', 'Nothing yet: charts come in the course of the year.')}</p>`;
  }
  return markup`${charts.map((chart) => pictureHtml(chart, language))}`;
}

/** The policy of the desk allows no style inside a page; a picture has its own. Its title is read to those who cannot see it. */
function pictureHtml(chart: Chart, language: Language): Html {
  const picture = Buffer.from(chartPicture(chart, language, WIDTH)).toString('base64');
  return markup`<figure class="chart"><figcaption>${chart.title}</figcaption><div class="scroll" tabindex="0"><img src="data:image/svg+xml;base64,${picture}" alt="${chart.title[language]}" width="${WIDTH}" height="${chart.height}"></div></figure>`;
}
