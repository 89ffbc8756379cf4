/**
 * 送交: the files that a person brings on the desk. They lie in a folder of their own until he has seen what is wrong with them, or what
 * they would change, and has signed for them; then the worker imports them. Nothing of them stays behind.
 */
import { type Hash, createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import type { ImportOrder } from '../../activities/imports/import-folder';
import { correctionsToSign, filesToSign } from '../../activities/imports/to-sign';
import { type ImportReceipt, type StatedFault, importReport } from '../../db/import-reports';
import { aboutName, isOfContract } from '../../pack';
import { brings } from '../../rules/file-offices';
import { shownText } from '../../rules/text';
import type { Role } from '../../rules/vocabulary';
import { innermostText } from '../../servers/refused';
import type { Sign } from '../../signing/act-text';
import { Refusal } from '../words/refusal';
import { SUBMISSIONS } from './budget-version';
import { type FormOfBudget, submissionsIn } from './filled-forms';
import { type ImportHandle, beginImport, followImport } from './imports';
import type { Acting } from './texts';

/** Larger files come from IT, through the inbox. */
export const MOST_MEGABYTES = 256;
const MEGABYTE = 1024 * 1024;
const MOST_OF_FORM = MEGABYTE;
const MOST_FILES = 60;
/** What a desk that was stopped has left behind. */
const FORGOTTEN = 24 * 60 * 60 * 1000; // milliseconds

/** Who brings files, and for which year. */
interface Bringing {
  year: number;
  operator: string;
  role: Role;
  area: string | null;
}
interface Announced {
  name: string;
  size: number; // bytes
}

type DeliveryState =
  | { is: 'arriving' }
  | { is: 'checking' | 'importing'; progress: string }
  | { is: 'refused'; faults: StatedFault[] }
  | { is: 'checked' | 'imported'; receipt: ImportReceipt }
  | { is: 'lost'; why: string };

export class Delivery {
  readonly id = randomUUID();
  state: DeliveryState = { is: 'arriving' };
  /** The SHA-256 of each file that has arrived, null before. */
  readonly files: Map<string, string | null>;
  /** The budgets that came as forms, which are imported as `budget_submissions.csv`. */
  budgets: FormOfBudget[] = [];
  handle: ImportHandle | null = null;

  constructor(
    readonly by: Bringing,
    readonly announced: readonly Announced[],
    private readonly within: string,
  ) {
    this.files = new Map(announced.map(({ name }) => [name, null]));
  }

  get folder(): string {
    return join(this.within, this.id);
  }
  /** What the worker imports. */
  get directory(): string {
    return join(this.folder, 'files');
  }
  pathOf(name: string): string {
    return join(this.folder, isForm(name) ? 'forms' : 'files', name);
  }
  get isUnderWay(): boolean {
    return this.state.is === 'checking' || this.state.is === 'importing';
  }
  /** Rows that differ from the stored ones are all that is wrong. */
  get isCorrectable(): boolean {
    return this.state.is === 'refused' && this.state.faults.every(({ correctable }) => correctable);
  }
}

const isForm = (name: string): boolean => /\.xlsx$/i.test(name);
/** The name comes from the person's machine, and becomes the name of a file here. */
const isFileName = (name: string): boolean => name.length <= 120 && !/^\.|[/\\\p{C}]/u.test(name);

/** The deliveries of a desk: one for each person at a time. */
export class Deliveries {
  readonly #ofOperator = new Map<string, Delivery>();

  constructor(
    private readonly folder: string,
    private readonly acting: Acting,
  ) {}

  of(operator: string): Delivery | undefined {
    return this.#ofOperator.get(operator);
  }

  /** The person's own, by its id; another page of his may have begun another one since. */
  named(operator: string, id: string): Delivery {
    const delivery = this.of(operator);
    if (delivery?.id === id) return delivery;
    throw new Refusal('这次送交已被放弃，或已另行送交：请重新选择文件 (it was given up: choose the files again)');
  }

  /** Begins one, in place of an earlier one. Whatever can be told from names and sizes is refused at once, all of it. */
  async begin(by: Bringing, announced: readonly Announced[]): Promise<Delivery> {
    const before = this.of(by.operator);
    if (before?.isUnderWay) {
      throw new Refusal(
        '您上一次送交的文件还在核对或导入：请等它完成，或先放弃 (your last files are still being taken in)',
      );
    }
    const faults = [...faultsOfAll(announced), ...announced.flatMap((file) => faultOf(file, by) ?? [])];
    if (faults.length > 0) throw new Refusal(faults.join('\n'));
    if (before !== undefined) await this.#remove(before);
    await this.#removeForgotten();
    const delivery = new Delivery(by, announced, this.folder);
    for (const room of ['files', 'forms']) await mkdir(join(delivery.folder, room), { recursive: true, mode: 0o700 });
    this.#ofOperator.set(by.operator, delivery);
    return delivery;
  }

  /** Streams one of the announced files to the disk. */
  async receive(delivery: Delivery, name: string, body: ReadableStream | null): Promise<void> {
    const size = delivery.announced.find((file) => file.name === name)?.size;
    if (size === undefined || delivery.state.is !== 'arriving') throw new Refusal(BEGIN_AGAIN);
    const hash = createHash('sha256');
    const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
    const arrived = counted(size, hash);
    await pipeline(source, arrived, createWriteStream(delivery.pathOf(name), { mode: 0o600 }));
    if (arrived.bytes !== size) throw new Refusal(`${shownText(name)} 没有传完：${BEGIN_AGAIN}`);
    delivery.files.set(name, hash.digest('hex'));
  }

  /** Has the worker say what it would take, or every fault. Forms are read here, and are a file of the pack from then on. */
  async check(delivery: Delivery): Promise<void> {
    if (delivery.state.is !== 'arriving' || [...delivery.files.values()].includes(null)) throw new Refusal(BEGIN_AGAIN);
    delivery.state = { is: 'checking', progress: '读取填报表' };
    const faults = await this.#readForms(delivery);
    const { year, operator } = delivery.by;
    if (delivery.files.size === 0) await this.#refuse(delivery, faults);
    else {
      await this.#order(
        delivery,
        'checking',
        {
          ...{ year, directory: delivery.directory, correction: null },
          ...{ channel: 'desk', sender: { operator }, check: true },
        },
        faults,
      );
    }
  }

  /** Imports exactly what was checked, signed over the bytes; with a reason, rows that differ replace the stored ones. */
  async take(delivery: Delivery, reason: string | null, sign: Sign): Promise<void> {
    const { by, state, directory } = delivery;
    if (state.is === 'importing' || state.is === 'imported') return;
    const isReady = reason === null ? state.is === 'checked' : delivery.isCorrectable;
    if (!isReady) throw new Refusal('还不能导入：请先核对 (not checked yet)');
    const { year, operator } = by;
    const signed = {
      year,
      files: [...delivery.files].map(([file, sha256]) => ({ file, sha256: sha256 ?? '' })),
    };
    const proof = await sign(
      reason === null ? filesToSign(signed, { operator }) : correctionsToSign(signed, { operator, reason }),
    );
    await this.#order(delivery, 'importing', {
      ...{ year, directory, channel: 'desk' },
      correction: reason === null ? null : { operator, reason, ...(proof && { proof }) },
      sender: { operator, ...(reason === null && proof && { proof }) },
    });
  }

  /** Gives up what a person has brought: nothing of it is imported, unless it is already. */
  async giveUp(delivery: Delivery): Promise<void> {
    if (delivery.isUnderWay) await delivery.handle?.cancel();
    else await this.#remove(delivery);
  }

  /** The faults of the forms; those without any are among the files from now on. */
  async #readForms(delivery: Delivery): Promise<StatedFault[]> {
    const forms = [...delivery.files.keys()].filter(isForm);
    if (forms.length === 0) return [];
    const read = await Promise.all(forms.map(async (name) => ({ name, bytes: await readFile(delivery.pathOf(name)) })));
    for (const name of forms) delivery.files.delete(name);
    const found = await submissionsIn(this.acting.pool, delivery.by, read);
    if ('faults' in found) return found.faults;
    delivery.budgets = found.budgets;
    await writeFile(delivery.pathOf(SUBMISSIONS), found.text, { mode: 0o600 });
    delivery.files.set(SUBMISSIONS, createHash('sha256').update(found.text).digest('hex'));
    return [];
  }

  /** Orders an import, or its check, and follows it from then on. `before` are faults that were found already. */
  async #order(
    delivery: Delivery,
    is: 'checking' | 'importing',
    order: ImportOrder,
    before: StatedFault[] = [],
  ): Promise<void> {
    const known = delivery.state;
    delivery.state = { is, progress: '等待执行' };
    try {
      delivery.handle = await beginImport(await this.acting.client(), order);
    } catch (error) {
      delivery.state = known;
      throw error;
    }
    void this.#follow(delivery, is, before);
  }

  async #follow(delivery: Delivery, is: 'checking' | 'importing', before: StatedFault[]): Promise<void> {
    const { handle } = delivery;
    if (handle === null) return;
    try {
      const outcome = await followImport(handle, ({ text }) => (delivery.state = { is, progress: text }));
      const report = await importReport(this.acting.pool, outcome.key);
      const faults = [...before, ...(report !== undefined && 'faults' in report ? report.faults : [])];
      if (faults.length > 0) await this.#refuse(delivery, faults);
      else if ('receipt' in outcome) {
        delivery.state = { is: is === 'checking' ? 'checked' : 'imported', receipt: outcome.receipt };
        if (is === 'importing') await this.#clear(delivery);
      }
    } catch (error) {
      const isGivenUp = error instanceof WorkflowFailedError && error.cause instanceof CancelledFailure;
      delivery.state = { is: 'lost', why: isGivenUp ? GIVEN_UP : innermostText(error) };
      await this.#clear(delivery);
    }
  }

  /** Nothing was taken. What can only be brought again is not kept. */
  async #refuse(delivery: Delivery, faults: StatedFault[]): Promise<void> {
    delivery.state = { is: 'refused', faults };
    if (!delivery.isCorrectable) await this.#clear(delivery);
  }

  #clear = ({ folder }: Delivery): Promise<void> => rm(folder, { recursive: true, force: true });

  async #remove(delivery: Delivery): Promise<void> {
    this.#ofOperator.delete(delivery.by.operator);
    await this.#clear(delivery);
  }

  async #removeForgotten(): Promise<void> {
    for (const name of await readdir(this.folder).catch(() => [])) {
      const path = join(this.folder, name);
      const known = await stat(path).catch(() => null);
      if (known !== null && Date.now() - known.mtimeMs > FORGOTTEN) await rm(path, { recursive: true, force: true });
    }
  }
}

const BEGIN_AGAIN = '请重新选择文件，再核对一次 (choose the files again)';
const GIVEN_UP = '已放弃，未导入任何数据 (given up: nothing was imported)';

/** Counts what passes and hashes it; more than was announced is refused at once. */
function counted(size: number, hash: Hash): Transform & { bytes: number } {
  const stream = Object.assign(
    new Transform({
      transform(chunk: Buffer, _, done) {
        stream.bytes += chunk.length;
        hash.update(chunk);
        if (stream.bytes > size) done(new Refusal(`文件比所报的大：${BEGIN_AGAIN}`));
        else done(null, chunk);
      },
    }),
    { bytes: 0 },
  );
  return stream;
}

function faultsOfAll(announced: readonly Announced[]): string[] {
  const names = announced.map(({ name }) => name);
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  const hasForm = names.some(isForm);
  return [
    ...(names.length === 0 ? ['请先选择文件 (choose files)'] : []),
    ...(names.length > MOST_FILES ? [`一次至多 ${MOST_FILES} 个文件 (at most ${MOST_FILES} at once)`] : []),
    ...twice.map((name) => `${shownText(name)}：同名文件选了两次 (chosen twice)`),
    ...(hasForm && names.includes(SUBMISSIONS)
      ? [`${SUBMISSIONS} 与填报表请分两次送交 (bring the form and the file one after the other)`]
      : []),
  ];
}

function faultOf({ name, size }: Announced, { role }: Bringing): string | null {
  const most = isForm(name) ? MOST_OF_FORM : MOST_MEGABYTES * MEGABYTE;
  const why = !isFileName(name)
    ? '文件名不能用 (no name for a file)'
    : isForm(name)
      ? role === 'area_security'
        ? null
        : '预算填报表由统筹区医保局交回 (the area’s security bureau hands it in)'
      : !isOfContract(name)
        ? aboutName(name)
        : brings(role, name)
          ? null
          : '不由您的岗位导入：交自治区医保局 (not for your office to bring)';
  if (why !== null) return `${shownText(name)}：${why}`;
  if (size <= most) return null;
  return `${name}：超过 ${most / MEGABYTE} MB；更大的文件交信息技术人员放入收件夹 (too large: IT puts it into the inbox)`;
}
