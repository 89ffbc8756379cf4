/** Names that every object inherits are no entries. */
import { own } from '../../rules/own';

test('an entry of a table, and never what the table inherits', () => {
  expect(own({ a: 1 }, 'a')).toBe(1);
  for (const name of ['b', 'constructor', 'toString', '__proto__', 'hasOwnProperty'])
    expect(own({ a: 1 }, name)).toBeUndefined();
  expect(own(undefined, 'a')).toBeUndefined();
});
