/** The queue on which workers take the fund's work. */
export const TASK_QUEUE = 'fund';
