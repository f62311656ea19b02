/** A column of a table for eyes. Numbers stand at the right. */
export type Column<Row> = {
  readonly title: string;
  readonly value: (row: Row) => string | number;
};

const GAP = '  ';

/** Rows under titles, columns as wide as their widest value, two spaces between. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const written = columns.map(({ title, value }) => {
    const values = rows.map(value);
    const cells = values.map((cell) => (typeof cell === 'number' ? formatCount(cell) : cell));
    const isNumeric = values.length > 0 && values.every((cell) => typeof cell === 'number');
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    return [title, ...cells].map((cell) => (isNumeric ? cell.padStart(width) : cell.padEnd(width)));
  });
  return Array.from({ length: rows.length + 1 }, (_, line) =>
    written
      .map((cells) => cells[line] ?? '')
      .join(GAP)
      .trimEnd(),
  ).join('\n');
}

/** 12,345 whatever the machine's language, so that scripts of the demo look alike everywhere. */
export function formatCount(count: number): string {
  // Node's own way first loads the data of all languages: 50 ms of a command that takes 200.
  if (!Number.isSafeInteger(count)) return count.toLocaleString('en-US');
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 dead letter`, `2 dead letters`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
