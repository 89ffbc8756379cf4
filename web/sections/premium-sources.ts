/** 保费来源与参保连续性: who paid the residents' premium, and how those who have paid were enrolled before. */
import {
  ENROLMENT_CLASSES,
  ENROLMENT_CLASS_NAMES,
  type EnrolmentClass,
  PREMIUM_SOURCES,
  PREMIUM_SOURCE_NAMES,
  type PremiumSource,
} from '../../rules/vocabulary';
import { ACCENT, type Chart, PAYERS, SECOND, barsHeight, base, inBoth, legend, nameAxis, valueAxis } from '../charts';
import { grouped, height } from '../figures';
import { type Section, areaText, chartHtml, heading, note } from '../section';
import { type Cell, table } from '../table';
import { type Language, type Text, markup, text } from '../text';
import { type YearFacts, areasOf, figureOf, rowsOf, sumOf } from '../year-facts';

const SOURCES: Record<PremiumSource, { name: Text; colour: string }> = {
  individual: { name: text(PREMIUM_SOURCE_NAMES.individual, 'persons'), colour: ACCENT },
  medical_aid: { name: text(PREMIUM_SOURCE_NAMES.medical_aid, 'medical aid'), colour: PAYERS.area_share.colour },
  fiscal: { name: text(PREMIUM_SOURCE_NAMES.fiscal, 'treasury'), colour: PAYERS.own_surplus.colour },
};
const CLASSES: Record<EnrolmentClass, Text> = {
  continuous: text(ENROLMENT_CLASS_NAMES.continuous, 'continuous'),
  new: text(ENROLMENT_CLASS_NAMES.new, 'new'),
  returning: text(ENROLMENT_CLASS_NAMES.returning, 'returning'),
};

const amountOf = (facts: YearFacts, area: string, source: PremiumSource) =>
  figureOf(facts, 'yuan', 'premium_sources.csv', 'amount', { area, source });

function whoPaid(facts: YearFacts): Chart {
  const areas = areasOf(facts, 'resident').filter(({ area }) => amountOf(facts, area, 'individual'));
  const option = (language: Language): object => ({
    ...base,
    legend: legend(PREMIUM_SOURCES.map((source) => SOURCES[source].name[language])),
    grid: { left: 150, right: 24, top: 30, bottom: 34 },
    xAxis: valueAxis(''),
    yAxis: nameAxis(
      areas.map((area) => areaText(area)[language]),
      { inverse: true },
    ),
    series: PREMIUM_SOURCES.map((source) => ({
      type: 'bar',
      stack: 'premium',
      name: SOURCES[source].name[language],
      barWidth: 12,
      itemStyle: { color: SOURCES[source].colour },
      data: areas.map((area) => {
        const yuan = amountOf(facts, area.area, source)?.value ?? '0.00';
        return {
          value: height(yuan) * 10_000,
          tip: `${areaText(area)[language]}\n${SOURCES[source].name[language]} ${grouped(yuan)}`,
        };
      }),
    })),
  });
  return {
    id: 'premium-sources',
    title: text('各统筹区保费来源（万元）', 'Premium by who paid it (× 10⁴ yuan)'),
    height: barsHeight(areas.length),
    option: inBoth(option),
  };
}

/** Years of enrolment without a break, or months to wait, in one area or in all together. */
function counts(facts: YearFacts, ofClass: EnrolmentClass, area?: string): string[] {
  const of = { class: ofClass, ...(area === undefined ? {} : { area }) };
  const found = rowsOf(facts, 'enrolment.csv', of).map(({ count }) => count as string);
  return [...new Set(found)].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

const UNIT_OF: Record<EnrolmentClass, (count: string) => Text> = {
  continuous: (count) => text(`连续 ${count} 年`, `${count} years`),
  new: () => CLASSES.new,
  returning: (count) => text(`断保，等待 ${count} 个月`, `back, waits ${count} months`),
};

function yearsEnrolled(facts: YearFacts): Chart {
  const bars = ENROLMENT_CLASSES.flatMap((ofClass) => counts(facts, ofClass).map((count) => ({ ofClass, count })));
  const colours: Record<EnrolmentClass, string> = {
    continuous: ACCENT,
    new: PAYERS.own_surplus.colour,
    returning: SECOND,
  };
  const option = (language: Language): object => ({
    ...base,
    grid: { left: 150, right: 24, top: 10, bottom: 34 },
    xAxis: valueAxis(''),
    yAxis: nameAxis(
      bars.map(({ ofClass, count }) => UNIT_OF[ofClass](count)[language]),
      { inverse: true },
    ),
    series: [
      {
        type: 'bar',
        barWidth: 12,
        data: bars.map(({ ofClass, count }) => {
          const persons = sumOf(facts, 'count', 'enrolment.csv', 'persons', { class: ofClass, count })?.value ?? '0';
          return {
            value: Number.parseInt(persons, 10),
            itemStyle: { color: colours[ofClass] },
            tip: `${UNIT_OF[ofClass](count)[language]}\n${grouped(persons)}`,
          };
        }),
      },
    ],
  });
  return {
    id: 'enrolment',
    title: text('参保连续性（人）', 'Enrolment before this year (persons)'),
    height: barsHeight(bars.length),
    option: inBoth(option),
  };
}

function sourcesTable(facts: YearFacts) {
  const areas = areasOf(facts, 'resident').filter(({ area }) => amountOf(facts, area, 'individual'));
  return table({
    caption: text('居民保费来源（元）', 'Premium of residents by who paid it (yuan)'),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      ...PREMIUM_SOURCES.map((source) => ({ head: SOURCES[source].name, kind: 'figure' as const })),
    ],
    rows: areas.map((area): Cell[] => [
      areaText(area),
      ...PREMIUM_SOURCES.map((source) => amountOf(facts, area.area, source)),
    ]),
    totals: [
      [
        text('合计', 'total'),
        ...PREMIUM_SOURCES.map((source) => sumOf(facts, 'yuan', 'premium_sources.csv', 'amount', { source })),
      ],
    ],
  });
}

function enrolmentTable(facts: YearFacts) {
  return table({
    caption: text('参保连续性', 'Enrolment before this year'),
    columns: [
      { head: text('统筹区', 'area'), kind: 'text' },
      { head: text('类别', 'class'), kind: 'text' },
      { head: text('连续年数或等待月数', 'years, or months to wait'), kind: 'figure' },
      { head: text('人数', 'persons'), kind: 'figure' },
    ],
    rows: areasOf(facts, 'resident').flatMap((area) =>
      ENROLMENT_CLASSES.flatMap((ofClass) =>
        counts(facts, ofClass, area.area).map((count): Cell[] => {
          const of = { area: area.area, class: ofClass, count };
          return [
            areaText(area),
            CLASSES[ofClass],
            figureOf(facts, 'plain', 'enrolment.csv', 'count', of),
            figureOf(facts, 'count', 'enrolment.csv', 'persons', of),
          ];
        }),
      ),
    ),
  });
}

export function premiumSources(facts: YearFacts): Section {
  const hasEnrolment = rowsOf(facts, 'enrolment.csv', {}).length > 0;
  const hasSources = rowsOf(facts, 'premium_sources.csv', {}).length > 0;
  const [paid, years] = [whoPaid(facts), yearsEnrolled(facts)];
  return {
    id: 'premium-sources',
    title: text('保费来源与参保连续性', 'Who paid, and for how long enrolled'),
    lead: text(
      '按人征缴的统筹区：保费由个人缴费、医疗救助资助与财政代缴构成（B(八)）；已缴人员按此前参保情况分为连续、首次与断保后参保（B(五)、B(七)，国办发〔2024〕38号）。',
      'In areas counted person by person: the premium comes from persons, medical aid and the treasury, B(8); those who have paid are classed by earlier enrolment, B(5) and B(7).',
    ),
    charts: [...(hasSources ? [paid] : []), ...(hasEnrolment ? [years] : [])],
    html: markup`${
      hasSources
        ? markup`${chartHtml(paid)}${sourcesTable(facts)}`
        : note(text('没有按人征缴的统筹区。', 'No area is counted person by person.'))
    }${heading(text('参保连续性', 'Enrolment before this year'))}${
      hasEnrolment
        ? markup`${chartHtml(years)}${enrolmentTable(facts)}`
        : note(text('没有历年参保数据（enrolment_history.csv）。', 'No earlier enrolment was reported.'))
    }`,
  };
}
