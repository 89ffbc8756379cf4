/** The words of the field: which items, parts and groups there are, and which count where (RULES 1, 4, 6). */
import {
  AREA_ROLES,
  CONTROLLABLE_ITEMS,
  GROUPS,
  ITEMS,
  ITEM_NAMES,
  type Item,
  LEVEL_ITEMS,
  LOW_INCOME_GROUPS,
  OWN_EXPENDITURE,
  OWN_INCOME,
  POVERTY_RELIEVED_GROUPS,
  REGION_ROLES,
  ROLES,
  ROLE_NAMES,
  SCHEMES,
  WINDOW_EXEMPT_GROUPS,
  isIncome,
  isItem,
  itemsOf,
  partsOf,
} from '../../rules/vocabulary';

// item, Chinese name of its account, income or expenditure, own or between the levels
// prettier-ignore
const items: [item: Item, account: string, side: 'income' | 'expenditure', kind: 'own' | 'level'][] = [
  ['premium',              '基本医疗保险费收入', 'income',      'own'],
  ['fiscal_subsidy',       '财政补贴收入',       'income',      'own'],
  ['interest',             '利息收入',           'income',      'own'],
  ['transfer_in',          '转移收入',           'income',      'own'],
  ['other_income',         '其他收入',           'income',      'own'],
  ['superior_grant',       '上级补助收入',       'income',      'level'],
  ['subordinate_levy',     '下级上解收入',       'income',      'level'],
  ['inpatient',            '住院费用支出',       'expenditure', 'own'],
  ['outpatient',           '门诊费用支出',       'expenditure', 'own'],
  ['maternity',            '生育支出',           'expenditure', 'own'],
  ['major_illness',        '大病保险支出',       'expenditure', 'own'],
  ['transfer_out',         '转移支出',           'expenditure', 'own'],
  ['other_expenditure',    '其他支出',           'expenditure', 'own'],
  ['grant_to_subordinate', '补助下级支出',       'expenditure', 'level'],
  ['levy_to_superior',     '上解上级支出',       'expenditure', 'level'],
];

test('the items are those of RULES 6, in the order of the form', () => {
  expect(ITEMS).toEqual(items.map(([item]) => item));
});

test.each(items)('%s is %s', (item, account, side, kind) => {
  expect(ITEM_NAMES[item]).toBe(account);
  expect(isIncome(item)).toBe(side === 'income');
  expect(LEVEL_ITEMS.includes(item)).toBe(kind === 'level');
  expect((side === 'income' ? OWN_INCOME : OWN_EXPENDITURE).includes(item)).toBe(kind === 'own');
});

test('major illness is paid from the resident fund only', () => {
  expect(itemsOf('resident')).toEqual(ITEMS);
  expect(itemsOf('employee')).toEqual(ITEMS.filter((item) => item !== 'major_illness'));
});

test('only employees have personal accounts', () => {
  expect(SCHEMES.map(partsOf)).toEqual([['pooled', 'personal_account'], ['pooled']]);
});

test.each(['premiums', 'total_income', '', 'constructor', '__proto__'])('“%s” is not an item', (name) => {
  expect(isItem(name)).toBe(false);
});

test('what a directed budget may cut, in the order of ties', () => {
  expect(CONTROLLABLE_ITEMS).toEqual(['inpatient', 'outpatient', 'maternity', 'other_expenditure']);
});

test('the groups of the roll, the two low-income classes, and who may pay until 31 December', () => {
  expect(GROUPS).toHaveLength(11);
  expect(LOW_INCOME_GROUPS).toEqual(['destitute', 'orphan', 'subsistence', 'monitored']);
  expect(POVERTY_RELIEVED_GROUPS).toEqual(['poverty_relieved']);
  expect(WINDOW_EXEMPT_GROUPS).toEqual(['newborn', 'aid_new']);
  for (const group of [...LOW_INCOME_GROUPS, ...POVERTY_RELIEVED_GROUPS, ...WINDOW_EXEMPT_GROUPS])
    expect(GROUPS).toContain(group);
});

test('two roles in every area, three in the region', () => {
  expect(AREA_ROLES).toHaveLength(2);
  expect(REGION_ROLES).toHaveLength(3);
  expect(Object.keys(ROLE_NAMES)).toEqual([...ROLES]);
});
