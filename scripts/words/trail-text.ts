/** 办理记录 as people read it: who did what on which figures, one line for each act. */
import { stringify } from 'csv-stringify/sync';
import type { TrailAct, TrailLine } from '../../db/trail';
import { WORDS } from '../../explain/results';
import { beijingTime } from '../../rules/beijing-time';
import { DECISION_NAMES, JOINT_OFFICES, OWN_ACT_NAMES } from '../../rules/decisions';
import { matterText } from '../../rules/joint-matters';
import { matterNamed } from '../../rules/keys';
import { own } from '../../rules/own';
import { shownText } from '../../rules/text';
import { withThousands } from '../../rules/thousands';
import { SCHEME_NAMES, officeName } from '../../rules/vocabulary';
import { VALUES, cellText, spaced } from './value-text';

export const ACT_NAMES: Record<TrailAct, string> = {
  ...DECISION_NAMES,
  ...OWN_ACT_NAMES,
  zero_report: '零报送',
  archive: '归档',
  restore: '恢复',
};

const cell = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '（空）';
  const words = typeof value === 'string' ? value : JSON.stringify(value);
  return /^-?\d{4,}(\.\d+)?$/.test(words) ? withThousands(words) : (own(VALUES, words) ?? shownText(words));
};

/** 金额 100.00 → 200.00: what a correction replaced; empty for any other act. */
const replaced = ({ before, after }: TrailLine): string =>
  Object.keys(after ?? {})
    .map((column) => `${own(WORDS, column) ?? column} ${cell(before?.[column])} → ${cell(after?.[column])}`)
    .join('，');

const correctedText = (subject: string): string =>
  subject
    .split(' ')
    .map((word) => cellText('', word))
    .join(' ');

/** What two people sign for is kept by its name alone. */
function jointSubject(subject: string): string {
  const matter = matterNamed(subject);
  return matter === null ? subject : matterText(matter);
}

/** What was decided on: amounts with their thousands separated, and the codes of a corrected row in Chinese. */
export function subjectText(line: TrailLine): string {
  const { act, subject } = line;
  const words =
    act === 'correct' ? correctedText(subject) : Object.hasOwn(JOINT_OFFICES, act) ? jointSubject(subject) : subject;
  const version = line.version === null ? '' : `（第 ${line.version} 版）`;
  return [`${spaced(words)}${version}`, replaced(line)].filter(Boolean).join('：');
}

/** An act whose figures have changed since. */
const voidText = ({ voided }: TrailLine): string =>
  voided === null ? '' : `（已作废，所依数字已变：${shownText(voided)}）`;

export function whoText({ operator, name, role, office_area: area }: TrailLine): string {
  const office = role === null ? '' : `（${officeName({ role, area })}）`;
  return shownText(`${[operator, name].filter(Boolean).join(' ')}${office}`);
}

const placeText = ({ area, area_name, scheme }: TrailLine): string =>
  [area, area_name, scheme === null ? null : SCHEME_NAMES[scheme]].filter(Boolean).join(' ');

/** The line in words, for a terminal. */
export function trailLineText(line: TrailLine): string {
  const { at, act, document, reason, proof, figures_hash: hash } = line;
  const more = [
    document === null || document === '' ? null : `文号 ${shownText(document)}`,
    reason === null || reason === '' ? null : `原因 ${shownText(reason)}`,
    hash === null ? null : `所依数字 ${hash.slice(0, 12)}`,
    proof === null ? null : `签名 ${proof}`,
  ].filter(Boolean);
  const head = `${beijingTime(at)}  ${whoText(line) || '—'}  ${ACT_NAMES[act]}${voidText(line)}  ${subjectText(line)}`;
  return more.length === 0 ? head : `${head}\n    ${more.join('；')}`;
}

/** For a spreadsheet: with a mark by which it knows UTF-8, and no text that it would take for a formula. */
export const trailCsv = (lines: readonly TrailLine[]): string =>
  stringify(
    lines.map((line) => ({
      时间: beijingTime(line.at),
      年度: line.fund_year ?? '',
      统筹区与险种: placeText(line),
      工号: line.operator ?? '',
      办理人: whoText(line),
      办理: `${ACT_NAMES[line.act]}${voidText(line)}`,
      事项: subjectText(line),
      版本: line.version ?? '',
      文号: line.document ?? '',
      原因: line.reason ?? '',
      所依数字: line.figures_hash ?? '',
      签名: line.proof ?? '',
      密钥: line.signed_with ?? '',
    })),
    {
      columns: [
        '时间',
        '年度',
        '统筹区与险种',
        '工号',
        '办理人',
        '办理',
        '事项',
        '版本',
        '文号',
        '原因',
        '所依数字',
        '签名',
        '密钥',
      ],
      header: true,
      bom: true,
      escape_formulas: true,
      record_delimiter: 'windows',
    },
  );
