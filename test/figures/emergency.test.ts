/** 紧急调剂 (RULES 9): the entries of an advance in the books of the region and of the area, and the request that they name. */
import { advanceBecause, advancePostings } from '../../figures/emergency';
import { decimal, sum, yuanText } from '../../rules/money';

const OF = { year: 2028, scheme: 'employee', area: '150100' } as const;
const postings = advancePostings(OF, { number: 2, amount: '40.05' }, '2028-06-30');

test('the region grants what the area receives: two entries, which cancel out on the special account', () => {
  const shown = postings.map(({ entity, debit, credit, amount, key }) => [
    entity,
    debit,
    credit,
    yuanText(amount),
    key,
  ]);
  expect(shown).toEqual([
    ['region', '补助下级支出', '财政专户存款', '40.05', 'emergency/employee/150100/2/region'],
    ['150100', '财政专户存款', '上级补助收入', '40.05', 'emergency/employee/150100/2'],
  ]);
  const onTheAccount = postings.map(({ debit, amount }) => (debit === '财政专户存款' ? amount : amount.negated()));
  expect(sum(onTheAccount).eq(decimal('0'))).toBe(true);
});

test('of the pooled part, on the day it is paid, with the advance as the reason', () => {
  for (const { date, scheme, part, because } of postings) {
    expect({ date, scheme, part }).toEqual({ date: '2028-06-30', scheme: 'employee', part: 'pooled' });
    expect(JSON.stringify(because)).toContain('emergency_advance.amount');
  }
});

test('the advance is what was requested, by its document', () => {
  expect(advanceBecause(OF, { amount: '40.05', document: '东政函〔2028〕1号' })).toMatchObject({
    inputs: { amount: { value: '40.05', from: { rows: 'emergency_request', of: { document: '东政函〔2028〕1号' } } } },
  });
});
