/** Queries for the Temporal UI: what waits for an office, what is overdue, everything of an area. */
import { ROLES, ROLE_NAMES } from '../../rules/vocabulary';

export interface UiLink {
  zh: string;
  query: string; // to be pasted into the UI when its address is not known
  url: string | null;
}

const RUNNING = `ExecutionStatus = 'Running'`;

/** The links of a year and, where one is given, of one of its areas. */
export function uiLinks(
  { uiUrl, namespace }: { uiUrl: string | null; namespace: string },
  { year, area, today }: { year: number; area: string | undefined; today: string },
): UiLink[] {
  const link = (zh: string, ...terms: string[]): UiLink => {
    const query = [`FundYear = ${year}`, ...terms].join(' AND ');
    const url = uiUrl && `${uiUrl}/namespaces/${namespace}/workflows?query=${encodeURIComponent(query)}`;
    return { zh, query, url };
  };
  const byRole = ROLES.map((role) =>
    link(`等待${ROLE_NAMES[role]}`, `FundWaitingRole = '${ROLE_NAMES[role]}'`, RUNNING),
  );
  return [
    link('全年全部流程'),
    link('已逾期', `FundDeadline < '${today}'`, RUNNING),
    ...byRole,
    ...(area === undefined ? [] : [link(`${area} 全部流程`, `FundArea = '${area}'`)]),
  ];
}
