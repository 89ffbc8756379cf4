/** Sections of the report, and the words that several of them share. */
import { CAUSES, CAUSE_NAMES, type Cause, type RiskLevel, SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import type { NamedArea } from '../db/areas';
import type { Chart } from './charts';
import { type Html, type Text, markup, text } from './text';

/** A section of the page. Its HTML may hold `chartHtml` of each of its charts. */
export interface Section {
  id: string;
  title: Text;
  /** A paragraph under the title: what the section shows, and the article behind it. */
  lead: Text;
  html: Html;
  charts: readonly Chart[];
}

export const SCHEME_TEXT: Record<Scheme, Text> = {
  employee: text(SCHEME_NAMES.employee, 'Employees'),
  resident: text(SCHEME_NAMES.resident, 'Residents'),
};

/** Each level has a mark and a word of its own, so that nobody depends on its colour. */
export const LEVELS: Record<RiskLevel, { name: Text; mark: string; short: Text }> = {
  excess: { name: text('结余过多', 'excess'), mark: '○', short: text('多', 'E') },
  green: { name: text('绿色', 'green'), mark: '●', short: text('绿', 'G') },
  yellow: { name: text('黄色', 'yellow'), mark: '◆', short: text('黄', 'Y') },
  orange: { name: text('橙色', 'orange'), mark: '▲', short: text('橙', 'O') },
  red: { name: text('红色', 'red'), mark: '■', short: text('红', 'R') },
};

export const levelHtml = (level: RiskLevel): Html =>
  markup`<span class="level level-${level}"><i aria-hidden="true">${LEVELS[level].mark}</i>${LEVELS[level].name}</span>`;

const CAUSE_TEXT: Record<Cause, Text> = {
  policy_change: text(CAUSE_NAMES.policy_change, 'policy change'),
  epidemic: text(CAUSE_NAMES.epidemic, 'epidemic'),
  medical_rescue: text(CAUSE_NAMES.medical_rescue, 'medical rescue'),
  dependency: text(CAUSE_NAMES.dependency, 'dependency'),
  other_reasonable: text(CAUSE_NAMES.other_reasonable, 'other reasonable'),
};
export const causeText = (cause: string): Text | null =>
  (CAUSES as readonly string[]).includes(cause) ? CAUSE_TEXT[cause as Cause] : null;

export const areaText = ({ name, name_en }: NamedArea): Text => text(name, name_en || name);

/** The place of a chart. Its title is read to those who cannot see it; the table beside it has the figures. */
export const chartHtml = ({ id, title, height }: Chart): Html =>
  markup`<figure class="chart"><figcaption>${title}</figcaption><div id="chart-${id}" class="plot" role="img" aria-label="${title.zh}" style="height:${height}px"></div></figure>`;

export const heading = (words: Text): Html => markup`<h3>${words}</h3>`;
export const note = (words: Text): Html => markup`<p class="note">${words}</p>`;
