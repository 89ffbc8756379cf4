/** Values of law: dated, sourced, assumed or decided. Data and look-up, nothing else. */
export { recognitionIn } from './books';
export {
  CALENDAR,
  type Calendar,
  type CalendarStep,
  EXECUTION_REPORTS,
  calendarOf,
  cycleStartOf,
  fundYearOn,
  yearsToBegin,
} from './calendar';
export { type Lack, type ParameterValue, inForce } from './dated';
export { LAW_BOOK, type LawBook, type LawFault, lawFaultText, lawFaults } from './gate';
export {
  type Override,
  PARAMETERS,
  PRODUCT_PARAMETERS,
  type ParameterInForce,
  YEARLY_PARAMETERS,
  aboutParameter,
  allInForce,
  isOfLevyOrShare,
  isSimulation,
  parametersInForce,
  productParametersInForce,
} from './in-force';
export { type Change, type ListedParameter, type ParameterList, assumptionsOf, listParameters } from './law-list';
export type { LawName } from './law-name';
export { faultsOfOverrides } from './override-faults';
export { ParameterSet } from './parameter-set';
export { STANDARD_SOURCES } from './published-standards';
export { SINGLE_CASE_PARAMETERS, type SingleCaseLaw } from './single-cases';
export { lawValueText } from './value-text';
