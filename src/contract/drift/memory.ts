/** What is known of a field weighs as much as so many values at most: older ones fade. */
export const MOST_KNOWN = 16_384;
/** Nothing is judged by fewer. */
export const LEAST_KNOWN = 100;

const SHORTEST_BLOCK = 32;
const LONGEST_BLOCK = 512;

/** Values are learned in blocks, one block late; blocks grow with what is known. */
export function isBlockFull(recent: number, known: number): boolean {
  return recent >= Math.min(LONGEST_BLOCK, Math.max(SHORTEST_BLOCK, known / 2));
}
