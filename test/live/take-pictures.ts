/**
 * Takes the pictures of docs/live-year.md: `npm run pictures`.
 *
 * A live year (正式年度) of two areas is lived through on a system of its own, started with `fund start` and fed with `fund import`. Its
 * cycle lies ahead; the server's fast-forward brings each workflow to a date, where it stands. At every stage the page is read
 * first: it says what is waited for, until when and how to act, or no picture is taken. Chromium is installed where it is missing.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { SCHEMES } from '../../rules/vocabulary';
import { Home } from '../../scripts/trials/campaign/home';
import type { System } from '../../servers';
import { CHECKOUT } from '../../servers/home';
import { beijingDate } from '../../rules/beijing-time';
import { caseNamed } from '../year/cases';
import { changedPack, movedByYears } from '../year/changed-pack';
import {
  WATCHDOG,
  YEAR_STARTER,
  adjustmentId,
  budgetId,
  collectionId,
  fundYearId,
  monthlyCheckId,
} from '../../rules/keys';
import { Camera } from './camera';
import { StagedYear } from './staged-year';

/** The first year whose cycle lies ahead as a whole, on any day. */
const YEAR = Number(beijingDate(new Date()).slice(0, 4)) + 2;
const [EAST, WEST] = ['150100', '150200'];
const SOURCE = caseNamed('two-areas-2028');
const PICTURES = join(CHECKOUT, 'docs', 'pictures');

const ID = fundYearId(YEAR);
const COLLECTIONS = [EAST, WEST].map((area) => collectionId(YEAR, area));
const FUNDS = SCHEMES.map((scheme) => adjustmentId(YEAR, scheme));
const BUDGET = budgetId(YEAR, 'employee', EAST);
const LATE = budgetId(YEAR, 'employee', WEST);
const [COLLECTION, FUND] = [COLLECTIONS[0] as string, FUNDS[0] as string];

/** The pack in three parts, as its offices would send them. */
const FIRST = ['areas.csv', 'operators.csv', 'banners.csv'];
const LAST = ['conduct.csv'];

/** A row for each fund and month from February on, so that in January alone the year waits for figures. */
const EVERY_MONTH = [EAST, WEST].flatMap((area) =>
  SCHEMES.flatMap((scheme) =>
    Array.from({ length: 11 }, (_, i) => `${area},${scheme},pooled,${YEAR},${i + 2},other_income,0.00`),
  ),
);

/** A version with a deficit before the good one, and a difference with the tax bureau. */
function withTrouble(file: string, text: string): string {
  const moved = movedByYears(text, YEAR - SOURCE.year);
  if (file === 'collection_totals.csv') return moved.replace('1720.00', '1800.00');
  if (file === 'actuals.csv') return `${moved.trim()}\n${EVERY_MONTH.join('\n')}\n`;
  if (file !== 'budget_submissions.csv') return moved;
  const ofBudget = (row: string): boolean => row.startsWith(`${EAST},employee,`);
  const [header = '', ...rows] = moved.trim().split('\n');
  const second = rows.filter(ofBudget).map((row) => row.replace(`,${YEAR},1,`, `,${YEAR},2,`));
  const first = rows.map((row) => (ofBudget(row) ? row.replace('inpatient,600.00', 'inpatient,690.00') : row));
  return [header, ...first, ...second, ''].join('\n');
}

async function main(): Promise<void> {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES);
  const home = new Home();
  try {
    await takeLiveYear(home);
  } finally {
    await home.remove();
  }
  // An advance is asked for within its year, on a day of the real calendar: this one picture is of a compressed run.
  const other = new Home();
  try {
    await takeEmergency(other);
  } finally {
    await other.remove();
  }
}

/** What the pictures of a live year are taken with. */
interface Stage {
  year: StagedYear;
  camera: Camera;
  pack: string;
  /** Takes a picture of a page that says what it should. */
  take: (name: string, id: string, stage: string, waitsFor?: string, top?: boolean) => Promise<void>;
}

async function takeLiveYear(home: Home): Promise<void> {
  const { temporalAddress, uiUrl } = await systemOf(home);
  const connection = await Connection.connect({ address: temporalAddress });
  const year = new StagedYear(home, new Client({ connection }), YEAR);
  const camera = await Camera.open(uiUrl, PICTURES);
  const take = async (name: string, id: string, stage: string, waitsFor?: string, top = false): Promise<void> => {
    await year.says(id, stage, waitsFor);
    await camera.details(name, id, stage, top);
  };
  const pack = changedPack(SOURCE.pack, join(home.folder, 'pack'), withTrouble);
  try {
    const stage: Stage = { year, camera, pack, take };
    await takeBeginning(stage);
    await takeBudgets(stage);
    await takeMonths(stage);
    await takeEnd(stage);
  } finally {
    await camera.close();
    await year.leave();
    await connection.close();
  }
}

async function takeBeginning({ year, camera, pack, take }: Stage): Promise<void> {
  await camera.schedule('01-schedule', YEAR_STARTER, 'At 00:00');
  await year.fund('start', '--confirm', String(YEAR));
  await take('02-areas', ID, '年度启动', 'areas.csv', true);
  const watchdog = await year.watchdog(WATCHDOG);
  await camera.details('03-watchdog', watchdog.id, watchdog.stage);
  await year.imports(pack, (file) => FIRST.includes(file));
  await take('04-before', ID, '年度启动', '征缴期开始');

  await year.moveTo(`${YEAR - 1}-09-01`, ID);
  await take('05-files', ID, '等待数据报送', 'medical_aid.csv');
  await year.imports(pack, (file) => !LAST.includes(file));
  await year.says(ID, '居民征缴');
  await take('06-collection', COLLECTION, '征缴进行中', '征缴入账');
}

async function takeBudgets({ year, camera, take }: Stage): Promise<void> {
  await year.moveTo(`${YEAR - 1}-10-01`, ID, ...COLLECTIONS);
  await take('07-budgets', ID, '预算编制与征缴', '全部预算批复');
  await take('08-budget', BUDGET, '预算报送', '统筹区医保局');
  await year.enrol(`sec-${EAST}`);
  await year.fund('submit', '--as', `sec-${EAST}`, '--scheme', 'employee', '--area', EAST, '--version', '1');
  await take('09-failed', BUDGET, '预算报送', '统筹区医保局');
  await year.fund('submit', '--as', `sec-${EAST}`, '--scheme', 'employee', '--area', EAST, '--version', '2');
  await take('10-area-finance', BUDGET, '预算审批', '统筹区财政局');
  await camera.list('11-list', `FundYear=${YEAR} AND ExecutionStatus='Running'`, '预算审批');
  await year.actOn(BUDGET, 'area_finance', 'region_security', 'region_finance');
  await take('12-region-government', BUDGET, '预算审批', '自治区人民政府');
  await year.actOn(BUDGET);
  await take('13-in-force', BUDGET, '预算已批复');
  for (const area of [EAST, WEST]) await year.passBudget('resident', area);
}

async function takeMonths({ year, camera, take }: Stage): Promise<void> {
  await year.moveTo(`${YEAR}-01-01`, LATE, ID, ...COLLECTIONS);
  await take('14-directed', LATE, '以收定支', '自治区人民政府');
  await take('15-late-budget', ID, '预算审批', '预算未批复');
  await year.actOn(LATE);
  await take('16-year-begun', ID, '年度运行', '1 月运行分析');
  await take('17-method', FUND, '登记调剂金管理办法', '文号');
  for (const fund of FUNDS) await year.actOn(fund);
  await take('18-instalment', FUND, '按季预缴', '第 1 次预缴');

  await year.moveTo(`${YEAR}-02-01`, ID, ...FUNDS, ...COLLECTIONS);
  await take('19-month-files', ID, '等待数据报送', 'actuals.csv');
  await year.actOn(ID);
  await take('20-monthly-check', monthlyCheckId(YEAR, 1), '1 月运行分析已完成');
  await take('21-risk', ID, '年度运行', '2 月运行分析');
  await year.passMonths(2, 3, [...FUNDS, ...COLLECTIONS]);
  await year.passMonths(4, 5, [...FUNDS, ...COLLECTIONS]);
  await camera.timeline('22-timeline', ID, '6 月运行分析', 11);
  await year.passMonths(6, 12, [...FUNDS, ...COLLECTIONS]);
}

async function takeEnd({ year, pack, take }: Stage): Promise<void> {
  await take('23-difference', COLLECTION, '征缴对账', '统筹区财政局');
  await take('24-reconciliation', ID, '征缴对账', '征缴未对账');
  await year.actOn(COLLECTION);
  await year.says(ID, '年度决算');
  await year.moveTo(`${YEAR + 1}-02-01`, ID);
  await take('25-final-accounts', ID, '等待数据报送', 'conduct.csv');
  await year.imports(pack, () => true);
  await take('26-settling', ID, '决算审核与清算', '清算拨付与关账');
  await year.moveTo(`${YEAR + 1}-03-31`, ...FUNDS);
  await take('27-proposal', FUND, '分担方案审批', '自治区医保局');
  for (const fund of FUNDS) await year.actOn(fund);
  await take('28-payment', FUND, '待拨付', '清算拨付');
  await year.moveTo(`${YEAR + 1}-06-01`, ...FUNDS, ID);
  await take('29-closed', ID, '已关账');
}

async function takeEmergency(home: Home): Promise<void> {
  const { temporalAddress, uiUrl } = await systemOf(home);
  const pack = changedPack(SOURCE.pack, join(home.folder, 'pack'), (_, text) => movedByYears(text, YEAR - SOURCE.year));
  const run = home.startRun({ pack, year: YEAR }, '--until', `${YEAR}-06-30`);
  if (!(await run.says('serving until Ctrl-C'))) throw new Error((await run.ended).stderr);
  const connection = await Connection.connect({ address: temporalAddress });
  const year = new StagedYear(home, new Client({ connection }), YEAR);
  const camera = await Camera.open(uiUrl, PICTURES);
  try {
    const of = ['--as', `sec-${EAST}`, '--scheme', 'employee', '--area', EAST];
    await year.fund('emergency', ...of, '--amount', '40', '--cause', 'epidemic', '--document', `东政函〔${YEAR}〕1号`);
    const id = `${ID}-emergency-employee-${EAST}-1`;
    await year.says(id, '紧急调剂审批', '自治区医保局');
    await camera.details('30-emergency', id, '紧急调剂审批');
  } finally {
    await camera.close();
    await year.leave();
    await connection.close();
  }
}

/** A system with servers and a worker that stay. */
async function systemOf(home: Home): Promise<{ temporalAddress: string; uiUrl: string }> {
  const { code, stdout, stderr } = await home.fund('up', '--json');
  if (code !== 0) throw new Error(stderr);
  const { temporalAddress, uiUrl } = JSON.parse(stdout) as System;
  return { temporalAddress, uiUrl: uiUrl ?? '' };
}

if (require.main === module) void main();
