/** What two people sign for, as they read it. */
import { matterText, waitText } from '../../rules/joint-matters';
import type { JointMatter } from '../../rules/keys';

const DAYS = { year: 2028, from: '2028-12-30', until: '2028-12-31' };

// prettier-ignore
test.each<[JointMatter, string]>([
  [{ what: 'revoke_key', key: 'k\u001b' },                                    '注销密钥 k[U+001B 转义符 ESC]'],
  [{ what: 'appoint', year: 2028, list: '0123456789abcdef' },                 '任命 2028 年度待任命人员（名单 0123456789ab）'],
  [{ what: 'end_office', year: 2028, leaver: 'fin-1', last: '2028-06-30' },   '2028 年度工号 fin-1 任职至 2028-06-30'],
  [{ what: 'freeze', ...DAYS },                                               '冻结 2028 年度 2028-12-30 至 2028-12-31'],
  [{ what: 'lift_freeze', ...DAYS },                                          '解除冻结 2028 年度 2028-12-30 至 2028-12-31'],
  [{ what: 'abandon', year: 2035 },                                           '作废 2035 年度'],
])('%j', (matter, words) => {
  expect(matterText(matter)).toBe(words);
});

test('what waits says whether for two people or for the second, or for the first files', () => {
  const matter: JointMatter = { what: 'abandon', year: 2035 };
  expect(waitText({ matter, fund_year: 2035, signed: [] })).toBe('作废 2035 年度：等待两人办理');
  expect(waitText({ matter, fund_year: 2035, signed: ['a'] })).toBe('作废 2035 年度：等待第二人办理');
  expect(waitText({ matter: null, fund_year: 2035, signed: [] })).toBe(
    '2035 年度等待导入 areas.csv、operators.csv（统筹区与办理人员）',
  );
});
