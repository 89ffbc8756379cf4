/** Values of law: dated, sourced, assumed or decided. Data and look-up, nothing else. */
export { CALENDAR, type Calendar, type CalendarStep, type DayOfCycle, calendarOf } from './calendar';
export { daysInMonth, isRealDate, lastDayOfFebruary } from './calendar-date';
export { type Dated, type Entry, type ParameterValue, inForce } from './dated';
export {
  type Override,
  PARAMETERS,
  PRODUCT_PARAMETERS,
  type ParameterInForce,
  YEARLY_PARAMETERS,
  aboutParameter,
  isSimulation,
  parametersInForce,
  productParametersInForce,
} from './in-force';
export { type OverrideFault, faultsOfOverrides, overrideFaults } from './override-faults';
export { ParameterSet } from './parameter-set';
export { AVERAGE_WAGE, DISPOSABLE_INCOME, STANDARD_FACTORS, statisticFor } from './published-standards';
