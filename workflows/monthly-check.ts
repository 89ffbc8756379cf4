/** 月度运行分析与风险预警: one month of a fund year, all areas of both schemes. */
import { inYuan } from '../rules/thousands';
import { RISK_LEVEL_NAMES, type RiskLevel } from '../rules/vocabulary';
import { fund } from './fund-activities';
import { updateListAndPage } from './page';

interface Month {
  year: number;
  month: number;
  date: string; // its last day
}

interface MonthEnd {
  worst: RiskLevel;
  posted: string;
  differences?: number; // differences of books and bank that nobody has been asked about yet
}

export async function monthlyCheck(month: Month): Promise<MonthEnd> {
  updateListAndPage({ stage: `${month.month} 月运行分析` });
  const { levels, worst, posted, findings, differences = 0 } = await fund.checkMonth(month);
  updateListAndPage({
    stage: `${month.month} 月运行分析已完成`,
    level: RISK_LEVEL_NAMES[worst],
    figures: {
      本月入账: inYuan(posted),
      ...Object.fromEntries(
        Object.entries(levels).map(([level, count]) => [RISK_LEVEL_NAMES[level as RiskLevel], `${count} 个基金`]),
      ),
      发现问题: `${findings} 项`,
      ...(differences > 0 ? { 账实不符: `${differences} 项` } : {}),
    },
  });
  return { worst, posted, ...(differences > 0 ? { differences } : {}) };
}
