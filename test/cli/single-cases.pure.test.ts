/** The functions of `fund rule`, each as its help describes it; their values are those of the rules (test/rules/). */
import { roundRatio, type Ratio } from '../../rules/ratio';
import { type Figure, SINGLE_CASES, type SingleCase, readCase } from '../../scripts/single-cases';
import { evaluate } from '../rules/evaluate';

const YEAR = '2026';
const named = (name: string): SingleCase => SINGLE_CASES.find((singleCase) => singleCase.name === name) as SingleCase;
function ask(one: SingleCase, json: string) {
  const read = readCase(json);
  return 'faults' in read ? read : one.answer(read.given, YEAR);
}
function answered(one: SingleCase, given: object) {
  const asked = ask(one, JSON.stringify(given));
  if ('faults' in asked) throw new Error(JSON.stringify(asked.faults));
  return asked;
}
const faultsOf = (one: SingleCase, json: string): Record<string, string> => {
  const asked = ask(one, json);
  return Object.fromEntries('faults' in asked ? asked.faults.map(({ field, found }) => [field, found]) : []);
};
const valueOf = (figure: Figure | undefined): unknown => figure?.value;

const WINDOW = { opens: '2027-09-01', closes: '2027-12-31' };
// function, case, value, steps
// prettier-ignore
const VECTORS: [name: string, given: object, value: unknown, steps?: Record<string, unknown>][] = [
  ['contribution-base', { payrollAverage: '5000.00', w: '8000.00' }, '6400.00'],
  ['contribution-base', { payrollAverage: 30000, averageWage: 8000 }, '24000.00'],
  ['contribution-base', { payrollAverage: '100000.00', year: 2025 }, '100000.00'],
  ['contribution-base', { payrollAverage: '1.00', year: 2025 }, '78518.40'], // w of 2024: 98 148
  ['rate-step-up', { rate: '0.06', ratio: '2.1', regionRatio: '2.4', surplus: '60', expenditure: '880' }, '0.065'],
  ['rate-step-up', { employerRate: '0.068' }, '0.07'],
  ['rate-step-up', { employerRate: '0.08', surplus: '60', expenditure: '880' }, '0.08'],
  ['rate-step-up', { employerRate: '0.05', step: '0.01' }, '0.06'],
  ['retirement', { joined: '2016-01-01', yearsPaid: 20 }, '60', { requiredMonths: '300' }],
  ['retirement', { joined: '2015-12-31', oldRuleYears: 20, yearsPaid: [10, '8.5'], monthlyStandard: '400' }, '7200.00', { requiredMonths: '240', missingMonths: '18' }],
  ['retirement', { joined: '2001-03-01', oldRuleYears: 30, yearsPaid: 26, monthlyStandard: '400' }, '0.00', { missingMonths: '0' }],
  ['published-standard', { standard: 'benefit_cap', statistic: '40077' }, '240462.00'],
  ['published-standard', { standard: 'unemployed_base', year: 2025 }, '58888.80'],
  ['due', { standard: '400', aids: [{ kind: 'percent', value: '0.70' }] }, '120.00', { aid: '280.00' }],
  ['due', { standard: '400' }, '400.00'],
  ['due', { year: 2025, aids: [{ kind: 'full' }] }, '0.00'],
  ['due', { standard: '400', area: '150100', aids: [{ kind: 'fixed', value: '100' }, { kind: 'fixed', value: '250', area: '150100' }] }, '150.00'],
  ['due', { standard: '400', area: '150200', aids: [{ kind: 'fixed', value: '100' }, { kind: 'fixed', value: '250', area: '150100' }] }, '300.00'],
  ['medical-aid', { standard: '400', aids: [{ kind: 'percent', value: '0.7' }, { kind: 'fixed', value: 200 }] }, '400.00'],
  ['waiting-period', { missedYears: 2, coverageYear: 2027 }, '4', { benefitsFrom: '2027-05-01', variableMonths: '1' }],
  ['waiting-period', { missedYears: 2, yearsRepaid: 1, coverageYear: 2027 }, '3', { benefitsFrom: '2027-04-01' }],
  ['waiting-period', { missed_years: '5', years_repaid: '3' }, '6', { benefitsFrom: undefined }],
  ['waiting-period', { missedYears: 0 }, '0'],
  ['waiting-period', { missedYears: 0, inWindow: false, coverageYear: 2027 }, '3', { benefitsFrom: undefined }],
  ['waiting-period', { missedYears: 0, inWindow: false, startsOn: '2027-02-10' }, '3', { benefitsFrom: '2027-05-10' }],
  ['incentive', { cap: '300000', continuousYears: 6, zeroClaimYears: 2, a: 4000, b: '4000' }, '16000.00', { raisedCap: '316000.00' }],
  ['incentive', { cap: '300000', continuousYears: 7 }, '3000.00'],
  ['payment-row', { ...WINDOW, paidOn: '2027-12-31', amount: '400', due: '400.00' }, 'accepted'],
  ['payment-row', { ...WINDOW, paidOn: '2028-01-01', amount: '400', due: '400.00' }, 'out_of_window'],
  ['payment-row', { ...WINDOW, paidOn: '2027-08-31', amount: '400', due: '400.00', exempt: true }, 'accepted'],
  ['payment-row', { ...WINDOW, paidOn: '2027-10-10', amount: '120.00', due: '0.00', enrolled: true }, 'amount_mismatch'],
  ['payment-row', { ...WINDOW, paidOn: '2027-10-10', amount: '400', due: '400', receiptTaken: true, enrolled: true }, 'duplicate_receipt'],
  ['payment-row', { ...WINDOW, paidOn: '2027-10-10', amount: '400', due: '400', enrolled: true }, 'duplicate_enrolment'],
  ['refund-row', { paidOn: '2027-12-31', yearStart: '2028-01-01', amount: '400', paidAmount: '400' }, 'accepted'],
  ['refund-row', { paidOn: '2028-01-01', yearStart: '2028-01-01', amount: '400', paidAmount: '400' }, 'refund_after_period_start'],
  ['refund-row', { paidOn: '2027-12-31', yearStart: '2028-01-01', amount: '400', paidAmount: '120' }, 'amount_mismatch'],
  ['settlement-grant', { F: '60.00' }, '60.00'],
  ['settlement-grant', { F: '60.00', advance: '45.00' }, '15.00'],
  ['settlement-grant', { fundShare: '45.00', advance: '60.00' }, '-15.00'],
  ['levy', { base: '912.01', rate: '0.05' }, '45.60'],
  ['levy', { base: '-5.00', scheme: 'resident' }, '0.00'],
  ['cap-room-months', { E: ['880.00', '1400.00'], balance: '300.00' }, '80.00'],
  ['cap-room-top-up', { n: 6, E: ['120.00', '240.00'], S: ['-5.00', '200.00'], balance: '10.00' }, '55.00'],
  ['cap-room-income', { p: '0.10', base: ['880.00', '1600.55'], balance: '48.05' }, '200.00'],
  ['cap-room-amount', { x: '380', balance: '300' }, '80.00'],
  ['capped-levies', { uncapped: ['45.60', '75.02'], room: '80.00' }, ['30.24', '49.76']],
  ['capped-levies', { uncapped: ['44.00', '80.03'], room: '80.00' }, ['28.38', '51.62']],
  ['capped-levies', { uncapped: ['44.00', '80.03'], room: null }, ['44.00', '80.03']],
  ['prepayment', { prepaid: '30.24' }, ['7.56', '7.56', '7.56', '7.56']],
  ['true-up', { levy: '28.38', prepaid: '30.24' }, '-1.86'],
  ['gap', { E: 1000, L: 40, Y: 880 }, '160.00'],
  ['own-surplus', { gap: '160', surplus: '500' }, '160.00', { residual: '0.00' }],
  ['managerial', { R: '100', budgetedPremium: '870', actualPremium: '850' }, '20.00', { expectedPremium: '870.00' }],
  ['managerial', { R: '100', budgetedPremium: '870', estimatedPremium: '880', actualPremium: '850' }, '30.00', { expectedPremium: '880.00' }],
  ['managerial', { R: '100', budgetedPremium: '870', estimatedPremium: '900', premiumFloor: '0.98', actualPremium: '850' }, '32.00', { expectedPremium: '882.00' }],
  ['managerial', { R: '100', budgetedPremium: '870', actualPremium: '850', applies: false }, '0.00'],
  ['general', { R: '100', managerial: '20' }, '80.00'],
  ['general', { R: '350', v: '0.30', expenditure: '1350', budgetedExpenditure: '1000' }, '300.00'],
  ['factor-dependency-employee', { inService: 1500, retired: 1000, regionInService: 20000, regionRetired: 10000 }, '0.1'],
  ['factor-dependency-employee', { inService: 0, retired: 0, regionInService: 20000, regionRetired: 10000 }, '0'],
  ['factor-dependency-resident', { aged60Plus: 1, insured: 4, regionAged60Plus: 4, regionInsured: 16 }, '0.05'],
  ['factor-collection', { budgetedPremium: '870', actualPremium: '850' }, '-0.05'],
  ['factor-collection', { budgetedPremium: '850', estimatedPremium: '870', actualPremium: '850' }, '-0.05'],
  ['factor-expansion', { insured: 101, targetInsured: 100 }, '0.05'],
  ['factor-performance', { score: '92', bands: [['90', '0.05'], [null, '-0.05']] }, '0.05'],
  ['factor-performance', {}, '0'],
  ['alpha', { d: '0.10', c: '-0.05', k: '0.05', budgetedPremium: '870', actualPremium: '850' }, '0.75'],
  ['alpha', { d: '0', c: '0', k: '0', p: '0.05', budgetedPremium: '870', actualPremium: '850', ownPolicyAbove: true, transitionDocument: '内政办〔2027〕3号' }, '0.7'],
  ['alpha', { d: '0', c: '0', k: '0', budgetedPremium: '870', actualPremium: '850', ownPolicyAbove: true }, '0'],
  ['alpha', { d: '0', c: '0', k: '0', budgetedPremium: '870', actualPremium: '850', levyDaysLate: 30 }, '0.65'],
  ['alpha', { d: '0', c: '0', k: '0', budgetedPremium: '870', actualPremium: '850', levyDaysLate: 31 }, '0'],
  ['payment', { alpha: '0.75', general: '80', residual: '100' }, '60.00', { areaShare: '40.00' }],
  ['payment', { alpha: '0.75', general: '80', residual: '100', matchArea: true }, '50.00', { areaShare: '50.00' }],
  ['fund-payments', { F: ['60.00', '60.00'], opening: '90', levy: ['0'] }, ['45.00', '45.00'], { available: '90.00' }],
  ['share', { E: 1000, L: 40, Y: 880, S: 60, budgetedPremium: 870, actualPremium: 850, ratio: '0.75', expansion: '1.01' }, '60.00',
    { gap: '160.00', ownSurplus: '60.00', residual: '100.00', managerial: '20.00', general: '80.00', d: '0.1', c: '-0.05', k: '0.05', alpha: '0.75', areaShare: '40.00' }],
  ['share', { E: 1000, L: 40, Y: 880, S: 60, budgetedPremium: 870, actualPremium: 850, ratio: '0.75', expansion: '1.01', levyDaysLate: 'unpaid' }, '0.00', { alpha: '0', areaShare: '100.00' }],
  ['share', { E: 1000, L: 40, Y: 880, S: 500, budgetedPremium: 870, actualPremium: 850 }, '0.00', { ownSurplus: '160.00', areaShare: '0.00' }],
  ['pension-adjustment', { provinces: [{ wage: 100000, inService: 10, retirees: 2 }, { wage: 60000, inService: 5, retirees: 4 }] },
    ['-15300.00', '15300.00'], { levy: ['27000.00', '8100.00'], perRetiree: '5850.00', allocation: ['11700.00', '23400.00'] }],
  ['burden', { selfPaid: ['6000', '4000'], group: 'subsistence' }, 'not_flagged', { selfPaidToDate: '10000.00' }],
  ['burden', { self_paid: ['6000', '4000.01'], group: 'subsistence', pushedOn: '2028-01-31' }, 'flagged', { answerDue: '2028-03-01' }],
  ['burden', { selfPaid: ['26000.00'], group: 'student' }, 'not_flagged'],
  ['burden', { selfPaid: ['9000'], group: 'poverty_relieved', povertyRelieved: '8999.99', pushedOn: '2028-01-31', monthEnd: '2028-02-29' },
    'flagged', { answer: 'not_overdue' }],
  ['burden', { selfPaid: ['9000'], group: 'orphan', pushedOn: '2028-01-31', monthEnd: '2028-03-31' }, 'not_flagged', { answer: 'overdue' }],
  ['burden', { selfPaid: ['1'], group: 'orphan', pushedOn: '2028-01-31', answeredOn: '2028-03-31', monthEnd: '2028-03-31' },
    'not_flagged', { answer: 'not_overdue' }],
  ['clearing', { T: 1000, units: [{ kind: 'institution', weight: 3, C: 700, P: 680 }, { kind: 'community', weight: 1, C: 230, P: 240 }] }, ['27.50', '-2.50'],
    { reserve: '50.00', budget: ['712.50', '237.50'], retained: ['7.50', '7.50'], payable: ['707.50', '237.50'] }],
  ['clearing', { T: 1000, overLimit: '0.20', units: [{ kind: 'institution', weight: 8, C: 480 }, { kind: 'institution', weight: 4, C: 250 }, { kind: 'elsewhere', weight: 7, C: 300 }] },
    ['433.33', '216.67', '300.00'], { entitled: ['40.00', '20.00', '0.00'], fundShare: ['33.33', '16.67', '0.00'] }],
  ['progress', { paid: 2, targetInsured: 3 }, '0.6667'],
  ['progress', { paid: 2, targetInsured: 0 }, null],
  ['enrolment-rate', { paid: 989, registered: 1000 }, '0.9890'],
  ['reconciliation', { taxAmount: 40000, collected: 39200, quarantinedAmount: 400, taxRows: 100, acceptedRows: 98, quarantinedRows: 1 }, '400.00', { rows: '1' }],
];
test.each(VECTORS)('%s of %j is %j', (name, given, value, steps = {}) => {
  const { answer } = answered(named(name), given);
  const stepValues = Object.fromEntries(Object.keys(steps).map((step) => [step, valueOf(answer.steps?.[step])]));
  expect({ value: answer.value.value, ...stepValues }).toEqual({ value, ...steps });
});

test('every function has an expected result above', () => {
  expect([...new Set(VECTORS.map(([name]) => name))].sort()).toEqual(SINGLE_CASES.map(({ name }) => name).sort());
});

describe.each(SINGLE_CASES.map((one) => [one.name, one] as const))('%s', (_name, one) => {
  const { answer } = answered(one, one.example);
  const figures = Object.entries({ value: answer.value, ...answer.steps });

  test.each(figures.filter(([, { unit }]) => unit !== '日期'))(
    '%s is what its formula comes to, on the inputs shown',
    (_step, { value, formula, inputs, article }) => {
      const texts = Array.isArray(value) ? value : [value];
      texts.forEach((text, i) => {
        // A formula without a `place` holds for each member of the lists.
        const at = formula.includes('place') || !Array.isArray(value) ? inputs : memberOf(inputs, i);
        const found = evaluate(formula, { ...at, place: i + 1 }) as Ratio | string;
        const decimals = text?.split('.')[1]?.length ?? 0;
        expect(typeof found === 'string' ? found : roundRatio(found, decimals).toFixed(decimals)).toBe(text);
      });
      expect(article.length).toBeGreaterThan(3);
    },
  );

  test('field names as in the result files are accepted too', () => {
    const snake = (key: string): string => key.replace(/[A-Z]|(?<=[a-z])60/g, (part) => `_${part.toLowerCase()}`);
    const spelled = Object.fromEntries(
      Object.entries(one.example).map(([key, value]) => [key.length > 1 ? snake(key) : key, value as unknown]),
    );
    expect(answered(one, spelled).answer).toEqual(answer);
  });

  test('absurdly large numbers are computed or refused by field, never by a machine error', () => {
    for (const field of Object.keys(one.fields)) {
      for (const absurd of ['9'.repeat(16), '9'.repeat(14), '0', '9999', '9999-12-31', '0001-01-01']) {
        const asked = ask(one, JSON.stringify({ ...one.example, [field]: absurd }));
        if ('faults' in asked) expect(asked.faults.map(({ expected }) => expected).join()).toMatch(/[\u4e00-\u9fff]/);
      }
    }
  });

  test('all missing fields are reported at once', () => {
    const needed = Object.entries(one.fields).filter(
      ([, { law, otherwise }]) => law === undefined && otherwise === undefined,
    );
    const missing = Object.keys(faultsOf(one, '{}')).filter((field) => one.fields[field]?.law === undefined);
    expect(missing.sort()).toEqual(needed.map(([field]) => field).sort());
    expect(faultsOf(one, '{"levy_rate_of_all": 1}')).toHaveProperty('levy_rate_of_all', '1');
  });

  test('no field takes a value of the wrong kind: a float, an object, a text that is not a number', () => {
    for (const field of Object.keys(one.fields)) {
      for (const wrong of ['0.1000000001', '{"a": 1}', '"一百"', '[]', '1e3']) {
        const isWord = ['area', 'transitionDocument'].includes(field) && wrong === '"一百"';
        const isEmptyList = ['aids', 'provinces', 'units', 'selfPaid'].includes(field) && wrong === '[]';
        if (!isWord && !isEmptyList)
          expect(Object.keys(faultsOf(one, `{"${field}": ${wrong}}`)).join()).toContain(field);
      }
    }
  });

  test('a case that gives the value in force has the same result, but takes no value of law', () => {
    const { law } = answered(one, one.example);
    const byField = Object.entries(one.fields).flatMap(([field, { law: name, symbol }]) => {
      const inForce = law.find((value) => value.name === name);
      const isGiven = field in one.example || (symbol ?? '') in one.example;
      return inForce === undefined || isGiven ? [] : [[field, inForce.value] as const];
    });
    const again = answered(one, { ...one.example, ...Object.fromEntries(byField) });
    expect(again.answer).toEqual(answer);
    expect(again.law.map(({ name }) => name)).toEqual(
      law.filter(({ name }) => !byField.some(([field]) => one.fields[field]?.law === name)).map(({ name }) => name),
    );
  });
});
const memberOf = (inputs: Record<string, unknown>, i: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, Array.isArray(value) ? (value[i] as unknown) : value]),
  );

describe('faults between fields', () => {
  // prettier-ignore
  test.each<[name: string, given: object, field: string]>([
    ['retirement', { joined: '2015-12-31', yearsPaid: 20 }, 'oldRuleYears'],
    ['waiting-period', { missedYears: 1, yearsRepaid: 2 }, 'yearsRepaid'],
    ['waiting-period', { missedYears: '9'.repeat(14), coverageYear: 2027 }, 'missedYears'],
    ['waiting-period', { missedYears: '9'.repeat(14), startsOn: '2027-02-10', inWindow: false }, 'missedYears'],
    ['waiting-period', { missedYears: 2, coverageYear: 2027, fixedMonths: 95_675 }, 'missedYears'],
    ['incentive', { cap: 1, continuousYears: 1, year: 2024 }, 'afterYears'], // not yet in force
    ['incentive', { cap: 1, continuousYears: 1, a: '999.99' }, 'continuousStep'], // below the national floor
    ['due', { standard: 400, aids: [{ kind: 'percent', value: '1.01' }] }, 'aids[0].value'],
    ['due', { standard: 400, aids: [{ kind: 'full', value: '1' }] }, 'aids[0].value'],
    ['due', { standard: 400, aids: [{ kind: 'full' }, { kind: 'fixed' }] }, 'aids[1].value'],
    ['due', { standard: 400, aids: [{ kind: 'none' }] }, 'aids[0].kind'],
    ['cap-room-top-up', { n: 6, E: ['1', '2'], S: ['1'], balance: 0 }, 'surplus'],
    ['capped-levies', { uncapped: ['1', 'x'], room: null }, 'uncapped[1]'],
    ['general', { R: '350', v: '0.30', expenditure: '1350' }, 'budgetedExpenditure'],
    ['alpha', { d: 0, c: 0, k: 0, budgetedPremium: 1, actualPremium: 1, min: '0.9' }, 'min'],
    ['payment', { alpha: 1, general: 2, residual: 1 }, 'general'],
    ['pension-adjustment', { provinces: [{ wage: 1, inService: 1, retirees: 0 }] }, 'provinces'],
    ['pension-adjustment', { provinces: [{ wage: 1, inService: 1 }] }, 'provinces[0].retirees'],
    ['clearing', { T: 1, units: [{ kind: 'hospital', weight: 1 }] }, 'units[0].kind'],
    ['clearing', { T: 1, units: [{ kind: 'community', weight: 0 }] }, 'units'],
    ['gap', { E: 1, expenditure: 1, L: 1, Y: 1 }, 'expenditure'], // one field under two names
  ])('%s of %j: %s', (name, given, field) => {
    expect(Object.keys(faultsOf(named(name), JSON.stringify(given)))).toEqual(
      name === 'incentive' && field === 'afterYears' ? expect.arrayContaining([field]) : [field],
    );
  });

  test.each([
    ['{"E": 1, "E": 2, "L": 1, "Y": 1}', 'E', '出现两次 (twice)'],
    ['[1]', '标准输入 (stdin)', '[1]'],
    ['"E"', '标准输入 (stdin)', '"E"'],
    ['', '标准输入 (stdin)', '空 (empty)'],
    ['{"E": 1,}', '标准输入 (stdin)', expect.stringContaining('不是 JSON') as string],
  ])('%s', (json, field, found) => {
    expect(faultsOf(named('gap'), json)).toEqual({ [field]: found });
  });

  test('a number with more digits than a JavaScript number holds is read exactly', () => {
    const asked = ask(named('gap'), '{"E": 9007199254740993, "L": "0.01", "Y": 0}');
    expect(asked).toMatchObject({ answer: { value: { value: '9007199254740993.01' } } });
  });
});
