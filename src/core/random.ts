import { randomBytes } from 'node:crypto';

/** Randomness as a parameter, so that a simulation replays from its seed. */
export type Random = {
  /** A number in [0, 1). */
  next(): number;
  /** `count` bytes. Only `systemRandom` gives bytes fit for secrets. */
  bytes(count: number): Uint8Array;
};

export const systemRandom: Random = {
  next: () => Math.random(),
  bytes: (count) => randomBytes(count),
};

/**
 * mulberry32 (Tommy Ettinger): 32 bits of state, passes gjrand; enough for jitter and simulations, never for secrets.
 * The same seed gives the same sequence.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    bytes(count) {
      const bytes = new Uint8Array(count);
      for (let index = 0; index < count; index += 1) bytes[index] = Math.floor(next() * 256);
      return bytes;
    },
  };
}
