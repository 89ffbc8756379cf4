/** Addresses inside the desk. */
const query = (of: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(of).map(([name, value]): [string, string] => [name, String(value)])).toString();

export const taskLink = (task: string): string => `/task?${query({ name: task })}`;
/** Why a figure is what it is: the figure and the cells that name its row. */
export const whyLink = (year: number, figure: string, key: Record<string, string | number>): string =>
  `/why?${query({ year, figure, ...key })}`;
export const yearLink = (year: number): string => `/year?${query({ year })}`;
export const trailLink = (of: Record<string, string | number>): string => `/trail?${query(of)}`;
export const trailFile = (of: Record<string, string | number>): string => `/trail.csv?${query(of)}`;
export const otherLink = (of: Record<string, string | number>): string => `/other?${query(of)}`;
export const jointLink = (of: Record<string, string | number> = {}): string => `/joint?${query(of)}`;
export const filesLink = (of: Record<string, string | number>): string => `/files?${query(of)}`;
export const templateFile = (of: Record<string, string | number>): string => `/files/template?${query(of)}`;
export const budgetFormFile = (of: Record<string, string | number>): string => `/files/budget-form?${query(of)}`;
/** Where an area fills in a new version of the budget that a task asks for. */
export const budgetLink = (task: string): string => `/budget?${query({ name: task })}`;
