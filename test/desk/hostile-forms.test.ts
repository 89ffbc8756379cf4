/** SQL and HTML in every field of every form that the pages show, as they are found in the pages themselves. */
import { Client, Connection } from '@temporalio/client';
import { select } from '../../db/rows';
import { budgetLink, taskLink } from '../../desk/links';
import { BudgetsOnDesk } from './budgets-on-desk';
import { HOSTILE } from './hostile';
import { ORIGIN, OpenDesk } from './open-desk';

let budgets: BudgetsOnDesk;
let desk: OpenDesk;
let temporal: Connection;
let pages: [operator: string | undefined, path: string][];
beforeAll(async () => {
  budgets = await BudgetsOnDesk.open();
  // Nobody signs here, so no workflow is ever told.
  temporal = await Connection.connect({ address: process.env.FUND_TEST_TEMPORAL as string });
  const client = () => Promise.resolve(new Client({ connection: temporal }));
  desk = new OpenDesk(budgets.database, {
    acting: { pool: budgets.database.pool, client, taskQueue: 'none' },
  });
  await budgets.estimate('150100');
  await budgets.submit('150100', 1, 1);
  await budgets.estimate('150200');
  const [waiting, toSubmit] = [await budgets.task('150100', 1), await budgets.task('150200', 1)];
  pages = [
    [undefined, '/login'],
    [undefined, '/enrol'],
    ['fin-150100', taskLink(waiting)],
    ['sec-150200', taskLink(toSubmit)],
    ['sec-150200', budgetLink(toSubmit)],
    ['sec-150200', '/other'],
    ['nm-security', '/other'],
    ['nm-security', '/trail'],
  ];
});
afterAll(async () => {
  await temporal.close();
  await budgets.database.drop();
});

interface Form {
  operator: string | undefined;
  path: string;
  method: string;
  action: string;
  fields: Record<string, string>;
}
const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** The forms of a page with every field that they send: what is chosen first of a list, and what is filled in already. */
async function formsOf(operator: string | undefined, path: string): Promise<Form[]> {
  const page = await (await desk.get(path, operator)).text();
  return [...page.matchAll(/<form([^>]*)>([^]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const tags = [...body.matchAll(/<(?:input|textarea|select|button)\s[^>]*>/g)].map(([tag]) => tag);
    const named = tags.flatMap((tag): [string, string][] => {
      const name = attribute(tag, 'name');
      const first = /<option value="([^"]*)"/.exec(body.slice(body.indexOf(tag)))?.[1] ?? '';
      return name === undefined ? [] : [[name, attribute(tag, 'value') ?? (tag.startsWith('<select') ? first : '')]];
    });
    const passkey = attribute(head, 'data-passkey');
    return {
      ...{ operator, path, fields: Object.fromEntries(named) },
      method: passkey === undefined ? (attribute(head, 'method') ?? 'get') : 'json',
      action: passkey === undefined ? (attribute(head, 'action') ?? path) : `/${passkey}/begin`,
    };
  });
}

function send({ operator, method, action, fields }: Form): Promise<Response> {
  // A key in the form of one: what is asked for is a signature by it.
  const session = operator === undefined ? undefined : desk.desk.sessions.logIn(null, operator, 'a2V5');
  const Cookie = session === undefined ? '' : `desk=${session.id}`;
  if (method === 'json') return desk.post(action, fields, { Cookie });
  const query = new URLSearchParams(fields);
  return Promise.resolve(
    method === 'get'
      ? desk.app.request(`${action}?${query.toString()}`, { headers: { Cookie } })
      : desk.app.request(action, { method: 'POST', headers: { Cookie, Origin: ORIGIN }, body: query }),
  );
}

/** Shown only where payments are in quarantine, which this year has none of. */
const releaseBy = (operator: string | undefined): Form => ({
  ...{ operator, path: '/other', method: 'json', action: '/act/begin' },
  fields: { what: 'release', year: '2027', operator: operator ?? '', file: 'a.csv', line: '2', reason: '核实' },
});

const counted = () =>
  select<{ tasks: string; versions: string; operators: string }>(
    budgets.database.pool,
    `select (select count(*) from fund.task) as tasks, (select count(*) from fund.budget_submission) as versions,
       (select count(*) from fund.operator) as operators`,
  );

test('every kind of form is among them', async () => {
  const forms = (await Promise.all(pages.map(([operator, path]) => formsOf(operator, path)))).flat();
  const names = new Set(forms.flatMap(({ fields }) => Object.keys(fields)));
  for (const name of [
    'code',
    'to',
    'task',
    'figuresHash',
    'operator',
    'document',
    'note',
    'version',
    'words',
    'name',
    'what',
    'until',
    'amount',
  ])
    expect(names).toContain(name);
  expect([...names].filter((name) => name.startsWith('amount.')).length).toBeGreaterThan(10);
});

test.each(HOSTILE)('%j: refused or taken as text, and never more', async (text) => {
  const before = await counted();
  for (const [operator, path] of pages) {
    for (const form of [...(await formsOf(operator, path)), ...(path === '/other' ? [releaseBy(operator)] : [])]) {
      if (form.action === '/logout') continue;
      // A budget has two fields for each of its items: all at once.
      const names = Object.keys(form.fields);
      const alone =
        form.action === '/budget' ? [names.filter((name) => name !== 'name'), ['name']] : names.map((name) => [name]);
      for (const fields of alone) {
        const spoilt = { ...form.fields, ...Object.fromEntries(fields.map((name) => [name, text])) };
        const answer = await send({ ...form, fields: spoilt });
        const where = `${form.path} ${form.action} ${fields.join()}`;
        const type = answer.headers.get('Content-Type') ?? '';
        expect({ where, fails: answer.status >= 500 }).toEqual({ where, fails: false });
        if (type.startsWith('text/html'))
          expect(await answer.text()).not.toMatch(/<script>alert|<img src=x|" onfocus=/);
      }
    }
  }
  expect(await counted()).toEqual(before);
});
