/** The words of the field (RULES 1, 4, 6): one English word for each Chinese term, spelled here once. */

/** 险种: the two schemes whose money never mixes. */
export const SCHEMES = ['employee', 'resident'] as const;
export type Scheme = (typeof SCHEMES)[number];
export const SCHEME_NAMES: Record<Scheme, string> = { employee: '职工医保', resident: '居民医保' };

/** 统筹基金 and 个人账户. Levy, surplus, risk and gap use the pooled part only. */
export const PARTS = ['pooled', 'personal_account'] as const;
export type Part = (typeof PARTS)[number];
export const PART_NAMES: Record<Part, string> = { pooled: '统筹基金', personal_account: '个人账户' };

/** 收入科目, with the Chinese name of the ledger account. */
export const INCOME_ITEMS = {
  premium: '基本医疗保险费收入',
  fiscal_subsidy: '财政补贴收入',
  interest: '利息收入',
  transfer_in: '转移收入',
  other_income: '其他收入',
  superior_grant: '上级补助收入',
  subordinate_levy: '下级上解收入',
} as const;
/** 支出科目. */
export const EXPENDITURE_ITEMS = {
  inpatient: '住院费用支出',
  outpatient: '门诊费用支出',
  maternity: '生育支出',
  major_illness: '大病保险支出',
  transfer_out: '转移支出',
  other_expenditure: '其他支出',
  grant_to_subordinate: '补助下级支出',
  levy_to_superior: '上解上级支出',
} as const;
type IncomeItem = keyof typeof INCOME_ITEMS;
type ExpenditureItem = keyof typeof EXPENDITURE_ITEMS;
export type Item = IncomeItem | ExpenditureItem;
export const ITEM_NAMES: Record<Item, string> = { ...INCOME_ITEMS, ...EXPENDITURE_ITEMS };
export const ITEMS = Object.keys(ITEM_NAMES) as Item[];

/** 上下级往来科目: money between area and region; pooled income and expenditure leave these out. */
export const LEVEL_ITEMS: readonly Item[] = [
  'superior_grant',
  'subordinate_levy',
  'grant_to_subordinate',
  'levy_to_superior',
];
/** The expenditure a directed budget may cut (可控支出), in the order in which ties are broken (RULES 6). */
export const CONTROLLABLE_ITEMS = ['inpatient', 'outpatient', 'maternity', 'other_expenditure'] as const;

export const isItem = (name: string): name is Item => Object.hasOwn(ITEM_NAMES, name);
export const isIncome = (item: Item): item is IncomeItem => Object.hasOwn(INCOME_ITEMS, item);
/** Items of a scheme: `major_illness` is paid from the resident fund only (READINGS 25). */
export const itemsOf = (scheme: Scheme): Item[] =>
  scheme === 'resident' ? ITEMS : ITEMS.filter((item) => item !== 'major_illness');
export const partsOf = (scheme: Scheme): readonly Part[] => (scheme === 'employee' ? PARTS : ['pooled']);
/** Income and expenditure proper: the items that count in base, gap, budget balance and risk. */
export const OWN_INCOME = (Object.keys(INCOME_ITEMS) as Item[]).filter((item) => !LEVEL_ITEMS.includes(item));
export const OWN_EXPENDITURE = (Object.keys(EXPENDITURE_ITEMS) as Item[]).filter((item) => !LEVEL_ITEMS.includes(item));

/** 缴费因素 of employees (premium_basis.csv): who pays, each on a base and at a rate of its own. */
export const PREMIUM_CLASSES = ['unit', 'flexible', 'unemployed'] as const;
export type PremiumClass = (typeof PREMIUM_CLASSES)[number];
/** 待遇因素 (benefit_basis.csv): the items whose use and cost a head are known. */
export const BENEFIT_ITEMS = ['inpatient', 'outpatient', 'maternity'] as const satisfies readonly Item[];
export type BenefitItem = (typeof BENEFIT_ITEMS)[number];

/** 参保人群类别 of the resident roll. */
export const GROUPS = [
  'ordinary',
  'student',
  'newborn',
  'destitute',
  'orphan',
  'subsistence',
  'monitored',
  'poverty_relieved',
  'severe_disability',
  'residence_permit',
  'aid_new',
] as const;
export type Group = (typeof GROUPS)[number];
export const GROUP_NAMES: Record<Group, string> = {
  ordinary: '普通居民',
  student: '学生',
  newborn: '新生儿',
  destitute: '特困人员',
  orphan: '孤儿',
  subsistence: '低保对象',
  monitored: '监测对象',
  poverty_relieved: '脱贫人口',
  severe_disability: '重度残疾人',
  residence_permit: '居住证持有人',
  aid_new: '新增救助对象',
};
/** 两类人员 (B(8)): low income proper and people lifted out of poverty; the 99 % is tested for each. */
export const LOW_INCOME_GROUPS = ['destitute', 'orphan', 'subsistence', 'monitored'] as const;
export const POVERTY_RELIEVED_GROUPS = ['poverty_relieved'] as const;
/** Groups that may pay until 31 December of the coverage year, window or not. */
export const WINDOW_EXEMPT_GROUPS = ['newborn', 'aid_new'] as const;

export const AID_KINDS = ['full', 'percent', 'fixed'] as const;
export type AidKind = (typeof AID_KINDS)[number];
export const AID_KIND_NAMES: Record<AidKind, string> = { full: '全额资助', percent: '按比例资助', fixed: '定额资助' };
export const AID_FUNDINGS = ['medical_aid', 'fiscal'] as const;
/** Who paid the premium of residents: themselves, or one of those who aid them. */
export const PREMIUM_SOURCES = ['individual', ...AID_FUNDINGS] as const;
export type PremiumSource = (typeof PREMIUM_SOURCES)[number];
export const PREMIUM_SOURCE_NAMES: Record<PremiumSource, string> = {
  individual: '个人缴费',
  medical_aid: '医疗救助资助',
  fiscal: '财政代缴',
};

/** 参保连续性 (RULES 4): how a person paid in the year was enrolled before. */
export const ENROLMENT_CLASSES = ['continuous', 'new', 'returning'] as const;
export type EnrolmentClass = (typeof ENROLMENT_CLASSES)[number];
export const ENROLMENT_CLASS_NAMES: Record<EnrolmentClass, string> = {
  continuous: '连续参保',
  new: '首次参保',
  returning: '断保后参保',
};

/** 高额医疗费用负担监测 (RULES 12): the classes, each with a threshold of its own, and what the departments answer. */
export const BURDEN_CLASSES = ['low_income', 'poverty_relieved', 'ordinary'] as const;
export type BurdenClass = (typeof BURDEN_CLASSES)[number];
export const BURDEN_CLASS_NAMES: Record<BurdenClass, string> = {
  low_income: '低收入人口',
  poverty_relieved: '脱贫人口',
  ordinary: '其他居民',
};
export const RECOGNITION_OUTCOMES = ['recognised', 'not_recognised'] as const;
export type RecognitionOutcome = (typeof RECOGNITION_OUTCOMES)[number];

/** 保费收入确认口径 (RULES 9): the year that a premium is for, or the year in which it is received. */
export const PREMIUM_RECOGNITIONS = ['coverage_year', 'receipt_year'] as const;
export type PremiumRecognition = (typeof PREMIUM_RECOGNITIONS)[number];

/** Who acts (RULES 6, CONTRACT 2). */
export const AREA_ROLES = ['area_security', 'area_finance'] as const;
export const REGION_ROLES = ['region_security', 'region_finance', 'region_government'] as const;
export const ROLES = [...AREA_ROLES, ...REGION_ROLES] as const;
export type Role = (typeof ROLES)[number];
export const ROLE_NAMES: Record<Role, string> = {
  area_security: '统筹区医保局',
  area_finance: '统筹区财政局',
  region_security: '自治区医保局',
  region_finance: '自治区财政厅',
  region_government: '自治区人民政府',
};

/** The office that acts in a role: an area's, or the region's where there is no area. */
export const officeName = ({ role, area }: { role: Role; area: string | null }): string =>
  area === null ? ROLE_NAMES[role] : `${area} ${ROLE_NAMES[role]}`;

/** 预算审核 (RULES 6) in the order of the checks: what each looks at, and what is said of a version that fails it. */
export const BUDGET_CHECKS = {
  identity: { zh: '合计勾稽', failed: '合计与各科目之和不符' },
  no_deficit: { zh: '不编制赤字预算', failed: '当年赤字' },
  slight_surplus: { zh: '略有结余', failed: '未做到略有结余' },
  subsidy_equals_due: { zh: '财政补助与应补助一致', failed: '财政补助与应补助不符' },
  major_illness_floor: { zh: '大病保险筹资下限', failed: '大病保险低于筹资下限' },
  levy_included: { zh: '按测算编列上解', failed: '未按测算编列上解' },
  deviation: { zh: '偏离测算', failed: '偏离测算而未说明' },
  negative_amount: { zh: '负数金额', failed: '金额为负' },
  unknown_item: { zh: '不明科目', failed: '科目不明' },
} as const;
export type CheckName = keyof typeof BUDGET_CHECKS;

/** 风险等级 (RULES 7), from too much to too little. */
export const RISK_LEVELS = ['excess', 'green', 'yellow', 'orange', 'red'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];
export const RISK_LEVEL_NAMES: Record<RiskLevel, string> = {
  excess: '结余过多',
  green: '绿色',
  yellow: '黄色',
  orange: '橙色',
  red: '红色',
};

/** 缺口原因 (A(6)): what the adjustment fund may be opened for. */
export const CAUSES = ['policy_change', 'epidemic', 'medical_rescue', 'dependency', 'other_reasonable'] as const;
export type Cause = (typeof CAUSES)[number];
/** 紧急调剂 within the year is for these alone (RULES 8). */
export const EMERGENCY_CAUSES = ['policy_change', 'epidemic', 'medical_rescue'] as const satisfies readonly Cause[];
export type EmergencyCause = (typeof EMERGENCY_CAUSES)[number];
export const CAUSE_NAMES: Record<Cause, string> = {
  policy_change: '政策调整',
  epidemic: '突发重大疫情',
  medical_rescue: '医疗救治',
  dependency: '赡养比提高',
  other_reasonable: '其他合理支出',
};

export const SUBSIDY_LEVELS = ['central', 'region', 'league', 'banner'] as const;
export type SubsidyLevel = (typeof SUBSIDY_LEVELS)[number];
export const SUBSIDY_LEVEL_NAMES: Record<SubsidyLevel, string> = {
  central: '中央',
  region: '自治区',
  league: '盟市',
  banner: '旗县',
};

/** 医药机构: who is paid for care under the total budget (RULES 11). Care elsewhere is paid at cost. */
export const UNIT_KINDS = ['institution', 'community', 'elsewhere'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];
export const UNIT_KIND_NAMES: Record<UnitKind, string> = {
  institution: '定点医疗机构',
  community: '紧密型县域医共体',
  elsewhere: '异地就医',
};
/** What the total budget is made of (RULES 11), pooled. */
export const CARE_ITEMS = ['inpatient', 'outpatient', 'maternity'] as const satisfies readonly Item[];
/** The row of `total_budget.csv` beside the units: no unit has this code. */
export const RESERVE = 'reserve';

/** The entity of the adjustment fund's own books; areas are entities by their code. */
export const REGION = 'region';
/** Collection rows that name no known area are counted here. */
export const UNKNOWN_AREA = 'unknown';

/** What an import did with the rows of a file. */
export const importedText = ({
  added,
  corrected,
  unchanged,
}: Record<'added' | 'corrected' | 'unchanged', number>): string =>
  `新增 ${added}，更正 ${corrected}，未变 ${unchanged}`;
