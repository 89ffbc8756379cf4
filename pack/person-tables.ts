/** The files of persons beside roll and payments (CONTRACT 2): each is streamed when it is judged and again when it is loaded. */
import { both } from '../parameters/reader';
import { decimal } from '../rules/money';
import { GROUPS, RECOGNITION_OUTCOMES } from '../rules/vocabulary';
import { knownArea, residentArea } from './checks';
import { type Columns, type Table, table } from './table';
import * as value from './values';

/** 历年参保: the years before this one in which a person was enrolled anywhere in the region. */
const ENROLMENT_HISTORY = table({
  file: 'enrolment_history.csv',
  required: false,
  columns: { person: value.someText, coverage_year: value.year },
  key: ['person', 'coverage_year'],
  checks: [
    ({ coverage_year: covered }, { year }) =>
      covered === undefined || year === null || covered < year
        ? null
        : {
            column: 'coverage_year',
            expected: both(`${year} 年度之前的待遇年度`, `a coverage year before ${year}`),
            remedy: both('删除该行，或核对 --year', 'remove the row, or check --year'),
          },
  ],
});

/** 高额医疗费用负担: what is left to a person in a month after basic insurance, major illness and aid. */
const BURDENS = table({
  file: 'burdens.csv',
  required: false,
  columns: {
    person: value.someText,
    area: value.someText,
    group: value.oneOf(...GROUPS),
    month: value.month,
    self_paid: value.moneyAtLeastZero,
  },
  key: ['person', 'area', 'month'],
  checks: [knownArea, residentArea],
});

/** 认定反馈: what the departments answered to a push, and the help given. */
const RECOGNITIONS = table({
  file: 'recognitions.csv',
  required: false,
  columns: {
    person: value.someText,
    area: value.someText,
    date: value.date,
    outcome: value.oneOf(...RECOGNITION_OUTCOMES),
    help: value.orEmpty(value.moneyAtLeastZero),
  },
  key: ['person', 'area', 'date'],
  checks: [
    knownArea,
    residentArea,
    ({ outcome, help }) =>
      outcome === 'not_recognised' && help !== undefined && help !== null && !decimal(help).isZero()
        ? {
            column: 'help',
            expected: both('未认定的留空', 'empty with not_recognised'),
            remedy: both('清空该格，或改正 outcome', 'empty the cell, or correct the outcome'),
          }
        : null,
  ],
});

const PERSON_TABLES = {
  'enrolment_history.csv': ENROLMENT_HISTORY,
  'burdens.csv': BURDENS,
  'recognitions.csv': RECOGNITIONS,
} as const;
export type PersonFile = keyof typeof PERSON_TABLES;
export const PERSON_FILES = Object.keys(PERSON_TABLES) as PersonFile[];
/** The table of such a file, for those who treat all of them alike. */
export const personTable = (file: PersonFile): Table<Columns> => PERSON_TABLES[file] as unknown as Table<Columns>;
