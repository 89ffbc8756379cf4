/** What an import took. */
import type { ImportReceipt } from '../../db/import-reports';
import { importedText } from '../../rules/vocabulary';

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
