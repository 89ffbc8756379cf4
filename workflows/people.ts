/**
 * The one door for people: an `act` Update on the workflow that waits for them.
 *
 * The validator refuses what the workflow itself can recognise as wrong; that leaves no event behind. Who may act is checked
 * by the database, inside the activity that records the act; its refusal is the person's answer.
 */
import { ActivityFailure, condition, defineUpdate, setHandler } from '@temporalio/workflow';
import type { AsksAnew } from '../activities/reopen';
import type { Act } from '../db/decisions';
import { DECISIONS_OF, type Decision, type TaskKind, flawOfWords } from '../rules/decisions';
import type { Role } from '../rules/vocabulary';
import { flawOfFields } from './act-fields';
import type { BusinessDate, Standing } from './business-date';
import { fund } from './fund-activities';
import { type Status, updateListAndPage } from './page';
import { refused } from './refused';
import { ACT_DESCRIPTION, howToAct, howToReportFiles } from './wording';

export type PersonAct = Omit<Act, 'businessDate'>;
export const act = defineUpdate<Standing, [PersonAct]>('act');

interface Ask<Receipt> {
  task: string;
  kind: TaskKind;
  /** The decisions open to the person; when left out, all that answer this kind of task. */
  decisions?: readonly Decision[];
  /** What the workflow's page says meanwhile: what is waited for, from whom, until when. */
  page: Omit<Status, 'todo'> & { waitsFor: string; role: Role };
  /** Carries the act out. What it throws is the person's answer, and the wait goes on. */
  perform: (act: Act) => Promise<Receipt>;
  /** The wait ends at the end of this date without an act. */
  deadline?: string;
}

/** What a person is asked while the workflow waits. */
interface Question {
  /** The name of the task that is asked about; where there are several, what their names begin with. */
  name: string;
  covers: (task: string) => boolean;
  decisions: readonly Decision[];
  perform: (act: Act) => Promise<unknown>;
  /** Acts that are being carried out. */
  underWay: number;
  answer: { receipt: unknown } | null;
}

/** The chain that was asked about is void: another asks by now, or none. */
export interface Reopened {
  reopened: Exclude<AsksAnew, { holds: true }>;
}
export const isReopened = (outcome: object | null): outcome is Reopened => outcome !== null && 'reopened' in outcome;

export class People {
  #question: Question | null = null;
  #changesSeen = 0;

  constructor(private readonly clock: BusinessDate) {
    setHandler(act, (given: PersonAct) => this.#handle(given), {
      validator: (given: PersonAct) => this.#validate(given),
      description: ACT_DESCRIPTION,
    });
  }

  /** Waits for a person's act on a task; null when the deadline passed without one. */
  async ask<Receipt>(asked: Ask<Receipt>): Promise<Receipt | null> {
    const question = this.#begin(asked);
    await this.clock.untilDone(() => question.answer !== null, asked.page.waitsFor, asked.deadline);
    return this.#end(question);
  }

  /**
   * Asks as `ask` does, on figures that may change meanwhile: then the chain is void, and the answer is which chain asks by now. An
   * act on the void chain counts for nothing, whether it came before or after.
   */
  async askOnFigures<Receipt>(chain: string, asked: Ask<Receipt>): Promise<Receipt | Reopened | null> {
    const question = this.#begin(asked);
    const hasChanged = (): boolean => this.clock.changesOfFigures > this.#changesSeen;
    for (;;) {
      const isAnswered = await this.clock.untilDone(
        () => question.answer !== null || hasChanged(),
        asked.page.waitsFor,
        asked.deadline,
      );
      const reopened = hasChanged() ? await this.#reopened(chain) : null;
      if (reopened === null && isAnswered && question.answer === null) continue;
      const receipt = await this.#end<Receipt>(question);
      return reopened ?? receipt;
    }
  }

  /** Shows the question on the page, and lets it be answered. */
  #begin<Receipt>({ task, kind, decisions = DECISIONS_OF[kind], page, perform }: Ask<Receipt>): Question {
    updateListAndPage({ ...page, todo: howToAct({ task, kind, decisions, role: page.role }) });
    return this.#pose({ name: task, covers: (named) => named === task, decisions, perform });
  }

  /** What it was answered with, once no act is under way any more; null for no answer. */
  async #end<Receipt>(question: Question): Promise<Receipt | null> {
    this.#question = null;
    await this.#outcomeOf(question);
    return question.answer === null ? null : (question.answer.receipt as Receipt);
  }

  async #reopened(chain: string): Promise<Reopened | null> {
    this.#changesSeen = this.clock.changesOfFigures;
    const found = await fund.whatAsksAnew({ chain });
    return found.holds ? null : { reopened: found };
  }

  /** Waits for an act on any of the tasks whose names begin with `task`, or for news. The caller then looks again. */
  async askAnyOf({ task, kind, page, perform }: Omit<Ask<unknown>, 'deadline' | 'decisions'>): Promise<void> {
    const name = `${task}…`;
    const decisions = DECISIONS_OF[kind];
    const howTo = kind === 'import' ? howToReportFiles : howToAct;
    updateListAndPage({ ...page, todo: howTo({ task: name, kind, decisions, role: page.role }) });
    const covers = (named: string): boolean => named.startsWith(task);
    const question = this.#pose({ name, covers, decisions, perform });
    await this.clock.untilChange(page.waitsFor, () => question.answer !== null);
    this.#question = null;
  }

  #pose(question: Omit<Question, 'underWay' | 'answer'>): Question {
    return (this.#question = { ...question, underWay: 0, answer: null });
  }

  /**
   * An act that was being carried out when the deadline passed may have changed the database already: if it succeeds, it counts
   * instead of the deadline. No new act is taken meanwhile.
   */
  async #outcomeOf(question: Question): Promise<void> {
    const isKnown = (): boolean => question.answer !== null || question.underWay === 0;
    if (!isKnown()) await condition(isKnown);
  }

  #validate(given: PersonAct): void {
    const flaw = flawOfFields(given) ?? flawOfWords(given);
    if (flaw !== null) throw refused(flaw);
    const { task, decision } = given;
    const question = this.#question;
    if (question === null) throw refused('本流程当前没有等待人员办理的事项（nothing waits for a person here）');
    if (!question.covers(task)) {
      throw refused(`当前待办是 ${question.name}，不是 ${task}（another task is waiting）`);
    }
    if (!question.decisions.includes(decision)) {
      throw refused(`该事项可办理：${question.decisions.join('、')}；收到 ${decision}（decision not open here）`);
    }
  }

  async #handle(given: PersonAct): Promise<Standing> {
    const question = this.#question;
    if (question === null) throw refused('该事项已办结');
    question.answer = { receipt: await this.#carryOut(question, given) };
    // News may have made the workflow ask anew before this act was recorded. It then looks once more; otherwise it carries on.
    if (this.#question === question) this.clock.resume();
    else this.clock.lookAgain();
    await this.clock.settled();
    return this.clock.standing;
  }

  async #carryOut(question: Question, given: PersonAct): Promise<unknown> {
    question.underWay += 1;
    try {
      return await question.perform({ ...given, businessDate: this.clock.today });
    } catch (failure) {
      throw failure instanceof ActivityFailure ? refused(errorText(failure)) : failure;
    } finally {
      question.underWay -= 1;
    }
  }
}

const errorText = ({ cause, message }: ActivityFailure): string => cause?.message ?? message;
