/** 实施阶段 (A 三): from which fund year on a scheme's adjustment fund takes levies and shares gaps. */
import type { Scheme } from '../rules/vocabulary';
import type { LawName } from './law-name';

export const startYearName = (scheme: Scheme) => `levy.start_year.${scheme}` as const satisfies LawName;

/** Whether a fund year is in the phase that begins with `startYear`. */
export const isInPhase = (year: number, startYear: string): boolean => year >= Number.parseInt(startYear, 10);
