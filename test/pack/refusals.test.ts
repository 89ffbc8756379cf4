/** Everything for which a pack is refused: file, line and column are named, and no other fault is reported. */
import { faultText } from '../../pack';
import { shownText } from '../../rules/text';
import { type PackFiles, YEAR, faultsOf, packOf, removePacks, smallPack, spoiled, without } from './builder';

afterAll(removePacks);

test('the small pack itself is without fault', async () => {
  const { year, areas } = await packOf();
  expect([year, areas.length]).toEqual([YEAR, 3]);
});

type Place = [file: string, line: number | null, column: string | null];
const place = (...of: Place): Place => of;

const HEADERS: Record<string, string> = {
  'enrolment_history.csv': 'person,coverage_year',
  'burdens.csv': 'person,area,group,month,self_paid',
  'recognitions.csv': 'person,area,date,outcome,help',
};
/** The small pack with one more file of persons. */
const persons = (file: string, ...lines: string[]): PackFiles => ({
  ...smallPack(),
  [file]: `${[HEADERS[file], ...lines].join('\n')}\n`,
});

/** The small pack with a budget that its area adjusts in May, and once more with another version in July. */
const ADJUSTMENTS = [
  'area,scheme,version,date,part,item,amount,reason,submitted_by',
  '150100,employee,2,2028-05-20,pooled,premium,860.00,,sec-150100',
  '150100,employee,2,2028-05-20,pooled,inpatient,800.00,住院人次增加,sec-150100',
  '150100,employee,3,2028-07-01,pooled,premium,870.00,,sec-150100',
].join('\n');
function adjusting(from: string | RegExp, to: string): PackFiles {
  if (ADJUSTMENTS.search(from) === -1) throw new Error(`nothing to spoil: ${from}`);
  return { ...smallPack(), 'budget_adjustments.csv': `${ADJUSTMENTS.replace(from, to)}\n` };
}

test('adjusted budgets are read with their dates', async () => {
  const { budgetAdjustments } = await packOf({ ...smallPack(), 'budget_adjustments.csv': ADJUSTMENTS });
  expect(budgetAdjustments.map(({ version, date, amount }) => `${version} ${date} ${amount}`)).toEqual([
    '2 2028-05-20 860.00',
    '2 2028-05-20 800.00',
    '3 2028-07-01 870.00',
  ]);
});

/** The small pack with an opening and its basis, and with values of law. */
const openings = (row: string, values: Record<string, string> = {}): PackFiles => ({
  ...smallPack(),
  'opening.csv': `area,scheme,part,year,accumulated_surplus,basis\n${row}\n`,
  'parameters.json': JSON.stringify(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, source: '测试文件' }])),
    null,
    1,
  ),
});
const MONEY_FILES = ['positions.csv', 'bank.csv'] as const;
/** The small pack with one more file of balances. */
const money = (file: (typeof MONEY_FILES)[number], rows: string, files: PackFiles = smallPack()): PackFiles => ({
  ...files,
  [file]: `area,scheme,part,account,date,balance\n${rows}\n`,
});
/** One area with employees alone. */
const withoutResidents = (): PackFiles => ({
  ...Object.fromEntries(Object.entries(smallPack()).map(([file, text]) => [file, `${text.split('\n')[0]}\n`])),
  'areas.csv':
    'area,name_zh,name_en,schemes,subsidy_class,employer_rate\n150000,自治区本级,Region level,employee,,0.07\n',
  'operators.csv': smallPack()
    ['operators.csv']!.split('\n')
    .filter((row) => !/-150[12]00/.test(row))
    .join('\n'),
  'parameters.json': '{}',
});

// Each line of the table spoils the small pack in one place, which is then the only fault.
// prettier-ignore
const refusals: [why: string, files: PackFiles, ...Place][] = [
  // files and columns
  ['a required file is missing', without(smallPack(), 'insured.csv'), ...place('insured.csv', null, null)],
  ['a required file is empty', { ...smallPack(), 'insured.csv': '' }, ...place('insured.csv', 1, null)],
  ['a required column is missing', spoiled('banners.csv', 'league_share', 'name_en'), ...place('banners.csv', 1, 'name_en')],
  ['an unknown column', spoiled('areas.csv', 'employer_rate', 'employers_rate'), ...place('areas.csv', 1, 'employers_rate')],
  ['a repeated column', spoiled('areas.csv', 'employer_rate', 'name_en'), ...place('areas.csv', 1, 'name_en')],
  ['a column of payments is missing', spoiled('resident_payments.csv', ',original_receipt', ''), ...place('resident_payments.csv', 1, 'original_receipt')],
  ['an unknown column of payments', spoiled('resident_payments.csv', 'paid_at', 'paid'), ...place('resident_payments.csv', 1, 'paid')],
  ['an empty file of payments', { ...smallPack(), 'resident_payments.csv': '' }, ...place('resident_payments.csv', 1, null)],
  ['too few fields', spoiled('opening.csv', ',60.00', ''), ...place('opening.csv', 2, null)],
  ['too many fields', spoiled('opening.csv', '60.00', '60,00,'), ...place('opening.csv', 2, null)],
  ['a stray quote', spoiled('areas.csv', '东河盟', '东"河盟'), ...place('areas.csv', 3, null)],
  ['text after a closing quote', spoiled('areas.csv', '东河盟', '"东河"盟'), ...place('areas.csv', 3, null)],
  ['a quote that is not closed', spoiled('areas.csv', '西川市', '"西川市'), ...place('areas.csv', 4, null)],
  ['a NUL byte', spoiled('areas.csv', '东河盟', '东\0河盟'), ...place('areas.csv', 3, null)],
  ['a lone carriage return', spoiled('areas.csv', '东河盟', '东\r河盟'), ...place('areas.csv', 3, null)],
  ['text that is not UTF-8', { ...smallPack(), 'history.csv': Buffer.from(smallPack()['history.csv']!.replace('outpatient', '\xff'), 'latin1') }, ...place('history.csv', 3, null)],
  ['payments that are not UTF-8', { ...smallPack(), 'resident_payments.csv': Buffer.from(smallPack()['resident_payments.csv']!.replace('R2', '\xff'), 'latin1') }, ...place('resident_payments.csv', 3, null)],

  // areas, schemes, parts, items, roles, groups
  ['an area code that could be no file name', spoiled('areas.csv', /$/, '15/300,一市,One,employee,,\n'), ...place('areas.csv', 5, 'area')],
  ['an area named like the row of unknown areas', spoiled('areas.csv', /$/, 'unknown,一市,One,employee,,\n'), ...place('areas.csv', 5, 'area')],
  ['an unknown area in banners', spoiled('banners.csv', '150100,150122', '150900,150122'), ...place('banners.csv', 3, 'area')],
  ['an unknown area in history', spoiled('history.csv', '150100', '150900'), ...place('history.csv', 2, 'area')],
  ['an unknown area in opening', spoiled('opening.csv', '150200', '150900'), ...place('opening.csv', 3, 'area')],
  ['an unknown area in insured', spoiled('insured.csv', '150100', '150900'), ...place('insured.csv', 2, 'area')],
  ['an unknown area in collection_totals', spoiled('collection_totals.csv', '150100', '150900'), ...place('collection_totals.csv', 2, 'area')],
  ['an unknown area in medical_aid', spoiled('medical_aid.csv', '150100', '150900'), ...place('medical_aid.csv', 3, 'area')],
  ['an unknown area in actuals', spoiled('actuals.csv', '150200', '150900'), ...place('actuals.csv', 3, 'area')],
  ['an unknown area in subsidy_arrivals', spoiled('subsidy_arrivals.csv', '150100', '150900'), ...place('subsidy_arrivals.csv', 2, 'area')],
  ['an unknown area in conduct', spoiled('conduct.csv', '150200', '150900'), ...place('conduct.csv', 3, 'area')],
  ['an unknown area in the roll', spoiled('resident_roll.csv', 'P1,150200', 'P1,150900'), ...place('resident_roll.csv', 3, 'area')],
  ['an area without residents in the roll', spoiled('resident_roll.csv', 'P1,150200', 'P1,150000'), ...place('resident_roll.csv', 3, 'area')],
  ['an area without residents in collection_totals', spoiled('collection_totals.csv', '150100', '150000'), ...place('collection_totals.csv', 2, 'area')],
  ['an area without residents in subsidy_arrivals', spoiled('subsidy_arrivals.csv', '150100', '150000'), ...place('subsidy_arrivals.csv', 2, 'area')],
  ['an unknown area in premium_basis', spoiled('premium_basis.csv', '150100', '150900'), ...place('premium_basis.csv', 2, 'area')],
  ['an area without employees in premium_basis', spoiled('premium_basis.csv', '150100', '150200'), ...place('premium_basis.csv', 2, 'area')],
  ['an unknown area in benefit_basis', spoiled('benefit_basis.csv', '150100', '150900'), ...place('benefit_basis.csv', 2, 'area')],
  ['a scheme that the area of benefit_basis does not have', spoiled('benefit_basis.csv', '150200,resident', '150200,employee'), ...place('benefit_basis.csv', 3, 'scheme')],
  ['an unknown area in targets', spoiled('targets.csv', '150100', '150900'), ...place('targets.csv', 2, 'area')],
  ['a scheme that the area of targets does not have', spoiled('targets.csv', '150200,resident', '150200,employee'), ...place('targets.csv', 3, 'scheme')],
  ['an unknown indicator', spoiled('targets.csv', 'collection', 'total'), ...place('targets.csv', 2, 'indicator')],
  ['a class that there is not', spoiled('premium_basis.csv', 'unit', 'farmers'), ...place('premium_basis.csv', 2, 'class')],
  ['a part that there is not', spoiled('premium_basis.csv', 'pooled', 'pool'), ...place('premium_basis.csv', 2, 'part')],
  ['an item that has no factors', spoiled('benefit_basis.csv', 'inpatient', 'major_illness'), ...place('benefit_basis.csv', 2, 'item')],
  ['an unknown scheme in areas', spoiled('areas.csv', 'employee;resident', 'employee;residents'), ...place('areas.csv', 3, 'schemes')],
  ['a scheme twice in areas', spoiled('areas.csv', 'employee;resident', 'employee;employee'), ...place('areas.csv', 3, 'schemes')],
  ['an unknown scheme', spoiled('opening.csv', '150100,employee', '150100,staff'), ...place('opening.csv', 2, 'scheme')],
  ['an unknown scheme of the adjustment fund', spoiled('adjustment_fund.csv', 'employee', 'staff'), ...place('adjustment_fund.csv', 2, 'scheme')],
  ['a scheme that the area does not have', spoiled('opening.csv', '150200,resident', '150200,employee'), ...place('opening.csv', 3, 'scheme')],
  ['an unknown part', spoiled('history.csv', 'pooled', 'pool'), ...place('history.csv', 2, 'part')],
  ['a personal account of residents', spoiled('opening.csv', 'resident,pooled', 'resident,personal_account'), ...place('opening.csv', 3, 'part')],
  ['an unknown item in history', spoiled('history.csv', 'premium', 'premiums'), ...place('history.csv', 2, 'item')],
  ['an unknown item in actuals', spoiled('actuals.csv', 'premium', 'total_income'), ...place('actuals.csv', 2, 'item')],
  ['major illness of employees', spoiled('history.csv', 'premium', 'major_illness'), ...place('history.csv', 2, 'item')],
  ['a level item in actuals', spoiled('actuals.csv', 'premium', 'levy_to_superior'), ...place('actuals.csv', 2, 'item')],
  ['an unknown role', spoiled('operators.csv', 'region_government', 'region_chair'), ...place('operators.csv', 4, 'role')],
  ['an area role without area', spoiled('operators.csv', 'area_security,150100', 'area_security,'), ...place('operators.csv', 7, 'area')],
  ['a region role with area', spoiled('operators.csv', 'region_finance,', 'region_finance,150100'), ...place('operators.csv', 3, 'area')],
  ['an unknown group in the roll', spoiled('resident_roll.csv', 'ordinary', 'normal'), ...place('resident_roll.csv', 2, 'group')],
  ['an unknown group in medical_aid', spoiled('medical_aid.csv', 'destitute', 'poor'), ...place('medical_aid.csv', 2, 'group')],

  // persons: earlier enrolment, burdens, recognitions
  ['a history of this year', persons('enrolment_history.csv', 'P1,2028'), ...place('enrolment_history.csv', 2, 'coverage_year')],
  ['a year of enrolment twice', persons('enrolment_history.csv', 'P1,2027', 'P1,2026', 'P1,2027'), ...place('enrolment_history.csv', 4, 'person+coverage_year')],
  ['a history of nobody', persons('enrolment_history.csv', ',2027'), ...place('enrolment_history.csv', 2, 'person')],
  ['an unknown area in burdens', persons('burdens.csv', 'P1,150900,ordinary,1,1.00'), ...place('burdens.csv', 2, 'area')],
  ['an area without residents in burdens', persons('burdens.csv', 'P1,150000,ordinary,1,1.00'), ...place('burdens.csv', 2, 'area')],
  ['an unknown group in burdens', persons('burdens.csv', 'P1,150100,poor,1,1.00'), ...place('burdens.csv', 2, 'group')],
  ['a thirteenth month', persons('burdens.csv', 'P1,150100,ordinary,13,1.00'), ...place('burdens.csv', 2, 'month')],
  ['a burden below 0', persons('burdens.csv', 'P1,150100,ordinary,1,-0.01'), ...place('burdens.csv', 2, 'self_paid')],
  ['a month of a person twice in an area', persons('burdens.csv', 'P1,150100,ordinary,1,1.00', 'P1,150200,ordinary,1,1.00', 'P1,150100,student,1,2.00'), ...place('burdens.csv', 4, 'person+area+month')],
  ['an area without residents in recognitions', persons('recognitions.csv', 'P1,150000,2028-02-01,recognised,1.00'), ...place('recognitions.csv', 2, 'area')],
  ['an answer on no day', persons('recognitions.csv', 'P1,150100,2028-02-30,recognised,1.00'), ...place('recognitions.csv', 2, 'date')],
  ['an unknown answer', persons('recognitions.csv', 'P1,150100,2028-02-01,perhaps,'), ...place('recognitions.csv', 2, 'outcome')],
  ['help for whom nobody recognised', persons('recognitions.csv', 'P1,150100,2028-02-01,not_recognised,1.00'), ...place('recognitions.csv', 2, 'help')],
  ['help below 0', persons('recognitions.csv', 'P1,150100,2028-02-01,recognised,-1.00'), ...place('recognitions.csv', 2, 'help')],
  ['two answers of one day', persons('recognitions.csv', 'P1,150100,2028-02-01,recognised,', 'P1,150100,2028-02-01,not_recognised,'), ...place('recognitions.csv', 3, 'person+area+date')],

  // roles nobody holds, submissions by others, residents without a class
  ['an area role that nobody holds', spoiled('operators.csv', /fin-150200.*\n/, ''), ...place('operators.csv', null, 'role')],
  ['a region role that nobody holds', spoiled('operators.csv', /nm-government.*\n/, ''), ...place('operators.csv', null, 'role')],
  ['a submission by the area\'s finance', spoiled('budget_submissions.csv', 'sec-150100', 'fin-150100'), ...place('budget_submissions.csv', 2, 'submitted_by')],
  ['a submission by another area', spoiled('budget_submissions.csv', 'sec-150100', 'sec-150200'), ...place('budget_submissions.csv', 2, 'submitted_by')],
  ['a submission by nobody known', spoiled('budget_submissions.csv', 'sec-150100', 'sec-150900'), ...place('budget_submissions.csv', 2, 'submitted_by')],
  ['residents without a subsidy class', spoiled('areas.csv', 'employee;resident,2', 'employee;resident,'), ...place('areas.csv', 3, 'subsidy_class')],
  ['a subsidy class that there is not', spoiled('areas.csv', 'resident,1', 'resident,4'), ...place('areas.csv', 4, 'subsidy_class')],

  // repeated keys
  ['an area twice', spoiled('areas.csv', /$/, '150200,又一,Again,resident,1,\n'), ...place('areas.csv', 5, 'area')],
  ['a banner twice', spoiled('banners.csv', '150122', '150121'), ...place('banners.csv', 3, 'area+banner')],
  ['an operator twice', spoiled('operators.csv', 'fin-150200', 'fin-150100'), ...place('operators.csv', 10, 'operator')],
  ['an item of history twice', spoiled('history.csv', /$/, '150100,employee,pooled,2027,premium,1.00\n'), ...place('history.csv', 5, 'area+scheme+part+year+item')],
  ['a month written in two ways', spoiled('actuals.csv', /$/, '150100,employee,pooled,2028,06,premium,1.00\n'), ...place('actuals.csv', 4, 'area+scheme+part+year+month+item')],
  ['an item of a version twice', spoiled('budget_submissions.csv', 'total_income', 'premium'), ...place('budget_submissions.csv', 3, 'area+scheme+year+version+part+item')],
  ['a person twice on a roll', spoiled('resident_roll.csv', '2029', '2028'), ...place('resident_roll.csv', 4, 'person+area+coverage_year')],
  ['a person on two roll files', { ...smallPack(), 'resident_roll_2.csv': 'person,area,banner,group,coverage_year\nP1,150200,,student,2028\n' }, ...place('resident_roll_2.csv', 2, 'person+area+coverage_year')],

  ['a target twice', spoiled('targets.csv', /$/, '150100,employee,collection,1\n'), ...place('targets.csv', 4, 'area+scheme+indicator')],
  ['a class twice', spoiled('premium_basis.csv', 'personal_account', 'pooled'), ...place('premium_basis.csv', 3, 'area+part+class')],
  ['a band twice', spoiled('benefit_basis.csv', /$/, '150100,employee,inpatient,18-59,1,1,1,1,0\n'), ...place('benefit_basis.csv', 4, 'area+scheme+item+band')],

  // numbers, dates, words
  ['a target that is no number', spoiled('targets.csv', '0.98', '98%'), ...place('targets.csv', 2, 'target')],
  ['a target below 0', spoiled('targets.csv', '0.98', '-0.98'), ...place('targets.csv', 2, 'target')],
  ['a part of a payer', spoiled('premium_basis.csv', ',100,', ',99.5,'), ...place('premium_basis.csv', 2, 'heads')],
  ['a base below 0', spoiled('premium_basis.csv', '90000.00', '-1'), ...place('premium_basis.csv', 2, 'base')],
  ['a contribution rate in percent', spoiled('premium_basis.csv', '0.085', '8.5'), ...place('premium_basis.csv', 2, 'rate')],
  ['a collection above 1', spoiled('premium_basis.csv', '0.99', '1.01'), ...place('premium_basis.csv', 2, 'collection')],
  ['a part of an insured', spoiled('benefit_basis.csv', ',95,', ',95.5,'), ...place('benefit_basis.csv', 2, 'insured')],
  ['visits below 0', spoiled('benefit_basis.csv', '0.15', '-0.15'), ...place('benefit_basis.csv', 2, 'visits')],
  ['no cost', spoiled('benefit_basis.csv', '18000.00', ''), ...place('benefit_basis.csv', 2, 'cost')],
  ['a pay rate above 1', spoiled('benefit_basis.csv', '0.85', '1.85'), ...place('benefit_basis.csv', 2, 'pay_rate')],
  ['a policy that leaves nothing', spoiled('benefit_basis.csv', '-0.02', '-1'), ...place('benefit_basis.csv', 2, 'policy')],
  ['a number that is not one', spoiled('opening.csv', '60.00', 'sixty'), ...place('opening.csv', 2, 'accumulated_surplus')],
  ['separators in an amount', spoiled('opening.csv', '60.00', '"1,060.00"'), ...place('opening.csv', 2, 'accumulated_surplus')],
  ['three decimals', spoiled('opening.csv', '60.00', '60.001'), ...place('opening.csv', 2, 'accumulated_surplus')],
  ['seventeen digits', spoiled('opening.csv', '60.00', '12345678901234567'), ...place('opening.csv', 2, 'accumulated_surplus')],
  ['an exponent', spoiled('opening.csv', '60.00', '6e1'), ...place('opening.csv', 2, 'accumulated_surplus')],
  ['no amount', spoiled('opening.csv', '60.00', ''), ...place('opening.csv', 2, 'accumulated_surplus')],
  ['a part of a head', spoiled('insured.csv', '505', '505.5'), ...place('insured.csv', 2, 'insured')],
  ['fewer than no heads', spoiled('banners.csv', '0.3,4', '0.3,-4'), ...place('banners.csv', 2, 'insured_resident')],
  ['a share above 1', spoiled('banners.csv', '0.3', '30'), ...place('banners.csv', 2, 'league_share')],
  ['a year of two digits', spoiled('opening.csv', '2028', '28'), ...place('opening.csv', 2, 'year')],
  ['month 13', spoiled('actuals.csv', '2028,12', '2028,13'), ...place('actuals.csv', 3, 'month')],
  ['version 0', spoiled('budget_submissions.csv', '2028,1', '2028,0'), ...place('budget_submissions.csv', 2, 'version')],
  ['30 February', spoiled('subsidy_arrivals.csv', '2028-02-29', '2028-02-30'), ...place('subsidy_arrivals.csv', 3, 'date')],
  ['an unknown level', spoiled('subsidy_arrivals.csv', 'central', 'state'), ...place('subsidy_arrivals.csv', 2, 'level')],
  ['an aid kind that there is not', spoiled('medical_aid.csv', 'full', 'half'), ...place('medical_aid.csv', 2, 'kind')],
  ['an aid rate above 1', spoiled('medical_aid.csv', '0.70', '70'), ...place('medical_aid.csv', 3, 'value')],
  ['an aid amount that is missing', spoiled('medical_aid.csv', 'fixed,30', 'fixed,'), ...place('medical_aid.csv', 4, 'value')],
  ['a funding that there is not', spoiled('medical_aid.csv', 'fiscal', 'charity'), ...place('medical_aid.csv', 4, 'funding')],
  ['an unknown cause', spoiled('conduct.csv', 'dependency', 'weather'), ...place('conduct.csv', 2, 'cause')],
  ['a flag that is not one', spoiled('conduct.csv', 'false', 'no'), ...place('conduct.csv', 2, 'own_policy_above')],
  ['days late that are no number', spoiled('conduct.csv', 'unpaid,', 'late,'), ...place('conduct.csv', 3, 'levy_days_late')],
  ['irregular expenditure below 0', spoiled('conduct.csv', '1.50', '-1.50'), ...place('conduct.csv', 2, 'irregular_expenditure')],

  // units and their accounts
  ['an unknown area in payment_units', spoiled('payment_units.csv', '150200', '150900'), ...place('payment_units.csv', 4, 'area')],
  ['a scheme of units that the area does not have', spoiled('payment_units.csv', '150200,resident', '150200,employee'), ...place('payment_units.csv', 4, 'scheme')],
  ['an unknown scheme of units', spoiled('payment_units.csv', 'resident,X1', 'staff,X1'), ...place('payment_units.csv', 4, 'scheme')],
  ['a unit without a code', spoiled('payment_units.csv', 'M1', ''), ...place('payment_units.csv', 3, 'unit')],
  ['a unit with the code of the reserve', spoiled('payment_units.csv', 'M1', 'reserve'), ...place('payment_units.csv', 3, 'unit')],
  ['a kind of unit that there is not', spoiled('payment_units.csv', 'community', 'hospital'), ...place('payment_units.csv', 3, 'kind')],
  ['a weight below 0', spoiled('payment_units.csv', '1.50', '-1.50'), ...place('payment_units.csv', 3, 'weight')],
  ['a weight that is no number', spoiled('payment_units.csv', '1.50', 'heavy'), ...place('payment_units.csv', 3, 'weight')],
  ['a missing weight', spoiled('payment_units.csv', '1.50', ''), ...place('payment_units.csv', 3, 'weight')],
  ['weights that sum to 0', spoiled('payment_units.csv', 'elsewhere,0.5', 'elsewhere,0.00'), ...place('payment_units.csv', 4, 'weight')],
  ['a unit twice', spoiled('payment_units.csv', 'M1', 'H1'), ...place('payment_units.csv', 3, 'area+scheme+unit')],
  ['a column of units is missing', spoiled('payment_units.csv', 'name_zh', 'name'), ...place('payment_units.csv', 1, 'name')],
  ['an unknown area in unit_accounts', spoiled('unit_accounts.csv', '150200', '150900'), ...place('unit_accounts.csv', 4, 'area')],
  ['accounts of an unknown unit', spoiled('unit_accounts.csv', 'X1', 'X2'), ...place('unit_accounts.csv', 4, 'unit')],
  ['accounts of a unit of the other scheme', spoiled('unit_accounts.csv', '150100,employee,H1,7', '150100,resident,H1,7'), ...place('unit_accounts.csv', 3, 'unit')],
  ['month 0 of a unit', spoiled('unit_accounts.csv', 'H1,6', 'H1,0'), ...place('unit_accounts.csv', 2, 'month')],
  ['a month of a unit twice', spoiled('unit_accounts.csv', 'H1,7', 'H1,06'), ...place('unit_accounts.csv', 3, 'area+scheme+unit+month')],
  ['an amount that is missing', spoiled('unit_accounts.csv', '380.00', ''), ...place('unit_accounts.csv', 2, 'paid')],
  ['an amount with a separator', spoiled('unit_accounts.csv', '400.00', '"1,400.00"'), ...place('unit_accounts.csv', 2, 'incurred')],
  ['a payment for earlier years that is no amount', spoiled('unit_accounts.csv', '4.00', 'none'), ...place('unit_accounts.csv', 3, 'paid_earlier_years')],
  ['a year of care below 0', spoiled('unit_accounts.csv', '-12.50', '-400.01'), ...place('unit_accounts.csv', 3, 'incurred')],
  ['a year of payments below 0', spoiled('unit_accounts.csv', '-12.50,0', '-12.50,-380.01'), ...place('unit_accounts.csv', 3, 'paid')],
  ['a share of law above 1', { ...smallPack(), 'parameters.json': '{\n"payment.over_limit": {"value": "1.01", "source": "办法"}}' }, ...place('parameters.json', 2, 'payment.over_limit')],
  // on which basis an opening stands
  ['a basis that there is not', openings('150200,resident,pooled,2028,-5.10,cash'), ...place('opening.csv', 2, 'basis')],
  ['a basis of employees', openings('150100,employee,pooled,2028,60.00,receipt_year'), ...place('opening.csv', 2, 'basis')],
  ['an opening on coverage years of an area that goes by receipts', openings('150200,resident,pooled,2028,-5.10,coverage_year', { 'books.premium_recognition.150200': 'receipt_year' }), ...place('opening.csv', 2, 'basis')],
  ['the same where all areas do', openings('150200,resident,pooled,2028,-5.10,coverage_year', { 'books.premium_recognition': 'receipt_year', 'books.premium_recognition.150100': 'coverage_year' }), ...place('opening.csv', 2, 'basis')],
  ['a recognition that there is not', openings('', { 'books.premium_recognition': 'cash' }), ...place('parameters.json', 2, 'books.premium_recognition')],

  // where the money lies, and what the bank says
  ...MONEY_FILES.flatMap((file): [string, PackFiles, ...Place][] => [
    [`an unknown area in ${file}`, money(file, '150900,employee,pooled,定期存款,2028-06-30,1.00'), ...place(file, 2, 'area')],
    [`a scheme that the area does not have in ${file}`, money(file, '150000,resident,pooled,定期存款,2028-06-30,1.00'), ...place(file, 2, 'scheme')],
    [`a personal account of residents in ${file}`, money(file, '150200,resident,personal_account,定期存款,2028-06-30,1.00'), ...place(file, 2, 'part')],
    [`a personal account of the region in ${file}`, money(file, 'region,employee,personal_account,定期存款,2028-06-30,1.00'), ...place(file, 2, 'part')],
    [`an unknown account in ${file}`, money(file, '150100,employee,pooled,库存现金,2028-06-30,1.00'), ...place(file, 2, 'account')],
    [`a date before the books in ${file}`, money(file, '150100,employee,pooled,定期存款,2027-11-30,1.00'), ...place(file, 2, 'date')],
    [`a date after the year in ${file}`, money(file, '150100,employee,pooled,定期存款,2029-01-31,1.00'), ...place(file, 2, 'date')],
    [`a date that there is not in ${file}`, money(file, '150100,employee,pooled,定期存款,2028-06-31,1.00'), ...place(file, 2, 'date')],
    [`no balance in ${file}`, money(file, '150100,employee,pooled,定期存款,2028-06-30,'), ...place(file, 2, 'balance')],
    [`a line twice in ${file}`, money(file, '150100,employee,pooled,定期存款,2028-06-30,1.00\n150100,employee,pooled,定期存款,2028-06-30,2.00'), ...place(file, 3, 'area+scheme+part+account+date')],
  ]),
  ['a position within a month', money('positions.csv', '150100,employee,pooled,定期存款,2028-06-29,1.00'), ...place('positions.csv', 2, 'date')],
  ['a position of the special account', money('positions.csv', '150100,employee,pooled,财政专户存款,2028-06-30,1.00'), ...place('positions.csv', 2, 'account')],
  ['a position of a scheme of the region that no area has', money('positions.csv', 'region,resident,pooled,定期存款,2028-06-30,1.00', withoutResidents()), ...place('positions.csv', 2, 'scheme')],

  // names and keys that persons see: no text that moves a cursor, turns a line, hides, or never ends
  ...['\u001b[2J', '\u009b2J', '\u202e', '\u200b', '\u00ad', '\ufeff', '\u2028', '长'.repeat(101)].flatMap((unfit): [string, PackFiles, ...Place][] => [
    [`the name of an area with ${shownText(unfit)}`, spoiled('areas.csv', '东河盟', unfit), ...place('areas.csv', 3, 'name_zh')],
    [`the English name with ${shownText(unfit)}`, spoiled('areas.csv', 'East River', unfit), ...place('areas.csv', 3, 'name_en')],
    [`the name of a banner with ${shownText(unfit)}`, spoiled('banners.csv', '东河左旗', unfit), ...place('banners.csv', 2, 'name_zh')],
    [`the name of a unit with ${shownText(unfit)}`, spoiled('payment_units.csv', '盟医院', unfit), ...place('payment_units.csv', 2, 'name_zh')],
    [`the code of a unit with ${shownText(unfit)}`, { ...spoiled('payment_units.csv', 'X1', unfit), 'unit_accounts.csv': smallPack()['unit_accounts.csv']!.split('\n').slice(0, 3).join('\n') }, ...place('payment_units.csv', 4, 'unit')],
    [`the name of an operator with ${shownText(unfit)}`, spoiled('operators.csv', '娜仁', unfit), ...place('operators.csv', 2, 'name')],
  ]),
  ...['\u202e', '\u200b', '\u00ad', '\u3000', '\u2028', '—'].map((blank): [string, PackFiles, ...Place] => [
    `a source that is ${shownText(blank)}`, spoiled('parameters.json', '测试文件', blank), ...place('parameters.json', 2, 'levy.rate.employee'),
  ]),
  ['a name of two lines', spoiled('areas.csv', '东河盟', '"东河\n盟"'), ...place('areas.csv', 3, 'name_zh')],
  ['a reason with a control character', spoiled('budget_submissions.csv', '合计', '\u001b[2J'), ...place('budget_submissions.csv', 3, 'reason')],
  ['a reason that never ends', spoiled('budget_submissions.csv', '合计', '长'.repeat(2001)), ...place('budget_submissions.csv', 3, 'reason')],
  ['half a character in a source', spoiled('parameters.json', '测试文件', '5号\\ud83d'), ...place('parameters.json', 2, 'levy.rate.employee')],

  // adjusted budgets
  ['an adjustment whose version was submitted', adjusting('3,2028-07-01', '1,2028-07-01'), ...place('budget_adjustments.csv', 4, 'version')],
  ['an adjustment of the year before', adjusting('2028-07-01', '2027-12-31'), ...place('budget_adjustments.csv', 4, 'date')],
  ['an adjustment in December', adjusting('2028-07-01', '2028-12-01'), ...place('budget_adjustments.csv', 4, 'date')],
  ['an adjustment without a day', adjusting('2028-07-01', ''), ...place('budget_adjustments.csv', 4, 'date')],
  ['an adjustment of two days', adjusting('2028-05-20,pooled,inpatient', '2028-05-21,pooled,inpatient'), ...place('budget_adjustments.csv', 3, 'date')],
  ['an adjustment by another area', adjusting(/sec-150100$/, 'sec-150200'), ...place('budget_adjustments.csv', 4, 'submitted_by')],
  ['an adjustment by the area\'s finance', adjusting(/sec-150100$/, 'fin-150100'), ...place('budget_adjustments.csv', 4, 'submitted_by')],
  ['an adjustment of an unknown area', adjusting(/150100,employee,3/, '150900,employee,3'), ...place('budget_adjustments.csv', 4, 'area')],
  ['an adjustment of a scheme that the area does not have', adjusting(/150100,employee,3/, '150000,resident,3'), ...place('budget_adjustments.csv', 4, 'scheme')],
  ['an item of an adjustment twice', adjusting('pooled,inpatient', 'pooled,premium'), ...place('budget_adjustments.csv', 3, 'area+scheme+version+part+item')],
  ['an adjustment without an amount', adjusting('870.00', ''), ...place('budget_adjustments.csv', 4, 'amount')],

  // parameters.json
  ['overrides that are no JSON', { ...smallPack(), 'parameters.json': '{"levy.rate.employee":' }, ...place('parameters.json', null, null)],
  ['overrides that are a list', { ...smallPack(), 'parameters.json': '[]' }, ...place('parameters.json', null, null)],
  ['an unknown parameter', spoiled('parameters.json', 'levy.rate.employee', 'levy.rate.employees'), ...place('parameters.json', 2, 'levy.rate.employees')],
  ['a JSON number', spoiled('parameters.json', '"0.03"', '0.03'), ...place('parameters.json', 2, 'levy.rate.employee')],
  ['a rate above 1', spoiled('parameters.json', '0.03', '3'), ...place('parameters.json', 2, 'levy.rate.employee')],
  ['a missing source', spoiled('parameters.json', '测试文件', ' '), ...place('parameters.json', 2, 'levy.rate.employee')],
  ['a parameter twice', { ...smallPack(), 'parameters.json': '{\n"share.min": {"value": "0.4", "source": "a"},\n"share.m\\u0069n": {"value": "0.5", "source": "b"}}' }, ...place('parameters.json', 3, 'share.min')],
  ['an area that the pack does not have', spoiled('parameters.json', 'levy.rate.employee', 'collection.window.start.150900'), ...place('parameters.json', 2, 'collection.window.start.150900')],
];

for (const [why, files, file, line, column] of refusals) {
  test(`refused: ${why}`, async () => {
    const faults = await faultsOf(files);
    expect(faults.map((fault) => [fault.file, fault.line, fault.column])).toContainEqual([file, line, column]);
    // One slip is reported where it is, not all over the pack.
    expect(new Set(faults.map((fault) => `${fault.file} ${fault.line}`))).toEqual(new Set([`${file} ${line}`]));
    expect(faults.filter(({ expected, remedy }) => expected === '' || remedy === '')).toEqual([]);
  });
}

describe('a file as other programs save it has one fault that says what to do', () => {
  const opening = (change: (text: string) => string): Record<string, string> => ({
    ...smallPack(),
    'opening.csv': change(smallPack()['opening.csv'] as string),
  });
  // prettier-ignore
  test.each<[string, (text: string) => string, RegExp]>([
    ['semicolons',            (text) => text.replaceAll(',', ';'),             /第 1 行.*CSV UTF-8（逗号分隔）/],
    ['tabs',                  (text) => text.replaceAll(',', '\t'),            /第 1 行.*CSV UTF-8（逗号分隔）/],
    ['wide commas',           (text) => text.replaceAll(',', '，'),            /第 1 行.*CSV UTF-8（逗号分隔）/],
    ['a hint for Excel',      (text) => `sep=,\n${text}`,                      /第 1 行：“sep=,”.*删去其上的标题行/],
    ['a title',               (text) => `年初结余表,,,,\n${text}`,             /第 1 行：“年初结余表,,,,”.*删去其上的标题行/],
    ['columns without names', (text) => text.replace(/$/gm, ',,').replace(/\n,,$/, '\n'), /第 6、7 列没有列名.*删除空列/],
    ['rows of commas',        (text) => `${text},,,,\n`,                       /第 4 行：“只有逗号.*删除该空行/],
  ])('%s', async (_, change, words) => {
    const lines = (await faultsOf(opening(change))).map(faultText);
    expect(lines).toEqual([expect.stringMatching(words)]);
  });

  /** As a spreadsheet saves it without being asked: each run of Chinese characters becomes 测试 in GB18030. */
  const inGb18030 = (text: string): Buffer => Buffer.from(text.replace(/[^\x00-\x7f]+/g, '\xb2\xe2\xca\xd4'), 'latin1');
  const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');
  // prettier-ignore
  test.each<[string, string, Buffer, RegExp]>([
    ['GB18030, on every line',    'operators.csv',         inGb18030(smallPack()['operators.csv'] as string),                      /第 2 行：应为UTF-8 编码的文本，此文件像是 GB18030.*CSV UTF-8（逗号分隔）/],
    ['payments in GB18030',       'resident_payments.csv', inGb18030(`${smallPack()['resident_payments.csv']}甲\n乙\n`),          /第 4 行：应为UTF-8 编码的文本，此文件像是 GB18030/],
    ['UTF-16',                    'opening.csv',           utf16(smallPack()['opening.csv'] as string),                            /第 1 行：应为UTF-8 编码的文本，此文件像是 UTF-16/],
    ['no encoding that we know',  'opening.csv',           Buffer.from(`${smallPack()['opening.csv']}\xff\n\xff\n`, 'latin1'),     /第 4 行：应为UTF-8 编码的文本/],
  ])('%s: one line', async (_, file, bytes, words) => {
    const lines = (await faultsOf({ ...smallPack(), [file]: bytes })).map(faultText);
    expect(lines.filter((line) => line.includes('UTF-8 编码'))).toEqual([expect.stringMatching(words)]);
  });

  test('lone carriage returns, in payments too', async () => {
    for (const file of ['opening.csv', 'resident_payments.csv']) {
      const files = { ...smallPack(), [file]: (smallPack()[file] as string).replaceAll('\n', '\r') };
      const lines = (await faultsOf(files)).map(faultText);
      expect(lines.length).toBeLessThanOrEqual(2);
      expect(lines[0]).toMatch(/第 1 行.*CSV UTF-8（逗号分隔）/);
    }
  });
});

test('a repeated key of a person is refused without the person', async () => {
  const [fault] = await faultsOf(persons('burdens.csv', 'P77,150100,ordinary,1,1.00', 'P77,150100,ordinary,1,2.00'));
  expect(fault).toMatchObject({ line: 3, found: '… 150100 1' });
  expect(JSON.stringify(fault)).not.toContain('P77');
});

test('files of persons that are in order are accepted, even if they have only a header', async () => {
  const files = Object.fromEntries(Object.entries(HEADERS).map(([file, header]) => [file, `${header}\n`]));
  const pack = await packOf({
    ...smallPack(),
    ...files,
    'burdens.csv': `${HEADERS['burdens.csv']}\nP1,150100,ordinary,1,0\n`,
  });
  expect(pack.personFiles).toEqual(['enrolment_history.csv', 'burdens.csv', 'recognitions.csv']);
});
