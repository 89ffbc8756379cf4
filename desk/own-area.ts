/**
 * An explanation for a person of one area: what lies below a figure may be another area's, such as the levies that a limit of the fund
 * was measured by. Those places are left out, and how many they were is said; sums of the whole region stay.
 */
import type { Node, RowsOf } from '../explain/tree';

/** `null`: a person of the region, who sees all. */
export function ofOwnArea(node: Node, area: string | null, areas: ReadonlySet<string>): Node {
  return area === null ? node : reduced(node, (place) => place !== area && areas.has(place));
}

type IsOther = (place: string) => boolean;

function reduced(node: Node, isOther: IsOther): Node {
  const { from } = node;
  switch (from.kind) {
    case 'list': {
      const shown = from.places.map((place) => isShown(place, isOther));
      const hidden = shown.filter((isIt) => !isIt).length;
      const places = visible(from.places, isOther);
      if (hidden === 0) return { ...node, from: { ...from, places } };
      // The formula in figures quotes the values of the list.
      const value = Array.isArray(node.value) ? node.value.filter((_, at) => shown[at]) : node.value;
      return { ...node, zh: `${node.zh}，另有其他统筹区 ${hidden} 项`, value, from: { ...from, places } };
    }
    case 'figure':
      return { ...node, from: { ...from, inputs: visible(from.inputs, isOther) } };
    case 'rows':
      return { ...node, from: ofRows(from, isOther) };
    case 'parameter':
    case 'correction':
    case 'stated':
      return node;
  }
}

const isShown = (node: Node, isOther: IsOther): boolean => !isOther(node.name) && !isOther(areaOf(node));
const visible = (nodes: readonly Node[], isOther: IsOther): Node[] =>
  nodes.filter((node) => isShown(node, isOther)).map((node) => reduced(node, isOther));

function areaOf({ from }: Node): string {
  if (from.kind === 'figure') return from.key.area ?? from.key.entity ?? '';
  if (from.kind === 'rows' && typeof from.of.area === 'string') return from.of.area;
  return '';
}

function ofRows(from: RowsOf, isOther: IsOther): RowsOf {
  const isOfOther = (cells: Record<string, unknown>): boolean =>
    Object.values(cells).some((cell) => typeof cell === 'string' && isOther(cell));
  return {
    ...from,
    lines: from.lines.filter(({ cells }) => !isOfOther(cells)),
    ...(from.corrections === undefined ? {} : { corrections: from.corrections.filter(({ key }) => !isOfOther(key)) }),
    ...(from.figures === undefined ? {} : { figures: visible(from.figures, isOther) }),
  };
}
