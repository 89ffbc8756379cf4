/** `--out`: what cannot be written is refused in words, not by the machine's own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseFile, writing } from '../../scripts/client/out-folder';
import { Refusal } from '../../scripts/words/refusal';

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'out-'));
  file = join(folder, 'FILE');
  writeFileSync(file, '');
});
afterAll(() => rmSync(folder, { recursive: true }));

const made = (path: string): Promise<unknown> => writing(path, () => mkdirSync(path, { recursive: true }));

test('a folder is accepted, whether it exists or not', async () => {
  for (const path of [folder, join(folder, 'new', 'one')]) {
    refuseFile(path);
    await expect(made(path)).resolves.not.toThrow();
  }
});

test('a file, or a path below a file, is named as such', async () => {
  for (const path of [file, join(file, 'below'), join(file, 'far', 'below')]) {
    await expect(made(path)).rejects.toThrow(/^--out .*FILE.*：这里是一个文件，应为文件夹/);
    await expect(made(path)).rejects.toThrow(Refusal);
    expect(() => refuseFile(path)).toThrow(/^--out .*FILE.*：这里是一个文件/);
  }
});

test('a folder where a file is to be written', async () => {
  await expect(writing(folder, () => writeFileSync(folder, ''))).rejects.toThrow(/：这里是一个文件夹，应为文件/);
});

test('any other error is passed on unchanged', async () => {
  await expect(writing(file, () => Promise.reject(new Error('another')))).rejects.toThrow(/^another$/);
});
