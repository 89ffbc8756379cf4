/** The queue on which workers take the fund's work. */
export const TASK_QUEUE = 'fund';
/** That of the imports: millions of rows keep no other act waiting. */
export const IMPORT_QUEUE = 'fund-imports';
