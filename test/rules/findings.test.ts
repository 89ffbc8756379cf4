/** Every code of READINGS 48 has its words and its article. That no other code is raised is a matter of its type. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDINGS, FINDING_CODES } from '../../rules/findings';

const ROOT = join(__dirname, '../..');

test('the codes are those of READINGS 48, in their order', () => {
  const readings = readFileSync(join(ROOT, 'docs/spec/READINGS.md'), 'utf8');
  const table = readings.slice(readings.indexOf('| code | figure | when |'));
  const codes = [...table.matchAll(/^\| `([a-z_]+)` \|/gm)].map(([, code]) => code);
  expect(FINDING_CODES).toEqual(codes);
});

test.each(FINDING_CODES)('%s names an article and says what its figure is', (code) => {
  const { zh, en, figure, article } = FINDINGS[code];
  expect(article).toMatch(/^[AB]\(/);
  for (const words of [zh, en, figure.zh, figure.en]) expect(words.trim()).not.toBe('');
});
