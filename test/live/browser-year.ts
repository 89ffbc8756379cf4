/**
 * Officials live their part of a year in the browser: `npm run campaign -- desk`. Two areas, from the appointments to the closed cycle, with
 * a returned budget, a late area, an extension, an adjustment and an emergency, on the real servers, worker and desk. Each official has a
 * browser and a passkey of his own and acts through the pages alone; by command is done what belongs to IT, which also moves the clock.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { type Database, connect } from '../../db/connect';
import { execute } from '../../db/rows';
import type { TrailLine } from '../../db/trail';
import { beijingDate } from '../../rules/beijing-time';
import { daysAfter, monthEnd } from '../../rules/calendar-day';
import { adjustmentId, budgetId, collectionId, fundYearId } from '../../rules/keys';
import { SCHEMES } from '../../rules/vocabulary';
import { Home } from '../../scripts/trials/campaign/home';
import type { System } from '../../servers';
import { freePort } from '../../servers/ports';
import { postgresPort, postgresUrl } from '../../servers/postgres';
import { Officials } from '../desk/officials';
import { openBrowser } from '../web/browser';
import { OfficeFiles } from './office-files';
import { PeopleAtDesks } from './people-at-desks';
import { StagedYear } from './staged-year';

/** The first year whose cycle lies ahead as a whole, on any day: a workflow’s clock goes forward only. */
const YEAR = Number(beijingDate(new Date()).slice(0, 4)) + 2;
const [EAST, WEST] = ['150100', '150200'];
const AREAS = [EAST, WEST];
const ID = fundYearId(YEAR);
const COLLECTIONS = AREAS.map((area) => collectionId(YEAR, area));
const FUNDS = SCHEMES.map((scheme) => adjustmentId(YEAR, scheme));

const SECOND = 'nm-security-2';
const REGION = ['nm-security', 'nm-finance', 'nm-government'];
const EVERYBODY = [...REGION, ...AREAS.flatMap((area) => [`sec-${area}`, `fin-${area}`])];

/** What a good budget of the employees of the east says. */
const BUDGET = {
  ...{ premium: '870.00', interest: '32.01', inpatient: '600.00', outpatient: '260.00' },
  levy_to_superior: '30.24',
};
const DOCUMENT = `东政函〔${YEAR}〕1号`;

/** The system, and the people at their desks. */
interface World {
  staged: StagedYear;
  people: PeopleAtDesks;
  files: OfficeFiles;
  home: Home;
  /** IT moves the clock: first the business date of the database, then some workflows, to noon of a date. */
  moveTo: (date: string, ...workflows: readonly string[]) => Promise<void>;
  leave: () => Promise<void>;
}

const STORY: readonly ((world: World) => Promise<void>)[] = [
  beginning,
  collection,
  budgets,
  extension,
  newYear,
  months,
  settlement,
  judged,
];

/** Lives the year; false when a step fails, after saying where and why. */
export async function browserYear(): Promise<boolean> {
  const home = new Home();
  let world: World | undefined;
  try {
    world = await openWorld(home);
    for (const chapter of STORY) await chapter(world);
    return true;
  } catch (error) {
    console.log(`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return false;
  } finally {
    await world?.leave();
    await home.remove();
  }
}

async function openWorld(home: Home): Promise<World> {
  const port = await freePort();
  const { code, stdout, stderr } = await home.fund('up', '--listen', `127.0.0.1:${port}`, '--json');
  if (code !== 0) throw new Error(stderr);
  const owner = connect(postgresUrl(home.folder, postgresPort(home.folder) as number), 'owner', 2);
  const browser = await openBrowser();
  const connection = await Connection.connect({ address: (JSON.parse(stdout) as System).temporalAddress });
  const staged = new StagedYear(home, new Client({ connection }), YEAR);
  const moveTo = async (date: string, ...workflows: readonly string[]): Promise<void> => {
    await setBusinessDate(owner, date);
    await staged.moveTo(date, ...workflows);
  };
  await moveTo(`${YEAR - 1}-08-25`);
  const people = new PeopleAtDesks(new Officials(browser, `http://localhost:${port}`, owner), YEAR);
  const leave = async (): Promise<void> => {
    await browser.close();
    await staged.leave();
    await connection.close();
    await owner.destroy();
  };
  return { staged, people, files: new OfficeFiles(YEAR), home, moveTo, leave };
}

/**
 * The business date of a live year is today. Whoever owns the database sets another: what is signed, and every other instant, keeps the
 * real time.
 */
const setBusinessDate = (owner: Database, date: string): Promise<number> =>
  execute(
    owner,
    `create or replace function fund.business_date(of_year int, cycle_start date) returns date
     language sql stable security definer set search_path = pg_catalog, fund, pg_temp
     as $$ select date '${date}' from fund.fund_year where year = of_year $$`,
  );

const done = (step: string): void => console.log(`✓ ${step}`);

/** IT starts the year, brings the first two files and names the first two of the bureau; they appoint everybody else. */
async function beginning({ staged, people, files, home }: World): Promise<void> {
  await staged.fund('start', '--confirm', String(YEAR));
  const first = join(home.folder, 'first');
  mkdirSync(first);
  writeFileSync(join(first, 'areas.csv'), files.whole('areas.csv'));
  const operators = `${files.whole('operators.csv').trim()}\n${SECOND},额尔敦,region_security,\n`;
  writeFileSync(join(first, 'operators.csv'), operators);
  await staged.fund('import', first);
  await staged.fund('appoint', '--first', 'nm-security', SECOND);
  done('信息技术人员启动年度，导入 areas.csv、operators.csv，指定首任两人 (IT starts the year)');
  await people.sign('nm-security', /^任命 /, `内医保人〔${YEAR - 1}〕3号`);
  await people.sign(SECOND, /^任命 /, '核对无误');
  for (const operator of EVERYBODY) await people.tasksOf(operator);
  done('自治区医保局两人任命，各人登记通行密钥并登录 (offices are appointed, passkeys enrolled)');
}

/** 1 September: files of the region and of each area. */
async function collection({ staged, people, files, moveTo }: World): Promise<void> {
  await moveTo(`${YEAR - 1}-09-01`, ID);
  await people.open('nm-security', /请报送 medical_aid\.csv/);
  await people.bring('nm-security', files.of('medical_aid.csv'));
  await people.bring('nm-finance', files.of('adjustment_fund.csv'));
  const own = ['banners.csv', 'resident_roll.csv', 'history.csv', 'insured.csv', 'opening.csv'];
  for (const area of AREAS) {
    await people.bring(`sec-${area}`, files.ofArea(area, ...own));
    await people.bring(`sec-${area}`, files.residentsBudget(area));
  }
  await staged.says(ID, '居民征缴');
  done('各岗位在“文件”导入自己的文件 (files are brought)');
}

/** Autumn: one budget comes back twice, two are approved, one is never submitted. */
async function budgets({ staged, people, moveTo }: World): Promise<void> {
  await moveTo(`${YEAR - 1}-10-01`, ID, ...COLLECTIONS);
  const [submit, approve] = [/150100 职工医保.*报送/, /150100 职工医保.*预算第 \d+ 版/];
  await people.compile(`sec-${EAST}`, submit, { ...BUDGET, inpatient: '690.00' });
  const page = await people.open(`sec-${EAST}`, submit);
  await page.getByText('单项调整').first().waitFor();
  done('东河盟报送有赤字的预算，未通过审核，页面写明缺口和单项调整 (a budget fails its checks)');
  await people.compile(`sec-${EAST}`, submit, BUDGET);
  await people.act(`fin-${EAST}`, approve, /^退回/, { 退回原因: '门诊支出请再压减一元' });
  const returned = await people.open(`sec-${EAST}`, submit);
  await returned.getByText('门诊支出请再压减一元').first().waitFor();
  done('财政局退回预算，原因在报送人的页面上 (a budget is returned)');
  await people.compile(`sec-${EAST}`, submit, { ...BUDGET, outpatient: '259.00' }, { outpatient: '按财政局意见压减' });
  await approved(people, EAST, approve);
  done('第三版依次批准 (its third version is approved)');
  for (const area of AREAS) {
    await people.act(`sec-${area}`, new RegExp(`${area} .*居民医保.*预算：请报送`), /^报送第/);
    await approved(people, area, new RegExp(`${area} .*居民医保.*预算第 \\d+ 版`));
  }
  await staged.says(budgetId(YEAR, 'employee', EAST), '预算已批复');
}

/** December: the payments come, and the window of the west is extended. */
async function extension({ people, files, moveTo }: World): Promise<void> {
  await moveTo(`${YEAR - 1}-12-20`, ID, ...COLLECTIONS);
  await people.bring('nm-security', files.of('resident_payments.csv'));
  const until = { 统筹区: WEST, 延至: `${YEAR}-02-15`, 文号: `内医保发〔${YEAR - 1}〕9号` };
  await people.begin('nm-security', '延长征缴期', /^延长/, until);
  done('自治区医保局延长西川市征缴期 (the window of the west is extended)');
}

/** Four offices in their order, the first by a document. */
async function approved(people: PeopleAtDesks, area: string | undefined, task: RegExp): Promise<void> {
  await people.act(`fin-${area}`, task, /^批准/, { 批准文号: DOCUMENT });
  for (const operator of REGION) await people.act(operator, task, /^批准/);
}

/** 1 January: the late area's budget is directed; without a method nothing is paid. */
async function newYear({ staged, people, moveTo }: World): Promise<void> {
  const late = budgetId(YEAR, 'employee', WEST);
  await moveTo(`${YEAR}-01-01`, late, ID, ...COLLECTIONS);
  await staged.says(late, '以收定支', '自治区人民政府');
  await people.act('nm-government', /150200 .*职工医保.*(以收定支|预算)/, /^批准/);
  done('西川市职工医保逾期未报预算，以收定支，由自治区人民政府批准 (the late area)');
  await staged.says(ID, '年度运行', '1 月运行分析');
  for (const fund of FUNDS) await staged.says(fund, '登记调剂金管理办法', '文号');
  await people.open('nm-government', /登记.*调剂金管理办法文号/);
  await people.settle('nm-government');
  for (const fund of FUNDS) await staged.says(fund, '按季预缴', '第 1 次预缴');
  done('自治区人民政府登记调剂金管理办法文号 (the method is recorded)');
}

async function months(world: World): Promise<void> {
  const { people } = world;
  for (let month = 1; month <= 12; month++) {
    await passMonth(world, month);
    if (month === 2) await adjusted(world);
    if (month === 3) await emergency(world);
    if (month % 3 === 0) for (const operator of EVERYBODY) await people.settle(operator);
    done(`${month} 月运行分析 (month ${month})`);
  }
}

async function passMonth({ staged, people, files, moveTo }: World, month: number): Promise<void> {
  const moving = [...FUNDS, ...COLLECTIONS, ID];
  await moveTo(daysAfter(monthEnd(YEAR, month), 1), ...moving);
  const task = /请报送 actuals\.csv/;
  for (const area of AREAS) {
    if (month === 1 && area === WEST) {
      await moveTo(`${YEAR}-02-20`);
      const page = await people.tasksOf(`sec-${WEST}`);
      await page
        .getByText(/逾期 \d+ 天/)
        .first()
        .waitFor();
      done('西川市 1 月收支逾期未报，事项标红 (a late report is overdue)');
    }
    await people.open(`sec-${area}`, task);
    await people.bring(`sec-${area}`, {
      ...files.month(area, month),
      ...(month === 6 ? files.ofArea(area, 'subsidy_arrivals.csv') : {}),
      ...(month === 12 ? files.ofArea(area, 'collection_totals.csv') : {}),
    });
  }
  if (month < 12) await staged.says(ID, '年度运行', `${month + 1} 月运行分析`);
}

/** 预算调整: brought as a file, submitted under 其他办理, approved by four. */
async function adjusted({ people, moveTo }: World): Promise<void> {
  const date = `${YEAR}-03-10`;
  await moveTo(date);
  const rows = Object.entries({ ...BUDGET, inpatient: '605.00' }).map(
    ([item, amount]) => `${EAST},employee,4,${date},pooled,${item},${amount},据实调整,sec-${EAST}`,
  );
  const header = 'area,scheme,version,date,part,item,amount,reason,submitted_by';
  await people.bring(`sec-${EAST}`, { 'budget_adjustments.csv': [header, ...rows, ''].join('\n') });
  await people.begin(`sec-${EAST}`, '报送预算调整', /^报送/);
  await approved(people, EAST, /预算调整第 4 版/);
  done('东河盟年度内预算调整，四级批准 (a budget is adjusted)');
}

/** 紧急调剂: asked for and approved within the year. */
async function emergency({ people }: World): Promise<void> {
  await people.begin(`sec-${EAST}`, '紧急调剂申请', /^申请/, {
    ...{ 险种: 'employee', '申请金额（元）': '40.00', 原因: 'epidemic', 文号: `东政函〔${YEAR}〕2号` },
  });
  await people.act('nm-security', /紧急调剂/, /^批准/);
  await people.act('nm-finance', /紧急调剂/, /^批准/);
  await people.act('nm-government', /紧急调剂/, /^批准/, { 批准文号: `内政办函〔${YEAR}〕66号` });
  done('东河盟紧急调剂申请，自治区三家批准 (an emergency advance)');
}

/** The year after: differences, final accounts, settlement, closing. */
async function settlement({ staged, people, files, moveTo }: World): Promise<void> {
  for (const operator of EVERYBODY) await people.settle(operator);
  await staged.says(ID, '年度决算');
  await moveTo(`${YEAR + 1}-02-01`, ID);
  for (const area of AREAS) {
    await people.open(`sec-${area}`, /请报送 conduct\.csv/);
    await people.bring(`sec-${area}`, files.ofArea(area, 'conduct.csv'));
  }
  await staged.says(ID, '决算审核与清算', '清算拨付与关账');
  done('对账、决算 (accounts are reconciled)');
  await moveTo(`${YEAR + 1}-03-31`, ...FUNDS);
  for (const fund of FUNDS) await staged.says(fund, '分担方案审批', '自治区医保局');
  for (const operator of REGION) {
    for (const scheme of ['职工医保', '居民医保']) await people.act(operator, new RegExp(`${scheme}.*分担`), /^批准/);
  }
  for (const fund of FUNDS) await staged.says(fund, '待拨付', '清算拨付');
  await moveTo(`${YEAR + 1}-06-01`, ...FUNDS, ID);
  await staged.says(ID, '已关账');
  done('分担方案批准，清算拨付，年度关账 (the year is closed)');
}

/** Every invariant holds, every signature too, and the trail names each act with whoever did it. */
async function judged({ home }: World): Promise<void> {
  const of = ['--year', String(YEAR)];
  const verified = await home.fund('verify', ...of);
  if (verified.code !== 0) throw new Error(`${verified.stdout}${verified.stderr}`);
  const signatures = verified.stdout.split('\n').find((line) => line.includes('signatures'));
  done(`fund verify：${signatures ?? ''}`);
  const lines = JSON.parse((await home.fund('audit', ...of, '--json')).stdout) as TrailLine[];
  const missing = NAMED.filter(
    ([operator, act, words]) =>
      !lines.some((line) => line.operator === operator && line.act === act && words.test(JSON.stringify(line))),
  );
  if (missing.length > 0) throw new Error(`the trail lacks ${missing.map((line) => line.join(' ')).join('; ')}`);
  done(`fund audit：${lines.length} 项办理，各有其人 (the trail names each act)`);
}

/** Who did what, as the trail has to say it. */
const NAMED: readonly (readonly [operator: string, act: TrailLine['act'], words: RegExp])[] = [
  ['nm-security', 'appoint', /appoint/],
  [SECOND, 'appoint', /appoint/],
  [`sec-${EAST}`, 'submit', /"version":1/],
  [`fin-${EAST}`, 'return', /门诊支出请再压减一元/],
  [`sec-${EAST}`, 'submit', /"version":3/],
  [`fin-${EAST}`, 'approve', new RegExp(DOCUMENT)],
  ['nm-security', 'extend', new RegExp(`${YEAR}-02-15`)],
  ['nm-government', 'approve', /150200.*职工/],
  ['nm-government', 'record', /办法/],
  [`sec-${EAST}`, 'submit', /预算调整/],
  ['nm-government', 'approve', /预算调整/],
  ['nm-government', 'approve', /内政办函/],
  [`sec-${WEST}`, 'import', /actuals/],
];
