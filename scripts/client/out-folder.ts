/** Writing to `--out`: a folder or file that cannot be written is refused with a readable reason. */
import { statSync } from 'node:fs';
import { Refusal } from '../words/refusal';

const A_FILE = '这里是一个文件，应为文件夹，或尚不存在的名称 (a file is there: name a folder)';
const WHY: Readonly<Record<string, string>> = {
  EEXIST: A_FILE,
  ENOTDIR: A_FILE,
  EISDIR: '这里是一个文件夹，应为文件 (a folder is there: name a file)',
  EACCES: '没有写入的权限 (no right to write there)',
  EPERM: '没有写入的权限 (no right to write there)',
  EROFS: '所在的磁盘只读 (the disk is read-only)',
  ENOSPC: '磁盘已满 (the disk is full)',
  ENAMETOOLONG: '名称过长 (the name is too long)',
};

const inWords = (path: string, error: unknown): unknown => {
  const { code = '', path: at } = error as NodeJS.ErrnoException;
  return Object.hasOwn(WHY, code) ? new Refusal(`--out ${at ?? path}：${WHY[code]}`) : error;
};

/** Runs `write`, which writes to the path; when it cannot, the refusal says why. */
export async function writing<Result>(path: string, write: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    throw inWords(path, error);
  }
}

/** Refuses a path that cannot be a folder, before the work whose results would go there. */
export function refuseFile(path: string): void {
  let isFolder = true;
  try {
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? true;
  } catch (error) {
    throw inWords(path, error);
  }
  if (!isFolder) throw new Refusal(`--out ${path}：${A_FILE}`);
}
