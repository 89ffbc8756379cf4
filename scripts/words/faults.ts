/** The faults of a pack as lines for a person. */
import { type Fault, faultText } from '../../pack/index';

export const faultLines = (faults: readonly Fault[]): string[] => [
  ...faults.map(faultText),
  `数据包未导入，共 ${faults.length} 处问题 (nothing was loaded; faults: ${faults.length})`,
];
