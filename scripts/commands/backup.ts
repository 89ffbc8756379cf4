/** `fund backup` and `fund restore`: the embedded system into a folder, and from there into a new FUND_HOME. */
import type { Command } from 'commander';
import { backUp } from '../../servers/backup';
import type { Manifest } from '../../servers/backup-parts';
import { Refused } from '../../servers/refused';
import { restore } from '../../servers/restore';
import { onStop } from '../../servers/signals';
import { typedPath } from '../../servers/typed-path';
import { ShareBar } from '../words/share-bar';
import { valueText } from '../words/value-text';

interface Options {
  json?: true;
}

export function backupCommands(program: Command): void {
  program
    .command('backup <dir>')
    .summary('copy the embedded system into a new folder')
    .description(
      'Stops the servers of FUND_HOME, copies database, workflows and passwords into a new folder, and starts again what ran before.\n' +
        'The folder holds persons and passwords: only its owner can read it. Servers of your own are backed up with their own tools.\n' +
        '备份内置系统：短暂停止服务，将数据库、流程和口令写入新文件夹，再恢复运行。',
    )
    .option('--json', 'print what was backed up as JSON')
    .action(backup);
  program
    .command('restore <dir>')
    .summary('make a backup the system of a new FUND_HOME')
    .description(
      'Checks a backup and makes it the system of a FUND_HOME that has none yet; `up` then goes on where it was made. The system that\n' +
        'was backed up must not run again: each would act by itself.\n' +
        '将备份恢复到新的 FUND_HOME，然后执行 up；原系统不得再启动。',
    )
    .option('--json', 'print what was restored as JSON')
    .action(restoreFrom);
}

const say = (line: string): void => console.error(line);

async function backup(dir: string, { json }: Options): Promise<void> {
  const folder = typedPath(dir);
  const bar = new ShareBar();
  const stop = new AbortController();
  const progress = (share: number): void => bar.show({ share, text: '备份 backing up' });
  const made = backUp({ folder, say, progress }, stop.signal).finally(() => bar.end());
  const unwatch = onStop(async () => {
    stop.abort(new Refused('已取消，没有留下备份 (stopped: there is no backup)'));
    await made;
  });
  const manifest = await made.finally(unwatch);
  print(json, { folder, ...manifest }, `系统已备份到 ${folder}：${contentOf(manifest)} (backed up)`);
}

async function restoreFrom(dir: string, { json }: Options): Promise<void> {
  const folder = typedPath(dir);
  const bar = new ShareBar();
  const progress = (share: number): void => bar.show({ share, text: '恢复 restoring' });
  const manifest = await restore({ folder, say, progress }).finally(() => bar.end());
  const next = '请执行 npm run fund -- up (restored: go on with `up`)';
  print(json, { folder, ...manifest }, `已恢复 ${manifest.made_at} 的备份：${contentOf(manifest)}。${next}`);
}

function contentOf({ release, years, parts }: Manifest): string {
  const known = years.map(({ year, status }) => `${year} 年度 ${valueText(status)}`).join('、') || '尚无年度';
  const mebibytes = (parts.cluster.bytes + parts.home.bytes) / 1024 / 1024;
  return `${known}，版本 ${release}，${mebibytes.toFixed(1)} MiB`;
}

function print(json: true | undefined, forMachines: object, forPeople: string): void {
  console.log(json ? JSON.stringify(forMachines) : forPeople);
}
