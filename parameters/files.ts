/**
 * 数据报送期限: how many days after the date of a step its files are overdue in a live year. No document says; 15 days is an
 * assumption of this project, after the practice of monthly fund reports.
 */
import { daysAfter } from '../rules/calendar-day';

export const DAYS_TO_REPORT = 15;

/** 以收定支 is proposed once the deadline for budgets has passed. No document says by when it is approved; it is given as many days. */
export const directedBudgetDueOn = (deadline: string): string => daysAfter(deadline, DAYS_TO_REPORT);
