/** The keys of a whole region: more than a Map or a Set takes, which end at 2^24. */
import { Hashes } from '../../pack/repeated-persons';

test('a person who stands twice among more than 2^24 is found', () => {
  const hashes = new Hashes();
  const last = 2 ** 24 + 1;
  for (let hash = 1; hash <= last; hash++) hashes.remember(hash);
  hashes.remember(last);
  expect([...hashes.repeated(10)]).toEqual([last]);
});
