/** 统筹区 as a person names it: by its code, its name, or what its name alone begins with. */
import { Refusal } from '../words/refusal';
import { codeOfWord } from '../words/value-text';

/** The code of the area of a year that a word means; refused with the areas that there are. */
export function areaNamed(areas: readonly { area: string; name: string }[], year: number, word: string): string {
  const names = new Map(areas.map(({ area, name }) => [area, name]));
  const code = names.has(word) ? word : codeOfWord(word, names);
  if (code !== undefined) return code;
  const there = [...names].map((one) => one.join(' ')).join('、') || '（尚未导入）';
  throw new Refusal(`${year} 年度没有统筹区 ${word}。有：${there} (no such area)`);
}
