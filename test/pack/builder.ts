/** A small valid pack in a folder of its own, which tests use as it is or spoil. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Fault, type Pack, readPack } from '../../pack';

/** The files of a pack by name. */
export type PackFiles = Record<string, string | Buffer>;

export const YEAR = 2028;

const csv = (...lines: string[]): string => `${lines.join('\n')}\n`;

/**
 * Three areas: 150000 with employees only, 150100 with both schemes and two banners, 150200 with residents only. Every file has
 * one row or two; the tests count lines from the header, which is line 1.
 */
const SMALL_PACK: Record<string, string> = {
  'areas.csv': csv(
    'area,name_zh,name_en,schemes,subsidy_class,employer_rate',
    '150000,自治区本级,Region level,employee,,0.07',
    '150100,东河盟,East River League,employee;resident,2,0.065',
    '150200,西川市,Xichuan City,resident,1,',
  ),
  'banners.csv': csv(
    'area,banner,name_zh,league_share,insured_resident',
    '150100,150121,东河左旗,0.3,4',
    '150100,150122,东河右旗,0.7,2',
  ),
  'operators.csv': csv(
    'operator,name,role,area',
    'nm-security,娜仁,region_security,',
    'nm-finance,高志远,region_finance,',
    'nm-government,白音,region_government,',
    'sec-150000,王芳,area_security,150000',
    'fin-150000,杨艳,area_finance,150000',
    'sec-150100,乌云,area_security,150100',
    'fin-150100,赵建国,area_finance,150100',
    'sec-150200,其木格,area_security,150200',
    'fin-150200,李秀英,area_finance,150200',
  ),
  'history.csv': csv(
    'area,scheme,part,year,item,amount',
    '150100,employee,pooled,2027,premium,880.00',
    '150100,employee,personal_account,2027,outpatient,12.50',
    '150100,resident,pooled,2026,major_illness,60.00',
  ),
  'opening.csv': csv(
    'area,scheme,part,year,accumulated_surplus',
    '150100,employee,pooled,2028,60.00',
    '150200,resident,pooled,2028,-5.10',
  ),
  'adjustment_fund.csv': csv('scheme,year,opening_balance,interest', 'employee,2028,300.00,4.50'),
  'insured.csv': csv(
    'area,scheme,year,insured,in_service,retired,aged_60_plus,target_insured,low_income_registered,low_income_paid',
    '150100,employee,2028,505,303,202,,500,,',
    '150100,resident,2028,6,,,2,6,2,2',
  ),
  'collection_totals.csv': csv('area,coverage_year,rows,amount', '150100,2028,5,1720.00'),
  'medical_aid.csv': csv(
    'area,group,kind,value,funding',
    ',destitute,full,,medical_aid',
    '150100,subsistence,percent,0.70,medical_aid',
    '150100,subsistence,fixed,30,fiscal',
  ),
  'budget_submissions.csv': csv(
    'area,scheme,year,version,part,item,amount,reason,submitted_by',
    '150100,employee,2028,1,pooled,premium,870.00,,sec-150100',
    '150100,employee,2028,1,pooled,total_income,870.00,"合计，含利息",sec-150100',
  ),
  'budget_adjustments.csv': csv(
    'area,scheme,version,date,part,item,amount,reason,submitted_by',
    '150100,employee,2,2028-05-20,pooled,premium,860.00,"缴费人数减少，已核实",sec-150100',
  ),
  'actuals.csv': csv(
    'area,scheme,part,year,month,item,amount',
    '150100,employee,pooled,2028,6,premium,850.00',
    '150200,resident,pooled,2028,12,major_illness,3',
  ),
  'subsidy_arrivals.csv': csv(
    'area,banner,level,date,amount',
    '150100,,central,2028-06-30,3475.20',
    '150100,150121,banner,2028-02-29,202.72',
  ),
  'conduct.csv': csv(
    'area,scheme,year,levy_days_late,own_policy_above,audit_refused,irregular_expenditure,performance_score,cause,unpaid_claims,policy_reimbursement',
    '150100,employee,2028,3,false,true,1.50,88.5,dependency,10,0.85',
    '150200,resident,2028,unpaid,,,,,,,',
  ),
  'premium_basis.csv': csv(
    'area,part,class,heads,base,rate,collection',
    '150100,pooled,unit,100,90000.00,0.085,0.99',
    '150100,personal_account,unit,100,90000.00,0.02,0.99',
  ),
  'benefit_basis.csv': csv(
    'area,scheme,item,band,insured,visits,cost,pay_rate,policy',
    '150100,employee,inpatient,18-59,95,0.15,18000.00,0.85,-0.02',
    '150200,resident,outpatient,全部,1000,2.5,80.00,0.55,0.10',
  ),
  'payment_units.csv': csv(
    'area,scheme,unit,name_zh,kind,weight',
    '150100,employee,H1,盟医院,institution,3',
    '150100,employee,M1,东河左旗医共体,community,1.50',
    '150200,resident,X1,异地就医,elsewhere,0.5',
  ),
  'unit_accounts.csv': csv(
    'area,scheme,unit,month,incurred,paid,paid_earlier_years',
    '150100,employee,H1,6,400.00,380.00,',
    '150100,employee,H1,7,-12.50,0,4.00',
    '150200,resident,X1,6,30.00,30.00,',
  ),
  'targets.csv': csv(
    'area,scheme,indicator,target',
    '150100,employee,collection,0.98',
    '150200,resident,months_payable,6.5',
  ),
  'resident_roll.csv': csv(
    'person,area,banner,group,coverage_year',
    'P1,150100,150121,ordinary,2028',
    'P1,150200,,ordinary,2028',
    'P1,150100,150121,ordinary,2029',
  ),
  'resident_payments.csv': csv(
    'receipt,person,area,coverage_year,amount,paid_at,kind,original_receipt',
    'R1,P1,150100,2028,400.00,2027-10-01T09:00:00+08:00,payment,',
    'R2,P1,150100,2028,400.00,2027-10-02T09:00:00+08:00,refund,R1',
  ),
  'positions.csv': csv('area,scheme,part,account,date,balance', '150100,employee,pooled,定期存款,2028-06-30,20.00'),
  'bank.csv': csv('area,scheme,part,account,date,balance', 'region,employee,pooled,财政专户存款,2027-12-31,300.00'),
  'parameters.json': JSON.stringify({ 'levy.rate.employee': { value: '0.03', source: '测试文件' } }, null, 1),
};

export const smallPack = (): Record<string, string> => ({ ...SMALL_PACK });

/** The pack with one file changed; `from` must occur in it, so that no test spoils nothing by mistake. */
export function spoiled(file: string, from: string | RegExp, to: string): PackFiles {
  const files = smallPack();
  const text = files[file];
  if (text === undefined || text.search(from) === -1) throw new Error(`${file} has nothing to spoil: ${from}`);
  return { ...files, [file]: text.replace(from, () => to) };
}

export function without(files: PackFiles, ...names: string[]): PackFiles {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));
}

const folders: string[] = [];

/** Writes a pack into a new folder, which `removePacks` removes. */
export function writePack(files: PackFiles = smallPack()): string {
  const directory = mkdtempSync(join(tmpdir(), 'pack-'));
  folders.push(directory);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}
export function removePacks(): void {
  for (const directory of folders.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** Reads the pack of a folder, which must be without fault. */
export async function packFrom(folder: string, year: number): Promise<Pack> {
  const result = await readPack(folder, year);
  if ('faults' in result) throw new Error(`The pack has faults: ${JSON.stringify(result.faults, null, 1)}`);
  return result.pack;
}
export const packOf = (files: PackFiles = smallPack(), year = YEAR): Promise<Pack> => packFrom(writePack(files), year);

/** Reads a pack that must be refused. */
export async function faultsOf(files: PackFiles, year = YEAR): Promise<Fault[]> {
  const result = await readPack(writePack(files), year);
  return 'faults' in result ? result.faults : [];
}
