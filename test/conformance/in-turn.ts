/** The results of one call after another. */
export async function inTurn<Result>(
  count: number,
  call: (turn: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  while (results.length < count) results.push(await call(results.length));
  return results;
}
