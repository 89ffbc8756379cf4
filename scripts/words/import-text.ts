/** What an import took. */
import type { ImportReceipt } from '../../db/import-reports';
import { importedText } from '../../rules/vocabulary';

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
