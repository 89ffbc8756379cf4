/** The printed result of a run, in Chinese and English. */
import type { Database } from '../../db/connect';
import { findingCounts } from '../../db/findings';
import { type ShareLine, shareLines } from '../../db/overview';
import { overriddenParameters } from '../../db/parameters';
import { cycleFacts } from '../../db/results';
import { assumptionsOf } from '../../parameters';
import { shownText } from '../../rules/text';
import { withThousands } from '../../rules/thousands';
import { RISK_LEVEL_NAMES, type RiskLevel, SCHEMES, SCHEME_NAMES } from '../../rules/vocabulary';
import { fundYearId } from '../../rules/keys';
import { tableText } from './table-text';
import { cellText } from './value-text';

interface Outcome {
  year: number;
  closed: boolean;
  until: string | undefined;
  out: string;
  uiUrl: string | null;
  json: boolean;
}

export async function printSummary(pool: Database, outcome: Outcome): Promise<void> {
  const facts = await cycleFacts(pool, outcome.year);
  const lines = await shareLines(pool, outcome.year);
  const findings = await findingCounts(pool, outcome.year);
  const overridden = await overriddenParameters(pool, outcome.year);
  const assumed = assumptionsOf(facts?.parameters ?? []);
  if (outcome.json) {
    console.log(
      JSON.stringify({
        year: outcome.year,
        cycle: fundYearId(outcome.year),
        status: facts?.status,
        simulation: facts?.simulation,
        shares: lines,
        findings,
        overridden,
        assumed: assumed.names,
        out: outcome.out,
      }),
    );
    return;
  }
  console.log('');
  for (const scheme of SCHEMES) {
    const own = lines.filter((line) => line.scheme === scheme);
    if (own.length > 0) console.log(schemeTable(SCHEME_NAMES[scheme], scheme, own));
  }
  console.log(
    `发现问题 findings：${findings.map(({ code, count }) => `${cellText('code', code)} ${code} ${count}`).join('，') || '无 none'}`,
  );
  if (facts?.simulation) console.log('模拟测算 simulation：上解或分担参数尚未由文件确定（assumed），结果仅供测算');
  if (assumed.names.length > 0) console.log(assumedText(assumed, outcome.year));
  for (const { name, source } of overridden) console.log(`数据包参数 override：${name}（${source}）`);
  for (const { step, reason } of facts?.skipped ?? []) console.log(`跳过 skipped：${step}，${reason}`);
  console.log(`结果文件 results：${outcome.out}`);
  console.log(
    outcome.closed
      ? `${outcome.year} 年度已关账 (fund year ${outcome.year} is closed)`
      : `业务日期停在 ${outcome.until} (stopped at the end of ${outcome.until})；同一命令去掉 --until 即继续`,
  );
}

const assumedText = ({ names, results }: ReturnType<typeof assumptionsOf>, year: number): string =>
  `假定参数 assumed：${names.length} 项尚无文件确定，${results.join('、')} 据以得出；逐项见 fund parameters --year ${year}`;

/** Yuan with thousands separated; zero is a dash. */
export const amount = (yuan: string): { content: string; hAlign: 'right' } => {
  const [whole = '0', fen = '00'] = yuan.split('.');
  return {
    content: /^0(\.0+)?$/.test(yuan) ? '—' : withThousands(`${whole}.${fen.padEnd(2, '0')}`),
    hAlign: 'right',
  };
};

function schemeTable(name: string, scheme: string, lines: readonly ShareLine[]): string {
  const head = [
    ...[`${name} ${scheme}`, '上解 levy', '缺口 gap', '自有结余 own surplus', '调剂金 fund'],
    ...['统筹区政府 government', '风险 risk'],
  ];
  const rows = lines.map((line) => [
    shownText(`${line.area} ${line.name}`),
    ...[line.levy, line.gap, line.own_surplus, line.fund_share, line.area_share].map(amount),
    `${RISK_LEVEL_NAMES[line.level as RiskLevel]} ${line.level}`,
  ]);
  return tableText({ head, rows });
}
