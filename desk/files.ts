/** 文件: what the page of the files sends, and what is downloaded from it. */
import type { Hono } from 'hono';
import { isReason } from '../rules/text';
import { SCHEMES } from '../rules/vocabulary';
import type { Delivery } from '../scripts/client/deliveries';
import { templateText } from '../scripts/client/templates';
import { budgetForm } from '../web/forms/budget-form';
import { fieldsOf, refuseOther, textOf } from './body';
import { type Desk, type Env, NotHere, type Request, ownDesk, viewerOf, yearOf } from './desk';
import { Refused, json } from './json';
import { filesLink } from './links';
import type { OwnAct } from './perform';

/** The one path whose body is a file, and no form: it has limits of its own. */
export const UPLOAD = '/files/put';

export function files(app: Hono<Env>, desk: Desk): void {
  app.post(
    '/files/begin',
    json((request) => begin(desk, request)),
  );
  app.post(
    UPLOAD,
    json((request) => put(desk, request)),
  );
  app.post(
    '/files/check',
    json(async (request) => {
      const delivery = deliveryOf(desk, request, textOf(await fieldsOf(request), 'delivery'));
      await desk.deliveries.check(delivery);
      return shown(delivery);
    }),
  );
  app.post(
    '/files/give-up',
    json(async (request) => {
      const delivery = deliveryOf(desk, request, textOf(await fieldsOf(request), 'delivery'));
      await desk.deliveries.giveUp(delivery);
      return shown(delivery);
    }),
  );
  app.get('/files/template', (request) => template(request));
  app.get('/files/budget-form', (request) => form(desk, request));
}

const shown = ({ by: { year } }: Delivery): { to: string } => ({ to: filesLink({ year }) });
const deliveryOf = (desk: Desk, request: Request, id: string): Delivery =>
  desk.deliveries.named(viewerOf(request).operator, id);

/** What is to come: the names and sizes are judged before anything is sent. */
async function begin(desk: Desk, request: Request): Promise<object> {
  const viewer = viewerOf(request);
  const fields = await fieldsOf(request);
  refuseOther(viewer, fields);
  const office = viewer.officeIn(Number.parseInt(textOf(fields, 'year'), 10));
  if (office?.isOpen !== true) throw new Refused('没有这个进行中的年度 (no such open year)');
  const { year, role, area } = office;
  const announced = Array.isArray(fields.files) ? fields.files.map(announcedIn) : [];
  const { id } = await desk.deliveries.begin({ year, operator: viewer.operator, role, area }, announced);
  return { delivery: id };
}

function announcedIn(file: unknown): { name: string; size: number } {
  const { name, size } = { name: '', size: -1, ...(file as object) } as Record<string, unknown>;
  if (typeof name !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new Refused('请求不完整，请刷新页面再试 (reload the page and try again)');
  }
  return { name, size };
}

async function put(desk: Desk, request: Request): Promise<object> {
  const delivery = deliveryOf(desk, request, request.req.query('delivery') ?? '');
  const body = request.req.raw.body;
  await desk.deliveries.receive(delivery, request.req.query('name') ?? '', body);
  return {};
}

/** The passkey signs over the files as they came; a reason makes a correction of it. */
export const importAct: OwnAct = (desk, viewer, fields) => {
  const delivery = desk.deliveries.named(viewer.operator, textOf(fields, 'delivery'));
  const isCorrection = textOf(fields, 'as') === 'correction';
  const reason = textOf(fields, 'reason').trim();
  if (isCorrection && !isReason(reason)) throw new Refused('请写明更正的理由 (say why they are corrected)');
  return async (sign) => {
    await desk.deliveries.take(delivery, isCorrection ? reason : null, sign);
    return shown(delivery);
  };
};

const download = (request: Request, body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response =>
  request.body(body, 200, { 'Content-Type': type, 'Content-Disposition': `attachment; filename="${name}"` });

function template(request: Request): Response {
  const role = viewerOf(request).officeIn(yearOf(request))?.role;
  const file = request.req.query('file') ?? '';
  const words = role === undefined ? undefined : templateText(role, file);
  if (words === undefined) throw new NotHere();
  return download(request, words, 'text/csv; charset=utf-8', file);
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function form(desk: Desk, request: Request): Promise<Response> {
  const year = yearOf(request);
  const area = request.req.query('area') ?? '';
  const scheme = SCHEMES.find((known) => known === request.req.query('scheme'));
  const viewer = viewerOf(request);
  if (scheme === undefined || !viewer.sees(year, area)) throw new NotHere();
  const made = await ownDesk(desk, viewer, ({ database }) => budgetForm(database, { year, area, scheme }));
  if (made === null) throw new NotHere();
  return download(request, Uint8Array.from(made.bytes), XLSX, made.file);
}
