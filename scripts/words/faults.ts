/** The faults of a pack as lines for a person. */
import { type Fault, faultText } from '../../pack/index';

/** `from` is the folder or file that was read, as an absolute path, which shows where a relative one led. */
export const faultLines = (faults: readonly Fault[], from?: string): string[] => [
  ...faults.map(faultText),
  notImported(faults.length, from),
];

/** Of the values of a what-if, which are laid over a pack: the pack itself is not loaded either. */
export const overlayFaultLines = (faults: readonly Fault[], from: string): string[] => [
  ...faults.map(faultText),
  `假设参数 ${from} 有 ${faults.length} 处问题，未运行；写法：{"levy.rate.employee": {"value": "0.03", "source": "试算"}} (the what-if was not run; faults: ${faults.length})`,
];

export const notImported = (faults: number, from?: string): string =>
  `数据包${from === undefined ? '' : ` ${from} `}未导入，共 ${faults} 处问题 (nothing was loaded; faults: ${faults})`;
