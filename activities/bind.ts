/** Acts are named functions of a database and an input; a worker calls them by name with the input alone. */
import type { Database } from '../db/connect';

type Act = (database: Database, input: never) => Promise<unknown>;

/** The acts by name, each taking only its input. */
type Bound<Acts extends Record<string, Act>> = {
  [Name in keyof Acts]: (input: Parameters<Acts[Name]>[1]) => ReturnType<Acts[Name]>;
};

export function bind<Acts extends Record<string, Act>>(database: Database, acts: Acts): Bound<Acts> {
  const bound = Object.entries(acts).map(([name, act]) => [name, (input: never) => act(database, input)]);
  return Object.fromEntries(bound) as Bound<Acts>;
}
