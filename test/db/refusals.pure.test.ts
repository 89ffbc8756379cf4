/** Refusals of the database in words: never a constraint's name first, and every translated name is a constraint that exists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REFUSED_BY, refusalOf } from '../../db/refusals';

const refusal = (code: string, message: string, constraint?: string): unknown =>
  Object.assign(new Error(message), { severity: 'ERROR', code, ...(constraint === undefined ? {} : { constraint }) });

test.each(Object.keys(REFUSED_BY))('%s is a constraint of the schema, and is translated', (name) => {
  expect(readFileSync(join(__dirname, 'schema.txt'), 'utf8')).toMatch(new RegExp(`^constraint \\w+\\.${name}:`, 'm'));
  const words = refusalOf(refusal('23505', `duplicate key value violates unique constraint "${name}"`, name));
  expect(words).toMatch(/^[\u4e00-\u9fff]/);
  expect(words).not.toContain(name);
});

// prettier-ignore
test.each([
  ['another constraint',  refusal('23505', 'duplicate key value violates …', 'act_pkey'),           /^与已登记的内容重复.*act_pkey\)$/],
  ['an inherited name',   refusal('23514', 'new row violates …', 'constructor'),                    /^有一项内容不合规定.*constructor\)$/],
  ['a missing cell',      refusal('23502', 'null value in column "figures_hash" …'),                /^缺少一项必填的内容/],
  ['NUL in JSON',         refusal('22P05', 'unsupported Unicode escape sequence'),                  /^有一项文本含数据库不能保存的字符/],
  ['NUL in text',         refusal('22021', 'invalid byte sequence for encoding "UTF8": 0x00'),      /^有一项文本含数据库不能保存的字符/],
  ['a number too large',  refusal('22003', 'value "99" is out of range for type integer'),          /^有一项内容的格式或大小不合要求/],
  ['a trigger’s words',   refusal('23514', '任务 a 的上一环节尚未办理'),                              /^任务 a 的上一环节尚未办理$/],
  ['a raised exception',  refusal('P0001', '2028 年度已关账'),                                        /^2028 年度已关账$/],
])('%s', (_what, error, words) => {
  expect(refusalOf(error)).toMatch(words);
});

test('an error that is not a refusal of the database keeps its own words', () => {
  for (const error of [new Error('x'), Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'x', null, undefined]) {
    expect(refusalOf(error)).toBeUndefined();
  }
  expect(refusalOf(refusal('57P01', 'terminating connection'))).toBeUndefined();
});
