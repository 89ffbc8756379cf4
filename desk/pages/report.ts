/** 年度报告: the page of charts, for those who see the whole region. */
import { yearFacts } from '../../web/year-facts';
import { reportPage } from '../../web/report';
import { type Desk, NotHere, type Request, viewerOf, yearOf } from '../desk';

/** The report brings its style and script inside: it is shown as a page of nobody, which reaches neither cookies nor the desk. */
const POLICY =
  "sandbox allow-scripts allow-popups; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

export async function yearReport(desk: Desk, request: Request): Promise<Response> {
  const year = yearOf(request);
  if (!viewerOf(request).sees(year, null)) throw new NotHere();
  const facts = await yearFacts(desk.region, year);
  if (facts === undefined) throw new NotHere();
  return request.html(reportPage(facts), 200, { 'Content-Security-Policy': POLICY });
}
