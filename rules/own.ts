/** Looking a name up that somebody gave: `constructor` and its like, which every object inherits, are no entries of a table. */
export const own = <Value>(table: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
