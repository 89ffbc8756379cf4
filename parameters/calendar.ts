/**
 * The calendar of a cycle (年度工作日历, RULES 2): every date of cycle Y as a month-day and a year relative to Y. Dates are days in
 * China; the last day of February depends on the year.
 */
import { dateIn, lastDayOfFebruary } from '../rules/calendar-day';
import { type Dated, inForce, single } from './dated';
import {
  ACCOUNTING_SUPPLEMENT,
  BUDGET_EXECUTION_2011,
  DRAFT_OPINION,
  FIRST_DAY,
  FUND_FINANCE_RULES,
  GUANGYUAN_2008,
  LIANYUNGANG_2012,
  RESIDENT_NOTICE_2024,
  SUBSIDY_SETTLEMENT_2012,
  assumption,
  precedent,
} from './sources';

interface DayOfCycle {
  year: -1 | 0 | 1; // relative to Y
  day: `${number}-${number}` | 'end of February';
}

const day = <const Name extends string>(
  name: Name,
  zh: string,
  article: string,
  value: DayOfCycle,
  source: string,
  assumed: boolean,
) => {
  const about = { zh, article, usedBy: ['年度工作日历'] };
  return single(`calendar.${name}` as const, about, { from: FIRST_DAY, until: null, value, source, assumed });
};

const A2 = `${DRAFT_OPINION}第二部分（二）`;
const A5 = `${DRAFT_OPINION}第二部分（五）`;
const A6 = `${DRAFT_OPINION}第二部分（六）`;
const B10 = `${RESIDENT_NOTICE_2024}（十）`;
const B2 = `${RESIDENT_NOTICE_2024}（二）`;
const B7 = `${RESIDENT_NOTICE_2024}（七）`;
const B8 = `${RESIDENT_NOTICE_2024}（八）`;
const QUARTERLY = precedent(`${GUANGYUAN_2008}，每季度首月上旬缴一次`);
const WITHIN_25_DAYS = `${BUDGET_EXECUTION_2011}：季度结束后25日内`;
const ORDER = precedent(`${LIANYUNGANG_2012}，3月31日前测算、4月30日前下达、5月31日前到位`);

const end = 'end of February';

export const CALENDAR = {
  cycleStart: day('cycle_start', '年度周期启动', A2, { year: -1, day: '09-01' }, A2, false),
  budgetStart: day(
    'budget_start',
    '预算编制开始',
    A5,
    { year: -1, day: '10-01' },
    `${A5}；${assumption('10月1日')}`,
    true,
  ),
  budgetDeadline: day(
    'budget_deadline',
    '预算批复截止',
    A5,
    { year: -1, day: '12-31' },
    `${A5}；${assumption('年前批复')}`,
    true,
  ),
  enrolmentWarning: day(
    'enrolment_warning',
    '两类人员参保率预警开始',
    B8,
    { year: -1, day: '12-01' },
    `${B8}“确保两类人员参保率不低于99%”；${assumption('12月1日起预警，集中征缴截止前尚可动员参保')}`,
    true,
  ),
  yearStart: day(
    'year_start',
    '年度开始，预收保费转为收入',
    ACCOUNTING_SUPPLEMENT,
    { year: 0, day: '01-01' },
    ACCOUNTING_SUPPLEMENT,
    false,
  ),
  // B(7), of 2024-09-03, names the end of February for coverage year 2025; A(2) names 31 December (collection.window.end).
  // rules/collection-window.ts says which holds.
  extensionLatest: {
    name: 'calendar.extension_latest',
    zh: '征缴延长最晚日',
    article: B7,
    usedBy: ['collection.window.extension 的上限'],
    entries: [
      {
        from: '2024-09-03',
        until: null,
        value: { year: 0, day: end },
        source: `${B7}“2025年2月底前完成居民医保参保缴费工作”`,
        assumed: false,
      },
      {
        from: FIRST_DAY,
        until: null,
        value: { year: 0, day: end },
        source: assumption('此前年度比照后文，2月末'),
        assumed: true,
      },
    ],
  },
  prepayment1: day('prepayment_1', '上解预缴（一季度）', A6, { year: 0, day: '01-10' }, `${A6}；${QUARTERLY}`, true),
  prepayment2: day('prepayment_2', '上解预缴（二季度）', A6, { year: 0, day: '04-10' }, `${A6}；${QUARTERLY}`, true),
  executionReport1: day(
    'execution_report_1',
    '一季度预算执行报告',
    A5,
    { year: 0, day: '04-25' },
    WITHIN_25_DAYS,
    false,
  ),
  headCount: day(
    'head_count',
    '参保人数时点，用于补助结算',
    B2,
    { year: 0, day: '06-30' },
    SUBSIDY_SETTLEMENT_2012,
    false,
  ),
  prepayment3: day('prepayment_3', '上解预缴（三季度）', A6, { year: 0, day: '07-10' }, `${A6}；${QUARTERLY}`, true),
  executionReport2: day(
    'execution_report_2',
    '二季度预算执行报告',
    A5,
    { year: 0, day: '07-25' },
    WITHIN_25_DAYS,
    false,
  ),
  subsidyArrival: day(
    'subsidy_arrival',
    '地方补助足额到位截止',
    B2,
    { year: 0, day: '09-30' },
    SUBSIDY_SETTLEMENT_2012,
    false,
  ),
  prepayment4: day(
    'prepayment_4',
    '上解预缴（四季度，含余数）',
    A6,
    { year: 0, day: '10-10' },
    `${A6}；${QUARTERLY}`,
    true,
  ),
  executionReport3: day(
    'execution_report_3',
    '三季度预算执行报告',
    A5,
    { year: 0, day: '10-25' },
    WITHIN_25_DAYS,
    false,
  ),
  adjustmentDeadline: day(
    'adjustment_deadline',
    '年度内预算调整批复截止',
    B10,
    { year: 0, day: '11-30' },
    `${B10}；${BUDGET_EXECUTION_2011}：应编制调整预算；${assumption('批复后次月起执行，年内最晚12月1日')}`,
    true,
  ),
  collectionEnd: day(
    'collection_end',
    '新生儿、新增救助对象缴费截止；征缴对账',
    B8,
    { year: 0, day: '12-31' },
    `${B8}；${assumption('至待遇年度末')}`,
    true,
  ),
  yearEnd: day(
    'year_end',
    '年度结束',
    FUND_FINANCE_RULES,
    { year: 0, day: '12-31' },
    `${FUND_FINANCE_RULES}：会计年度为公历年度`,
    false,
  ),
  executionReport4: day(
    'execution_report_4',
    '四季度预算执行报告',
    A5,
    { year: 1, day: '01-25' },
    WITHIN_25_DAYS,
    false,
  ),
  finalAccounts: day('final_accounts', '各统筹区报送决算', A5, { year: 1, day: '01-31' }, assumption('1月末'), true),
  regionReview: day('region_review', '自治区审核决算', A5, { year: 1, day: end }, assumption('2月末'), true),
  settlementProposal: day(
    'settlement_proposal',
    '上解清算与缺口分担方案',
    A6,
    { year: 1, day: '03-31' },
    `${A6}；${ORDER}`,
    true,
  ),
  settlementApproval: day(
    'settlement_approval',
    '自治区政府批准，下达拨付',
    A6,
    { year: 1, day: '04-30' },
    `${A6}；${ORDER}`,
    true,
  ),
  closing: day('closing', '拨付入账、绩效评价、关账', A5, { year: 1, day: '05-31' }, `${A5}；${ORDER}`, true),
} as const satisfies Record<string, Dated<DayOfCycle>>;

export type CalendarStep = keyof typeof CALENDAR;
/** The four quarterly instalments of the levy, in order. */
export const PREPAYMENTS = [
  'prepayment1',
  'prepayment2',
  'prepayment3',
  'prepayment4',
] as const satisfies CalendarStep[];
/** The quarterly reports on the execution of the budget, in order. */
export const EXECUTION_REPORTS = [
  'executionReport1',
  'executionReport2',
  'executionReport3',
  'executionReport4',
] as const satisfies CalendarStep[];
/** ISO dates of one cycle; `prepayments` are the four quarterly dates in order. */
export type Calendar = Readonly<Record<CalendarStep, string>> & {
  readonly year: number;
  readonly prepayments: readonly string[];
};

function isoDate(cycle: number, { year, day: monthDay }: DayOfCycle): string {
  const calendarYear = cycle + year;
  return monthDay === 'end of February' ? lastDayOfFebruary(calendarYear) : dateIn(calendarYear, monthDay);
}

/** Every date of the cycle of `year`. */
export function calendarOf(year: number): Calendar {
  const dateOf = (step: CalendarStep): string => isoDate(year, inForce(CALENDAR[step], dateIn(year, '01-01')).value);
  const steps = Object.keys(CALENDAR) as CalendarStep[];
  const dates = Object.fromEntries(steps.map((step) => [step, dateOf(step)])) as Record<CalendarStep, string>;
  const prepayments = PREPAYMENTS.map((step) => dates[step]);
  return { ...dates, year, prepayments };
}

/** The first day of a year's cycle. */
export const cycleStartOf = (year: number): string => calendarOf(year).cycleStart;

/** The fund year whose cycle is the last to have started by a date (DESIGN 2): the next year from 1 September, else the date's own. */
export function fundYearOn(date: string): number {
  const next = Number.parseInt(date.slice(0, 4), 10) + 1;
  return date >= cycleStartOf(next) ? next : next - 1;
}

/** The fund years that a person is likely to begin on a date: those whose cycle is under way, and the next one. */
export function yearsToBegin(date: string): number[] {
  const last = fundYearOn(date);
  const isUnderWay = (year: number): boolean => date <= calendarOf(year).closing;
  return [...[last - 2, last - 1].filter(isUnderWay), last, last + 1];
}
