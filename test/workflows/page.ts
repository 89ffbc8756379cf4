/** What a person sees of a workflow in the Temporal UI: its current details and its search attributes. */
import type { WorkflowHandle } from '@temporalio/client';
import { defineQuery } from '@temporalio/workflow';
import {
  FUND_AREA,
  FUND_DEADLINE,
  FUND_LEVEL,
  FUND_SCHEME,
  FUND_STAGE,
  FUND_WAITING_FOR,
  FUND_YEAR,
} from '../../workflows/search-attributes';

const metadata = defineQuery<{ currentDetails: string }>('__temporal_workflow_metadata');

/** The table of the current details: what stands beside each name. */
export async function detailsOf(handle: WorkflowHandle): Promise<Record<string, string>> {
  const { currentDetails } = await handle.query(metadata);
  const rows = currentDetails.split('\n').slice(2); // below the heading
  return Object.fromEntries(
    rows.map((row) => row.split('|').slice(1, 3)).map(([name, text]) => [plain(name), plain(text)]),
  );
}
const plain = (cell: string | undefined): string => (cell ?? '').replaceAll(/\*\*|\u2060/g, '').trim();

export async function attributesOf(handle: WorkflowHandle) {
  const { typedSearchAttributes: attributes } = await handle.describe();
  return {
    year: attributes.get(FUND_YEAR),
    area: attributes.get(FUND_AREA),
    scheme: attributes.get(FUND_SCHEME),
    stage: attributes.get(FUND_STAGE),
    waitsFor: attributes.get(FUND_WAITING_FOR),
    until: attributes.get(FUND_DEADLINE),
    level: attributes.get(FUND_LEVEL),
  };
}
