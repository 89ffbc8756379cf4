/**
 * Every name by which the system knows a thing it has done or waits for: workflow ids, act keys, chains of decisions and their
 * tasks. They are made and read here and nowhere else. They are stored, and years in flight rely on them: add, never rename.
 *
 * A key is made of business facts (year, scheme, area), never of a person, a time or a random number.
 */
import { type Role, SCHEMES, type Scheme, UNKNOWN_AREA } from './vocabulary';

const twoDigits = (month: number): string => String(month).padStart(2, '0');

// --- Workflow ids -------------------------------------------------------------------------------------------------------------

/** The schedule of 1 September, and how the ids of what it starts begin. */
export const YEAR_STARTER = 'fund-year-starter';
/** The schedule of the hourly watchdog, and how the ids of what it starts begin. */
export const WATCHDOG = 'fund-watchdog';

export const fundYearId = (year: number): string => `fund-year-${year}`;
export const collectionId = (year: number, area: string): string => `${fundYearId(year)}-collection-${area}`;
export const budgetId = (year: number, scheme: Scheme, area: string): string =>
  `${fundYearId(year)}-budget-${scheme}-${area}`;
/** A budget that is adjusted within the year, by its version. */
export const adjustedBudgetId = (year: number, scheme: Scheme, area: string, version: number): string =>
  `${fundYearId(year)}-adjusted-budget-${scheme}-${area}-${version}`;
export const monthlyCheckId = (year: number, month: number): string =>
  `${fundYearId(year)}-surplus-${year}-${twoDigits(month)}`;
export const adjustmentId = (year: number, scheme: Scheme): string => `${fundYearId(year)}-adjustment-${scheme}`;
export const emergencyId = (year: number, scheme: Scheme, area: string, number: number): string =>
  `${fundYearId(year)}-emergency-${scheme}-${area}-${number}`;
/** A request to accept a payment in quarantine, by its number among those of the area. */
export const releaseId = (year: number, area: string, number: number): string =>
  `${fundYearId(year)}-release-${area}-${number}`;
export const clearingId = (year: number, scheme: Scheme, area: string): string =>
  `${fundYearId(year)}-clearing-${scheme}-${area}`;
/** 风险上报 of the funds that a month's check found red. */
export const riskReportId = (year: number, month: number): string =>
  `${fundYearId(year)}-risk-report-${twoDigits(month)}`;
/** The quarterly reports of all areas on the execution of their budgets. */
export const executionReportId = (year: number, quarter: number): string => `${fundYearId(year)}-execution-${quarter}`;
/** 账实核对: the differences of books and bank that were found by a month's check; 13 are those found by the final accounts. */
export const agreementId = (year: number, month: number): string => `${fundYearId(year)}-agreement-${twoDigits(month)}`;
export const closingId = (year: number): string => `${fundYearId(year)}-closing`;
/** The files of an inbox: of a year's folder, or of the inbox itself. */
export const inboxId = (year: number, isOfYear: boolean): string => (isOfYear ? `fund-inbox-${year}` : 'fund-inbox');
/** An import, by a mark of its order (year, folder, correction): the same order is carried out once at a time. */
export const importId = (year: number, mark: string): string => `fund-import-${year}-${mark}`;
export const methodId = (year: number): string => `${fundYearId(year)}-method`;

/** The budget that the workflow of an id compiles; a chain or a task of that workflow names it too. Null for any other. */
export function budgetOf(id: string): { year: number; scheme: Scheme; area: string } | null {
  const [, year, word, area] = /^fund-year-(\d+)-budget-([a-z]+)-([^/]+)/.exec(id) ?? [];
  const scheme = SCHEMES.find((known) => known === word);
  return scheme === undefined || area === undefined ? null : { year: Number.parseInt(year ?? '', 10), scheme, area };
}

/** Which attempt at a budget a chain is; 0 for one that is none. */
export const attemptOf = (chain: string): number => Number.parseInt(/^[^/]+\/(\d+)$/.exec(chain)?.[1] ?? '0', 10);

/** Whether an id, or a chain or a task of its workflow, is of a clearing. */
export const isOfClearing = (id: string): boolean => /^fund-year-\d+-clearing-/.test(id);

// --- Act keys: what `once` knows an act by ------------------------------------------------------------------------------------

/** All act keys of a year begin so. */
export const actsOfYear = (year: number): string => `${fundYearId(year)}/`;

const ofYear = (year: number, ...parts: (string | number)[]): string => `${actsOfYear(year)}${parts.join('/')}`;
const ofBudget = (year: number, scheme: Scheme, area: string, ...parts: (string | number)[]): string =>
  ofYear(year, 'budget', scheme, area, ...parts);

export const actKey = {
  collectionOpened: (year: number) => ofYear(year, 'collection/open'),
  /** How the keys of all bookings of an area begin. */
  collectionBookings: (year: number, area: string) => `${ofYear(year, 'collection', area, 'booked')}/`,
  collectionBooked: (year: number, area: string, booking: number, through: string) =>
    `${actKey.collectionBookings(year, area)}${booking}/${through}`,
  collectionExtended: (year: number, area: string, until: string) =>
    ofYear(year, 'collection', area, 'extended', until),
  collectionReconciled: (year: number, area: string) => ofYear(year, 'collection', area, 'reconciled'),
  /** Rows that name no known area. */
  unknownAreaReconciled: (year: number) => ofYear(year, 'collection', UNKNOWN_AREA, 'reconciled'),

  /** A request to accept a row of a file: one that was returned may be made again. */
  releaseRequested: (year: number, area: string, file: string, line: number, attempt: number) =>
    ofYear(year, 'release', area, 'row', file, line, attempt),
  releaseLapsed: (year: number, area: string, number: number) => ofYear(year, 'release', area, 'lapsed', number),

  budgetEstimated: (year: number, scheme: Scheme, area: string) => ofBudget(year, scheme, area, 'estimate'),
  budgetSubmitted: (year: number, scheme: Scheme, area: string, version: number) =>
    ofBudget(year, scheme, area, 'version', version),
  budgetReturned: (task: string) => `${task}/return`,
  budgetDirected: (year: number, scheme: Scheme, area: string) => ofBudget(year, scheme, area, 'directed'),
  budgetInForce: (year: number, scheme: Scheme, area: string) => ofBudget(year, scheme, area, 'in-force'),
  regionBudget: (year: number) => ofYear(year, 'region-budget'),
  adjustmentSubmitted: (year: number, scheme: Scheme, area: string, version: number) =>
    ofBudget(year, scheme, area, 'adjustment', version),
  adjustmentLapsed: (year: number, scheme: Scheme, area: string, version: number) =>
    ofBudget(year, scheme, area, 'adjustment', version, 'lapsed'),

  booksOpened: (year: number) => ofYear(year, 'books/open'),
  ratesSteppedUp: (year: number) => ofYear(year, 'rates'),
  interestCredited: (year: number) => ofYear(year, 'books/interest'),
  monthChecked: (year: number, month: number) => ofYear(year, 'month', month),

  headsCounted: (year: number) => ofYear(year, 'subsidy/heads'),
  subsidyArrived: (year: number) => ofYear(year, 'subsidy/arrival'),
  subsidySettled: (year: number) => ofYear(year, 'subsidy/settlement'),

  levyEstimated: (year: number, scheme: Scheme) => ofYear(year, 'levy-estimate', scheme),
  levyPrepaid: (year: number, scheme: Scheme, quarter: number) => ofYear(year, 'prepayment', scheme, quarter),
  levySettled: (year: number, scheme: Scheme) => ofYear(year, 'levy', scheme),
  gapsShared: (year: number, scheme: Scheme) => ofYear(year, 'sharing', scheme),
  settlementPaid: (year: number, scheme: Scheme) => ofYear(year, 'settlement', scheme),

  emergencyRequested: (year: number, scheme: Scheme, area: string, document: string) =>
    ofYear(year, 'emergency', scheme, area, document),
  emergencyLapsed: (year: number, scheme: Scheme, area: string, number: number) =>
    ofYear(year, 'emergency', scheme, area, 'lapsed', number),

  clearingProposed: (year: number, scheme: Scheme, area: string, attempt: number) =>
    ofYear(year, 'clearing', scheme, area, 'proposal', attempt),
  clearingReturned: (task: string) => `${task}/return`,
  clearingInForce: (year: number, scheme: Scheme, area: string) => ofYear(year, 'clearing', scheme, area, 'in-force'),

  methodRequested: (workflowId: string) => `${workflowId}/method`,
  /** A decision is the act of its task. */
  decided: (task: string) => task,

  evaluated: (year: number) => ofYear(year, 'evaluation'),
  yearClosed: (year: number) => ofYear(year, 'closed'),
} as const;

/** The area whose collection the act of a key has reconciled; null for any other act. */
export const reconciledArea = (key: string): string | null =>
  /^fund-year-\d+\/collection\/([^/]+)\/reconciled$/.exec(key)?.[1] ?? null;

// --- Chains of decisions, and the tasks that are their links ------------------------------------------------------------------

export const chainKey = {
  /** One attempt at a budget: its submission and its approvals. */
  budgetAttempt: (workflowId: string, attempt: number) => `${workflowId}/${attempt}`,
  directedBudget: (workflowId: string) => `${workflowId}/directed`,
  budgetAdjustment: (workflowId: string) => `${workflowId}/adjustment`,
  /** One area's report on a quarter; asked for again, its number. */
  executionReport: (year: number, quarter: number, area: string, attempt = 1) =>
    `${executionReports(year, quarter)}${area}${numberOf(attempt)}`,
  /** One area's report on a red fund of a month; asked for again, its number. */
  riskReport: (year: number, month: number, scheme: Scheme, area: string, attempt = 1) =>
    `${riskReports(year, month)}${scheme}/${area}${numberOf(attempt)}`,
  findings: (workflowId: string, area: string) => `${workflowId}/findings/${area}`,
  method: (workflowId: string) => `${workflowId}/method`,
  /** A chain that asks anew what another asked: its number stands before the word that says what it decides. */
  renewed: (chain: string): string => {
    const [, workflowId = '', number = '1', word = ''] = /^([^/]+)(?:\/(\d+))?\/([a-z]+)$/.exec(chain) ?? [];
    return `${workflowId}/${Number.parseInt(number, 10) + 1}/${word}`;
  },
  settlement: (workflowId: string) => `${workflowId}/settlement`,
  emergencyRequest: (workflowId: string) => `${workflowId}/request`,
  release: (workflowId: string) => `${workflowId}/release`,
  /** One clearing table and its approvals. */
  clearing: (workflowId: string, attempt: number) => `${workflowId}/${attempt}`,
  /** After one was returned: the area corrects its accounts, or says that they are right. */
  clearingCorrection: (workflowId: string, attempt: number) => `${workflowId}/${attempt}/correction`,
  /** How the chains of all differences that a workflow asks about begin. */
  differences: (workflowId: string) => `${workflowId}/differences/`,
  /** One difference of books and bank, as it stood at one agreement. */
  difference: (
    workflowId: string,
    { area, scheme, part, account, date }: Record<'area' | 'scheme' | 'part' | 'account' | 'date', string>,
    reckoning: number,
  ) => `${chainKey.differences(workflowId)}${[area, scheme, part, account, date, reckoning].join('/')}`,
  /** One missing file: a chain for each area and scheme. */
  file: (step: StepOfYear, file: string, area: string | null, scheme: Scheme | null) =>
    `${filesOfStep({ ...step, area: undefined, scheme: undefined })}${[area ?? 'region', scheme ?? 'all', file].join('/')}`,
  /** The answers to what an area pushed in a month. */
  push: (year: number, area: string, month: number) => `${chainKey.pushes(year)}${twoDigits(month)}/${area}`,
  pushes: (year: number) => `${ofYear(year, 'push')}/`,
} as const;

/** How the chains of all areas' reports on a quarter begin. */
export const executionReports = (year: number, quarter: number): string => `${ofYear(year, 'execution', quarter)}/`;

/** Which quarter a report is on, and at which attempt. */
export function reportOf(chain: string): { quarter: number; attempt: number } {
  const [, quarter = '', attempt = '1'] = /\/execution\/(\d)\/[^/]+(?:\/(\d+))?$/.exec(chain) ?? [];
  return { quarter: Number.parseInt(quarter, 10), attempt: Number.parseInt(attempt, 10) };
}
/** How the chains of all reports on the red funds of a month begin. */
export const riskReports = (year: number, month: number): string => `${ofYear(year, 'risk-report', twoDigits(month))}/`;

/** Which month a report on a red fund is on, and at which attempt; null for any other chain. */
export function riskReportOf(chain: string): { month: number; attempt: number } | null {
  const found = /\/risk-report\/(\d\d)\/[^/]+\/[^/]+(?:\/(\d+))?$/.exec(chain);
  if (found === null) return null;
  const [, month = '', attempt = '1'] = found;
  return { month: Number.parseInt(month, 10), attempt: Number.parseInt(attempt, 10) };
}

const numberOf = (attempt: number): string => (attempt === 1 ? '' : `/${attempt}`);

/** A step of the year that waits for files; of one area, and one scheme of it, where they are given. */
interface StepOfYear {
  year: number;
  step: string;
  month?: number | undefined;
  area?: string | undefined;
  scheme?: Scheme | undefined;
}
/** How the chains of all files that a step waits for begin. */
export const filesOfStep = ({ year, step, month, area, scheme }: StepOfYear): string => {
  const parts = [month === undefined ? undefined : twoDigits(month), area, scheme].filter((part) => part !== undefined);
  return `${[ofYear(year, 'files', step), ...parts].join('/')}/`;
};

/** An import of what a person has filled in, which no workflow orders. */
export const importedByPerson = (operator: string, mark: string): string => `person/${operator}/${mark}`;

/** 双人办理: what two people sign for. */
export type JointMatter =
  | { what: 'revoke_key'; key: string }
  | { what: 'appoint'; year: number; list: string }
  | { what: 'end_office'; year: number; leaver: string; last: string }
  | { what: 'freeze' | 'lift_freeze'; year: number; from: string; until: string }
  | { what: 'abandon'; year: number };

/** What a stored matter is; null where it is none that this release knows. */
export function matterNamed(name: string): JointMatter | null {
  const [word = '', ...parts] = name.split('/');
  const year = Number.parseInt(parts[0] ?? '', 10);
  const [from = '', until = ''] = parts.slice(1);
  switch (word) {
    case 'revoke-key':
      return { what: 'revoke_key', key: parts.join('/') };
    case 'appoint':
      return { what: 'appoint', year, list: listOf(name) };
    case 'end-office':
      return { what: 'end_office', year, leaver: parts.slice(1, -1).join('/'), last: listOf(name) };
    case 'freeze':
      return { what: 'freeze', year, from, until };
    case 'lift-freeze':
      return { what: 'lift_freeze', year, from, until };
    case 'abandon':
      return { what: 'abandon', year };
    default:
      return null;
  }
}

/** What is signed where no task asks for it, in place of the task. */
export const ownAct = {
  extension: (area: string, until: string) => `extend/${area}/${until}`,
  corrections: 'correct',
  files: 'import',
  keyRevoked: (key: string) => `revoke-key/${key}`,
  frozen: (year: number, from: string, until: string) => `freeze/${year}/${from}/${until}`,
  freezeLifted: (year: number, from: string, until: string) => `lift-freeze/${year}/${from}/${until}`,
  yearAbandoned: (year: number) => `abandon/${year}`,
  officeEnded: (year: number, operator: string, last: string) => `end-office/${year}/${operator}/${last}`,
} as const;

/** The end of an appointment's name, which tells its list of operators from any other (`fund.appointment_matter`). */
export const listOf = (matter: string): string => matter.slice(matter.lastIndexOf('/') + 1);

/** The task of one link of a chain. */
export const taskOf = (chain: string, position: number, role: Role): string => `${chain}/${position}-${role}`;
/** The chain that a task is a link of. */
export const chainOf = (task: string): string => task.slice(0, task.lastIndexOf('/'));

// --- Keys of journal entries that are read back -------------------------------------------------------------------------------

/** How the keys of entries begin, by what is booked. */
export const journalKeys = {
  openings: 'opening/',
  heldAdvances: 'held-advance/',
  positions: 'position/',
} as const;

export const journalKey = {
  /** What a fund holds on 1 January; the change that a correction makes of it later has the number of the correction. */
  opening: (entity: string, scheme: Scheme, part: string, correction?: string) =>
    `${journalKeys.openings}${[entity, scheme, part, ...(correction === undefined ? [] : [correction])].join('/')}`,
  /** Cash of one day of an area's collection. A later booking, of what came late to a day already booked, has its number. */
  collectionDay: (area: string, day: string, kind: string, booking?: number) =>
    ['collection', area, day, kind, ...(booking === undefined ? [] : [booking])].join('/'),
  /** What an opening on receipts holds of advance premiums, as income; a later entry, of what came late, has its number. */
  heldAdvance: (area: string, entry?: number) =>
    `${journalKeys.heldAdvances}${[area, ...(entry === undefined ? [] : [entry])].join('/')}`,
  /** The change of another place of money on a day; a later one, where the file was corrected or came late, has its number. */
  position: (entity: string, scheme: Scheme, part: string, account: string, date: string, entry?: number) =>
    `${journalKeys.positions}${[entity, scheme, part, account, date, ...(entry === undefined ? [] : [entry])].join('/')}`,
  /** The area's side of a levy; the region's is a second entry. */
  levy: (scheme: Scheme, area: string, step: string) => `levy/${scheme}/${area}/${step}`,
  levyOfRegion: (scheme: Scheme, area: string, step: string) => `${journalKey.levy(scheme, area, step)}/region`,
  /** The step of an instalment; what is put right of it later has a number. */
  instalment: (quarter: number, change?: number) =>
    ['prepayment', quarter, ...(change === undefined ? [] : [change])].join('/'),
  /** The area's side of an advance; the region's is a second entry. */
  emergencyAdvance: (scheme: Scheme, area: string, number: number) => `emergency/${scheme}/${area}/${number}`,
  emergencyAdvanceOfRegion: (scheme: Scheme, area: string, number: number) =>
    `${journalKey.emergencyAdvance(scheme, area, number)}/region`,
} as const;

/** The quarter whose instalment an entry books or puts right, by the key of the area's side; null for any other entry. */
export function quarterOfInstalment(key: string): number | null {
  const quarter = /^levy\/[^/]+\/[^/]+\/prepayment\/([1-4])(\/\d+)?$/.exec(key)?.[1];
  return quarter === undefined ? null : Number.parseInt(quarter, 10);
}

/** What an entry books, in one word: `opening`, `levy`, `actual` and so on. */
export const kindOfEntry = (key: string): string => key.slice(0, key.indexOf('/'));

// --- Problems that the watchdog finds ------------------------------------------------------------------------------------------

/** How the keys of all problems of a kind begin. */
export const problemsOf = (kind: ProblemKind): string => `${kind}/`;
/** What a look finds, or finds solved: in the database, and in Temporal. */
export const YEAR_KINDS = ['not_started', 'overdue_task', 'unanswerable', 'overdue_date', 'low_rate'] as const;
export const TEMPORAL_KINDS = ['temporal', 'worker', 'schedule', 'workflow'] as const;
/** What only the machine of a worker shows. */
export const MACHINE_KINDS = ['inbox'] as const;
export type ProblemKind =
  (typeof YEAR_KINDS)[number] | (typeof TEMPORAL_KINDS)[number] | (typeof MACHINE_KINDS)[number];

/** Stays the same as long as the problem does. */
export const problemKey = (kind: ProblemKind, ...what: (string | number)[]): string =>
  `${problemsOf(kind)}${what.join('/')}`;
