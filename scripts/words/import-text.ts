/** An import as it goes on, and what it took. */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../../activities/imports/progress';
import type { ImportReceipt } from '../../db/import-reports';
import { importedText } from '../../rules/vocabulary';
import { BLOCKS } from './progress';

/** Draws the progress of an import on the error output; without a terminal, one line for every tenth of it. */
export class ImportBar {
  readonly #bar = process.stderr.isTTY
    ? new SingleBar({ ...BLOCKS, format: '{bar} {text}', hideCursor: true, stream: process.stderr })
    : null;
  #tenth = 0;

  show = ({ share, text }: Progress): void => {
    const percent = Math.round(share * 100);
    if (this.#bar !== null) {
      if (!this.#bar.isActive) this.#bar.start(100, percent, { text });
      this.#bar.update(percent, { text });
    } else if (Math.floor(percent / 10) > this.#tenth) {
      this.#tenth = Math.floor(percent / 10);
      console.error(`${percent} %  ${text}`);
    }
  };

  end(): void {
    this.#bar?.stop();
  }
}

const linesOf = ({ files, notes = [] }: ImportReceipt): string[] => [
  ...Object.entries(files).map(([file, counts]) => `${file}：${importedText(counts)}`),
  ...notes,
];

/** What an import would take. */
export const checkedText = (year: number, receipt: ImportReceipt): string =>
  [
    ...linesOf(receipt),
    `核对通过，${year} 年度未导入任何数据；导入：去掉 --check (checked, nothing was imported: repeat it without --check)`,
  ].join('\n');

export function importText(year: number, receipt: ImportReceipt, notified: number | null): string {
  const count = Object.keys(receipt.files).length;
  return [
    ...linesOf(receipt),
    notified === null
      ? `已导入 ${year} 年度 ${count} 个文件；暂时无法通知流程，巡查将在一小时内通知 (imported; the watchdog notifies the workflows within the hour)`
      : `已导入 ${year} 年度 ${count} 个文件，通知 ${notified} 个流程 (imported, ${notified} workflows notified)`,
  ].join('\n');
}
