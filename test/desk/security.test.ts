/** The desk against those who would get more than is theirs: headers, foreign requests, fixed and old sessions, hostile text. */
import { inTransaction } from '../../db/connect';
import { execute, select } from '../../db/rows';
import { taskLink } from '../../desk/links';
import { IDLE } from '../../desk/sessions';
import { BudgetsOnDesk } from './budgets-on-desk';
import { HOSTILE } from './hostile';
import { ORIGIN, OpenDesk } from './open-desk';

let budgets: BudgetsOnDesk;
let desk: OpenDesk;
beforeAll(async () => {
  budgets = await BudgetsOnDesk.open();
  desk = new OpenDesk(budgets.database);
  await budgets.estimate('150100');
  await budgets.submit('150100', 1, 1);
});
afterAll(() => budgets.database.drop());

const PAGES = [
  '/',
  '/files',
  '/files/template',
  '/year',
  '/trail',
  '/why?figure=estimate.estimate',
  '/trail.csv',
  '/task?name=x',
];

/** Every route of the desk, as the application knows them. */
const routes = (method: 'GET' | 'POST'): string[] => [
  ...new Set(
    desk.app.routes.filter((route) => route.method === method && !route.path.includes('*')).map(({ path }) => path),
  ),
];

describe('headers', () => {
  test('on every route, for whoever asks: nothing inline, no frame, no guess of a type', async () => {
    const paths = [...routes('GET'), '/nowhere'];
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      for (const operator of [undefined, 'fin-150100', 'nm-finance', 'nobody']) {
        const answer = await desk.get(path, operator);
        expect({ path, status: answer.status }).not.toMatchObject({ status: 500 });
        refusesAll(path, answer);
      }
    }
  });

  test('and on every answer to a form, refused or not', async () => {
    for (const path of routes('POST')) {
      for (const origin of [ORIGIN, 'https://evil.example'])
        refusesAll(path, await desk.post(path, {}, { Cookie: desk.cookieOf('fin-150100'), Origin: origin }));
    }
  });

  function refusesAll(path: string, { headers, status }: Response): void {
    const policy = headers.get('Content-Security-Policy') ?? '';
    // The report is a page of nobody: what is inside it reaches neither cookies nor the desk.
    const isReport = path === '/report' && status === 200;
    expect({ path, policy }).toEqual({
      path,
      policy: expect.stringMatching(
        isReport
          ? /^sandbox allow-scripts allow-popups; default-src 'none'/
          : /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/,
      ) as string,
    });
    if (!isReport) expect(policy).not.toContain('unsafe');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Cache-Control')).toBe(/\.(css|js|svg)$/.test(path) ? 'max-age=300' : 'no-store');
  }

  test('no page stays in a cache, and none has a script or a style of its own', async () => {
    const answer = await desk.get('/year', 'nm-finance');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    const page = await answer.text();
    expect(page).not.toMatch(/<script(?![^>]*src="\/)|<style|style=|\son\w+=/);
    // Nothing is asked of another site.
    expect(page).not.toMatch(/(?:src|href)="https?:\/\/(?!localhost:8233)/);
  });

  test('behind TLS the cookie is secure, of this host alone, and the address is kept for a year', async () => {
    const behind = new OpenDesk(budgets.database, { origin: 'https://desk.example.cn' });
    const answer = await behind.app.request('/login/begin', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'https://desk.example.cn' },
      body: '{}',
    });
    expect(answer.headers.get('Set-Cookie')).toMatch(
      /^__Host-desk=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers.get('Strict-Transport-Security')).toMatch(/max-age=31536000/);
  });
});

describe('who is not logged in', () => {
  test.each(PAGES)('%s leads to the login, and back afterwards', async (path) => {
    const answer = await desk.get(path);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(`/login?${new URLSearchParams({ to: path }).toString()}`);
  });

  test('the way back leads to no other site', async () => {
    for (const to of ['//', '//evil.example', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)']) {
      const page = await (await desk.get(`/login?to=${encodeURIComponent(to)}`)).text();
      expect(page).toContain('name="to" value="/"');
    }
  });

  test('a path that reads as the address of another host is no page, and leads to none', async () => {
    for (const path of ['//', '//evil.example', '///evil.example/task']) {
      for (const operator of [undefined, 'nm-finance']) {
        const answer = await desk.app.request(`http://localhost:8320${path}`, {
          headers: operator === undefined ? {} : { Cookie: desk.cookieOf(operator) },
        });
        expect(answer.status).toBe(404);
        expect(await answer.text()).not.toMatch(/href="\/\//);
      }
    }
  });

  test('an old or invented cookie is nobody', async () => {
    for (const id of ['x', '', 'a'.repeat(5000), '__proto__']) {
      const answer = await desk.app.request('/', { headers: { Cookie: `desk=${id}` } });
      expect(answer.status).toBe(303);
    }
    const cookie = desk.cookieOf('nm-finance');
    desk.now += IDLE + 1;
    expect((await desk.app.request('/', { headers: { Cookie: cookie } })).status).toBe(303);
  });

  test('a session ends with its passkey: one that has expired, or was revoked, shows nothing more', async () => {
    const { database } = budgets;
    await database.signers.keyOf('nm-security');
    const [{ key }] = (await select(
      database.pool,
      `select key from fund.operator_key where operator = 'nm-security' and of_run is null`,
    )) as [{ key: string }];
    const session = desk.desk.sessions.logIn(null, 'nm-security', key);
    const look = async () => (await desk.app.request('/', { headers: { Cookie: `desk=${session.id}` } })).status;
    expect(await look()).toBe(200);
    await execute(database.as('owner'), 'update fund.operator_key set valid_until = now() where key = :key', { key });
    expect(await look()).toBe(303);
    expect(desk.desk.sessions.find(session.id)).toBeNull();
  });

  test('an act after the session is over is refused and says so, for what was typed to stay', async () => {
    const answer = await desk.post('/act/begin', { task: 'x' });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ loggedOut: true });
  });
});

describe('another area', () => {
  test('by its own names in the address of every page, shows nothing', async () => {
    await budgets.estimate('150300');
    const of = {
      name: await budgets.task('150300', 1),
      year: '2027',
      area: '150300',
      workflow: 'fund-year-2027-budget-employee-150300',
    };
    const figure = {
      figure: 'estimate.estimate',
      scheme: 'employee',
      part: 'pooled',
      item: 'premium',
      version: '1',
      words: '',
    };
    for (const path of routes('GET')) {
      const answer = await desk.get(`${path}?${new URLSearchParams({ ...of, ...figure }).toString()}`, 'fin-150100');
      expect({ path, status: answer.status }).not.toMatchObject({ status: 500 });
      // The address of the page stands in the switch of the language.
      const page = (await answer.text()).replace(/<a class="language"[^>]*>/, '');
      expect({ path, shown: page.includes('150300') }).toEqual({ path, shown: false });
    }
  });
});

describe('requests from elsewhere', () => {
  test.each([{ Origin: 'https://evil.example' }, { Origin: 'null' }, { Origin: `${ORIGIN}.evil.example` }])(
    'a post from %o is refused',
    async (headers) => {
      const cookie = desk.cookieOf('nm-finance');
      for (const path of ['/logout', '/act/begin', '/login/begin', '/enrol/finish']) {
        const answer = await desk.post(path, {}, { Cookie: cookie, ...headers });
        expect(answer.status).toBe(403);
      }
      expect((await desk.app.request('/', { headers: { Cookie: cookie } })).status).toBe(200);
    },
  );

  test('one without an origin as well', async () => {
    const answer = await desk.app.request('/logout', {
      method: 'POST',
      headers: { Cookie: desk.cookieOf('nm-finance') },
    });
    expect(answer.status).toBe(403);
  });

  test('logging out ends the session, not only the cookie', async () => {
    const cookie = desk.cookieOf('nm-finance');
    await desk.post('/logout', {}, { Cookie: cookie });
    expect((await desk.app.request('/', { headers: { Cookie: cookie } })).status).toBe(303);
  });

  test('too long a body is not read', async () => {
    const answer = await desk.post('/login/begin', { to: 'x'.repeat(300_000) });
    expect(answer.status).toBe(413);
  });
});

/** Names come with the files; no act changes one. */
const rename = (operator: string, name: string): Promise<void> =>
  inTransaction(budgets.database.as('owner'), async (trx) => {
    await execute(trx, 'set local session_replication_role = replica');
    await execute(trx, 'update fund.operator set name = :name where operator = :operator', { operator, name });
  });

describe('SQL and HTML in every field', () => {
  test.each(HOSTILE)('%j', async (text) => {
    const asked = encodeURIComponent(text);
    const paths = [
      '/trail?words=',
      '/trail?page=',
      '/year?year=',
      '/task?name=',
      '/files?year=',
      '/files/template?file=',
      '/files/budget-form?scheme=employee&area=',
      '/why?year=2027&area=150100&figure=',
      '/why?year=2027&figure=estimate.estimate&area=',
    ];
    for (const path of [
      ...paths,
      '/why?year=2027&figure=estimate.estimate&area=150100&item=',
      '/trail.csv?words=',
      '/enrol?code=',
    ]) {
      const answer = await desk.get(`${path}${asked}`, 'nm-finance');
      expect([200, 404]).toContain(answer.status);
      expect(await answer.text()).not.toMatch(/<script>alert|<img src=x|" onfocus=/);
    }
  });

  test('what people have written is text on every page', async () => {
    const words = `<script>alert(1)</script> ' or 1=1 -- " onfocus="alert(1)`;
    await budgets.sendBack('150100', 1, 'fin-150100', words);
    await rename('sec-150100', words);
    for (const path of ['/', '/trail', '/year', taskLink(await budgets.task('150100', 2))]) {
      const page = await desk.page(path, 'sec-150100');
      expect(page).not.toMatch(/<script>alert|" onfocus=/);
    }
    const trail = await desk.page('/trail', 'nm-finance');
    expect(trail).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('a cell of the file is no formula', async () => {
    await budgets.estimate('150200');
    await budgets.submit('150200', 1, 4);
    await budgets.approve('150200', 1, 'fin-150200', '=HYPERLINK("http://evil.example")');
    const file = await (await desk.get('/trail.csv', 'nm-finance')).text();
    expect(file).toContain(`'=HYPERLINK`);
    expect(file).not.toMatch(/,"?=HYPERLINK/);
  });
});
