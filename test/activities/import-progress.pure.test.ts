/** How far an import says it is. */
import { ImportProgress } from '../../activities/imports/progress';

/** A chunk of so many lines of ten bytes. */
const lines = (count: number): Buffer => Buffer.from('123456789\n'.repeat(count));

test('judging, loading and deciding each have their part of the time; the rest is reckoned from it', () => {
  let now = 0;
  const progress = new ImportProgress({ judging: 20_000, loading: 10_000 }, () => now);
  expect(progress.state).toEqual({ share: 0, text: '核对 0 行' });

  now = 2000;
  progress.onRead(lines(1000));
  expect(progress.state).toEqual({ share: 0.1, text: '核对 1,000 行，每秒 500 行，约余 18 秒' });

  now = 4000;
  progress.onRead(lines(1000));
  progress.beginLoading();
  now = 8000;
  progress.onRead(lines(500));
  expect(progress.state).toEqual({ share: 0.4, text: '装载 500 行，每秒 125 行，约余 12 秒' });

  now = 12_000;
  progress.onRead(lines(500));
  // Nothing is read any more: it took 12 of the 20 seconds that it is expected to take.
  expect(progress.state).toEqual({ share: 0.6, text: '受理 1,000 行，约余 8 秒' });
  now = 16_000;
  expect(progress.state).toEqual({ share: 0.8, text: '受理 1,000 行，约余 4 秒' });
  now = 60_000;
  expect(progress.state).toEqual({ share: 0.99, text: '受理 1,000 行，约余 1 秒' });
});

test('an hour is given in minutes, and a folder without rows of persons is no division by zero', () => {
  let now = 0;
  const long = new ImportProgress({ judging: 1_000_000, loading: 500_000 }, () => now);
  now = 60_000;
  long.onRead(lines(5000));
  expect(long.state.text).toBe('核对 5,000 行，每秒 83 行，约余 99 分钟');
  const empty = new ImportProgress({ judging: 0, loading: 0 }, () => now);
  empty.beginLoading();
  expect(empty.state.share).toBeLessThan(1);
});
