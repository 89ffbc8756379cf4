/** A value of law as a person reads it, in Chinese and English: lists with commas, bands as bound → step. */
import type { ParameterValue } from './dated';

export function lawValueText(value: ParameterValue): { zh: string; en: string } {
  if (value === null) return { zh: '无', en: 'none' };
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'string') return { zh: value, en: value };
  const listed = (rest: string): string[] =>
    value.map((item) => (typeof item === 'string' ? item : `${item[0] ?? rest} → ${item[1]}`));
  return { zh: listed('其余').join('、'), en: listed('the rest').join(', ') };
}
