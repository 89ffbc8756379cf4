/** 导入: one folder of files for a live year, for a person: `fund import` starts it and follows it. The inbox has a workflow of its own. */
import { isCancellation } from '@temporalio/workflow';
import type { ImportOrder, ImportOutcome } from '../activities/imports/import-folder';
import { importId } from '../rules/keys';
import { fitting } from '../rules/text';
import { importedText } from '../rules/vocabulary';
import { news } from './business-date';
import { fund } from './fund-activities';
import { belonging, updateListAndPage } from './page';
import { ABOUT } from './wording';

/** The one set of options with which an import is started; a second start while it goes on finds the first. `mark` tells orders apart. */
export const importOptions = (order: ImportOrder, mark: string) => ({
  workflowId: importId(order.year, mark),
  args: [order] as [ImportOrder],
  workflowIdConflictPolicy: 'USE_EXISTING' as const,
  staticSummary: fitting(`${order.year} 年度数据导入`, 'summary'),
  staticDetails: ABOUT.importFiles,
  typedSearchAttributes: belonging(order.year),
});

export async function importFiles(order: ImportOrder): Promise<ImportOutcome> {
  const figures = { 文件夹: order.directory };
  updateListAndPage({ stage: '导入：核对、装载、受理', figures });
  try {
    const outcome = await fund.importFolder({ ...order, news: news.name });
    if ('faults' in outcome) updateListAndPage({ stage: `退回：${outcome.faults} 处问题，未导入任何数据`, figures });
    else {
      const stage = order.check ? '核对通过，未导入任何数据' : '已导入';
      updateListAndPage({ stage, figures: { ...figures, ...rowsByFile(outcome.receipt.files) } });
    }
    return outcome;
  } catch (error) {
    if (isCancellation(error)) updateListAndPage({ stage: '已取消，未导入任何数据', figures });
    throw error;
  }
}

type Files = Extract<ImportOutcome, { receipt: unknown }>['receipt']['files'];
const rowsByFile = (files: Files): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([file, counts]) => [file, importedText(counts)]));
