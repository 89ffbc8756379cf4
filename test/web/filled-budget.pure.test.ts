/** 预算填报表: what was typed into the form is read back to the fen, and whatever is no amount is named by its cell. */
import { strToU8, unzipSync, zipSync } from 'fflate';
import { type Scheme } from '../../rules/vocabulary';
import { formBytes, formItems } from '../../web/forms/budget-form';
import { type FilledBudget, filledBudget } from '../../web/forms/filled-budget';
import { type Typed, typedInto, withSheet } from './filled-form';

const OF = { year: 2028, area: '150100', scheme: 'resident' as Scheme };
const FIRST = 6; // the row of the first item: a title, three notices, the heads
const SHEET = 'xl/worksheets/sheet1.xml';

/** A form on which every amount is empty but those that are 0 in accounts and estimate. */
const form = (of = OF): Promise<Buffer> =>
  formBytes(of, {
    notices: ['统筹区：150100 呼和浩特市', '每个科目都填'],
    items: formItems(of.scheme).map(({ part, item }) => ({
      ...{ part, item, accounts: '100.00', estimate: '110.00', before: null, amount: null, reason: '' },
    })),
  });

const ITEMS = formItems('resident');
const rowOf = (item: string): number => FIRST + ITEMS.findIndex((known) => known.item === item);
/** Every amount is 1000.00 but those that are given by item. */
const filled = async (typed: Record<string, Typed> = {}): Promise<Buffer> =>
  typedInto(
    await form(),
    Object.fromEntries(ITEMS.map(({ item }) => [`D${rowOf(item)}`, typed[item] ?? { number: '1000' }])),
  );
const faultsOf = (read: FilledBudget): string[] => ('faults' in read ? read.faults : []);
const amountsOf = (read: FilledBudget): Record<string, string> =>
  'faults' in read
    ? { faults: read.faults.join('\n') }
    : Object.fromEntries(read.lines.map(({ item, amount }) => [item, amount]));

test('amounts come back to the fen, whichever way the spreadsheet has stored them', async () => {
  const read = await filledBudget(
    await filled({
      premium: { number: '2.2999999999999998' }, // 2.3, as Excel writes it
      fiscal_subsidy: { number: '9999999999999.99' },
      interest: { text: '1,234.50' },
      inpatient: { number: '1.2345678E7' },
      outpatient: { xml: `<c r="D${rowOf('outpatient')}"><f>0.1+0.2</f><v>0.30000000000000004</v></c>` },
      transfer_in: { text: '-12，345' },
      major_illness: { text: '12345678901234567'.slice(0, 16) + '.01' }, // more digits than a number keeps
    }),
  );
  expect(read).toMatchObject({ of: OF });
  expect(amountsOf(read)).toMatchObject({
    ...{ premium: '2.30', fiscal_subsidy: '9999999999999.99', interest: '1234.50', inpatient: '12345678.00' },
    ...{ outpatient: '0.30', transfer_in: '-12345.00', major_illness: '1234567890123456.01', other_income: '1000.00' },
  });
});

test('every cell that is no amount is named, all at once', async () => {
  const D = (item: string): string => `D${rowOf(item)}`;
  const read = await filledBudget(
    await filled({
      premium: { number: '12.345' },
      fiscal_subsidy: { text: '八百万' },
      interest: { xml: `<c r="${D('interest')}"/>` },
      inpatient: { xml: `<c r="${D('inpatient')}"><f>1+1</f></c>` },
      outpatient: { xml: `<c r="${D('outpatient')}" t="e"><f>1/0</f><v>#DIV/0!</v></c>` },
      transfer_in: { xml: `<c r="${D('transfer_in')}" t="b"><v>1</v></c>` },
      other_income: { text: '1,23' },
    }),
  );
  expect(faultsOf(read)).toEqual([
    `${D('premium')}：“12.345”；应为金额，元，至多两位小数，没有的填 0 (an amount in yuan)`,
    expect.stringContaining(`${D('fiscal_subsidy')}：“八百万”`),
    expect.stringContaining(`${D('interest')}：空白，或公式没有结果`),
    expect.stringContaining(`${D('transfer_in')}：“true”`),
    expect.stringContaining(`${D('other_income')}：“1,23”`),
    expect.stringContaining(`${D('inpatient')}：空白，或公式没有结果`),
    expect.stringContaining(`${D('outpatient')}：空白，或公式没有结果`),
  ]);
});

/** The XML of a row, and where it is taken to. */
const rowXml = (sheet: string, row: number): string => new RegExp(`<row r="${row}".*?</row>`).exec(sheet)?.[0] ?? '';
const renumbered = (xml: string, to: number): string =>
  xml.replace(/ r="([A-Z]*)\d+"/g, (_, column: string) => ` r="${column}${to}"`);

test('a row that was moved is read where it stands; one that stands twice, or is gone, is named', async () => {
  const bytes = await filled({ premium: { number: '7' } });
  const [premium, interest] = [rowOf('premium'), rowOf('interest')];
  const swapped = withSheet(bytes, (sheet) =>
    sheet
      .replace(rowXml(sheet, premium), 'PREMIUM')
      .replace(rowXml(sheet, interest), renumbered(rowXml(sheet, premium), interest))
      .replace('PREMIUM', renumbered(rowXml(sheet, interest), premium)),
  );
  expect(amountsOf(await filledBudget(swapped))).toMatchObject({ premium: '7.00', interest: '1000.00' });
  const doubled = withSheet(bytes, (sheet) =>
    sheet.replace(rowXml(sheet, interest), renumbered(rowXml(sheet, premium), interest)),
  );
  expect(faultsOf(await filledBudget(doubled))).toEqual([
    expect.stringContaining(`F${interest}：pooled.premium 与第 ${premium} 行重复`),
    expect.stringContaining('缺少科目 统筹基金 利息收入（pooled.interest）一行'),
  ]);
});

test('a code that was changed, a column that is gone, another file: each in a sentence', async () => {
  const spoilt = typedInto(await filled(), { [`F${FIRST}`]: { text: 'pooled.premiums' } });
  expect(faultsOf(await filledBudget(spoilt))).toEqual([
    expect.stringContaining(`F${FIRST}：“pooled.premiums”不是本险种的科目代码`),
    expect.stringContaining('缺少科目 统筹基金 基本医疗保险费收入'),
  ]);
  const headless = typedInto(await filled(), { D5: { text: '金额' } });
  expect(faultsOf(await filledBudget(headless))).toEqual([expect.stringContaining('没有“本年预算数”一列')]);
  const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0]);
  const zip = Buffer.from(zipSync({ a: strToU8('x') }));
  for (const other of [old, zip, Buffer.from('area,scheme'), Buffer.alloc(0), (await form()).subarray(0, 900)]) {
    expect(faultsOf(await filledBudget(other))).toEqual([expect.stringContaining('不是预算填报表')]);
  }
});

test('an archive that would unpack to more than any form is not unpacked', async () => {
  const files = unzipSync(await form());
  const bomb = Buffer.from(zipSync({ ...files, [SHEET]: new Uint8Array(30_000_000) }));
  expect(bomb.length).toBeLessThan(200_000);
  expect(faultsOf(await filledBudget(bomb))).toEqual([expect.stringContaining('不是预算填报表')]);
});

test('a cell far out would lay out the whole sheet up to it', async () => {
  for (const row of [
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "<row r='9'><c r = 'XFD9'><v>1</v></c></row>",
    '<row r="9"><c r="&#88;FD9"><v>1</v></c></row>',
  ]) {
    const far = withSheet(await form(), (sheet) => sheet.replace('</sheetData>', `${row}</sheetData>`));
    expect(faultsOf(await filledBudget(far))).toEqual([expect.stringContaining('不是预算填报表')]);
  }
});

test('the same form has the same bytes', async () => {
  expect((await form()).equals(await form())).toBe(true);
});
