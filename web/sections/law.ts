/** 适用参数: every value of law in force for the year, its source, and whether a document decides it. */
import { aboutParameter, lawValueText } from '../../parameters';
import type { Section } from '../section';
import { table } from '../table';
import { markup, same, text } from '../text';
import type { YearFacts } from '../year-facts';

export function law(facts: YearFacts): Section {
  const overridden = new Set(facts.overridden.map(({ name }) => name));
  return {
    id: 'law',
    title: text('适用参数', 'Values of law in force'),
    lead: text(
      '本年度开始时锁定。“假定”指尚无文件确定，取最近似的公开先例或本项目假定；“已定”指已有文件或数据包载明来源。',
      'Pinned when the year started. “Assumed”: no document decides it yet, so the nearest published precedent or this project’s assumption is used. “Decided”: by a document, or by the pack with its source.',
    ),
    charts: [],
    html: table({
      caption: text('参数、取值与来源', 'Parameter, value and source'),
      columns: [
        { head: text('参数', 'parameter'), kind: 'text' },
        { head: text('取值', 'value'), kind: 'text' },
        { head: text('自', 'from'), kind: 'text' },
        { head: text('状态', 'state'), kind: 'text' },
        { head: text('来源', 'source'), kind: 'text' },
      ],
      rows: facts.cycle.parameters.map(({ name, value, from, source, assumed }) => [
        { html: markup`${aboutParameter(name).zh}<code>${name}</code>`, sortBy: name },
        lawValueText(value),
        same(from),
        overridden.has(name)
          ? text('数据包设定', 'set by the pack')
          : assumed
            ? text('假定', 'assumed')
            : text('已定', 'decided'),
        same(source),
      ]),
    }),
  };
}
