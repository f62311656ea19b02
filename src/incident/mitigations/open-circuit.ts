import { failingBy, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import { changeEndpoint, endpointOf, nameOf, type Mitigation } from './mitigation.ts';
import { idIn, isIn, wholeOrNullIn } from './target-fields.ts';

type Target = {
  readonly endpointId: number;
  /** null: until it is undone. */
  readonly minutes: number | null;
  readonly withProbes: boolean;
};

const MINUTES = { min: 1, max: 43_200 } as const;

export const openCircuit: Mitigation<Target> = {
  kind: 'open_circuit',
  title: 'Open the circuit by hand',
  does: 'Stops sending to one endpoint; with a time it goes on by itself, by a probe, and with probes one delivery shows now and then how the receiver is.',
  costs: { level: 2, words: 'Its deliveries wait, and use up no attempts.' },
  timeToEffect: { seconds: 1, words: 'At once; attempts under way end.' },
  risk: 'Low: what would have failed is not tried.',
  undo: 'Closes it: it follows what attempts end in again.',
  isReversible: true,
  read: (target) => ({
    endpointId: idIn(target, 'endpointId'),
    minutes: wholeOrNullIn(target, 'minutes', MINUTES),
    withProbes: isIn(target, 'withProbes'),
  }),
  async touches({ endpointId }, parts) {
    const { appId } = await endpointOf(parts, endpointId);
    return [settingKey('endpoint', endpointId, 'handCircuit'), laneKey(appId, endpointId)];
  },
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const endpoint = await parts.configuration.endpoints.byId(part.value);
      if (endpoint === null || endpoint.disabled || endpoint.handCircuit !== null) continue;
      const because = `Endpoint ${nameOf(endpoint, parts)} has ${shareWords(part)}.`;
      const target = { endpointId: part.value, minutes: 30, withProbes: false };
      found.push({ target, because });
    }
    return found;
  },
  apply({ endpointId, minutes, withProbes }, by, parts) {
    const openedAt = parts.clock.now();
    const until = minutes === null ? null : openedAt + minutes * 60_000;
    const handCircuit = { openedAt, until, withProbes, reason: by.reason };
    return changeEndpoint(
      parts,
      endpointId,
      (known) => (known.handCircuit === null ? { handCircuit } : {}),
      by,
    );
  },
};
