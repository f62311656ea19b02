/** Draws are whole numbers below this: hundredths of a percent. */
const DRAWS = 10_000;

/**
 * The draw of a message in a canary, 0..9999: the same for ever, even over all messages, and without a bond to the
 * draws of another canary. Both ids are mixed word by word with MurmurHash3 (Austin Appleby, public domain), as ids
 * that follow each other must not draw alike.
 */
export function drawOf(canaryId: number, messageId: number): number {
  let hash = 0;
  hash = mix(hash, Math.floor(canaryId / 4_294_967_296));
  hash = mix(hash, canaryId % 4_294_967_296);
  hash = mix(hash, Math.floor(messageId / 4_294_967_296));
  hash = mix(hash, messageId % 4_294_967_296);
  return Math.floor((finish(hash ^ 16) / 4_294_967_296) * DRAWS);
}

/**
 * Whether a message goes to the candidate where `percent` of them do. A larger percent only adds messages: who was
 * in the candidate's arm stays there.
 * @param percent 0..100, in hundredths at most.
 */
export function isCandidate(canaryId: number, messageId: number, percent: number): boolean {
  return percent > 0 && drawOf(canaryId, messageId) < percent * (DRAWS / 100);
}

function mix(hash: number, word: number): number {
  let key = Math.imul(word, 0xcc9e2d51);
  key = Math.imul((key << 15) | (key >>> 17), 0x1b873593);
  const mixed = hash ^ key;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number): number {
  let mixed = hash;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
