/** The page of a workflow in the Temporal UI, where that has an address. It is for IT: a mark beside a line, or a sentence below a page. */
import type { CalendarStep } from '../parameters';
import type { FindingLine } from '../db/findings';
import { adjustmentId, budgetId, clearingId, collectionId, fundYearId, monthlyCheckId } from '../rules/keys';
import type { FindingCode } from '../rules/findings';
import { REGION, type Scheme, UNKNOWN_AREA } from '../rules/vocabulary';
import { type Html, markup, text } from '../web/text';
import type { Desk } from './desk';

type Ui = Desk['ui'];

const workflowUrl = ({ url, namespace }: Ui, workflowId: string): string | null =>
  url === null ? null : `${url}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;

const markHtml = (url: string): Html => markup` <a class="ui" href="${url}" rel="noreferrer" title="Temporal">↗</a>`;

/** A line, with a link to the page of its workflow. */
export function linked(ui: Ui, workflowId: string, html: Html): Html {
  const url = workflowUrl(ui, workflowId);
  return url === null ? html : markup`${html}${markHtml(url)}`;
}

export function workflowHtml(ui: Ui, workflowId: string): Html {
  const url = workflowUrl(ui, workflowId);
  if (url === null) return markup``;
  return markup`<p class="note"><a href="${url}" rel="noreferrer">${text('流程页面（信息技术人员）', 'The page of the workflow, for IT')}</a> <code>${workflowId}</code></p>`;
}

/** Steps that every area or scheme takes in a workflow of its own; the others are taken by that of the year. */
const TAKEN_BY: Partial<Record<CalendarStep, string>> = {
  budgetStart: 'compileBudget',
  budgetDeadline: 'compileBudget',
  collectionEnd: 'collectPremiums',
  prepayment1: 'levyAndShare',
  prepayment2: 'levyAndShare',
  prepayment3: 'levyAndShare',
  prepayment4: 'levyAndShare',
  settlementProposal: 'levyAndShare',
  settlementApproval: 'levyAndShare',
  closing: 'closeYear',
};

/** A date of the calendar: the list of the workflows that take the step, or the year's. */
export function stepLinked(ui: Ui, year: number, step: CalendarStep, html: Html): Html {
  const type = TAKEN_BY[step];
  if (type === undefined || ui.url === null) return linked(ui, fundYearId(year), html);
  const query = new URLSearchParams({ query: `FundYear = ${year} AND WorkflowType = '${type}'` });
  return markup`${html}${markHtml(`${ui.url}/namespaces/${ui.namespace}/workflows?${query.toString()}`)}`;
}

type Place = Pick<FindingLine, 'code' | 'area' | 'scheme' | 'month'>;
const ofCollection = (year: number, { area }: Place): string => collectionId(year, area);
const ofScheme =
  (id: (year: number, scheme: Scheme, area: string) => string) =>
  (year: number, { area, scheme }: Place): string =>
    scheme === null ? fundYearId(year) : id(year, scheme, area);

/** What an area or a scheme did in a workflow of its own; all else was found by that of the year. */
const FOUND_BY: Partial<Record<FindingCode, (year: number, place: Place) => string>> = {
  collection_amount: ofCollection,
  collection_rows: ofCollection,
  low_income_rate: ofCollection,
  poverty_relieved_rate: ofCollection,
  directed_budget_short: ofScheme(budgetId),
  units_paid_differ: ofScheme(clearingId),
  clearing_open: ofScheme(clearingId),
  unpaid_at_units: ofScheme(clearingId),
  cause_missing: ofScheme(adjustmentId),
  missing_data: ofScheme(adjustmentId),
};

/** The workflow in which a finding was made: one of a month by that month's check. */
export function workflowOfFinding(year: number, place: Place): string {
  if (place.month !== null) return monthlyCheckId(year, place.month);
  const isOfArea = place.area !== REGION && place.area !== UNKNOWN_AREA;
  return (isOfArea && FOUND_BY[place.code]?.(year, place)) || fundYearId(year);
}
