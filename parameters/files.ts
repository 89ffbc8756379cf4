/**
 * 数据报送期限: how long after the date of a step its files may come in a live year before they are overdue. No document says;
 * 15 days is this project's assumption, by the habit of monthly fund reports.
 */
export const DAYS_TO_REPORT = 15;
