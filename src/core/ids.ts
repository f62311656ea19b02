import type { Clock } from './clock.ts';

/**
 * One number names a row everywhere. It is at once the ledger's key, its order and its time, so that
 * no second index is needed to find a row by id, by moment or by page:
 *
 *     53 bits (a safe integer)  =  40 bits milliseconds since 2025  |  8 bits sequence  |  5 bits node
 *
 * 40 bits of milliseconds last until November 2059. A burst of more than 256 ids in a millisecond borrows
 * from the next one; ids of a node never repeat and never step back, also when the clock does.
 *
 * Outside the ledger an id is text: a prefix for its kind, nine base62 digits of the number (their order as text
 * is the number's order) and six digits that mark this ledger, so that ids of two installations never meet.
 */
export type IdKind = keyof typeof idPrefixes;

export const idPrefixes = {
  application: 'app_',
  endpoint: 'ep_',
  message: 'msg_',
  attempt: 'atmpt_',
  act: 'act_',
  token: 'tok_',
  policy: 'pol_',
  certificate: 'cert_',
  change: 'chg_',
  canary: 'can_',
  alert: 'alert_',
  notifier: 'ntf_',
  notification: 'note_',
  route: 'rte_',
  maintenance: 'mnt_',
  objective: 'slo_',
  incidentRule: 'rule_',
  incident: 'inc_',
  timeline: 'row_',
  hypothesis: 'hyp_',
  mitigation: 'mit_',
  fix: 'fix_',
  prevention: 'prev_',
  action_item: 'item_',
  pause: 'pause_',
} as const;

const EPOCH_MS = Date.UTC(2025, 0, 1);
const STEPS_PER_MS = 8192;
const NODES = 32;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const NUMBER_DIGITS = 9;
/** All pairs of digits in order, as dividing once for each digit is most of what writing an id costs. */
const pairs = Array.from(DIGITS).flatMap((high) => Array.from(DIGITS, (low) => high + low));
const PAIRS = pairs.length;
/** A digit's value by its character code. */
const digitOf: (number | undefined)[] = Array.from({ length: 128 });
for (let digit = 0; digit < DIGITS.length; digit += 1) digitOf[DIGITS.charCodeAt(digit)] = digit;
export const LEDGER_MARK_DIGITS = 6;

/** The smallest id that the given moment can have; ids of a span of time are `[idAt(from), idAt(to))`. */
export function idAt(atMs: number): number {
  return Math.max(0, Math.floor(atMs) - EPOCH_MS) * STEPS_PER_MS;
}

/** The moment an id was made, in milliseconds since the Unix epoch. */
export function timeOfId(id: number): number {
  return Math.floor(id / STEPS_PER_MS) + EPOCH_MS;
}

export type IdSource = {
  /** A new id, greater than every id this source gave before. */
  next(): number;
};

/**
 * @param node 0..31, unique among the processes that write to one ledger at a time.
 * @param after every id given is greater than this one: pass the newest id the ledger holds.
 */
export function createIdSource(clock: Clock, node = 0, after = 0): IdSource {
  if (!Number.isInteger(node) || node < 0 || node >= NODES) {
    throw new RangeError(`node must be an integer from 0 to ${NODES - 1}, not ${node}`);
  }
  let last = after - (after % NODES) + node;
  return {
    next() {
      last = Math.max(last + NODES, idAt(clock.now()) + node);
      return last;
    },
  };
}

export type IdText = {
  format(kind: IdKind, id: number): string;
  /** The id, or undefined where the text is not an id of that kind and of this ledger. */
  parse(kind: IdKind, text: string): number | undefined;
};

/** @param mark six base62 digits, drawn once when the ledger was made. */
export function createIdText(mark: string): IdText {
  return {
    format(kind, id) {
      let rest = id;
      let digits = '';
      for (let place = 1; place < NUMBER_DIGITS; place += 2) {
        const above = Math.floor(rest / PAIRS);
        digits = (pairs[rest - above * PAIRS] ?? '') + digits;
        rest = above;
      }
      return idPrefixes[kind] + DIGITS.charAt(rest) + digits + mark;
    },
    parse(kind, text) {
      const prefix = idPrefixes[kind];
      if (text.length !== prefix.length + NUMBER_DIGITS + LEDGER_MARK_DIGITS) return undefined;
      if (!text.startsWith(prefix) || !text.endsWith(mark)) return undefined;
      let id = 0;
      for (let place = 0; place < NUMBER_DIGITS; place += 1) {
        const digit = digitOf[text.charCodeAt(prefix.length + place)];
        if (digit === undefined) return undefined;
        id = id * 62 + digit;
      }
      return Number.isSafeInteger(id) ? id : undefined;
    },
  };
}

/** A new ledger's mark from six random bytes. */
export function createLedgerMark(bytes: Uint8Array): string {
  return Array.from(bytes.slice(0, LEDGER_MARK_DIGITS), (byte) => DIGITS.charAt(byte % 62)).join(
    '',
  );
}
