/**
 * 数据报送期限: how many days after the date of a step its files are overdue in a live year. No document says; 15 days is an
 * assumption of this project, after the practice of monthly fund reports.
 */
export const DAYS_TO_REPORT = 15;
