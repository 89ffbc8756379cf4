/** Text from outside: what counts as text, what is shown of it, and what each way out takes of it. */
import fc from 'fast-check';
import { flawOfWords } from '../../rules/decisions';
import {
  LONGEST_NAME,
  MOST,
  type WayOut,
  fitting,
  harmless,
  hasLetterOrDigit,
  isDocument,
  isName,
  isReason,
  shownText,
  withNames,
} from '../../rules/text';

/** Blanks, points, controls, characters without a shape, empty letters, half a character. */
const SAYS_NOTHING = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u3000',
  '\u200b',
  '\ufeff',
  '\u00ad',
  '\u2060',
  '\u3164',
  '\u115f',
  '\u202e',
  '—',
  '。',
  '…',
  '\u2800',
  '\ud83d',
  '😀',
  '\u0301',
];
const SAYS_SOMETHING = ['内医保发〔2028〕5号', '7', '〇', '无', 'a', ' x ', '①', 'ᠮᠣᠩᠭᠣᠯ', '𠀀'];

test.each(SAYS_NOTHING.map((text) => [shownText(text), text]))(
  '“%s” is no document number and no reason',
  (_, text) => {
    expect([hasLetterOrDigit(text), isDocument(text), isReason(text)]).toEqual([false, false, false]);
  },
);
test.each(SAYS_SOMETHING)('“%s” is one', (text) => {
  expect([hasLetterOrDigit(text), isDocument(text), isReason(text)]).toEqual([true, true, true]);
});

test.each([
  ['a line break in a document number', isDocument, '5号\n6号'],
  ['a control character in one', isDocument, '5号\u001b[2J'],
  ['a control character in a reason', isReason, '重复\u009b2J'],
  ['a name that turns the line', isName, '\u202e市'],
  ['a name with a zero-width space', isName, '东\u200b河'],
  ['a name of two lines', isName, '东河\n盟'],
  ['half a character in a name', isName, '东\ud83d河'],
  ['a code that is no character', isName, '东\uffff河'],
  ['a code that is no character, in a reason', isReason, '重复\ufffe'],
  ['a name that is too long', isName, '长'.repeat(LONGEST_NAME + 1)],
])('%s is refused', (_, isFit, text) => expect(isFit(text)).toBe(false));

test('a name is counted in characters, and a reason may have lines', () => {
  expect(isName('𠀀'.repeat(LONGEST_NAME))).toBe(true);
  expect(isReason('第一行\n第二行')).toBe(true);
});

test('what cannot be seen is named where it stands', () => {
  expect(shownText('\ufeffarea')).toBe('[U+FEFF 字节顺序标记 BOM]area');
  expect(shownText(' area  ')).toBe('␠area␠␠');
  expect(shownText('a b\u200b\u3000')).toBe('a b[U+200B 零宽空格][U+3000 全角空格]');
  expect(shownText('\ud83d\u001b\ue000\u3164\ufe0f')).toBe(
    '[U+D83D 半个字符][U+001B 转义符 ESC][U+E000 自造字][U+3164 不可见字符][U+FE0F 不可见字符]',
  );
  expect(withNames('没有工号 a\u200b。\n可能是 b')).toBe('没有工号 a[U+200B 零宽空格]。\n可能是 b');
});

test('an act from a page says something in what it gives', () => {
  expect(flawOfWords({ document: '5号', note: '属实' })).toBeNull();
  expect(flawOfWords({ document: '', note: null })).toBeNull();
  expect(flawOfWords({ document: '\u3000' })).toBe(
    'document “[U+3000 全角空格]”：应为文号：含文字或数字、至多 200 字的一行文本 (a document number: one line with a letter or a digit)',
  );
  expect(flawOfWords({ document: { a: 1 } })).toMatch('document “{"a":1}”');
  expect(flawOfWords({ note: 'a\0' })).toMatch('note “a[U+0000 NUL]”');
});

// --- Any text whatever, on every way out --------------------------------------------------------------------------------------

const OBEYED = /\r(?!\n)|[^\P{Cc}\t\n\r]|[\p{Cs}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const piece = fc.oneof(
  fc.constantFrom(
    ...SAYS_NOTHING,
    ...SAYS_SOMETHING,
    '\u001b[2J',
    '\u001b]0;owned\u0007',
    '\u009b',
    '\0',
    '\r',
    '\n',
    '\u2028',
    '\udc00',
    '\uffff',
    '\u{1fffe}',
    '"',
    '\\',
    '𠀀'.repeat(200),
    '长'.repeat(700),
  ),
  fc.string({ unit: 'binary' }),
);
const anything = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''));

test.each(Object.keys(MOST) as WayOut[])('%s takes any text', (way) => {
  fc.assert(
    fc.property(anything, (text) => {
      const { characters, bytes } = MOST[way];
      const out = fitting(text, way);
      expect(out.length).toBeLessThanOrEqual(characters);
      expect(Buffer.byteLength(out)).toBeLessThanOrEqual(bytes);
      expect(out).not.toMatch(OBEYED);
      if (out !== harmless(text))
        expect([out.at(-1), harmless(text).startsWith(out.slice(0, -1))]).toEqual(['…', true]);
    }),
  );
});

test('text of plain characters that fits stays as it is', () => {
  for (const way of Object.keys(MOST) as WayOut[])
    expect(fitting('等待 150100 东河盟\n审批', way)).toBe('等待 150100 东河盟\n审批');
});

test('JSON that is made harmless says the same', () => {
  fc.assert(fc.property(anything, (text) => expect(JSON.parse(harmless(JSON.stringify({ text })))).toEqual({ text })));
});

test('whatever is shown is seen, on one line', () => {
  fc.assert(
    fc.property(anything, (text) => {
      expect(shownText(text)).not.toMatch(/[^\P{C}]|[^\P{Z} ]|\p{Default_Ignorable_Code_Point}|^ | $/u);
      expect(shownText(shownText(text))).toBe(shownText(text));
    }),
  );
});
