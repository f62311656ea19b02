/** A noun as it agrees with a number: `one` with 1, `many` with every other. */
export function nounOf(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? one : many;
}

/** `1 message`, `2 messages`; `2 deliveries` where the plural is given. */
export function counted(count: number, one: string, many?: string): string {
  return `${count} ${nounOf(count, one, many)}`;
}
