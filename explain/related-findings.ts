/** 相关发现: what was found about the area and scheme of a figure, each with the question that explains it. */
import type { Queryable } from '../db/connect';
import { figureReader } from '../db/provenance';
import type { FindingCode } from '../rules/findings';

export interface RelatedFinding {
  code: FindingCode;
  figure: string;
  ask: { figure: 'findings.figure'; key: Record<string, string> };
}

const KEY = ['code', 'area', 'scheme', 'month', 'subject'] as const;

export async function relatedFindings(
  db: Queryable,
  year: number,
  { area, scheme }: { area: string; scheme: string },
): Promise<RelatedFinding[]> {
  return (await figureReader(db, year)('findings', { area, scheme })).map(({ cells }) => ({
    code: cells.code as FindingCode,
    figure: cells.figure as string,
    ask: {
      figure: 'findings.figure' as const,
      key: Object.fromEntries(KEY.flatMap((name) => (cells[name] ? [[name, cells[name]]] : []))),
    },
  }));
}
