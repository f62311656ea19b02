import { fault } from '../../core/index.ts';
import { failingBy, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import { changeEndpoint, endpointOf, nameOf, type Mitigation } from './mitigation.ts';
import { idIn } from './target-fields.ts';

export const alternateUrl: Mitigation<{ readonly endpointId: number }> = {
  kind: 'alternate_url',
  title: 'Route to the alternate URL',
  does: "Sends an endpoint's deliveries to its alternate URL, retries of those that failed included.",
  costs: { level: 1, words: 'None, where the other URL is as good.' },
  timeToEffect: { seconds: 1, words: 'At once; retries when they are due.' },
  risk: 'The other site gets all of the load at once, and may not have been used for long.',
  undo: 'Goes back to the usual URL.',
  isReversible: true,
  read: (target) => ({ endpointId: idIn(target, 'endpointId') }),
  async touches({ endpointId }, parts) {
    const { appId } = await endpointOf(parts, endpointId);
    return [
      settingKey('endpoint', endpointId, 'isAlternateInUse'),
      settingKey('endpoint', endpointId, 'alternateUrl'),
      settingKey('endpoint', endpointId, 'url'),
      laneKey(appId, endpointId),
    ];
  },
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const { endpoints, canaries } = parts.configuration;
      const endpoint = await endpoints.byId(part.value);
      if (endpoint === null || endpoint.disabled) continue;
      if (endpoint.alternateUrl === null || endpoint.isAlternateInUse) continue;
      // A canary with a URL of its own is compared with the endpoint where it is.
      if (canaries.activeOf(endpoint.id)?.url !== undefined) continue;
      const because = `Endpoint ${nameOf(endpoint, parts)} has an alternate URL, and ${shareWords(part)}.`;
      found.push({ target: { endpointId: part.value }, because });
    }
    return found;
  },
  apply({ endpointId }, by, parts) {
    return changeEndpoint(
      parts,
      endpointId,
      ({ alternateUrl: other }) => {
        if (other === null) {
          throw fault('state_conflict', {
            field: 'alternateUrl',
            detail: 'The endpoint has no alternate URL.',
          });
        }
        return { isAlternateInUse: true };
      },
      by,
    );
  },
};
