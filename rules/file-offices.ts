/**
 * 导入权限: which office brings which file of a pack by its own hand. An area's security bureau reports what is its area's; who holds
 * an office, the areas, values of law and the tax bureau's payments are the region's to bring. (How a file comes from IT, by a command
 * or by the inbox, is no matter of an office.)
 */
import type { Role } from './vocabulary';

const OF_REGION = [
  'areas.csv',
  'operators.csv',
  'adjustment_fund.csv',
  'medical_aid.csv',
  'enrolment_history.csv',
  'parameters.json',
];
const ofRegion = (file: string): boolean => OF_REGION.includes(file) || file.startsWith('resident_payments');

export function brings(role: Role, file: string): boolean {
  switch (role) {
    case 'region_security':
      return true;
    case 'region_finance': // it keeps the adjustment fund
      return file === 'adjustment_fund.csv';
    case 'area_security':
      return !ofRegion(file);
    case 'area_finance':
    case 'region_government':
      return false;
  }
}

/** Whether an office brings any file at all. */
export const bringsFiles = (role: Role): boolean => brings(role, 'actuals.csv') || brings(role, 'adjustment_fund.csv');
