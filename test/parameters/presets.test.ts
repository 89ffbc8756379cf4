/**
 * Method presets: each file is accepted as a pack’s `parameters.json`, and under it the rules give the published formulas and
 * figures of that method (docs/methods.md).
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Override, ParameterSet, faultsOfOverrides, isSimulation, parametersInForce } from '../../parameters';
import { checkBudget } from '../../rules/budget-checks';
import { generalPart, generalPartInScope, managerialPart } from '../../rules/gap';
import {
  baseYear,
  cappedLevies,
  type LevyBase,
  roomByIncome,
  roomByMonths,
  roomByTopUp,
  uncappedLevy,
} from '../../rules/levy';
import { type Decimal, decimal, yuanText } from '../../rules/money';
import { entitlement, matchedEntitlement } from '../../rules/share';
import { lines, yardstick } from '../rules/budgets';

const FOLDER = join(__dirname, '../../parameters/presets');
const NAMES = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const preset = (name: string): Record<string, Override> =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Record<string, Override>;
const YEAR = 2028;
const lawOf = (name: string): ParameterSet => new ParameterSet(parametersInForce(YEAR, preset(name)));
const decimals = (...texts: string[]): Decimal[] => texts.map(decimal);

test('the methods of RULES 8, and no others', () => {
  expect(NAMES.sort()).toEqual(['chuxiong-2017', 'guangyuan-2008', 'lishui-2011', 'ncms-2004', 'shaanxi-2024']);
});

describe.each(NAMES)('%s', (name) => {
  test('is accepted as the overrides of a pack', () => {
    expect(faultsOfOverrides(preset(name), { year: YEAR, areas: ['150100'] })).toEqual([]);
  });

  test('names its document with every value and says what that leaves open', () => {
    const sources = Object.values(preset(name)).map(({ source }) => source);
    const [document] = (sources[0] as string).split('：');
    expect(sources.filter((source) => !source.startsWith(`${document}：`))).toEqual([]);
    expect(sources.join()).toMatch(/未定|未读/);
  });

  test('keeps assumed what its document leaves open, so a year under it is a simulation', () => {
    expect(isSimulation(parametersInForce(YEAR, preset(name)))).toBe(true);
  });
});

test('Shaanxi 2024: 5 % of the settled income of last year, without a true-up, until every area is topped up to 6 months', () => {
  const law = lawOf('shaanxi-2024');
  const mode = law.text('levy.base') as LevyBase;
  expect([baseYear(mode, 'estimate', YEAR), baseYear(mode, 'true_up', YEAR)]).toEqual([YEAR - 1, YEAR - 1]);
  // 5 % × (settled income − personal accounts): 1 200 with 200 in personal accounts
  const rate = decimal(law.text('levy.rate.employee'));
  expect(yuanText(uncappedLevy({ base: decimal('1200').minus('200'), rate }))).toBe('50.00');
  // Two areas lack 60 and 0 of 6 months: the excess of one does not help the other.
  expect(law.text('levy.cap.mode')).toBe('top_up_months');
  const room = (balance: string): Decimal =>
    roomByTopUp({
      months: decimal(law.text('levy.cap.value')),
      expenditure: decimals('240', '200'),
      surplus: decimals('60', '900'),
      balance: decimal(balance),
    });
  expect(cappedLevies(decimals('50', '40'), room('59.99')).map(yuanText)).toEqual(['0.01', '0.00']);
  expect(cappedLevies(decimals('50', '40'), room('60')).map(yuanText)).toEqual(['0.00', '0.00']);
});

describe('Guangyuan 2008: 5 %; of an overspend up to 30 % of the plan the fund pays 80 %', () => {
  const law = lawOf('guangyuan-2008');

  test('5 % of last year’s collection, without a cap', () => {
    expect(law.text('levy.cap.mode')).toBe('none');
    const rate = decimal(law.text('levy.rate.employee'));
    expect(cappedLevies([uncappedLevy({ base: decimal('870'), rate })], null).map(yuanText)).toEqual(['43.50']);
  });

  // Plan 1000. F = 80 % × min(E − plan, 30 % × plan); the area pays the rest of the overspend.
  // prettier-ignore
  test.each([
    ['1100', '80.00',  '20.00'],
    ['1300', '240.00', '60.00'],
    ['1300.01', '240.00', '60.01'],
    ['1350', '240.00', '110.00'],
  ])('E %s: F %s, area %s', (spent, fund, area) => {
    const residual = decimal(spent).minus('1000'); // without own surplus
    expect(law.flag('share.managerial')).toBe(false);
    const general = generalPartInScope({
      residual,
      managerial: decimal('0'),
      expenditure: decimal(spent),
      budgeted_expenditure: decimal('1000'),
      overspend: decimal(law.text('share.scope_overspend')),
    });
    expect([law.text('share.min'), law.text('share.max')]).toEqual(['0.80', '0.80']);
    const paid = entitlement({ alpha: decimal(law.text('share.alpha0')), general });
    expect([yuanText(paid), yuanText(residual.minus(paid))]).toEqual([fund, area]);
  });
});

test('Lishui 2011: 2 % until two months of all payments; the fund never pays more than local finance', () => {
  const law = lawOf('lishui-2011');
  const rate = decimal(law.text('levy.rate.employee'));
  expect(yuanText(uncappedLevy({ base: decimal('900'), rate }))).toBe('18.00');
  const months = decimal(law.text('levy.cap.value'));
  // 1200 a year: two months are 200
  expect(yuanText(roomByMonths({ months, expenditure: decimals('700', '500'), balance: decimal('190') }))).toBe(
    '10.00',
  );
  expect(law.flag('share.match_area')).toBe(true);
  const of = { general: decimal('100'), residual: decimal('100') };
  expect(yuanText(matchedEntitlement({ ...of, alpha: decimal('0.65') }))).toBe('50.00');
  expect(yuanText(matchedEntitlement({ ...of, alpha: decimal('0.40') }))).toBe('40.00');
});

test('NCMS 2004: 3 % of what is raised, until the fund holds 10 % of it', () => {
  const law = lawOf('ncms-2004');
  const rate = decimal(law.text('levy.rate.resident'));
  const uncapped = [uncappedLevy({ base: decimal('1000'), rate })];
  const percent = decimal(law.text('levy.cap.value'));
  const levied = (balance: string): string[] =>
    cappedLevies(uncapped, roomByIncome({ percent, base: decimals('1000'), balance: decimal(balance) })).map(yuanText);
  expect([levied('0'), levied('70'), levied('99'), levied('100')]).toEqual([['30.00'], ['30.00'], ['1.00'], ['0.00']]);
});

describe('Chuxiong 2017', () => {
  const law = lawOf('chuxiong-2017');

  // income plan 1000: the government makes up all that is missing
  // prettier-ignore
  test.each([
    ['1000', '0.00',  '100.00'],
    ['1010', '0.00',  '100.00'],
    ['980',  '20.00', '80.00'],
    ['850',  '100.00', '0.00'], // within the gap
  ])('premium %s of 1000: the area makes up %s, %s are shared', (actual, madeUp, shared) => {
    const residual = decimal('100');
    const managerial = managerialPart({
      applies: law.flag('share.managerial'),
      residual,
      expected_premium: decimal('1000'),
      actual_premium: decimal(actual),
      irregular_expenditure: decimal('0'),
    });
    expect([managerial, generalPart({ residual, managerial })].map(yuanText)).toEqual([madeUp, shared]);
  });

  // spending plan = income plan (pooled) − adjustment fund
  // prettier-ignore
  test.each([['950.00', true], ['950.01', false]])('income 1000, levy 50: a spending plan of %s passes: %s', (plan, passes) => {
    const version = lines({ premium: '1000.00', inpatient: plan, levy_to_superior: '50.00' });
    const asked = { ...yardstick('employee'), prepaid: decimal('50'), slightSurplus: decimal(law.text('budget.slight_surplus')) };
    const failed = checkBudget(version, asked).filter(({ check, result }) => result === 'fail' && ['no_deficit', 'slight_surplus'].includes(check));
    expect(failed.length === 0).toBe(passes);
  });
});
