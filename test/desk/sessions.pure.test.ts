/** Sessions end by themselves, and a login begins a new one. */
import { IDLE, LONGEST, Sessions } from '../../desk/sessions';

let now = 0;
const sessions = new Sessions(() => now);
beforeEach(() => (now = 1_000_000));

test('a session lives while it is used, and ends when it was idle for half an hour', () => {
  const { id } = sessions.logIn(null, 'fin-150100', 'a key');
  for (let i = 0; i < 3; i += 1) {
    now += IDLE;
    expect(sessions.find(id)?.operator).toBe('fin-150100');
  }
  now += IDLE + 1;
  expect(sessions.find(id)).toBeNull();
  now -= IDLE;
  expect(sessions.find(id)).toBeNull(); // for good
});

test('it ends after ten hours, however much it is used', () => {
  const { id } = sessions.logIn(null, 'fin-150100', 'a key');
  for (const end = now + LONGEST; now < end; now += IDLE) expect(sessions.find(id)).not.toBeNull();
  now += 1;
  expect(sessions.find(id)).toBeNull();
});

test('a login begins a session of its own: an id that somebody knew before is worth nothing', () => {
  const before = sessions.begin();
  const after = sessions.logIn(before, 'fin-150100', 'a key');
  expect(after.id).not.toBe(before.id);
  expect(sessions.find(before.id)).toBeNull();
});

test('sessions of nobody make room for each other, and never for those of persons', () => {
  const person = sessions.logIn(null, 'fin-150100', 'a key');
  const first = sessions.begin();
  for (let i = 0; i < 5000; i += 1) sessions.begin();
  expect(sessions.find(first.id)).toBeNull();
  expect(sessions.find(person.id)).not.toBeNull();
});
