/**
 * The payload that both the bare client and Holdfast deliver: 1,000 bytes of JSON with the message's sequence number
 * and the moment it was sent at fixed places, so that the receiver reads both without parsing JSON.
 */
export const PAYLOAD_BYTES = 1000;

const HEAD = '{"sequence":';
const MIDDLE = ',"sentAtUs":';
/** Added so that the numbers keep their count of digits. */
const FIRST_SEQUENCE = 1_000_000_000;
const FIRST_MOMENT_US = 1_000_000_000_000_000;
const SEQUENCE_AT = HEAD.length;
const SEQUENCE_DIGITS = 10;
const MOMENT_AT = SEQUENCE_AT + SEQUENCE_DIGITS + MIDDLE.length;
const MOMENT_DIGITS = 16;

const OPENING = ',"text":"';
const WORDS = 'The invoice was paid in full and the subscription goes on for another month. ';
const textLength = PAYLOAD_BYTES - MOMENT_AT - MOMENT_DIGITS - OPENING.length - '"}'.length;
const TAIL = `${OPENING}${WORDS.repeat(20).slice(0, textLength)}"}`;

/** @param sentAtUs a moment by `nowUs`. */
export function payloadOf(sequence: number, sentAtUs: number): string {
  return HEAD + (FIRST_SEQUENCE + sequence) + MIDDLE + (FIRST_MOMENT_US + sentAtUs) + TAIL;
}

export function sequenceOf(bytes: Uint8Array): number {
  return digits(bytes, SEQUENCE_AT, SEQUENCE_DIGITS) - FIRST_SEQUENCE;
}

export function sentAtUsOf(bytes: Uint8Array): number {
  return digits(bytes, MOMENT_AT, MOMENT_DIGITS) - FIRST_MOMENT_US;
}

/** Microseconds of the machine's monotonic clock, the same one in every process on it. */
export function nowUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let place = at; place < at + count; place += 1) {
    value = value * 10 + ((bytes[place] ?? 0) - 0x30);
  }
  return value;
}
