import type { AppliedMitigation } from '../incident.ts';
import { isOverlap, isSetting } from './keys.ts';

/** What a mitigation in force and a new one have in common. */
export type Interaction = {
  /** refuse: both alter one setting · warn: both act on one lane, and neither shows alone what it does. */
  readonly verdict: 'refuse' | 'warn';
  readonly mitigationId: number;
  readonly key: string;
  readonly words: string;
};

/**
 * How a new mitigation stands to those in force: at most one interaction with each, the worst. Two that alter one
 * setting exclude each other, since undoing the first would take the second away too, or be refused.
 */
export function interactions(
  applied: readonly AppliedMitigation[],
  touches: readonly string[],
): readonly Interaction[] {
  return applied
    .filter(({ undoneAt }) => undoneAt === null)
    .flatMap(({ id: mitigationId, title, touches: others }): readonly Interaction[] => {
      const shared = touches.filter((key) => others.some((other) => isOverlap(key, other)));
      const setting = shared.find(isSetting);
      if (setting !== undefined) {
        const words = `"${title}" has altered the same setting. Undo it first.`;
        return [{ verdict: 'refuse', mitigationId, key: setting, words }];
      }
      const [lane] = shared;
      if (lane === undefined) return [];
      const words = `"${title}" acts on the same deliveries: what happens next tells of both together.`;
      return [{ verdict: 'warn', mitigationId, key: lane, words }];
    });
}
