/** 紧急调剂申请: registers a request once, and starts the workflow that waits for its approvals; repeated, it finds both. */
import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { emergencyToSign, requestEmergency } from '../../activities/emergency';
import { areasOfYear } from '../../db/areas';
import type { Database } from '../../db/connect';
import { type EmergencyRequest, requestByDocument } from '../../db/emergency';
import { yearFacts } from '../../db/fund-year';
import { type WaitingTask, waitingTasks } from '../../db/tasks';
import { calendarOf, cycleStartOf } from '../../parameters';
import { shownText } from '../../rules/text';
import type { EmergencyCause, Scheme } from '../../rules/vocabulary';
import { emergencyOptions } from '../../workflows/emergency-request';
import { Refusal } from '../words/refusal';
import type { Sign } from '../../signing/act-text';

export interface EmergencyAsked {
  as: string;
  year: number;
  scheme: Scheme;
  area: string;
  amount: string;
  cause: EmergencyCause;
  document: string;
}
export interface EmergencyOutcome {
  request: EmergencyRequest;
  /** It had been registered before under the same document. */
  before: boolean;
  next: WaitingTask[];
}

export async function askEmergency(
  { client, pool }: { client: Client; pool: Database },
  asked: EmergencyAsked,
  sign: Sign,
  taskQueue: string,
): Promise<EmergencyOutcome> {
  const { as: operator, year, scheme, area, ...what } = asked;
  const of = { year, scheme, area };
  const areas = (await areasOfYear(pool, year)).filter(({ schemes }) => schemes.includes(scheme));
  const name = areas.find((known) => known.area === area)?.name;
  if (name === undefined) {
    const known = areas.map((fundArea) => `${fundArea.area} ${fundArea.name}`).join('、') || '（尚未导入）';
    throw new Refusal(`${year} 年度没有此险种的统筹区 ${shownText(area)}。有：${known} (no such area)`);
  }
  const facts = await yearFacts(pool, year);
  const before = (await requestByDocument(pool, of, what.document)) !== undefined;
  const input = { ...of, ...what, operator };
  const proof = before ? undefined : await sign(await emergencyToSign(pool, input));
  await requestEmergency(pool, { ...input, ...(proof && { proof }) });
  const request = (await requestByDocument(pool, of, what.document)) as EmergencyRequest;
  const { number, chain, workflow_id: workflowId, amount, requested_on: today } = request;
  const clock = { live: facts?.mode === 'live', today };
  const emergency = { ...of, clock, name, number, chain, amount, decideBy: calendarOf(year).yearEnd };
  const start = client.workflow.start('emergencyRequest', { ...emergencyOptions(emergency), taskQueue });
  await start.catch((error: unknown) => {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  });
  const next = (await waitingTasks(pool, cycleStartOf, year)).filter((task) => task.workflow_id === workflowId);
  return { request, before, next };
}
