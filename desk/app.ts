/** The desk as a web application: what every request passes, and which page answers it. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { except } from 'hono/combine';
import { secureHeaders } from 'hono/secure-headers';
import { isOver } from '../db/passkeys';
import { acts } from './acts';
import { ceremonies } from './ceremonies';
import { languageOf, sessionOf, takeSession } from './cookies';
import {
  type Desk,
  type Env,
  LoggedOut,
  NoOffice,
  NotHere,
  type OwnDesk,
  type Request,
  ownDesk,
  viewerOf,
} from './desk';
import { UPLOAD, files } from './files';
import { fixedFiles } from './fixed-files';
import { type Page, framed } from './frame';
import { json } from './json';
import { TooManyTries } from './limits';
import { budgetPage, saveBudget } from './pages/budget';
import { enrolPage, loginPage } from './pages/door';
import { filesPage } from './pages/files';
import { jointPage } from './pages/joint';
import { otherPage } from './pages/other';
import { foreignPage, lostPage, noOfficePage, notHerePage, tooManyPage } from './pages/refused';
import { yearReport } from './pages/report';
import { taskPage } from './pages/task';
import { tasksPage } from './pages/tasks';
import { trailDownload, trailPage } from './pages/trail';
import { whyPage } from './pages/why';
import { yearPage } from './pages/year';
import { Viewer } from './viewer';

/** A form holds a few lines of text. */
const MOST_BYTES = 256 * 1024;

export function deskApp(desk: Desk): Hono<Env> {
  const app = new Hono<Env>();
  guard(app, desk);
  app.onError((error, request: Request) => refusedAnswer(request, error));
  app.notFound((request) => answer(request, notHerePage(), 404));
  fixedFiles(app);
  app.use((request, next) => know(desk, request, next));

  const ofPerson = async <T>(request: Request, read: (own: OwnDesk, request: Request) => Promise<T>): Promise<T> =>
    ownDesk(desk, viewerOf(request), (own) => read(own, request));
  const pages: [path: string, page: (desk: OwnDesk, request: Request) => Promise<Page>][] = [
    ['/', tasksPage],
    ['/task', taskPage],
    ['/budget', budgetPage],
    ['/other', otherPage],
    ['/joint', jointPage],
    ['/files', filesPage],
    ['/year', yearPage],
    ['/trail', trailPage],
    ['/why', whyPage],
  ];
  for (const [path, page] of pages) app.get(path, async (request) => answer(request, await ofPerson(request, page)));
  app.post(
    '/budget',
    json((request) => ofPerson(request, saveBudget)),
  );
  app.get('/login', (request) => answer(request, loginPage(request)));
  app.get('/enrol', (request) => answer(request, enrolPage(request)));
  app.get('/trail.csv', (request) => ofPerson(request, trailDownload));
  app.get('/report', (request) => yearReport(desk, request));
  ceremonies(app, desk);
  acts(app, desk);
  files(app, desk);
  app.post('/logout', (request) => {
    const session = request.get('session');
    if (session) desk.sessions.end(session);
    takeSession(desk, request);
    return request.redirect('/login', 303);
  });
  return app;
}

const A_YEAR = 365 * 24 * 60 * 60; // seconds

/** The headers of every answer, and what is refused before anything is looked at. */
function guard(app: Hono<Env>, { origin }: Desk): void {
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'], // charts (desk/charts.ts)
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // Without any referrer a browser sends no origin with a form either, which is asked for below.
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
      overwrite: false, // the report has a policy of its own
      strictTransportSecurity: origin.startsWith('https:') ? `max-age=${A_YEAR}` : false,
      permissionsPolicy: { camera: false, microphone: false, geolocation: false, publickeyCredentialsGet: ['self'] },
    }),
  );
  app.use(async (request, next) => {
    await next();
    if (!request.res.headers.has('Cache-Control')) request.res.headers.set('Cache-Control', 'no-store');
  });
  // Whatever changes something comes from a page of the desk. hono/csrf asks this of forms alone, and JSON is sent here too.
  app.use(async (request, next) => {
    const changes = request.req.method !== 'GET' && request.req.method !== 'HEAD';
    if (changes && request.req.header('Origin') !== origin) return answer(request, foreignPage(origin), 403);
    return next();
  });
  // No database keeps this character, so nothing has a name with it.
  app.use(async (request, next) => (/%00/.test(request.req.url) ? answer(request, notHerePage(), 404) : next()));
  const limited = bodyLimit({
    maxSize: MOST_BYTES,
    onError: (request) => request.json({ refused: '内容过长，未办理 (too long: nothing was done)' }, 413),
  });
  app.use(except(UPLOAD, limited));
}

/** Who asks. A session ends with the passkey that began it. */
async function know(desk: Desk, request: Request, next: () => Promise<void>): Promise<void> {
  const found = sessionOf(desk, request);
  const isEnded = found?.key != null && (await isOver(desk.region, found.key));
  if (isEnded) desk.sessions.end(found);
  const session = isEnded ? null : found;
  request.set('session', session);
  const operator = session?.operator ?? null;
  request.set('viewer', operator === null ? null : await Viewer.of(desk.region, operator));
  await next();
}

type Status = 200 | 403 | 404 | 429 | 500;

function answer(request: Request, page: Page, status: Status = 200): Response {
  const { pathname, search } = new URL(request.req.url);
  const shown = {
    language: languageOf(request),
    viewer: request.get('viewer') ?? null,
    here: `${pathname}${search}`,
  };
  return request.html(framed(shown, page), status);
}

function refusedAnswer(request: Request, error: Error): Response {
  if (error instanceof LoggedOut) {
    const { pathname, search } = new URL(request.req.url);
    return request.redirect(`/login?${new URLSearchParams({ to: `${pathname}${search}` }).toString()}`, 303);
  }
  if (error instanceof NoOffice) return answer(request, noOfficePage(), 403);
  if (error instanceof NotHere) return answer(request, notHerePage(), 404);
  if (error instanceof TooManyTries) return answer(request, tooManyPage(error), 429);
  console.error(error);
  return answer(request, lostPage(), 500);
}
