/** The faults of a pack as lines for a person: all of them, a long list of one file cut with a count of the rest. */
import { type Fault, faultText } from '../../pack/index';

const SHOWN_PER_FILE = 100;

export function faultLines(faults: readonly Fault[]): string[] {
  const files = [...new Set(faults.map(({ file }) => file))];
  const lines = files.flatMap((file) => {
    const own = faults.filter((fault) => fault.file === file);
    const shown = own.slice(0, SHOWN_PER_FILE).map(faultText);
    return own.length > shown.length ? [...shown, `${file}：另有 ${own.length - shown.length} 处 (and more)`] : shown;
  });
  return [...lines, `数据包未导入，共 ${faults.length} 处问题 (nothing was loaded; faults: ${faults.length})`];
}
