/** The rule map says what the rules say. */
import { readFileSync } from 'node:fs';
import { RULE_MAP, ruleMap } from './rule-map';

test('docs/rule-map.md is up to date: run `npm run rule-map`', () => {
  expect(readFileSync(RULE_MAP, 'utf8')).toBe(ruleMap());
});
