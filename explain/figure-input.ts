/** An input that is a figure computed before: one, or a list of them. */
import { type FigureRow, isFigureTable } from '../db/provenance';
import type { Cells, Source } from '../rules/rule';
import { SCHEME_NAMES, type Scheme } from '../rules/vocabulary';
import { type Context, type Input, listOf, placeOf } from './context';
import { figureName, splitFigure } from './figure-names';
import { type StoredFigure, valueOf, withoutInputs } from './stored-figure';
import type { Node } from './tree';
import { asValue, writtenAs } from './values';

const NOT_KEPT = '当时的数；该结果尚未生成';

/** `areaAsked` is the area of the figure that the input belongs to: for other areas only the value is shown. */
export async function figureInput(
  context: Context,
  input: Input,
  { figure, of }: Extract<Source, { figure: string }>,
  areaAsked: string | undefined,
): Promise<Node> {
  const { result, column } = splitFigure(figure);
  if (column === 'area') return placeAmongAreas(input, of.scheme as Scheme);
  if (!isFigureTable(result)) throw new Error(`No figures are kept as ${result}.`);
  const { by, ...cells } = of;
  const table = result === 'budgets' && cells.item === undefined ? 'budget' : result;
  const rows = await context.figures(table, cells);
  const isList = by !== undefined || (cells.area === undefined && 'scheme' in cells);
  if (!isList) return singleFigure(context, input, { result, column, row: rows[0] });

  const listedBy = (by as string | undefined) ?? 'area';
  const listed = inOrder(rows, listedBy, cells[listedBy]);
  const places: Node[] = [];
  for (const [at, row] of listed.entries()) {
    const place = { ...placeOf(input, at), name: row.cells.banner ? row.cells.banner : (row.cells[listedBy] ?? '') };
    const isOfOtherArea = listedBy === 'area' && row.cells.area !== areaAsked;
    places.push(
      isOfOtherArea
        ? ofOtherArea(place.name, { result, column, row })
        : await listedFigure(context, place, { result, column, row }),
    );
  }
  const notKept = listed.length === 0 && Array.isArray(input.value) ? input.value : [];
  places.push(...notKept.map((_, at) => unkept(placeOf(input, at))));
  return listOf({ ...input, zh: figureName(figure) }, places);
}

async function singleFigure(
  context: Context,
  input: Input,
  { row, ...figure }: Omit<StoredFigure, 'row'> & { row: FigureRow | undefined },
): Promise<Node> {
  if (row === undefined) return unkept(input);
  return listedFigure(context, input, { ...figure, row });
}

/** With the value that the reason stored, where it stored one. */
async function listedFigure(context: Context, { name, value, depth }: Input, figure: StoredFigure): Promise<Node> {
  const node = await context.explain(name, figure, depth);
  return value === undefined ? node : { ...node, value: writtenAs(asValue(value), node.value) };
}

function ofOtherArea(name: string, figure: StoredFigure): Node {
  const from = withoutInputs(figure);
  return { name, zh: figureName(from.figure), value: valueOf(figure), from: { ...from, told: 'elsewhere' } };
}

const unkept = ({ name, zh, value }: Input): Node => ({
  name,
  zh,
  value: asValue(value),
  from: { kind: 'stated', text: NOT_KEPT },
});

const placeAmongAreas = ({ name, zh, value }: Input, scheme: Scheme): Node => ({
  name,
  zh,
  value: asValue(value),
  from: { kind: 'stated', text: `${SCHEME_NAMES[scheme]}各统筹区按代码排列的位次` },
});

/** Rows in the order in which the source lists their cells, else as they come. */
function inOrder(rows: FigureRow[], by: string, listed: Cells[string] | undefined): FigureRow[] {
  if (!Array.isArray(listed)) return rows;
  return listed.flatMap((cell) => rows.filter(({ cells }) => cells[by] === String(cell)));
}
