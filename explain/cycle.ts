/** The year itself: its status, whether it is a simulation, the steps it skips, and the values of law pinned for it. */
import type { Queryable } from '../db/connect';
import type { StoredReason } from '../db/provenance';
import { cycleFacts } from '../db/results';
import { aboutParameter, isOfLevyOrShare } from '../parameters/index';
import { Explainer } from './explainer';
import { NoSuchFigure, type Question } from './question';
import type { Node, Value } from './tree';

type Cycle = NonNullable<Awaited<ReturnType<typeof cycleFacts>>>;
type Pinned = Cycle['parameters'][number];

/** `cycle.status`, `cycle.simulation`, `cycle.skipped`, or `cycle.NAME` of a value of law. */
export async function explainCycle(db: Queryable, question: Question, column: string): Promise<Node> {
  const cycle = await cycleFacts(db, question.year);
  if (cycle === undefined) throw new NoSuchFigure(`数据库中没有 ${question.year} 年度`);
  const answer = (value: Value, reason: StoredReason): Promise<Node> =>
    new Explainer(db, question).answerWith({}, value, reason);
  switch (column) {
    case 'status':
      return answer(cycle.status, reasonOfStatus(cycle));
    case 'simulation':
      return answer(cycle.simulation, reasonOfSimulation(cycle));
    case 'skipped':
      return answer(stepsOf(cycle), reasonOfSkipped(cycle));
  }
  const name = column.replace(/^parameters\./, '');
  const pinned = cycle.parameters.find((parameter) => parameter.name === name);
  if (pinned === undefined) {
    throw new NoSuchFigure(`${question.year} 年度没有参数“${name}”(no such value of law)：见 cycle.json 的 parameters`);
  }
  return { ...(await answer(pinned.value, reasonOfLaw(pinned))), zh: aboutParameter(name).zh };
}

const WHY: Record<Cycle['status'], string> = {
  open: '年度尚未关账',
  closed: '各项勾稽关系核验通过后关账',
  abandoned: '自治区人民政府两人办理作废，年度不再办理',
};

const reasonOfStatus = ({ status }: Cycle): StoredReason => ({
  article: 'RULES 2“performance evaluated, report published, cycle closed”：5月31日拨付入账、绩效评价、关账',
  formula: 'value',
  inputs: {
    value: {
      value: status,
      from: { stated: WHY[status] },
    },
  },
});

function reasonOfSimulation({ parameters }: Cycle): StoredReason {
  const decisive = parameters.filter(({ name }) => isOfLevyOrShare(name));
  return {
    article: 'A(六)“基本医保自治区级统筹调剂办法由医保部门会同财政等相关部门研究确定”；READINGS 3',
    formula: 'count(assumed) > 0',
    inputs: { assumed: { value: decisive.map(({ assumed }) => assumed), from: decisive.map(sourceOf) } },
  };
}

const stepsOf = ({ skipped }: Cycle): string[] => skipped.map(({ step, scheme }) => `${scheme} ${step}`);
const reasonOfSkipped = (cycle: Cycle): StoredReason => ({
  article: 'A 三“实施职工基本医保调剂金制度”“实施居民基本医保调剂金制度”',
  formula: 'steps',
  inputs: { steps: { value: stepsOf(cycle), from: cycle.skipped.map(({ reason }) => ({ stated: reason })) } },
});

const reasonOfLaw = (pinned: Pinned): StoredReason => ({
  article: pinned.source,
  formula: 'value',
  inputs: { value: { value: pinned.value, from: sourceOf(pinned) } },
});
const sourceOf = ({ name, from, source, assumed }: Pinned) => ({ parameter: name, from, source, assumed });
