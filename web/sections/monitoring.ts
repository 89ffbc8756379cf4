/** 高额医疗费用负担监测: who bore a heavy burden, month by month, and what the departments answered. Counts only, no persons. */
import { monthsTo } from '../../rules/calendar-day';
import { BURDEN_CLASSES, BURDEN_CLASS_NAMES, type BurdenClass } from '../../rules/vocabulary';
import { ACCENT, type Chart, PAYERS, SECOND, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { grouped } from '../figures';
import { type Section, areaText, chartHtml, note } from '../section';
import { type Cell, table } from '../table';
import { type Language, type Text, markup, same, text } from '../text';
import { type YearFacts, figureOf, rowsOf, sumOf } from '../year-facts';

const CLASSES: Record<BurdenClass, Text> = {
  low_income: text(BURDEN_CLASS_NAMES.low_income, 'low income'),
  poverty_relieved: text(BURDEN_CLASS_NAMES.poverty_relieved, 'lifted out of poverty'),
  ordinary: text(BURDEN_CLASS_NAMES.ordinary, 'others'),
};
const MONTHS = monthsTo(12).map(String);
const LINES = [
  { column: 'flagged', name: text('当月推送', 'flagged'), colour: ACCENT },
  { column: 'answered', name: text('当月反馈', 'answered'), colour: PAYERS.area_share.colour },
  { column: 'overdue', name: text('逾期未反馈', 'overdue'), colour: SECOND },
] as const;

function byMonth(facts: YearFacts): Chart {
  const option = (language: Language): object => ({
    ...base,
    legend: legend(LINES.map(({ name }) => name[language])),
    grid: { left: 52, right: 24, top: 40, bottom: 28 },
    xAxis: nameAxis(MONTHS.map((month) => text(`${month}月`, `M${month}`)[language])),
    yAxis: valueAxis(''),
    series: LINES.map(({ column, name, colour }) => ({
      type: 'bar',
      name: name[language],
      itemStyle: { color: colour },
      data: MONTHS.map((month) => {
        const persons = sumOf(facts, 'count', 'monitoring.csv', column, { month })?.value ?? '0';
        return { value: Number.parseInt(persons, 10), tip: `${name[language]} ${grouped(persons)}` };
      }),
    })),
  });
  return {
    id: 'monitoring',
    title: text('各月推送、反馈与逾期（人）', 'Flagged, answered and overdue by month (persons)'),
    height: 260,
    option: inBoth(option),
  };
}

const COLUMNS = [
  [text('推送', 'flagged'), 'count', 'flagged'],
  [text('反馈', 'answered'), 'count', 'answered'],
  [text('认定', 'recognised'), 'count', 'recognised'],
  [text('救助金额', 'help'), 'yuan', 'help'],
] as const;

/** Of the whole year, by area and class; overdue as of 31 December. */
function byArea(facts: YearFacts) {
  const names = new Map(facts.areas.map((area) => [area.area, areaText(area)]));
  const areas = [...new Set(rowsOf(facts, 'monitoring.csv', {}).map(({ area }) => area as string))].sort();
  const rows = areas.flatMap((area) =>
    BURDEN_CLASSES.filter((ofClass) => rowsOf(facts, 'monitoring.csv', { area, class: ofClass }).length > 0).map(
      (ofClass): Cell[] => [
        names.get(area) ?? same(area),
        CLASSES[ofClass],
        figureOf(facts, 'count', 'monitoring.csv', 'persons', { area, class: ofClass, month: '12' }),
        ...COLUMNS.map(([, unit, column]) => sumOf(facts, unit, 'monitoring.csv', column, { area, class: ofClass })),
        figureOf(facts, 'count', 'monitoring.csv', 'overdue', { area, class: ofClass, month: '12' }),
      ],
    ),
  );
  return table({
    caption: text('高额医疗费用负担监测（全年）', 'Patients with a heavy burden, the whole year'),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('类别', 'class'), kind: 'text' },
      { head: text('有自付费用', 'with a burden'), kind: 'figure' },
      ...COLUMNS.map(([head]) => ({ head, kind: 'figure' as const })),
      { head: text('年末逾期', 'overdue at the end'), kind: 'figure' },
    ],
    rows,
  });
}

export function monitoring(facts: YearFacts): Section {
  const hasBurdens = rowsOf(facts, 'monitoring.csv', {}).length > 0;
  const chart = byMonth(facts);
  return {
    id: 'monitoring',
    title: text('高额医疗费用负担监测', 'Patients with a heavy burden'),
    lead: text(
      '年初以来政策范围内自付费用超过监测线的患者，每人每统筹区每年标记一次，月末推送相关部门；期限内未反馈的列为事项（B(九)）。此处只有人数，名单由 fund alerts 另行生成。',
      'A patient who has paid more than the threshold since January is flagged once a year in an area and reported to the departments at the end of the month; a report without a timely answer is a finding, B(9). Counts only: fund alerts writes the list.',
    ),
    charts: hasBurdens ? [chart] : [],
    html: hasBurdens
      ? markup`${chartHtml(chart)}${byArea(facts)}`
      : note(text('没有自付费用数据（burdens.csv）。', 'No burdens were reported.')),
  };
}
