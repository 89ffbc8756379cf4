/** Formulas live in rules/ alone: elsewhere a text that is called `formula` or `raised` would be held against no code. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '../..');
const ROOMS = [
  'parameters',
  'figures',
  'activities',
  'db',
  'audit',
  'explain',
  'web',
  'pack',
  'workflows',
  'worker',
  'scripts',
];

/** Where an explanation is worded for what no rule has computed: the cycle itself, and the side of a line of the books. */
const OF_NO_RULE = ['explain/cycle.ts', 'explain/stored-figure.ts'];

const filesOf = (room: string): string[] =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(room, file));

/** Whether an expression writes a text of its own, rather than naming one; a text in Chinese is a label. */
function writesText(node: ts.Node): boolean {
  if (ts.isStringLiteralLike(node)) return !/^\p{Script=Han}/u.test(node.text);
  if (ts.isTemplateExpression(node)) return true;
  if (ts.isConditionalExpression(node)) return writesText(node.whenTrue) || writesText(node.whenFalse);
  if (ts.isBinaryExpression(node)) return writesText(node.left) || writesText(node.right);
  return ts.isParenthesizedExpression(node) && writesText(node.expression);
}

/** The lines on which a property `formula` or `raised` is given such a text. */
function formulasIn(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isPropertyAssignment(node) &&
      ['formula', 'raised'].includes(node.name.getText()) &&
      writesText(node.initializer)
    )
      found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

const strayIn = (file: string): string[] => formulasIn(file, readFileSync(join(ROOT, file), 'utf8'));

test('no formula is written outside rules/: make it a rule({ article, formula }, …) there, and cite it with reasonOf', () => {
  const files = ROOMS.flatMap(filesOf).filter((file) => !OF_NO_RULE.includes(file));
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(strayIn)).toEqual([]);
});

// prettier-ignore
test.each([
  ["f({ formula: 'a + b' })",                      true],
  ['f({ formula: `${a} + b` })',                   true],
  ["f({ formula: x ? 'a' : 'b' })",                true],
  ["f({ raised: 'a > 0' })",                       true],
  ['f({ formula: owed.formula, raised: r.formula })', false],
  ['interface A { formula: string }',              false],
])('%s is a stray formula: %s', (code, isStray) => {
  expect(formulasIn('a.ts', code)).toEqual(isStray ? ['a.ts:1'] : []);
});
