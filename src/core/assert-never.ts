/** Ends every `switch` over a union: the compiler refuses a forgotten member, the throw names it at run time. */
export function assertNever(value: never): never {
  throw new Error(`A value that the types exclude turned up: ${JSON.stringify(value)}`);
}
