/** The page of a workflow in the Temporal UI, where that has an address. */
import { type Html, markup, text } from '../web/text';
import type { Desk } from './desk';

export const workflowUrl = ({ url, namespace }: Desk['ui'], workflowId: string): string | null =>
  url === null ? null : `${url}/namespaces/${namespace}/workflows/${encodeURIComponent(workflowId)}`;

export function workflowHtml(ui: Desk['ui'], workflowId: string): Html {
  const url = workflowUrl(ui, workflowId);
  if (url === null) return markup``;
  return markup`<p class="note"><a href="${url}" rel="noreferrer">${text('流程页面（信息技术人员）', 'The page of the workflow, for IT')}</a> <code>${workflowId}</code></p>`;
}
