/** Dates in China as workflows wait for them. */
export { beijingDate as shanghaiDate, endOfDay, startOfDay } from '../rules/beijing-time';
