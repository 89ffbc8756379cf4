/** 年度概览: the year of each scheme in a dozen figures. */
import { CAUSES, SCHEMES, type Scheme } from '../../rules/vocabulary';
import { type Figure, attributesOf, figureHtml, grouped, total, written } from '../figures';
import { SCHEME_TEXT, type Section } from '../section';
import { type Html, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, countOf, rowsOf, sumOf } from '../year-facts';
import { OWN_INCOME_ACCOUNTS, OWN_EXPENDITURE_ACCOUNTS, pooledOf } from './accounts';

/** A large figure in 亿元 with the exact amount below it. */
function amount(name: Text, exact: Figure | null): Html[] {
  if (exact === null) return [];
  const large: Figure = { ...exact, unit: 'hundred_million' };
  return [
    markup`<div class="fact"><dt>${name}</dt><dd><span class="large" ${attributesOf(large)}>${written(large)}</span><span class="unit">${text('亿元', '× 10⁸ yuan')}</span><span class="exact">${figureHtml(exact)}${text(' 元', ' yuan')}</span></dd></div>`,
  ];
}

const AREAS = text('个统筹区', 'areas');
const fact = (name: Text, value: Html): Html => markup`<div class="fact"><dt>${name}</dt><dd>${value}</dd></div>`;

/** A number of areas. Before anything is known it is not 0: there is none yet. */
const count = (name: Text, figure: Figure, isKnown: boolean): Html =>
  isKnown
    ? fact(
        name,
        markup`<span class="large" ${attributesOf(figure)}>${written(figure)}</span><span class="unit">${AREAS}</span>`,
      )
    : fact(name, markup`<span class="none">${text('尚无', 'not yet')}</span>`);

/** What a year in progress has already: budgets in force, and what its residents have paid. */
function soFar(facts: YearFacts, scheme: Scheme): Html[] {
  if (facts.cycle.status === 'closed') return [];
  // Every budget has one line for the pooled premium.
  const budgets = countOf(facts, 'budgets.csv', { scheme, part: 'pooled', item: 'premium' });
  const areas = areasOf(facts, scheme).length;
  const inForce = fact(
    text('已生效的预算', 'Budgets in force'),
    markup`<span class="large" ${attributesOf(budgets)}>${written(budgets)}</span><span class="unit">${text(`／${areas} 个统筹区`, `of ${areas} areas`)}</span>`,
  );
  if (scheme !== 'resident' || facts.days.length === 0) return [inForce];
  const received = total(facts.days.map(({ amount: yuan }) => yuan));
  const last = facts.days.reduce((latest, { day }) => (day > latest ? day : latest), '');
  const paid = fact(
    text('已收保费（含资助）', 'Premium received, with aid'),
    markup`<span class="exact">${grouped(received)}${text(` 元，截至 ${last}`, ` yuan, up to ${last}`)}</span>`,
  );
  return [inForce, paid];
}

function schemeCard(facts: YearFacts, scheme: Scheme): Html {
  const shared = (column: string) => sumOf(facts, 'yuan', 'sharing.csv', column, { scheme });
  const books = (accounts: readonly string[]) =>
    sumOf(facts, 'yuan', 'balances.csv', 'at_year_end', pooledOf(facts, scheme, accounts));
  const isClosed = facts.cycle.status === 'closed';
  const figures = [
    ...soFar(facts, scheme),
    ...amount(text('本年收入（统筹基金）', 'Income of the year, pooled'), books(OWN_INCOME_ACCOUNTS)),
    ...amount(text('本年支出（统筹基金）', 'Expenditure of the year, pooled'), books(OWN_EXPENDITURE_ACCOUNTS)),
    ...amount(
      text('12月末累计结余', 'Accumulated surplus, end of December'),
      sumOf(facts, 'yuan', 'risk.csv', 'accumulated_surplus', { scheme, month: 12 }),
    ),
    ...amount(
      text('上解调剂金', 'Levied for the adjustment fund'),
      sumOf(facts, 'yuan', 'levy.csv', 'levy', { scheme }),
    ),
    count(
      text('收不抵支', 'In deficit'),
      countOf(facts, 'sharing.csv', { scheme, cause: [...CAUSES] }),
      isClosed || rowsOf(facts, 'sharing.csv', { scheme }).length > 0,
    ),
    count(
      text('12月为红色', 'Red in December'),
      countOf(facts, 'risk.csv', { scheme, month: 12, level: 'red' }),
      isClosed || rowsOf(facts, 'risk.csv', { scheme, month: 12 }).length > 0,
    ),
    ...amount(text('缺口合计', 'Gaps'), shared('gap')),
    ...amount(text('其中：累计结余弥补', 'borne by own surplus'), shared('own_surplus')),
    ...amount(text('其中：调剂金承担', 'borne by the adjustment fund'), shared('fund_share')),
    ...amount(text('其中：统筹区政府承担', 'borne by the areas’ governments'), shared('area_share')),
  ];
  return markup`<article class="card"><h3>${SCHEME_TEXT[scheme]}</h3><dl class="facts">${figures}</dl></article>`;
}

export const overview = (facts: YearFacts): Section => ({
  id: 'overview',
  title: text('年度概览', 'The year at a glance'),
  lead: text(
    '两个险种分别核算，资金互不相通。大字为亿元，其下为精确到分的金额。',
    'Two schemes with separate books; their money never mixes. Large figures are in hundreds of millions of yuan, with the exact amount below each.',
  ),
  html: markup`<div class="cards">${SCHEMES.map((scheme) => schemeCard(facts, scheme))}</div>`,
  charts: [],
});
