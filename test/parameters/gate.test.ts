/**
 * The gate of the law: every value that a cycle needs is removed in turn, then ended, then given twice. Each time the year cannot
 * start, and the fault names the value and the article that asks for it.
 */
import { LAW_BOOK, type LawBook, type Lack, allInForce, lawFaultText, lawFaults } from '../../parameters';

const YEAR = 2028;
const LAST_DAY = '2028-12-31';
const given = { value: '1', source: '测试文件' };

type Entries = readonly { until: string | null }[];
/** The book with the entries of one value changed. */
function bookWith(name: string, changed: (entries: Entries) => Entries): LawBook {
  const changeIn = <Value extends { name: string }>(values: readonly Value[], key: string): Value[] =>
    values.map((value) => (value.name === name ? { ...value, [key]: changed((value as never)[key]) } : value));
  return {
    overridable: changeIn(LAW_BOOK.overridable, 'entries'),
    yearly: changeIn(LAW_BOOK.yearly, 'published'),
    own: changeIn(LAW_BOOK.own, 'entries'),
  };
}

const yearly = LAW_BOOK.yearly.map(({ name, ...about }) => ({ name, fullName: `${name}.${YEAR}`, ...about }));
const standing = [...LAW_BOOK.overridable, ...LAW_BOOK.own].map(({ name, ...about }) => ({
  name,
  fullName: name,
  ...about,
}));
const everything = [...standing, ...yearly];
const overridable = [...LAW_BOOK.overridable.map(({ name }) => name), ...yearly.map(({ name }) => name)];

// prettier-ignore
const spoils: [how: string, change: (entries: Entries) => Entries, lack: Lack][] = [
  ['taken away', () => [], 'missing'],
  ['ended before the year', (entries) => entries.map((entry) => ({ ...entry, until: '2025-12-31' })), 'expired'],
  ['ended the day before the year is over', (entries) => entries.map((entry) => ({ ...entry, until: '2028-12-30' })).slice(0, 1), 'expired'],
  ['given twice from one day', ([newest, ...older]) => [newest!, newest!, ...older], 'conflicting'],
];

test('with the book as it is, every year from 2023 to 2040 can start', () => {
  for (let year = 2023; year <= 2040; year++) expect([year, lawFaults(year, {})]).toEqual([year, []]);
});

test('the book holds every value that is pinned', () => {
  const pinned = allInForce(YEAR, {}).map(({ name }) => name);
  expect(everything.map(({ fullName }) => fullName).sort()).toEqual(pinned.sort());
});

describe.each(spoils)('a value %s', (_, change, lack) => {
  test.each(everything)('$fullName', ({ name, fullName, zh, article }) => {
    const book = bookWith(name, change);
    expect(lawFaults(YEAR, {}, book)).toEqual([expect.objectContaining({ name: fullName, zh, article, lack })]);
    const [fault] = lawFaults(YEAR, {}, book);
    const line = lawFaultText(fault!, YEAR);
    for (const part of [fullName, zh, article, '2028']) expect(line).toContain(part);
    // The remedy is in the pack, where it may set the value, else in the book.
    const isCured = lawFaults(YEAR, { [fullName]: given }, book).length === 0;
    expect([line.includes('parameters.json'), isCured]).toEqual(
      overridable.includes(name) ? [true, true] : [false, true],
    );
  });
});

test('all faults at once', () => {
  const none: LawBook = {
    overridable: LAW_BOOK.overridable.map((parameter) => ({ ...parameter, entries: [] })),
    yearly: LAW_BOOK.yearly.map((parameter) => ({ ...parameter, published: [] })),
    own: LAW_BOOK.own.map((parameter) => ({ ...parameter, entries: [] })),
  };
  expect(lawFaults(YEAR, {}, none).map(({ name }) => name)).toEqual([
    ...LAW_BOOK.overridable.map(({ name }) => name),
    ...yearly.map(({ fullName }) => fullName),
    ...LAW_BOOK.own.map(({ name }) => name),
  ]);
});

test('every value says which article asks for it and what it decides', () => {
  for (const { name, article, usedBy } of everything)
    expect([name, article.length > 8, usedBy.length > 0]).toEqual([name, true, true]);
});

describe('a newer value', () => {
  const rate = 'levy.rate.employee';
  const older = { from: '2022-01-01', value: '0.05', source: '先例', assumed: true };
  const newer = { from: '2028-01-01', until: null, value: '0.04', source: '内政办发〔2027〕1号', assumed: false };
  const faultsWith = (until: string | null, year: number, from = newer.from) =>
    lawFaults(
      year,
      {},
      bookWith(rate, () => [
        { ...newer, from },
        { ...older, until },
      ]),
    ).map(({ lack }) => lack);

  // prettier-ignore
  test.each<[why: string, olderEnds: string | null, newerFrom: string, year: number, lacks: Lack[]]>([
    ['ends an older one without an end', null, '2028-01-01', 2028, []],
    ['does not reach the year before', null, '2028-01-01', 2027, []],
    ['of a day in the year holds from the next year on', null, '2028-07-01', 2028, []],
    ['follows one that ended the day before', '2027-12-31', '2028-01-01', 2028, []],
    ['contradicts a document that still holds on its first day', '2028-01-01', '2028-01-01', 2028, ['conflicting']],
    ['contradicts a document that holds for years', '2030-12-31', '2028-01-01', 2029, ['conflicting']],
    ['comes too late for a document that ends within the year', '2028-06-30', '2028-07-01', 2028, ['expired']],
    ['stands alone when that document has ended', '2028-06-30', '2028-07-01', 2029, []],
  ])('%s', (_, until, from, year, lacks) => {
    expect(faultsWith(until, year, from)).toEqual(lacks);
  });
});

test('a document that ends with the year is enough for it', () => {
  const book = bookWith('share.min', (entries) => entries.map((entry) => ({ ...entry, until: LAST_DAY })));
  expect([lawFaults(YEAR, {}, book), lawFaults(YEAR + 1, {}, book).length]).toEqual([[], 1]);
});

describe('the end of the collection: two texts, both in force', () => {
  const of = (name: string) => allInForce(YEAR, {}).find((parameter) => parameter.name === name);
  test('A(2): 31 December', () => {
    expect(of('collection.window.end')).toMatchObject({
      value: '12-31',
      assumed: false,
      source: expect.stringContaining('上年度9月1日至12月31日') as string,
    });
  });
  test('B(7): the end of February at the latest, by a decision', () => {
    expect(of('calendar.extension_latest')).toMatchObject({
      value: '2028-02-29',
      from: '2024-09-03',
      assumed: false,
      source: expect.stringContaining('2025年2月底前') as string,
    });
    expect(of('collection.window.extension')).toMatchObject({ value: null });
  });
});
