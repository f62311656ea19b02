/** A command's result on standard output: for programs one line of JSON, for people text of the same values. */
export function printResult<Result>(
  { json }: { readonly json?: true },
  result: Result,
  describe: (result: Result) => string,
): void {
  console.log(json === true ? JSON.stringify(result) : describe(result));
}
