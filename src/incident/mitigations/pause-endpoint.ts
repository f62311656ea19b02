import { failingBy, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import { changeEndpoint, endpointOf, nameOf, type Mitigation } from './mitigation.ts';
import { idIn } from './target-fields.ts';

export const pauseEndpoint: Mitigation<{ readonly endpointId: number }> = {
  kind: 'pause_endpoint',
  title: 'Pause an endpoint',
  does: 'Holds the deliveries of one endpoint. They are accepted and wait in the ledger.',
  costs: { level: 3, words: 'Its deliveries stand still, and become late.' },
  timeToEffect: { seconds: 1, words: 'At once; attempts under way end.' },
  risk: 'What waits is sent as fast as the lane allows once it is resumed.',
  undo: 'Resumes it: what waited is sent.',
  isReversible: true,
  read: (target) => ({ endpointId: idIn(target, 'endpointId') }),
  async touches({ endpointId }, parts) {
    const { appId } = await endpointOf(parts, endpointId);
    return [
      settingKey('endpoint', endpointId, 'pausedAt'),
      settingKey('endpoint', endpointId, 'pausedReason'),
      laneKey(appId, endpointId),
    ];
  },
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const endpoint = await parts.configuration.endpoints.byId(part.value);
      if (endpoint === null || endpoint.disabled || endpoint.pausedAt !== null) continue;
      const because = `Endpoint ${nameOf(endpoint, parts)} has ${shareWords(part)}.`;
      found.push({ target: { endpointId: part.value }, because });
    }
    return found;
  },
  apply({ endpointId }, by, parts) {
    const pausedAt = parts.clock.now();
    const pausedReason = by.reason === '' ? 'An incident.' : by.reason;
    return changeEndpoint(
      parts,
      endpointId,
      (known) => (known.pausedAt === null ? { pausedAt, pausedReason } : {}),
      by,
    );
  },
};
