/** `fund explain`: how a figure came about, down to lines of files, values of law and articles. */
import { type Command, InvalidArgumentError } from 'commander';
import { NoSuchFigure } from '../../explain/question';
import { explainFigure } from '../../explain/explanation';
import { columnsOf } from '../../explain/figure-names';
import { RESULTS } from '../../explain/results';
import { placeNames } from '../../db/areas';
import { cycleFacts } from '../../db/results';
import { explanationText } from '../words/explanation-text';
import { REGION } from '../../rules/vocabulary';
import { Refusal } from '../words/refusal';
import { withDatabase } from '../client/with-database';
import { noSuchYear, yearOption } from './options';
import { codeOfWord, wordsOf } from '../words/value-text';

/** The cells that name the row of a figure; the help says which of them each result has. */
const KEYS: [name: string, zh: string][] = [
  ['scheme', 'employee 或 resident (险种)'],
  ['area', 'area code (统筹区)'],
  ['month', 'month (月份)'],
  ['quarter', 'quarter, 1 to 4 (季度)'],
  ['item', 'item of a budget (科目)'],
  ['part', 'pooled 或 personal_account'],
  ['banner', 'banner (旗县)'],
  ['unit', 'unit that gives care, or reserve (总额预算单位或预留)'],
  ['level', 'level of government (补助级次)'],
  ['version', 'version of a budget (版本)'],
  ['check', 'check of a budget (审核项)'],
  ['indicator', 'indicator of the evaluation (评价指标)'],
  ['code', 'code of a finding (问题代码)'],
  ['subject', 'what distinguishes findings of one code'],
  ['entity', 'area code or region, of a balance'],
  ['account', 'account of the books (会计科目)'],
  ['date', 'date of a line of bank or treasury (对账日)'],
  ['key', 'key of an entry of the books (分录)'],
  ['file', 'file of a quarantined row'],
  ['line', 'line of a quarantined row, or of the final accounts (决算行)'],
  ['group', 'group of residents (人群)'],
  ['source', 'who paid the premium: individual, medical_aid 或 fiscal (来源)'],
  ['class', 'class of persons (类别)'],
  ['count', 'years of enrolment or months to wait (年数或月数)'],
];

const HELP = `
Figures (RESULT.COLUMN, as in the result files; in brackets what names the row):
${Object.entries(RESULTS)
  .map(([name, { zh, key }]) => `  ${name} ${zh} [${key.join(', ')}]\n      ${Object.keys(columnsOf(name)).join(' ')}`)
  .join('\n')}
  cycle.NAME of a value of law, for example cycle.levy.rate.employee

Examples:
  fund explain --year 2028 --scheme employee --area 150400 --figure sharing.fund_share
  fund explain --year 2028 --scheme resident --area 150400 --figure risk.level --month 12
  fund explain --year 2028 --figure quarantine.reason --area 150400
  fund explain --year 2028 --scheme resident --area 150400 --unit M1 --figure total_budget.payable
Words of the results do as well (也可用中文名称):
  fund explain --year 2028 --figure 缺口分担.调剂金承担 --area 赤峰市 --scheme 居民医保`;

function depthOption(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new InvalidArgumentError('a number of levels, 0 or more (层数).');
  return Number(text);
}

/** Besides these, one text for each cell that was given. */
interface Options {
  year: number;
  figure: string;
  depth: number;
  json?: true;
}

export function explainCommand(program: Command): void {
  const command = program
    .command('explain')
    .summary('how a figure came about')
    .description(
      'Says how a figure came about: value, article, formula, and every input down to the line of its file and the value of law.\n说明数字的由来：条文、公式、各项取数，直至文件行与参数。只读已存数据，不重新计算。',
    )
    .requiredOption('--year <year>', 'fund year (年度)', yearOption)
    .requiredOption('--figure <result.column>', 'the figure (结果.列), for example sharing.fund_share');
  for (const [name, about] of KEYS) command.option(`--${name} <${name}>`, about);
  command
    .option('--depth <n>', 'how many levels of figures below the requested one are shown (层数)', depthOption, 99)
    .option('--json', 'print the tree as JSON')
    .addHelpText('after', HELP)
    .action(explain);
}

/** Figure, area and cells may also be named in Chinese, as they are printed: 缺口分担.调剂金承担, 赤峰市, 居民医保. */
function figureNamed(text: string): string {
  const [word = '', ...rest] = text.split('.');
  const result = codeOfWord(word, namesOf(RESULTS)) ?? word;
  const column = rest.join('.');
  return `${result}.${codeOfWord(column, Object.entries(columnsOf(result))) ?? column}`;
}
const namesOf = (of: Record<string, { zh: string }>): [string, string][] =>
  Object.entries(of).map(([name, { zh }]) => [name, zh]);

function keyNamed(given: Record<string, string>, places: ReadonlyMap<string, string>): Record<string, string> {
  const code = (name: string, word: string): string => {
    if (!PLACES.includes(name)) return codeOfWord(word, wordsOf(name)) ?? word;
    // A code means itself, even where another name begins with it.
    return places.has(word) ? word : (codeOfWord(word, [...places, [REGION, '自治区']]) ?? word);
  };
  return Object.fromEntries(KEYS.flatMap(([name]) => (name in given ? [[name, code(name, given[name] ?? '')]] : [])));
}
const PLACES = ['area', 'banner', 'entity'];

function explain({ year, figure, depth, json, ...options }: Options): Promise<void> {
  return withDatabase('reader', async (db) => {
    const cycle = await cycleFacts(db, year);
    if (cycle === undefined) throw await noSuchYear(db, year);
    const names = await placeNames(db, year);
    const key = keyNamed(options, names);
    const asked = { year, figure: figureNamed(figure), key, depth };
    const nodes = await explainFigure(db, asked).catch((error: unknown) => {
      throw error instanceof NoSuchFigure ? new Refusal(error.message) : error;
    });
    console.log(
      json
        ? JSON.stringify({ year, simulation: cycle.simulation, explained: nodes }, null, 1)
        : nodes.map((node) => explanationText(node, { ...cycle, names })).join('\n\n'),
    );
  });
}
