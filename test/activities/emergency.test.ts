/**
 * 紧急调剂 (RULES 8): requested within the year, approved by the region's three offices, paid as an advance, counted in the
 * surplus from its date, and part of F at settlement. The year of the two areas of RULES 8 is run with and without advances.
 */
import { type FundActivities, createActivities } from '../../activities';
import { type Emergency, requestEmergency } from '../../activities/emergency';
import type { FigureOf, RowsOf } from '../../explain/tree';
import { explainFigure } from '../../explain/explanation';
import type { Act } from '../../db/decisions';
import { resultRows } from '../../db/results';
import { waitingLink } from '../../db/tasks';
import { execute, select } from '../../db/rows';
import { type TestDatabase, testDatabase } from '../database';
import { caseNamed } from '../year/cases';
import { emergencyId } from '../../rules/keys';
import { runThrough } from './run-through';
import { packFrom } from '../pack/builder';

jest.setTimeout(120_000);

const YEAR = 2028;
const DOCUMENT = '内政办函〔2028〕66号';
const OFFICES = ['nm-security', 'nm-finance', 'nm-government'];

/** A year run to its close, with the requests that a test makes in June. */
class FinishedYear {
  fund!: FundActivities;
  private constructor(readonly database: TestDatabase) {}

  static async with(inJune: (year: FinishedYear) => Promise<void>): Promise<FinishedYear> {
    const year = new FinishedYear(await testDatabase());
    year.fund = createActivities(year.database.pool);
    await runThrough(
      year.database.pool,
      await packFrom(caseNamed('two-areas-2028').pack, YEAR),
      year.fund,
      async (month) => {
        if (month === 6) await inJune(year);
      },
    );
    return year;
  }

  /** A request of an area: 40.00 for the employees of 150100 unless stated otherwise. */
  ask(of: Partial<Emergency> = {}) {
    const asked: Emergency = {
      ...{
        year: YEAR,
        scheme: 'employee',
        area: '150100',
        amount: '40.00',
        cause: 'epidemic',
        document: '东政函〔2028〕1号',
        operator: 'sec-150100',
      },
      ...of,
    };
    return requestEmergency(this.database.pool, asked);
  }

  async decide(area: string, operator: string, of: Partial<Act> = {}, number = 1) {
    const link = await waitingLink(this.database.pool, `${emergencyId(YEAR, 'employee', area, number)}/request`);
    const act: Act = {
      ...{
        task: link?.task ?? '',
        operator,
        decision: 'approve',
        document: DOCUMENT,
        figuresHash: link?.figures_hash ?? '',
        businessDate: '',
      },
      ...of,
    };
    return this.fund.decideEmergency({ year: YEAR, scheme: 'employee', area, number, act });
  }
  async approve(area: string, offices: readonly string[] = OFFICES): Promise<string[]> {
    const states: string[] = [];
    for (const office of offices) states.push((await this.decide(area, office)).state);
    return states;
  }

  rows = (sql: string) => select<Record<string, unknown>>(this.database.pool, sql);
  entries = () =>
    this.rows(
      `select key, date, entity, account, debit - credit as amount from fund.ledger
       where key like 'emergency/%' or key like 'settlement/employee/%/grant%' order by key, account collate "C"`,
    );
  surplus = async (area: string): Promise<string[]> =>
    (
      await this.rows(
        `select accumulated_surplus as s from fund.risk where scheme = 'employee' and area = '${area}' order by month`,
      )
    ).map(({ s }) => s as string);
}

describe('a year with advances beside the same year without', () => {
  let plain: FinishedYear;
  let advanced: FinishedYear;
  beforeAll(async () => {
    plain = await FinishedYear.with(() => Promise.resolve());
    advanced = await FinishedYear.with(async (year) => {
      await year.ask();
      expect(await year.approve('150100')).toEqual(['approved', 'approved', 'paid']);
      await year.ask({ area: '150200', amount: '20.00', document: '西政函〔2028〕1号', operator: 'sec-150200' });
      await year.approve('150200');
    });
  });
  afterAll(() => Promise.all([plain.database.drop(), advanced.database.drop()]));

  test('the advance is booked on its day in both books; the settlement pays the rest of F, or takes back what exceeds it', async () => {
    expect((await advanced.entries()).filter(({ account }) => account !== '财政专户存款')).toEqual([
      {
        key: 'emergency/employee/150100/1',
        date: '2028-06-30',
        entity: '150100',
        account: '上级补助收入',
        amount: '-40.00',
      },
      {
        key: 'emergency/employee/150100/1/region',
        date: '2028-06-30',
        entity: 'region',
        account: '补助下级支出',
        amount: '40.00',
      },
      {
        key: 'emergency/employee/150200/1',
        date: '2028-06-30',
        entity: '150200',
        account: '上级补助收入',
        amount: '-20.00',
      },
      {
        key: 'emergency/employee/150200/1/region',
        date: '2028-06-30',
        entity: 'region',
        account: '补助下级支出',
        amount: '20.00',
      },
      // F is 43.79: 40.00 of it was advanced.
      {
        key: 'settlement/employee/150100/grant',
        date: '2029-05-31',
        entity: '150100',
        account: '上级补助收入',
        amount: '-3.79',
      },
      {
        key: 'settlement/employee/150100/grant/region',
        date: '2029-05-31',
        entity: 'region',
        account: '补助下级支出',
        amount: '3.79',
      },
      // 150200 has no gap: its 20.00 go back.
      {
        key: 'settlement/employee/150200/grant',
        date: '2029-05-31',
        entity: '150200',
        account: '上级补助收入',
        amount: '20.00',
      },
      {
        key: 'settlement/employee/150200/grant/region',
        date: '2029-05-31',
        entity: 'region',
        account: '补助下级支出',
        amount: '-20.00',
      },
    ]);
  });

  test('who decides is shown where the area’s own fund stood at its last check', async () => {
    const [shown] = await advanced.rows(
      `select figures from fund.task where workflow_id = 'fund-year-2028-emergency-employee-150100-1' and position = 1`,
    );
    const figures = shown?.figures as Record<string, string>;
    // Before the advance, so as in the year without it.
    const [check] = await plain.rows(
      `select accumulated_surplus, months_payable from fund.risk
       where scheme = 'employee' and area = '150100' and month = ${figures.checked_month}`,
    );
    expect(figures).toMatchObject({ ...check, fund_money: expect.any(String) as string });
    expect(['结余过多', '绿色', '黄色', '橙色', '红色']).toContain(figures.level);
  });

  test('in the risk check only the accumulated surplus changes, from its date on', async () => {
    const more = async (area: string): Promise<string[]> => {
      const [without, with_] = [await plain.surplus(area), await advanced.surplus(area)];
      return without.map((one, i) => (Number(with_[i]) * 100 - Number(one) * 100).toFixed(0));
    };
    expect(await more('150100')).toEqual([...Array<string>(6).fill('0'), ...Array<string>(6).fill('4000')]);
    expect(await more('150200')).toEqual([...Array<string>(6).fill('0'), ...Array<string>(6).fill('2000')]);
  });

  test('levies, gaps, shares and closing balances are the same as without: the advance is part of F', async () => {
    for (const file of ['levy.csv', 'sharing.csv'] as const) {
      expect(await resultRows(advanced.database.pool, file, YEAR)).toEqual(
        await resultRows(plain.database.pool, file, YEAR),
      );
    }
    const closing = `select entity, scheme, part, amount from fund.closing order by 1, 2, 3`;
    expect(await advanced.rows(closing)).toEqual(await plain.rows(closing));
  });

  test('the reason of a month with an advance adds up by its own formula', async () => {
    const [row] = await advanced.rows(
      `select because->'accumulated_surplus' as because from fund.risk where scheme = 'employee' and area = '150100' and month = 7`,
    );
    expect(row).toMatchObject({
      because: {
        formula: 'opening + income - expenditure - prepaid_to_date + advanced_to_date',
        inputs: { advanced_to_date: { value: '40' } },
      },
    });
  });

  test('the surplus, the settlement entry and the advance itself are explained down to the request', async () => {
    const reader = advanced.database.as('reader');
    const inputOf = async (figure: string, key: Record<string, string>, name: string) => {
      const [node] = await explainFigure(reader, { year: YEAR, figure, key, depth: 9 });
      const from = node?.from as FigureOf;
      expect(from.now).toBeUndefined();
      return from.inputs.find((input) => input.name === name);
    };
    const surplus = { area: '150100', scheme: 'employee', month: '7' };
    const settled = { key: 'settlement/employee/150100/grant', account: '上级补助收入' };
    for (const advance of [
      await inputOf('risk.accumulated_surplus', surplus, 'advanced_to_date'),
      await inputOf('journal.credit', settled, 'advanced'),
    ]) {
      expect(advance?.value).toBe('40.00');
      const [told] = (advance?.from as RowsOf).figures ?? [];
      expect(told).toMatchObject({ value: '40.00', from: { figure: 'emergency_advance.amount' } });
      const [request] = (told?.from as FigureOf).inputs;
      expect(request?.from).toMatchObject({ kind: 'rows', file: 'emergency_request', count: '1', sum: '40.00' });
    }
    const june = await inputOf('risk.accumulated_surplus', { ...surplus, month: '5' }, 'advanced_to_date');
    expect(june).toBeUndefined();
  });
});

test('a request by the wrong person, for a wrong amount or cause, or before the phase is refused and leaves nothing behind', async () => {
  const year = await FinishedYear.with(async (of) => {
    const refused: [Partial<Emergency>, RegExp][] = [
      [{ operator: 'sec-150200' }, /sec-150200 属150200 统筹区医保局，本事项须由150100 统筹区医保局办理/],
      [{ operator: 'fin-150100' }, /fin-150100 属150100 统筹区财政局，本事项须由/],
      [{ amount: '340.01' }, /调剂金现有 340\.00 元，不足支付 340\.01 元/],
      [{ amount: '0.00' }, /amount/],
      [{ cause: 'dependency' as Emergency['cause'] }, /cause/],
      [{ document: '' }, /document/],
      [{ area: '150999' }, /150999/],
    ];
    for (const [asked, why] of refused) await expect(of.ask(asked)).rejects.toThrow(why);

    const owner = of.database.as('owner');
    const startsIn = (year: string) =>
      execute(
        owner,
        `alter table fund.parameter_in_force disable trigger corrected_only;
         update fund.parameter_in_force set value = '"${year}"' where name = 'levy.start_year.employee';
         alter table fund.parameter_in_force enable trigger corrected_only`,
      );
    await startsIn('2029');
    await expect(of.ask()).rejects.toThrow('2028 年度 employee 调剂金尚未实施');
    await startsIn('2027');
    expect(await of.rows('select from fund.emergency_request')).toEqual([]);
    expect(await of.rows(`select from fund.task where workflow_id like '%emergency%'`)).toEqual([]);
  });
  await year.database.drop();
});

test('a document makes one request; three others approve in order, the government by its document; a return ends it', async () => {
  const year = await FinishedYear.with(async (of) => {
    const ends = await Promise.all([1, 2, 3, 4, 5].map(() => of.ask()));
    expect(ends).toEqual(Array(5).fill({ number: 1, workflowId: 'fund-year-2028-emergency-employee-150100-1' }));
    await expect(of.ask({ amount: '41.00' })).rejects.toThrow('办理');

    await expect(of.decide('150100', 'nm-finance')).rejects.toThrow('本事项须由');
    await expect(of.decide('150100', 'sec-150100')).rejects.toThrow('本事项须由');
    await of.decide('150100', 'nm-security');
    expect(await of.decide('150100', 'nm-finance', { decision: 'return', note: '缺口未证实' })).toMatchObject({
      state: 'returned',
    });
    expect(await of.rows(`select state from fund.task where workflow_id like '%emergency%' order by position`)).toEqual(
      ['done', 'done', 'done', 'void'].map((state) => ({ state })),
    );

    // Another document is another request.
    expect(await of.ask({ document: '东政函〔2028〕2号' })).toMatchObject({ number: 2 });
    for (const office of OFFICES.slice(0, 2)) await of.decide('150100', office, {}, 2);
    await expect(of.decide('150100', 'nm-government', { document: '' }, 2)).rejects.toThrow(
      '须填写自治区人民政府批准文号',
    );
    expect(await of.rows('select from fund.emergency_advance')).toEqual([]);
    const paid = await Promise.all([1, 2].map(() => of.decide('150100', 'nm-government', {}, 2)));
    expect(paid).toEqual(Array(2).fill({ state: 'paid', date: '2028-06-30' }));
    expect(await of.rows('select number, amount, paid_on from fund.emergency_advance')).toEqual([
      { number: 2, amount: '40.00', paid_on: '2028-06-30' },
    ]);
  });
  await year.database.drop();
});

test('at the deadline the act returns the state of the request, and voids only an undecided one', async () => {
  const year = await FinishedYear.with(async (of) => {
    const lapse = (number: number) =>
      of.fund.lapseEmergency({ year: YEAR, scheme: 'employee', area: '150100', number });
    const states = (number: number) =>
      of.rows(`select state from fund.task where workflow_id like '%-${number}' order by position`);

    // The third approval was under way when the deadline passed: the advance is paid, so the request has not lapsed.
    await of.ask();
    await of.approve('150100');
    expect(await lapse(1)).toEqual({ state: 'paid', date: '2028-06-30' });

    await of.ask({ document: '东政函〔2028〕2号' });
    await of.decide('150100', 'nm-security', { decision: 'return', note: '缺口未证实' }, 2);
    expect(await lapse(2)).toEqual({ state: 'returned' });

    await of.ask({ document: '东政函〔2028〕3号' });
    await of.decide('150100', 'nm-security', {}, 3);
    expect(await lapse(3)).toEqual({ state: 'lapsed' });
    expect(await states(3)).toEqual(['done', 'done', 'void', 'void'].map((state) => ({ state })));
  });
  await year.database.drop();
});

test('the worker cannot pay by hand: no advance before the approvals, no grant without its advance', async () => {
  const year = await FinishedYear.with(async (of) => {
    await of.ask();
    const advance = (amount: string, on: string) =>
      of.rows(`insert into fund.emergency_advance (fund_year, scheme, area, number, amount, paid_on, because)
        values (2028, 'employee', '150100', 1, ${amount}, '${on}', '{}')`);
    await expect(advance('40', '2028-06-30')).rejects.toThrow('紧急调剂审批未完成');
    const grant = (amount: string) =>
      of.rows(`with e as (insert into fund.journal_entry (fund_year, date, entity, scheme, part, key, basis)
          values (2028, '2028-06-30', '150100', 'employee', 'pooled', 'emergency/employee/150100/1', '测试') returning id)
        insert into fund.journal_line select id, side, 'employee', account, ${amount} from e, (values (1, '财政专户存款'), (-1, '上级补助收入')) s(side, account)`);
    await expect(grant('40')).rejects.toThrow('不能拨付');
    await of.approve('150100', OFFICES.slice(0, 2));
    await expect(advance('40', '2028-06-30')).rejects.toThrow('紧急调剂审批未完成');
    await of.approve('150100', OFFICES.slice(2));
    expect(await of.rows(`select count(*) as lines from fund.ledger where key like 'emergency/%'`)).toEqual([
      { lines: '4' },
    ]);
  });
  await year.database.drop();
});
