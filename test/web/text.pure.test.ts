/** Whatever is put into a template of HTML is escaped, unless it is HTML already. */
import { embeddedJson, markup, same, text } from '../../web/text';

const SCRIPT = '<script>alert("1 & 2")</script>';
const ESCAPED = '&lt;script&gt;alert(&quot;1 &amp; 2&quot;)&lt;/script&gt;';

test('words are escaped, in elements and in attributes', () => {
  expect(markup`<p title="${SCRIPT}">${SCRIPT}</p>`.source).toBe(`<p title="${ESCAPED}">${ESCAPED}</p>`);
});

test('a text becomes a span for each language, or its words where both are the same', () => {
  expect(markup`${text('甲<', 'a<')}`.source).toBe('<span lang="zh">甲&lt;</span><span lang="en">a&lt;</span>');
  expect(markup`${text('a<', 'a<')}`.source).toBe('a&lt;');
});

test('HTML is put in as it is, one piece or several', () => {
  const item = (word: string) => markup`<li>${word}</li>`;
  expect(markup`<ul>${['a', '<'].map(item)}</ul>${item('b')}`.source).toBe(
    '<ul><li>a</li><li>&lt;</li></ul><li>b</li>',
  );
});

test('data cannot end its script element, and stays the same data', () => {
  const { source } = embeddedJson({ words: `${SCRIPT}\u2028` });
  expect(source).not.toMatch(/[<\u2028]/);
  expect(JSON.parse(source)).toEqual({ words: `${SCRIPT}\u2028` });
});

test('controls and marks of direction are shown, not obeyed', () => {
  const { source } = markup`<p>${'东\u202e\u001b\ud83d<河>'}${same('\0')}</p>`;
  expect(source).toBe('<p>东\\u202e\\u001b\\ud83d&lt;河&gt;\\u0000</p>');
});
