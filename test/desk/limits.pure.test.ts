/** Tries at the door: so many, and then none for a while. */
import { TooManyTries, Tries } from '../../desk/limits';

const passed = async (
  tries: Tries,
  addresses: readonly string[],
  tried: 'login' | 'code' = 'code',
): Promise<number> => {
  let count = 0;
  for (const address of addresses) {
    await tries.count(tried, address).then(
      () => (count += 1),
      (error: unknown) => expect(error).toBeInstanceOf(TooManyTries),
    );
  }
  return count;
};

test('of 10,000 tries from one address thirty are looked at', async () => {
  expect(await passed(new Tries(), Array<string>(10_000).fill('10.0.0.1'))).toBe(30);
});

test('of 10,000 tries from as many addresses a thousand are looked at', async () => {
  expect(
    await passed(
      new Tries(),
      Array.from({ length: 10_000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`),
    ),
  ).toBe(1000);
});

test('the right ones do not count: an office behind one proxy logs in all day', async () => {
  const tries = new Tries();
  for (let i = 0; i < 200; i += 1) {
    await tries.count('login', '10.0.0.1');
    await tries.giveBack('login', '10.0.0.1');
  }
  expect(await passed(tries, ['10.0.0.1'])).toBe(1);
});

test('logins that fail elsewhere lock nobody out', async () => {
  const tries = new Tries();
  const addresses = Array.from({ length: 2000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
  expect(await passed(tries, addresses, 'login')).toBe(2000);
  expect(await passed(tries, ['10.1.0.1'], 'code')).toBe(1);
});
