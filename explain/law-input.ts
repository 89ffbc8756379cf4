/** An input that is a value of law. */
import type { Source } from '../rules/rule';
import { aboutParameter } from '../parameters/index';
import type { Context, Input } from './context';
import { correctionsOfParameter } from './corrections';
import { WORDS } from './results';
import type { Node, ParameterOf } from './tree';
import { asValue } from './values';

export async function lawInput(
  context: Context,
  { name, value }: Input,
  { parameter, from, source, assumed }: Extract<Source, { parameter: string }>,
): Promise<Node> {
  const pinned = (await context.parameters()).get(parameter);
  const node: ParameterOf = { kind: 'parameter', parameter, from, source, assumed };
  const changes = correctionsOfParameter(await context.corrections(), parameter);
  if (changes.length > 0) node.corrections = changes;
  return {
    name,
    zh: WORDS[name] ?? aboutParameter(parameter).zh,
    value: asValue(value === undefined ? pinned?.value : value),
    from: node,
  };
}
