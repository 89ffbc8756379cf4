/** 模板: an empty file for each that an office brings, its header filled in. */
import { TEMPLATES, type Template } from '../../pack';
import { brings } from '../../rules/file-offices';
import type { Role } from '../../rules/vocabulary';

export const templatesFor = (role: Role): Template[] => TEMPLATES.filter(({ file }) => brings(role, file));

/** With the mark by which a spreadsheet knows UTF-8; undefined for a file that the office does not bring. */
export function templateText(role: Role, file: string): string | undefined {
  const template = templatesFor(role).find((known) => known.file === file);
  return template && `\ufeff${[...template.required, ...template.optional].join(',')}\r\n`;
}
