/** A whole number from 1 on, out of an argument of a command line. */
import { InvalidArgumentError } from 'commander';

export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('应为正整数 (a whole number from 1 on)');
  return Number(text);
}
