import { fault } from '../../core/index.ts';
import { failingBy, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import { nameOf, type Mitigation } from './mitigation.ts';
import { idIn } from './target-fields.ts';

export const stopCanary: Mitigation<{ readonly canaryId: number }> = {
  kind: 'stop_canary',
  title: 'Stop a canary',
  does: 'Ends the trial: all messages go to the endpoint as it is.',
  costs: { level: 1, words: 'The trial begins anew later.' },
  timeToEffect: {
    seconds: 2,
    words: 'At once; retries of what failed go to the endpoint as it is.',
  },
  risk: 'None for deliveries.',
  undo: 'Not by one call: start the canary again.',
  isReversible: false,
  read: (target) => ({ canaryId: idIn(target, 'canaryId') }),
  async touches({ canaryId }, { configuration }) {
    const canary = await configuration.canaries.byId(canaryId);
    if (canary === null) throw fault('not_found', { field: 'canaryId' });
    return [settingKey('canary', canaryId), laneKey(canary.appId, canary.endpointId)];
  },
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const canary = parts.configuration.canaries.activeOf(part.value);
      const endpoint = await parts.configuration.endpoints.byId(part.value);
      if (canary === null || endpoint === null) continue;
      const because = `A canary runs on endpoint ${nameOf(endpoint, parts)}, which has ${shareWords(part)}.`;
      found.push({ target: { canaryId: canary.id }, because });
    }
    return found;
  },
  async apply({ canaryId }, by, { configuration: { canaries }, canaryReport }) {
    const canary = await canaries.byId(canaryId);
    if (canary === null) throw fault('not_found', { field: 'canaryId' });
    const { stable, candidate, evidence } = await canaryReport(canary);
    const reason = by.reason === '' ? 'An incident.' : by.reason;
    const event = { kind: 'stop', reason } as const;
    const moved = await canaries.move(canaryId, event, by, { stable, candidate, evidence });
    return { changeIds: [moved.revision], actId: null, canaryId };
  },
};
