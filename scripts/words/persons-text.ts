/** Persons as they are named in a line: number and name of each. */
import { shownText } from '../../rules/text';

export const personsText = (persons: readonly { operator: string; name: string }[]): string =>
  persons.map(({ operator, name }) => shownText(`${operator} ${name}`)).join('、');
