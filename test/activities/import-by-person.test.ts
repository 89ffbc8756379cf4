/** 导入人: who brings files by his own hand brings what his office may, of his area alone, and signs for the very bytes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type ImportOrder, attemptImport } from '../../activities/imports/import-folder';
import { ImportProgress } from '../../activities/imports/progress';
import { filesToSign } from '../../activities/imports/to-sign';
import { signaturesThatDoNotHold } from '../../audit/signatures';
import type { ImportReport } from '../../db/import-reports';
import { execute, select } from '../../db/rows';
import { trail } from '../../db/trail';
import { bytesToRead, hashesOfFiles } from '../../pack';
import { type TestDatabase, testDatabase } from '../database';
import { removePacks, writePack } from '../pack/builder';
import { importInto, lines, operatorsOf } from './live-files';

const YEAR = 2028;
const ACTUALS = 'area,scheme,part,year,month,item,amount';
const ROLL = 'person,area,banner,group,coverage_year';
const OWN = `1501,resident,pooled,${YEAR},1,interest,10.00`;
const OTHER = `1502,resident,pooled,${YEAR},1,interest,20.00`;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await importInto(database, YEAR, {
    'areas.csv': lines(
      'area,name_zh,name_en,schemes,subsidy_class',
      '1501,甲市,Jia,resident,2',
      '1502,乙市,Yi,resident,2',
    ),
    'operators.csv': operatorsOf('1501', '1502'),
  });
});
afterAll(async () => {
  removePacks();
  await database.drop();
});

let attempts = 0;
async function bring(
  operator: string,
  files: Record<string, string>,
  of: Partial<ImportOrder> & { folder?: string } = {},
): Promise<ImportReport> {
  const directory = of.folder ?? writePack(files);
  const order: ImportOrder = { year: YEAR, directory, correction: null, channel: 'desk', sender: { operator }, ...of };
  const control = {
    key: `a desk/${++attempts}`,
    signal: new AbortController().signal,
    progress: new ImportProgress(await bytesToRead(directory)),
  };
  return attemptImport(database.pool, order, control);
}
const faultsOf = (report: ImportReport): string[] =>
  'faults' in report ? report.faults.map(({ text }) => text) : [JSON.stringify(report.receipt)];

test('an area’s office brings rows of its own area; each other row is a fault that shows nothing of what is stored', async () => {
  await importInto(database, YEAR, { 'actuals.csv': lines(ACTUALS, OTHER) });
  const files = {
    'actuals.csv': lines(ACTUALS, OWN, OTHER.replace('20.00', '21.00')),
    'resident_roll.csv': lines(
      ROLL,
      `P1,1501,,ordinary,${YEAR}`,
      `P2,1502,,ordinary,${YEAR}`,
      `"P3",1502,,student,${YEAR}`,
    ),
    'burdens.csv': lines('person,area,group,month,self_paid', 'P2,1502,ordinary,1,9.00'),
    'positions.csv': lines(
      'area,scheme,part,account,date,balance',
      `region,resident,pooled,国库存款,${YEAR}-01-31,1.00`,
    ),
  };
  const faults = faultsOf(await bring('sec-1501', files));
  expect(faults.map((fault) => /^文件 (\S+) 第 (\d) 行/.exec(fault)?.slice(1))).toEqual([
    ['actuals.csv', '3'],
    ['positions.csv', '2'],
    ['resident_roll.csv', '3'],
    ['resident_roll.csv', '4'],
    ['burdens.csv', '2'],
  ]);
  for (const fault of faults)
    expect(fault).toMatch(/area 列：“(1502|region)”；应为本统筹区 1501.*由该统筹区或自治区导入/);
  expect(faults.join('\n')).not.toMatch(/20\.00|P\d/);
});

test('files of the region and of the tax bureau are not its own to bring; another office brings none', async () => {
  const files = {
    'operators.csv': operatorsOf('1501', '1502'),
    'resident_payments.csv': 'receipt\n',
    'parameters.json': '{}',
    'actuals.csv': lines(ACTUALS, OWN),
  };
  const refused = async (operator: string) =>
    faultsOf(await bring(operator, files)).map((fault) => /^文件 (\S+)：应为您的岗位可以导入的文件/.exec(fault)?.[1]);
  expect(await refused('sec-1501')).toEqual(['operators.csv', 'parameters.json', 'resident_payments.csv']);
  expect(await refused('fin-1501')).toEqual(Object.keys(files).sort());
  expect(await refused('r-fin')).toEqual(Object.keys(files).sort());
  expect(faultsOf(await bring('nobody', files))).toEqual([expect.stringContaining('2028 年度在任的工号，不是 nobody')]);
});

test('whose office has ended brings nothing', async () => {
  const end = (until: string) =>
    execute(database.as('owner'), `update fund.operator set until = ${until} where operator = 'sec-1502'`);
  const lastYear = '2020-01-01';
  await end(`'${lastYear}'`);
  expect(faultsOf(await bring('sec-1502', { 'actuals.csv': lines(ACTUALS, OTHER) }))).toEqual([
    expect.stringContaining('在任的工号，不是 sec-1502'),
  ]);
  const insert = execute(
    database.pool,
    `insert into fund.import_report (key, fund_year, receipt, channel, operator) values ('forged', ${YEAR}, '{"files":{}}', 'desk', 'sec-1502')`,
  );
  await expect(insert).rejects.toThrow('没有在任的工号 sec-1502');
  await end('null');
});

describe('signed', () => {
  const files = { 'actuals.csv': lines(ACTUALS, OWN) };
  const signed = async (folder: string, operator = 'sec-1501') => ({
    operator,
    proof: await database.signers.sign(filesToSign({ year: YEAR, files: await hashesOfFiles(folder) }, { operator })),
  });

  test('a file that took the place of the signed one is refused', async () => {
    const folder = writePack(files);
    const sender = await signed(folder);
    writeFileSync(join(folder, 'actuals.csv'), lines(ACTUALS, OWN.replace('10.00', '99.00')));
    await expect(bring('sec-1501', {}, { folder, sender })).rejects.toThrow('签名与所办的内容不符');
  });

  test('what was signed is taken once, and the trail names the person and the signature', async () => {
    const folder = writePack(files);
    const checked = await bring('sec-1501', {}, { folder, check: true });
    expect(checked).toEqual({ receipt: { files: { 'actuals.csv': { added: 1, corrected: 0, unchanged: 0 } } } });
    const sender = await signed(folder);
    expect(await bring('sec-1501', {}, { folder, sender })).toEqual(checked);
    expect(faultsOf(await bring('sec-1501', {}, { folder, sender }))).toEqual([
      expect.stringContaining('签名已经用过'),
    ]);
    const of = { year: YEAR, operator: 'sec-1501', area: '1501' };
    expect(await trail(database.as('reader'), of, { most: null })).toEqual([
      expect.objectContaining({ act: 'import', subject: 'actuals.csv', area: '1501', proof: sender.proof.nonce }),
    ]);
    expect(await signaturesThatDoNotHold(database.as('reader'), YEAR)).toEqual([]);
  });

  test('an import of IT names no person, and says by which way it came', async () => {
    await bring('', files, { channel: 'command', sender: undefined as never });
    await bring('', files, { channel: 'inbox', sender: undefined as never });
    const subjects = (await trail(database.as('reader'), { year: YEAR }, { most: 2 })).map(({ operator, subject }) => [
      operator,
      subject,
    ]);
    expect(subjects).toEqual([
      [null, 'actuals.csv（收件夹，不署名）'],
      [null, 'actuals.csv（命令导入，不署名）'],
    ]);
  });
});

test('the database takes no report of the desk without a person, nor one under the signature of something else', async () => {
  const insert = (columns: string, values: string) =>
    execute(
      database.pool,
      `insert into fund.import_report (key, fund_year, receipt, ${columns}) values ('x', ${YEAR}, '{"files":{}}', ${values})`,
    );
  await expect(insert('channel', `'desk'`)).rejects.toThrow('desk_names_operator');
  const [{ nonce }] = (await select(database.pool, 'select nonce from fund.proof limit 1')) as [{ nonce: string }];
  await expect(insert('channel, operator, proof', `'desk', 'sec-1501', '${nonce}'`)).rejects.toThrow(
    '签名的内容不是所办的内容',
  );
});
