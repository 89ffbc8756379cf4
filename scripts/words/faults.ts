/** The faults of a pack as lines for a person. */
import { type Fault, faultText } from '../../pack/index';

/** `from` is the folder or file that was read, as an absolute path, which shows where a relative one led. */
export const faultLines = (faults: readonly Fault[], from?: string): string[] => [
  ...faults.map(faultText),
  `数据包${from === undefined ? '' : ` ${from} `}未导入，共 ${faults.length} 处问题 (nothing was loaded; faults: ${faults.length})`,
];
