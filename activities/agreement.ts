/** 账实核对: the other places of money are booked, and the books are compared with what bank and treasury report. */
import { type OpenDifference, bankLines, differenceTasks, differencesNotAsked, unbookedPlaces } from '../db/agreement';
import { type Database, type Transaction, inTransaction } from '../db/connect';
import { lockYear } from '../db/fund-year';
import { post } from '../db/journal';
import { insertRows } from '../db/rows';
import { openChains, voidChain } from '../db/tasks';
import { agreementOf, differenceFindings, placePosting } from '../figures/agreement';
import { DAYS_TO_REPORT } from '../parameters/files';
import { daysAfter } from '../rules/calendar-day';
import { chainKey } from '../rules/keys';
import { yuanText } from '../rules/money';
import { inYuan } from '../rules/thousands';
import { PART_NAMES, REGION, type Role, SCHEME_NAMES } from '../rules/vocabulary';
import { bind } from './bind';
import { recordFindings } from './findings';

/**
 * Books the changes of other places up to a day, and compares the books with bank and treasury. Only what has changed since is
 * recorded, so it may be called whenever the books or the files have changed. Returns how many differences nobody has been
 * asked about.
 */
export async function agreeWithBank(trx: Transaction, year: number, through: string): Promise<number> {
  await post(trx, year, (await unbookedPlaces(trx, year, through)).map(placePosting));
  const lines = await bankLines(trx, year, through);
  const changed = lines.filter(
    ({ last, books, bank }) => last === null || !last.books.equals(books) || !last.bank.equals(bank),
  );
  const agreements = changed.map((line) => agreementOf(line, year));
  await insertRows(
    trx,
    'agreement_reckoned',
    agreements.map(({ line: { area, scheme, part, account, date, reckoning }, books, bank, difference }) => ({
      ...{ fund_year: year, area, scheme, part, account, date, reckoning: reckoning + 1 },
      books: yuanText(books.value),
      bank: yuanText(bank.value),
      difference: yuanText(difference.value),
      because: { books: books.because, bank: bank.because, difference: difference.because },
    })),
  );
  await recordFindings(
    trx,
    year,
    agreements.flatMap((agreement) => differenceFindings(agreement, year)),
  );
  return (await differencesNotAsked(trx, year)).length;
}

interface DifferencesOfStep {
  year: number;
  /** The workflow that waits for the answers. */
  workflowId: string;
  /** The date from which the days to answer are counted. */
  date: string;
}
interface DifferencesToAccept {
  /** How the names of their tasks begin, and how many of these are open. */
  tasks: string;
  open: number;
  role: Role;
  dueOn: string;
  /** The first of them, in Chinese. */
  first: string[];
}

const SHOWN = 5;

/**
 * 账实不符: opens a task for each difference that nobody has been asked about, and voids those whose difference is gone or has
 * changed. It may be called any number of times.
 */
export async function requestAcceptance(database: Database, of: DifferencesOfStep): Promise<DifferencesToAccept> {
  const { year, workflowId, date } = of;
  const dueOn = daysAfter(date, DAYS_TO_REPORT);
  const prefix = chainKey.differences(workflowId);
  return inTransaction(database, async (trx) => {
    for (const { chain, holds } of await differenceTasks(trx, workflowId)) if (!holds) await voidChain(trx, chain);
    const isOpen = (await lockYear(trx, year))?.status === 'open';
    const differences = isOpen ? await differencesNotAsked(trx, year) : [];
    await openChains(
      trx,
      differences.map((difference) => ({
        fundYear: year,
        chain: chainKey.difference(workflowId, difference, difference.reckoning),
        workflowId,
        kind: 'accept_finding' as const,
        area: difference.area === REGION ? null : difference.area,
        scheme: difference.scheme,
        subject: `${textOf(difference)}，请核实接受；记账有误的，更正后本事项自行办结`,
        figures: figuresOf(difference),
        dueOn,
        roles: [difference.area === REGION ? ('region_finance' as const) : ('area_finance' as const)],
      })),
    );
    const open = await differenceTasks(trx, workflowId);
    const role = open.some((task) => task.role === 'area_finance') ? 'area_finance' : 'region_finance';
    return { tasks: prefix, open: open.length, role, dueOn, first: open.slice(0, SHOWN).map(({ subject }) => subject) };
  });
}

/** By these figures `db/agreement.ts` recognises which difference a task asks about. */
const figuresOf = ({ area, scheme, part, account, date, books, bank, difference }: OpenDifference) => ({
  ...{ entity: area, scheme, part, account, date, books, bank, difference },
});

const textOf = ({ area, name, scheme, part, account, date, books, bank, difference }: OpenDifference): string =>
  `${area === REGION ? '自治区调剂金' : (name ?? area)}${SCHEME_NAMES[scheme]}${area === REGION ? '' : PART_NAMES[part]}${account}：${date} 账面 ${inYuan(books)}，银行 ${inYuan(bank)}，相差 ${inYuan(difference)}`;

export const createAgreementActivities = (database: Database) => bind(database, { requestAcceptance });
