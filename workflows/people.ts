/**
 * The one door for persons: an `act` Update on the workflow that waits for them.
 *
 * The validator refuses what the workflow's state shows (no event is written); who may act is checked by the database,
 * inside the activity that records the act, and its refusal is the answer.
 */
import { ActivityFailure, ApplicationFailure, defineUpdate, setHandler } from '@temporalio/workflow';
import type { Act } from '../db/decisions';
import type { Role } from '../rules/vocabulary';
import type { BusinessDate, Standing } from './business-date';
import { type Page, howToAct, show } from './page';

export type PersonAct = Omit<Act, 'businessDate'>;
export const act = defineUpdate<Standing, [PersonAct]>('act');

export interface Ask<Receipt> {
  task: string;
  decisions: readonly Act['decision'][];
  /** What the workflow's page says meanwhile: what is waited for, of whom, until when. */
  page: Page & { waitsFor: string; role: Role };
  /** Carries the act out; what it throws is the person's answer, and the wait goes on. */
  perform: (act: Act) => Promise<Receipt>;
  /** The wait ends at the end of this date without an act. */
  deadline?: string;
}

interface Open {
  covers: (task: string) => boolean;
  named: string;
  decisions: readonly Act['decision'][];
  perform: (act: Act) => Promise<unknown>;
  received: { receipt: unknown } | null;
}

export class People {
  #open: Open | null = null;

  constructor(private readonly clock: BusinessDate) {
    setHandler(act, (given: PersonAct) => this.#handle(given), {
      validator: (given: PersonAct) => this.#validate(given),
      description:
        '人员办理：{"task":"…","operator":"工号","decision":"approve","figuresHash":"…","document":"文号"}；内容由 fund tasks --json 给出',
    });
  }

  /** Waits for a person's act on a task; null when the deadline passed first. */
  async ask<Receipt>({ task, decisions, page, perform, deadline }: Ask<Receipt>): Promise<Receipt | null> {
    show({ ...page, todo: howToAct(task, decisions, page.role) });
    const open: Open = { covers: (named) => named === task, named: task, decisions, perform, received: null };
    this.#open = open;
    await this.clock.untilDone(() => open.received !== null, page.waitsFor, deadline);
    this.#open = null;
    return open.received === null ? null : (open.received.receipt as Receipt);
  }

  /** Waits for an act on one of the tasks whose names begin alike, or for news. Whoever asks looks again. */
  async askAnyOf({ task, decisions, page, perform }: Omit<Ask<unknown>, 'deadline'>): Promise<void> {
    show({
      ...page,
      todo: `导入文件：\`npm run fund -- import 目录 --year 年度\`；确无数据的（零报送），${howToAct(`${task}…`, decisions, page.role)}`,
    });
    const open: Open = {
      covers: (named) => named.startsWith(task),
      named: `${task}…`,
      decisions,
      perform,
      received: null,
    };
    this.#open = open;
    await this.clock.awhile(page.waitsFor, () => open.received !== null);
    this.#open = null;
  }

  #validate({ task, decision }: PersonAct): void {
    const open = this.#open;
    if (open === null) throw refused('本流程当前没有等待人员办理的事项（nothing waits for a person here）');
    if (!open.covers(task)) throw refused(`当前待办是 ${open.named}，不是 ${task}（another task is waiting）`);
    if (!open.decisions.includes(decision)) {
      throw refused(`该事项可办理：${open.decisions.join('、')}；收到 ${decision}（decision not open here）`);
    }
  }

  async #handle(given: PersonAct): Promise<Standing> {
    const open = this.#open;
    if (open === null) throw refused('该事项已办结');
    const receipt = await open.perform({ ...given, businessDate: this.clock.today }).catch((failure: unknown) => {
      throw failure instanceof ActivityFailure ? refused(reasonOf(failure)) : failure;
    });
    // The answer belongs to the question that was open when it was given. Where news has meanwhile made the workflow look
    // again, and ask anew without knowing of this act, it must look once more.
    open.received = { receipt };
    if (this.#open === open) this.clock.goOn();
    else this.clock.lookAgain();
    await this.clock.settled();
    return this.clock.standing;
  }
}

const refused = (reason: string): ApplicationFailure => ApplicationFailure.nonRetryable(reason, 'Refused');
const reasonOf = ({ cause, message }: ActivityFailure): string => cause?.message ?? message;
