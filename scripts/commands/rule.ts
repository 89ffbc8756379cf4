/** `fund rule`: computes a rule of RULES 3, 4, 8 or 11 on a single case, without a server or a database. */
import type { Command } from 'commander';
import { beijingDate } from '../../rules/beijing-time';
import { shownText, withNames } from '../../rules/text';
import { Refusal } from '../words/refusal';
import {
  type Answered,
  type CaseFault,
  type Field,
  type Figure,
  SINGLE_CASES,
  type SingleCase,
  readCase,
} from '../single-cases';

export function ruleCommand(program: Command): void {
  const rule = program
    .command('rule')
    .summary('compute a single case, input as JSON on standard input')
    .description(
      'A function of the rules on one case: JSON on standard input, result with article, formula and inputs.\n' +
        '单个算例：从标准输入读取 JSON，给出结果、依据、公式和所用数据。',
    )
    .option('--json', 'print the result as JSON');
  for (const singleCase of SINGLE_CASES) {
    rule
      .command(singleCase.name)
      .summary(singleCase.zh)
      .description(`${singleCase.zh}\n${singleCase.en}`)
      .option('--json', 'print the result as JSON')
      .addHelpText('after', () => helpOf(singleCase))
      .action(async (_: object, command: Command) =>
        answerCase(singleCase, command.optsWithGlobals<{ json?: true }>()),
      );
  }
}

/** A case that names no year takes the law of the current year in China. */
const thisYear = (): string => beijingDate(new Date()).slice(0, 4);

async function answerCase(singleCase: SingleCase, { json }: { json?: true }): Promise<void> {
  if (process.stdin.isTTY) {
    throw new Refusal(`请从标准输入给出 JSON (give JSON on standard input)，例如：\n${commandLine(singleCase)}`, 2);
  }
  const read = readCase(await standardInput());
  const answered = 'faults' in read ? read : singleCase.answer(read.given, thisYear());
  if ('faults' in answered) refuse(answered.faults, json);
  else console.log(json ? JSON.stringify(forMachines(singleCase, answered), null, 1) : forPeople(singleCase, answered));
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function refuse(faults: readonly CaseFault[], json: true | undefined): void {
  const lines = faults.map(({ field, found, expected }) => `${shownText(field)}：${withNames(found)}；应为${expected}`);
  process.exitCode = 1;
  if (json) console.log(JSON.stringify({ refused: lines.join('\n'), faults }, null, 1));
  else console.error([...lines, `共 ${faults.length} 处问题，未计算 (nothing was computed)`].join('\n'));
}

const isAssumed = ({ law }: Answered): boolean => law.some(({ assumed }) => assumed);

/** A figure without the exact value that other figures of the case were computed from. */
const plain = ({ value, unit, article, formula, inputs }: Figure): Figure => ({
  value,
  unit,
  article,
  formula,
  inputs,
});

function forMachines({ name }: SingleCase, answered: Answered): object {
  const { value, steps, notes } = answered.answer;
  return {
    rule: name,
    ...plain(value),
    ...(steps
      ? { steps: Object.fromEntries(Object.entries(steps).map(([step, figure]) => [step, plain(figure)])) }
      : {}),
    ...(notes ? { notes } : {}),
    ...(answered.law.length > 0 ? { year: answered.year } : {}),
    parameters: answered.law,
    assumed: isAssumed(answered),
  };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const valueLine = ({ value, unit }: Figure): string =>
  value === null ? '无 (none)' : `${Array.isArray(value) ? value.join('、') : value}（${unit}）`;

function figureLines({ article, formula, inputs }: Figure): string[] {
  const given = Object.entries(inputs).map(([name, value]) => `${name} = ${asText(value)}`);
  return [`  公式 ${formula}`, ...(given.length > 0 ? [`  数据 ${given.join('；')}`] : []), `  依据 ${article}`];
}

function forPeople({ name, zh }: SingleCase, answered: Answered): string {
  const { value, steps = {}, notes = [] } = answered.answer;
  const stepLines = Object.entries(steps).flatMap(([step, figure]) => [
    `其中 ${step} = ${valueLine(figure)}`,
    ...figureLines(figure),
  ]);
  const lawLines = answered.law.map(
    ({ name: parameter, value: inForce, from, source, assumed }) =>
      `  ${parameter} = ${asText(inForce)}，自 ${from}，${source}${assumed ? '（假定 assumed）' : ''}`,
  );
  return [
    `${zh} ${name} = ${valueLine(value)}`,
    ...figureLines(value),
    ...stepLines,
    ...notes.map((note) => `说明 ${note}`),
    ...(lawLines.length > 0 ? [`算例未给、取 ${answered.year} 年法定参数 (values of law)：`, ...lawLines] : []),
    ...(isAssumed(answered) ? ['结果含假定参数，仅供测算 (rests on assumed values)'] : []),
  ].join('\n');
}

const commandLine = ({ name, example }: SingleCase): string =>
  `echo '${JSON.stringify(example)}' | npm run fund -- rule ${name} --json`;

function fieldLine(name: string, { kind, zh, symbol, law, otherwise }: Field<unknown>): string {
  const lawName = typeof law === 'string' ? law : '随其他字段而定';
  const need =
    law !== undefined
      ? `可选，默认取法定参数 ${lawName}`
      : otherwise === undefined
        ? '必填 required'
        : `可选 optional，默认 ${asText(otherwise)}`;
  return `  ${name}${symbol === undefined ? '' : ` (${symbol})`}  ${need}\n      ${zh}\n      ${kind.expected}`;
}

function helpOf(singleCase: SingleCase): string {
  const read = readCase(JSON.stringify(singleCase.example));
  const answered = 'faults' in read ? read : singleCase.answer(read.given, thisYear());
  const result = 'faults' in answered ? [] : ['', '结果 Result:', forPeople(singleCase, answered)];
  return [
    '',
    '字段 Fields (JSON；数字为小数文本或整数，numbers as decimal strings or whole numbers):',
    ...Object.entries(singleCase.fields).map(([name, field]) => fieldLine(name, field)),
    '',
    '例 Example:',
    JSON.stringify(singleCase.example),
    '',
    commandLine(singleCase),
    ...result,
  ].join('\n');
}
