import assert from 'node:assert/strict';

type Page<Item> = {
  readonly data: readonly Item[];
  readonly done: boolean;
  readonly iterator?: string | null;
  readonly prevIterator?: string | null;
};

type Ask = { readonly limit: number; readonly iterator?: string | null };

/**
 * Walks a list forwards to its end and back again, two items a page.
 * @param expected five names, the last five of the list in its order.
 * @param start an iterator just before them, where more stand in the list.
 */
export async function walksPages<Item>(
  list: (ask: Ask) => Promise<Page<Item>>,
  nameOf: (item: Item) => string,
  expected: readonly string[],
  start: string | null = null,
): Promise<void> {
  const names = ({ data }: Page<Item>): readonly string[] => data.map(nameOf);
  const forwards: Page<Item>[] = [];
  for (let iterator = start; forwards.length < 3;) {
    const page = await list({ limit: 2, iterator });
    forwards.push(page);
    iterator = page.iterator ?? null;
    assert.equal(iterator, names(page).at(-1) ?? null, 'the iterator is the last item');
    assert.equal(page.prevIterator, `-${names(page)[0]}`, 'prevIterator is "-" and the first item');
  }
  assert.deepEqual(forwards.flatMap(names), expected, 'forwards');
  assert.deepEqual(
    forwards.map(({ done }) => done),
    [false, false, true],
    'only the last page is done',
  );

  const [first, second, third] = forwards;
  const before = await list({ limit: 2, iterator: third?.prevIterator ?? null });
  assert.deepEqual(names(before), expected.slice(2, 4), 'the page before the last one');
  const adjacent = await list({ limit: 1, iterator: third?.prevIterator ?? null });
  assert.deepEqual(names(adjacent), expected.slice(3, 4), 'backwards, the adjacent item comes');
  assert.equal(adjacent.done, false, 'backwards too, more follow');
  const back = await list({ limit: 2, iterator: second?.prevIterator ?? null });
  assert.deepEqual(names(back), expected.slice(0, 2), 'back at the beginning');
  if (start === null) {
    assert.equal(back.done, true, 'backwards, the first page is done');
    const none = await list({ limit: 2, iterator: first?.prevIterator ?? null });
    assert.deepEqual([names(none), none.done], [[], true], 'nothing comes before the first item');
  }
  const empty = await list({ limit: 2, iterator: third?.iterator ?? null });
  assert.deepEqual([names(empty), empty.done], [[], true], 'nothing follows the last item');
  assert.equal(empty.iterator ?? null, null, 'an empty page has no iterator');

  const whole = await list({ limit: 250, iterator: start });
  assert.deepEqual([names(whole), whole.done], [expected, true], 'a page may have 250 items');
  const nothing = await list({ limit: 0, iterator: start });
  assert.deepEqual([names(nothing), nothing.done], [[], false], 'a limit of 0 asks only whether');
}
