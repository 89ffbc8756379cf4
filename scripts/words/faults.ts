/** The faults of a pack as lines for a person. */
import { type Fault, faultText } from '../../pack/index';

/** `from` is the folder or file that was read, as an absolute path, which shows where a relative one led. */
export const faultLines = (faults: readonly Fault[], from?: string): string[] => [
  ...faults.map(faultText),
  notImported(faults.length, from),
];

export const notImported = (faults: number, from?: string): string =>
  `数据包${from === undefined ? '' : ` ${from} `}未导入，共 ${faults} 处问题 (nothing was loaded; faults: ${faults})`;
