import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HoldfastError, type Clock } from '../../src/core/index.ts';
import { formatTable } from '../../src/cli/table.ts';
import { collect, duration, moment, percentage, wholeNumber } from '../../src/cli/values.ts';

const noon = Date.UTC(2026, 2, 1, 12);
const clock: Clock = { now: () => noon, after: () => () => {} };

const isRefused =
  (field: string) =>
  (thrown: unknown): boolean =>
    thrown instanceof HoldfastError && thrown.code === 'validation' && thrown.field === field;

test('a whole number keeps its bounds and is nothing else', () => {
  const read = wholeNumber('--n', 1, 10);
  assert.deepEqual(['1', '10', '007'].map(read), [1, 10, 7]);
  for (const text of ['0', '11', '', ' 1', '1.5', '1e1', '-1', '0x1', 'ten']) {
    assert.throws(() => read(text), isRefused('--n'), text);
  }
});

test('a share needs its sign, so that 0.2 cannot be misread', () => {
  const read = percentage('--fail');
  assert.deepEqual(['0%', '20%', '0.5%', '100%'].map(read), [0, 0.2, 0.005, 1]);
  for (const text of ['20', '0.2', '101%', '-1%', '%', '1e1%', '']) {
    assert.throws(() => read(text), isRefused('--fail'), text);
  }
});

test('a duration names its unit and lasts a day at most', () => {
  const read = duration('--delay');
  assert.deepEqual(
    ['0ms', '200ms', '2s', '5m', '24h', '1d'].map(read),
    [0, 200, 2000, 300_000, 86_400_000, 86_400_000],
  );
  for (const text of ['200', '25h', '2d', '1.5s', 's', '']) {
    assert.throws(() => read(text), isRefused('--delay'), text);
  }
});

test('a moment is a date, or how long ago', () => {
  const read = moment('--since', clock);
  assert.equal(read('2026-03-01T11:00:00Z'), '2026-03-01T11:00:00.000Z');
  assert.equal(read('2h'), '2026-03-01T10:00:00.000Z');
  assert.equal(read('7d'), '2026-02-22T12:00:00.000Z');
  for (const text of ['yesterday', '', '1968-01-01']) {
    assert.throws(() => read(text), isRefused('--since'), text);
  }
});

test('what is given several times is kept in order', () => {
  assert.deepEqual(collect('b', collect('a')), ['a', 'b']);
});

test('a table aligns numbers at the right and ends no line in blanks', () => {
  const rows = [
    { name: 'short', count: 1, note: '' },
    { name: 'rather long', count: 12_345, note: 'x' },
  ];
  const table = formatTable(
    [
      { title: 'NAME', value: ({ name }) => name },
      { title: 'N', value: ({ count }) => count },
      { title: 'NOTE', value: ({ note }) => note },
    ],
    rows,
  );
  assert.deepEqual(table.split('\n'), [
    'NAME              N  NOTE',
    'short             1',
    'rather long  12,345  x',
  ]);
});
