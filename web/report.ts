/**
 * 年度报告: the region's year as one self-contained page. It shows stored figures and their exact sums, and the same database
 * gives the same bytes. Styles, scripts, the library of charts and all data are inside, so the page requests nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from '@swc/core';
import { isOfLevyOrShare } from '../parameters';
import { SCHEMES } from '../rules/vocabulary';
import type { Section } from './section';
import { SCHEME_TEXT, note } from './section';
import { agreement } from './sections/agreement';
import { budget } from './sections/budget';
import { collection } from './sections/collection';
import { estimate } from './sections/estimate';
import { evaluation } from './sections/evaluation';
import { execution } from './sections/execution';
import { finalAccounts } from './sections/final-accounts';
import { findings } from './sections/findings';
import { law } from './sections/law';
import { levy } from './sections/levy';
import { monitoring } from './sections/monitoring';
import { overview } from './sections/overview';
import { premiumSources } from './sections/premium-sources';
import { payments } from './sections/payments';
import { performance } from './sections/performance';
import { rates } from './sections/rates';
import { risk } from './sections/risk';
import { sharing } from './sections/sharing';
import { type WhatIf, whatIf } from './sections/what-if';
import { type Html, type Text, embeddedJson, markup, same, text, trusted } from './text';
import type { YearFacts } from './year-facts';

/** The chapters in order. A what-if comparison comes after the sharing of gaps. */
const CHAPTERS: readonly ((facts: YearFacts) => Section)[] = [
  overview,
  sharing,
  levy,
  risk,
  estimate,
  rates,
  budget,
  execution,
  payments,
  collection,
  premiumSources,
  monitoring,
  finalAccounts,
  agreement,
  evaluation,
  performance,
  findings,
  law,
];

const TITLE = text('内蒙古自治区基本医疗保险基金', 'Basic Medical Insurance Fund of Inner Mongolia');
const STATES: Record<string, Text> = {
  open: text('办理中（数字尚未最终确定）', 'in progress: figures are not final'),
  closed: text('已关账', 'closed'),
  abandoned: text('已作废', 'abandoned'),
};

const SKIPPED: Record<string, Text> = {
  prepayment: text('上解预缴', 'prepayment'),
  true_up: text('上解清算', 'true-up'),
  sharing: text('缺口分担', 'sharing of gaps'),
};
/** A stored reason has its English after its Chinese. */
function reasonText(reason: string): Text {
  const [zh = reason, en = zh] = reason.split('；');
  return text(zh, en);
}

/** What a reader must know before any figure: a simulation, assumed values, values set by the pack, skipped steps. */
function caveats({ cycle, overridden }: YearFacts): Html[] {
  const notices: Html[] = [];
  const add = (kind: string, head: Text, body: Html): void => {
    notices.push(markup`<div class="notice ${kind}"><strong>${head}</strong><div>${body}</div></div>`);
  };
  const assumed = cycle.parameters.filter((parameter) => parameter.assumed);
  const deciding = assumed.filter(({ name }) => isOfLevyOrShare(name));
  if (cycle.simulation) {
    add(
      'simulation',
      text('模拟测算', 'Simulation'),
      markup`${text(
        `${deciding.length} 个上解与分担参数尚未由文件确定（assumed），上解、分担及由此得出的一切数字仅供测算，不是应收应付：`,
        `${deciding.length} values of levy and sharing are not decided by any document yet (assumed): levies, shares and everything that follows from them are a calculation only; nobody owes these amounts:  `,
      )}${deciding.map(({ name }, i) => markup`${i === 0 ? '' : ' '}<code>${name}</code>`)}`,
    );
  }
  if (assumed.length > 0) {
    add(
      'assumed',
      text('假定', 'Assumed'),
      markup`${text(
        `本年度 ${cycle.parameters.length} 个参数中有 ${assumed.length} 个为假定，取最近似的公开先例或本项目假定，来源见`,
        `${assumed.length} of the ${cycle.parameters.length} values of the year are assumed; precedents and sources are listed under `,
      )}<a href="#law">${text('“适用参数”', '“Values of law in force”')}</a>${text('。', '.')}`,
    );
  }
  if (overridden.length > 0) {
    const list = overridden.map(({ name, source }) => markup`<li><code>${name}</code> ${source}</li>`);
    add('pack', text('数据包设定的参数', 'Set by the pack'), markup`<ul>${list}</ul>`);
  }
  if (cycle.skipped.length > 0) {
    const list = cycle.skipped.map(
      ({ step, scheme, reason }) =>
        markup`<li>${SCHEME_TEXT[scheme as (typeof SCHEMES)[number]]} · ${SKIPPED[step] ?? same(step)}：${reasonText(reason)}</li>`,
    );
    add('skipped', text('跳过的步骤', 'Skipped steps'), markup`<ul>${list}</ul>`);
  }
  return notices;
}

const NOTHING_YET = note(
  text(
    '尚无：本章的数字在年度运行中产生。',
    'Nothing yet: the figures of this chapter come in the course of the year.',
  ),
);
const NOTHING = note(text('本年度没有。', 'None in this year.'));

const sectionHtml = ({ id, title, lead, html }: Section, i: number, isClosed: boolean): Html => {
  const body = html.source === '' ? (isClosed ? NOTHING : NOTHING_YET) : html;
  return markup`${i === 0 ? '' : '\n'}<section class="chapter" id="${id}"><h2><span class="number">${i + 1}</span>${title}</h2><p class="lead">${lead}</p>${body}</section>`;
};

const HERE = __dirname;
const read = (file: string): string => readFileSync(join(HERE, file), 'utf8');

/** echarts as published, with its licence line. `</script` would end the script element. */
const library = (): string =>
  readFileSync(require.resolve('echarts/dist/echarts.common.min.js'), 'utf8').replaceAll('</script', '<\\/script');
const behaviour = (): string =>
  transformSync(read('in-page/report.ts'), { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }).code;

/** The whole page; `compared` is the result of `fund run --what-if` for this year. */
export function reportPage(facts: YearFacts, compared?: WhatIf): string {
  const { year, status } = facts.cycle;
  const chapters = CHAPTERS.flatMap((chapter) =>
    chapter === sharing && compared !== undefined ? [chapter, whatIf(compared)] : [chapter],
  );
  const sections = chapters.map((chapter) => chapter(facts));
  const charts = sections.flatMap((section) => section.charts.map(({ id, option }) => ({ id, option })));
  const contents = sections.map(
    ({ id, title }, i) => markup`<li><a href="#${id}"><span class="number">${i + 1}</span>${title}</a></li>`,
  );
  const heading = text(`${year} 年度报告`, `Report of the fund year ${year}`);
  const titles = { zh: `${TITLE.zh} ${heading.zh}`, en: `${TITLE.en}: ${heading.en}` };
  const switchWords = { zh: 'English', en: '中文' };
  const page = markup`<!doctype html>
<html lang="zh-CN" data-language="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>${titles.zh}</title>
<style>${trusted(read('base.css'))}${trusted(read('report.css'))}</style>
</head>
<body>
<a class="skip" href="#content">${text('跳到正文', 'Skip to the content')}</a>
<header class="masthead">
<div class="bar"><p class="status status-${status}">${STATES[status] ?? text(status, status)}</p><button type="button" id="language" lang="en">${switchWords.zh}</button></div>
<h1><span class="over">${TITLE}</span>${heading}</h1>
<p class="scope">${text(
    `${facts.areas.length} 个统筹区 · ${SCHEMES.map((scheme) => SCHEME_TEXT[scheme].zh).join('、')} · 基金年度 ${year}-01-01 至 ${year}-12-31 · 金额单位：元，精确到分`,
    `${facts.areas.length} pooling areas · ${SCHEMES.map((scheme) => SCHEME_TEXT[scheme].en.toLowerCase()).join(', ')} · fund year ${year}-01-01 to ${year}-12-31 · amounts in yuan, exact to the fen`,
  )}</p>
${caveats(facts)}
</header>
<div class="layout">
<nav class="contents" aria-label="目录 Contents"><h2>${text('目录', 'Contents')}</h2><ol>${contents}</ol></nav>
<main id="content">
${sections.map((section, i) => sectionHtml(section, i, status === 'closed'))}
</main>
</div>
<footer>${text(
    `数字均取自数据库中已存的结果，页面不另行计算；任一数字的由来可用 fund explain 查到条文与原始数据行。图表：Apache ECharts（Apache-2.0）。`,
    `Every figure is a stored result, nothing is computed for this page; fund explain shows where any of them comes from, down to article and input line. Charts: Apache ECharts (Apache-2.0).`,
  )}</footer>
<script type="application/json" id="report">${embeddedJson({ year, titles, charts })}</script>
<script>${trusted(library())}</script>
<script type="module">${trusted(behaviour())}</script>
</body>
</html>
`;
  return page.source;
}
