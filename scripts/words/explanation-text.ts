/** An explanation as a person reads it: in Chinese, indented, with each formula in words and in figures. */
import type { FigureOf, Node, ParameterOf, RowsOf, Value } from '../../explain/tree';
import type { RelatedFinding } from '../../explain/related-findings';
import { RESULTS } from '../../explain/results';
import type { ShareOverview } from '../../explain/share-overview';
import type { StoredCorrection } from '../../db/corrections';
import type { LineRange } from '../../db/provenance';
import { isOfLevyOrShare } from '../../parameters';
import { FINDINGS } from '../../rules/findings';
import { formulaInFigures, formulaInWords, ratiosInWords } from './formula-text';
import { cellText, valueText } from './value-text';

interface ExplainedCycle {
  year: number;
  simulation: boolean;
  /** The Chinese names of areas and banners by code. */
  names: ReadonlyMap<string, string>;
}

const RECEIPT = RESULTS.quarantine?.columns.receipt;
const LARGEST_REMAINDER =
  '最大余额法：各份先舍到分；合计还差几分，就给舍去部分最大的几份各加一分，相同的先给次序在前的（统筹区按代码）。';

/** The lines of one explanation. */
class Page {
  readonly lines: string[] = [];
  readonly #quoted = new Map<string, string[]>();
  #lastQuoted = '';
  readonly #parameters = new Map<string, ParameterOf>();
  #splits = false;

  constructor(
    private readonly cycle: ExplainedCycle,
    private readonly area: string | undefined,
  ) {}

  /** A node and everything below it; `above` is the key of the figure that it belongs to. */
  node(node: Node, depth: number, above: Record<string, string>): void {
    const { from } = node;
    // A receipt number is not an amount, so it gets no thousands separators.
    const head = `${node.zh} = ${node.zh === RECEIPT ? String(node.value) : valueText(node.value)}`;
    switch (from.kind) {
      case 'stated':
        return this.#add(depth, `${head}  ← ${from.text}`);
      case 'parameter':
        this.#parameters.set(from.parameter, from);
        this.#add(depth, `${head}  ← 参数 ${from.parameter}${from.assumed ? '【假定】' : ''}，自 ${from.from} 起`);
        for (const correction of from.corrections ?? []) this.#add(depth + 1, correctionText(correction));
        return;
      case 'rows':
        this.#add(depth, `${head}  ${rowsText(from)}`);
        for (const correction of from.corrections ?? []) this.#add(depth + 1, correctionText(correction));
        for (const figure of from.figures ?? []) this.node(figure, depth + 1, above);
        return;
      case 'correction':
        return this.#add(depth, `${head}  ← ${correctionText(from.correction)}`);
      case 'list':
        return this.#list(node, from.places, depth, above);
      case 'figure':
        return this.#figure(head, node, from, depth, above);
    }
  }

  /** The foot of the page: how amounts are split, and where the values of law come from. */
  foot(): void {
    if (this.#splits) this.lines.push('', LARGEST_REMAINDER);
    const named = [...this.#parameters].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [isAssumed, title] of [
      [true, '【假定】尚无文件确定的参数，及其取值来源：'],
      [false, '已由文件确定的参数：'],
    ] as const) {
      const ofKind = named.filter(([, { assumed }]) => assumed === isAssumed);
      if (ofKind.length === 0) continue;
      this.lines.push('', title);
      const sources = [...new Set(ofKind.map(([, { source }]) => source))];
      for (const source of sources) {
        const names = ofKind.filter(([, parameter]) => parameter.source === source).map(([name]) => name);
        this.lines.push(`  ${names.join('、')}：${source}`);
      }
    }
  }

  #add(depth: number, text: string): void {
    const indent = '  '.repeat(depth);
    for (const [at, line] of text.split('\n').entries()) this.lines.push(`${indent}${at === 0 ? '' : '      '}${line}`);
  }

  /** A cell, or the name of an item of a list. */
  #place(cell: string, column = ''): string {
    const area = this.cycle.names.get(cell);
    return area === undefined ? cellText(column, cell) : `${cell} ${area}`;
  }

  /** The other areas stand in one line: their reasons are questions of their own. */
  #list(node: Node, places: Node[], depth: number, above: Record<string, string>): void {
    this.#add(depth, `${node.zh}（${places.length} 项）`);
    const isBrief = ({ name, from }: Node): boolean =>
      (from.kind === 'figure' && from.told !== undefined) ||
      (from.kind === 'rows' && (from.count === '0' || (from.of.area === name && name !== this.area)));
    const brief = places.filter(isBrief).map(({ name, value }) => `${this.#place(name)} ${valueText(value)}`);
    if (brief.length > 0) this.#add(depth + 1, `${brief.length < places.length ? '其他：' : ''}${brief.join('；')}`);
    for (const place of places.filter((place) => !isBrief(place))) {
      const zh = place.name === node.name ? place.zh : `${place.zh} ${this.#place(place.name)}`;
      this.node({ ...place, zh }, depth + 1, above);
    }
  }

  #figure(head: string, node: Node, from: FigureOf, depth: number, above: Record<string, string>): void {
    const newCells = Object.entries(from.key).filter(([name, cell]) => above[name] !== cell && cell !== node.name);
    const key = newCells.map(([name, cell]) => this.#place(cell, name)).join(' ');
    const title = `${head}${key === '' || depth === 0 ? '' : `〔${key}〕`}`;
    if (from.told === 'above') return this.#add(depth, `${title}（见上）`);
    if (from.told !== undefined) return this.#add(depth, `${title}（${from.figure}，可另行查询）`);
    this.#add(depth, title);
    this.#law(from, depth + 1);
    this.#formula(from, depth + 1);
    for (const input of from.inputs) this.node(input, depth + 2, { ...above, ...from.key });
  }

  /** The formula in words, then in figures, then the ratios that decided. */
  #formula(from: FigureOf, depth: number): void {
    if (from.formula === 'value') return;
    this.#splits ||= from.formula.includes('split(');
    this.#add(depth, `公式：${formulaInWords(from)}`);
    const figures = formulaInFigures(from);
    if (figures !== undefined) this.#add(depth, `代入：${figures}`);
    if (from.now !== undefined) this.#add(depth, `【注意】按现有明细算得 ${valueText(from.now)}，与当时不同`);
    for (const ratio of ratiosInWords(from)) this.#add(depth, `其中：${ratio}`);
  }

  /** The article; the sentence it quotes and its document are printed once on the page. */
  #law({ article, quotes }: FigureOf, depth: number): void {
    this.#add(depth, `依据：${article}`);
    for (const { document, article: number, text } of quotes) {
      const known = this.#quoted.get(document);
      if (known?.includes(text)) continue;
      this.#quoted.set(document, [...(known ?? []), text]);
      const where = `${document === this.#lastQuoted ? '同上文件' : `《${document}》`}${number}`;
      this.#lastQuoted = document;
      this.#add(depth, number === '' ? `出处：${text}` : `原文：${where}“${text}”`);
    }
  }
}

/** Who changed which row of which file, when, why, from what to what. */
function correctionText({ id, file, key, before, after, reason, operator, at }: StoredCorrection): string {
  const inOrder = Object.entries(key).sort(([a], [b]) => KEY_ORDER.indexOf(a) - KEY_ORDER.indexOf(b));
  const row = inOrder.map(([name, cell]) => cellText(name, cell));
  const changes = Object.keys(after).map(
    (column) => `${column} ${valueText(cellOf(before[column]))} 改为 ${valueText(cellOf(after[column]))}`,
  );
  return `更正 ${id}：${at} ${operator}，${file}（${row.join(' ')}）${changes.join('，')}；理由：${reason}`;
}
/** The order of the columns in the files: the database keeps the cells of a key in no order. */
const KEY_ORDER = ['area', 'banner', 'scheme', 'version', 'part', 'year', 'month', 'item'];
const cellOf = (cell: unknown): Value =>
  cell === undefined || cell === null ? null : typeof cell === 'string' ? cell : JSON.stringify(cell);

/** Names for sources that are not files. */
const PLACES: Partial<Record<string, string>> = {
  emergency_request: '紧急调剂申请',
  emergency_advance: '紧急调剂预拨',
  enrolled: '参保登记（对照历年参保）',
  flags: '监测标记',
};
/** Which rows of which file: their line numbers, the first few of them one by one, and their sum. */
function rowsText({ file, count, sum, column, lines, ranges, differs }: RowsOf): string {
  if (count === '0') return `← ${PLACES[file] ?? file} 没有这样的行`;
  const warning = differs ? `；【注意】明细现为 ${valueText(sum)}，与计算时不同` : '';
  const places = lines.map(({ file: from, line, cells }) => {
    const about = Object.entries(cells).map(([name, cell]) => cellText(name, String(cell)));
    const where = line === null ? '' : `${from === file ? '' : `${from} `}第 ${line} 行`;
    return `${where}${about.length === 0 ? '' : `（${about.join(' ')}）`}`;
  });
  if (file === 'budgets.csv') return count === '1' ? '← 生效预算' : `← 生效预算 ${count} 个科目`;
  const named = PLACES[file] ?? file;
  if (count === '1') return `← ${named} ${places[0] ?? ''}${warning}`;
  const total = sum === null || column === 'count' ? '' : `，合计 ${valueText(sum)}`;
  const every = ranges === undefined ? '' : `，${rangesText(file, ranges)}；前 ${lines.length} 行`;
  const shown = places.map((place, at) =>
    column === 'count' ? place : `${place} ${valueText((lines[at]?.value ?? null) as Value)}`,
  );
  return `← ${named} ${count} 行${total}${every}：${shown.join('；')}${warning}`;
}

/** Nobody reads more ranges than this on a page; the JSON has them all. */
const MOST_RANGES = 500;
/** `第 2–61、70 行`, file after file. */
function rangesText(file: string, ranges: readonly LineRange[]): string {
  const shown = ranges.slice(0, MOST_RANGES);
  const files = [...new Set(shown.map((range) => range.file))].map((each) => {
    const ofFile = shown.filter((range) => range.file === each);
    const lines = ofFile.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`));
    return `${each === file ? '' : `${each} `}第 ${lines.join('、')} 行`;
  });
  const rest = ranges.length - shown.length;
  return `${files.join('，')}${rest > 0 ? `（另有 ${rest} 段行号，全部见 --json 的 ranges）` : ''}`;
}

/** 相关发现, by code: the figure of each, and the command that explains it. */
function findingLines(year: number, findings: readonly RelatedFinding[]): string[] {
  if (findings.length === 0) return ['相关发现：该统筹区、险种没有发现问题'];
  const codes = [...new Set(findings.map(({ code }) => code))];
  return [
    '相关发现（同一统筹区、险种）：',
    ...codes.flatMap((code) => {
      const ofCode = findings.filter((finding) => finding.code === code);
      const { zh, figure } = FINDINGS[code];
      const { area = '', scheme = '' } = ofCode[0]?.ask.key ?? {};
      const figures = ofCode.map(({ figure: found, ask }) => {
        const which = ['month', 'subject'].flatMap((name) => (ask.key[name] ? [cellText(name, ask.key[name])] : []));
        return [...which.filter((word) => word !== found), valueText(found)].join(' ');
      });
      return [
        `  ${zh}（${code}），${figure.zh}：${figures.join('；')}`,
        `    npm run fund -- explain --year ${year} --figure findings.figure --code ${code} --area ${area} --scheme ${scheme}`,
      ];
    }),
  ];
}

/** 分担一览: who bears the gap, what makes up the government's share, and which rules were switched off. */
function shareLines({ parts, unused, disqualified, alpha, ...amounts }: ShareOverview): string[] {
  const none = unused.map(({ parameter, zh }) => `${zh.replace(/（.*）$/u, '')}（${parameter}）`).join('、');
  const unusedLine = none === '' ? [] : [`  未启用的口径：${none}`];
  if (amounts.gap === '0.00') return ['分担一览：当年没有缺口', ...unusedLine];
  const yuan = (name: keyof typeof amounts): string => valueText(amounts[name]);
  const ofArea: [string, string][] = [
    ['管理性缺口 M', parts.managerial],
    ['认定幅度以外的超支', parts.beyond_scope],
    ['一般性缺口中自担', parts.own_part],
    ['调剂金不足的差额', parts.unfunded],
  ];
  const made = ofArea.filter(([, amount]) => amount !== '0.00').map(([zh, amount]) => `${zh} ${valueText(amount)}`);
  return [
    '分担一览：',
    `  缺口 G ${yuan('gap')} ＝ 自有累计结余弥补 U ${yuan('own_surplus')} ＋ 调剂金承担 F ${yuan('fund_share')} ＋ 统筹区政府承担 A ${yuan('area_share')}`,
    `  一般性缺口 N ${yuan('general')} × 调剂金分担比例 α ${alpha}：应由调剂金承担 ${yuan('entitled')}，实际承担 F ${yuan('fund_share')}`,
    ...(disqualified === '' ? [] : [`  不予调剂：${disqualified}`]),
    ...(made.length === 0 ? [] : [`  统筹区政府承担 A ${yuan('area_share')} ＝ ${made.join(' ＋ ')}`]),
    ...unusedLine,
  ];
}

/** Whether the figure rests on a levy or a share, or may do so below what is shown: then it is part of a simulation. */
function restsOnShares({ from }: Node): boolean {
  switch (from.kind) {
    case 'parameter':
      return isOfLevyOrShare(from.parameter);
    case 'figure':
      return (
        /^(levy|levy_estimate|sharing|emergency_advance|cycle)\./.test(from.figure) ||
        from.told === 'deeper' ||
        from.inputs.some(restsOnShares)
      );
    case 'list':
      return from.places.some(restsOnShares);
    case 'rows':
      return (from.figures ?? []).some(restsOnShares);
    case 'stated':
    case 'correction':
      return false;
  }
}

/** The page that explains one figure. */
export function explanationText(node: Node, cycle: ExplainedCycle): string {
  const from = node.from as FigureOf;
  const page = new Page(cycle, from.key.area ?? from.key.entity);
  const key = Object.entries(from.key).map(([name, cell]) => {
    const area = cycle.names.get(cell);
    return area === undefined ? cellText(name, cell) : `${cell} ${area}`;
  });
  page.lines.push(`${cycle.year} 年度  ${key.join('  ')}  ${from.figure}`);
  if (cycle.simulation && restsOnShares(node))
    page.lines.push('【模拟测算】上解或分担参数尚未由文件确定，结果仅供测算，不作为拨付依据。');
  if (from.share !== undefined) page.lines.push('', ...shareLines(from.share));
  page.lines.push('');
  page.node(node, 0, from.key);
  if (from.findings !== undefined) page.lines.push('', ...findingLines(cycle.year, from.findings));
  page.foot();
  return page.lines.join('\n');
}
