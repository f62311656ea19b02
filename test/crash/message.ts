/** The payload of message `sequence`: the receiver can tell what it must have been. Not all of it is ASCII. */
export function payloadOf(sequence: number): string {
  return `{"sequence": ${sequence}, "amount": ${sequence}.00, "text": "paid · bezahlt für März ✓"}`;
}

export function sequenceOf(payload: string): number {
  return Number(/"sequence": (\d+)/.exec(payload)?.[1] ?? Number.NaN);
}
