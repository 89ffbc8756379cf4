/** The year itself: the values of law pinned for it, whether it is a simulation, and the steps it skips. */
import type { Queryable } from '../db/connect';
import type { StoredReason } from '../db/provenance';
import { cycleFacts } from '../db/results';
import { aboutParameter, isOfLevyOrShare } from '../parameters/index';
import { type Asked, Explainer, type Node, NoSuchFigure } from './explain';

/** `cycle.status`, `cycle.simulation`, `cycle.skipped`, or `cycle.NAME` of a value of law. */
export async function explainCycle(db: Queryable, asked: Asked, column: string): Promise<Node> {
  const cycle = await cycleFacts(db, asked.year);
  if (cycle === undefined) throw new NoSuchFigure(`数据库中没有 ${asked.year} 年度`);
  const told = (value: Node['value'], reason: StoredReason): Promise<Node> =>
    new Explainer(db, asked).told(asked.figure, {}, value, reason);
  const parameterSource = ({ name, from, source, assumed }: (typeof cycle.parameters)[number]) => ({
    parameter: name,
    from,
    source,
    assumed,
  });
  if (column === 'status') {
    const stated = cycle.status === 'closed' ? '各项不变量核验通过后关账' : '年度尚未关账';
    return told(cycle.status, {
      article: 'RULES 2“performance evaluated, report published, cycle closed”：5月31日拨付入账、绩效评价、关账',
      formula: 'value',
      inputs: { value: { value: cycle.status, from: { stated } } },
    });
  }
  if (column === 'simulation') {
    const decisive = cycle.parameters.filter(({ name }) => isOfLevyOrShare(name));
    return told(cycle.simulation, {
      article: 'A(六)“基本医保自治区级统筹调剂办法由医保部门会同财政等相关部门研究确定”；READINGS 3',
      formula: 'count(assumed) > 0',
      inputs: {
        assumed: { value: decisive.map(({ assumed }) => assumed), from: decisive.map(parameterSource) },
      },
    });
  }
  if (column === 'skipped') {
    const skipped = cycle.skipped;
    return told(
      skipped.map(({ step, scheme }) => `${scheme} ${step}`),
      {
        article: 'A 三“实施职工基本医保调剂金制度”“实施居民基本医保调剂金制度”',
        formula: 'steps',
        inputs: {
          steps: {
            value: skipped.map(({ step, scheme }) => `${scheme} ${step}`),
            from: skipped.map(({ reason }) => ({ stated: reason })),
          },
        },
      },
    );
  }
  const name = column.replace(/^parameters\./, '');
  const pinned = cycle.parameters.find((one) => one.name === name);
  if (pinned === undefined) {
    throw new NoSuchFigure(`${asked.year} 年度没有参数“${name}”(no such value of law)：见 cycle.json 的 parameters`);
  }
  return {
    ...(await told(pinned.value, {
      article: pinned.source,
      formula: 'value',
      inputs: { value: { value: pinned.value, from: parameterSource(pinned) } },
    })),
    zh: aboutParameter(name).zh,
  };
}
