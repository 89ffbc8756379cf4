/** An import as it goes on, and what it took. */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../../activities/imports/progress';
import type { ImportReceipt } from '../../db/import-reports';
import { importedText } from '../../rules/vocabulary';

/** Draws the progress of an import on the error output; without a terminal, one line for every tenth of it. */
export class ImportBar {
  readonly #bar = process.stderr.isTTY
    ? new SingleBar({ format: '{bar} {text}', hideCursor: true, stream: process.stderr })
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

export function importText(year: number, { files, notes = [] }: ImportReceipt, notified: number | null): string {
  const lines = Object.entries(files).map(([file, counts]) => `${file}：${importedText(counts)}`);
  return [
    ...lines,
    ...notes,
    notified === null
      ? `已导入 ${year} 年度 ${lines.length} 个文件；暂时无法通知流程，巡查将在一小时内通知 (imported; the watchdog notifies the workflows within the hour)`
      : `已导入 ${year} 年度 ${lines.length} 个文件，通知 ${notified} 个流程 (imported, ${notified} workflows notified)`,
  ].join('\n');
}
