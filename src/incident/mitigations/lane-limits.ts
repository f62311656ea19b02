import { fault } from '../../core/index.ts';
import { lanePolicyTable, throttleRateBounds } from '../../change/index.ts';
import { failingBy, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import { changeEndpoint, endpointOf, nameOf, type Mitigation } from './mitigation.ts';
import { idIn, wholeIn, wholeOrNullIn } from './target-fields.ts';

type Lower = {
  readonly endpointId: number;
  readonly concurrency: number | null;
  readonly throttleRate: number | null;
};

/** What is asked of a receiver that is overloaded: a quarter. */
const LOWER_TO = 4;
const RAISE_TO = 2;

export const lowerRate: Mitigation<Lower> = {
  kind: 'lower_rate',
  title: 'Lower rate or concurrency',
  does: 'Sends less to one endpoint at once, or a second. What has no room waits.',
  costs: { level: 2, words: 'Its deliveries come later while more is accepted than is sent.' },
  timeToEffect: { seconds: 5, words: 'With the next delivery; attempts under way end.' },
  risk: 'A backlog grows where the limit lies below what is accepted.',
  undo: 'Puts the limits back as they were.',
  isReversible: true,
  read(target) {
    const concurrency = wholeOrNullIn(target, 'concurrency', lanePolicyTable.concurrency);
    const throttleRate = wholeOrNullIn(target, 'throttleRate', throttleRateBounds);
    if (concurrency === null && throttleRate === null) {
      const detail = 'Say what to lower: concurrency, throttleRate, or both.';
      throw fault('validation', { field: 'target.concurrency', detail });
    }
    return { endpointId: idIn(target, 'endpointId'), concurrency, throttleRate };
  },
  async touches({ endpointId, concurrency, throttleRate }, parts) {
    const { appId } = await endpointOf(parts, endpointId);
    return [
      ...(concurrency === null ? [] : [settingKey('endpoint', endpointId, 'lane')]),
      ...(throttleRate === null ? [] : [settingKey('endpoint', endpointId, 'throttleRate')]),
      laneKey(appId, endpointId),
    ];
  },
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const endpoint = await parts.configuration.endpoints.byId(part.value);
      if (endpoint === null || endpoint.disabled) continue;
      const { concurrency: now } = parts.policyOf(endpoint).lane;
      const concurrency = Math.max(1, Math.floor(now / LOWER_TO));
      if (concurrency === now) continue;
      const because = `Endpoint ${nameOf(endpoint, parts)} has ${shareWords(part)}, and takes up to ${now} requests at once.`;
      found.push({ target: { endpointId: part.value, concurrency, throttleRate: null }, because });
    }
    return found;
  },
  apply({ endpointId, concurrency, throttleRate }, by, parts) {
    return changeEndpoint(
      parts,
      endpointId,
      ({ lane }) => ({
        ...(concurrency === null ? {} : { lane: { ...lane, concurrency } }),
        ...(throttleRate === null ? {} : { throttleRate }),
      }),
      by,
    );
  },
};

type Raise = { readonly endpointId: number; readonly concurrency: number };

export const raiseConcurrency: Mitigation<Raise> = {
  kind: 'raise_concurrency',
  title: 'Raise concurrency',
  does: 'Sends more to one endpoint at once, so that a backlog becomes shorter.',
  costs: { level: 1, words: 'More connections to one receiver.' },
  timeToEffect: { seconds: 5, words: 'With the next delivery.' },
  risk: 'A receiver that is slow because it has too much to do gets more.',
  undo: 'Puts the limit back as it was.',
  isReversible: true,
  read: (target) => ({
    endpointId: idIn(target, 'endpointId'),
    concurrency: wholeIn(target, 'concurrency', lanePolicyTable.concurrency),
  }),
  async touches({ endpointId }, parts) {
    const { appId } = await endpointOf(parts, endpointId);
    return [settingKey('endpoint', endpointId, 'lane'), laneKey(appId, endpointId)];
  },
  /** Where deliveries wait although few of them fail: the lane is what is too narrow. */
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const endpoint = await parts.configuration.endpoints.byId(part.value);
      if (endpoint === null || endpoint.disabled || part.bad > part.total / 2) continue;
      const { lane } = parts.policyOf(endpoint);
      if (lane.ordered) continue;
      const { length } = await waitingOf(part.value, 2 * lane.concurrency);
      if (length < 2 * lane.concurrency) continue;
      const concurrency = Math.min(lane.concurrency * RAISE_TO, lanePolicyTable.concurrency.max);
      if (concurrency === lane.concurrency) continue;
      const because = `Deliveries wait for endpoint ${nameOf(endpoint, parts)}, which takes ${lane.concurrency} at once.`;
      found.push({ target: { endpointId: part.value, concurrency }, because });
    }
    return found;

    async function waitingOf(endpointId: number, atMost: number): Promise<{ length: number }> {
      const { scheduled } = await parts.ledger.laneBacklog({ endpointId, atMost });
      return { length: scheduled };
    }
  },
  apply({ endpointId, concurrency }, by, parts) {
    return changeEndpoint(
      parts,
      endpointId,
      ({ lane }) => ({ lane: { ...lane, concurrency } }),
      by,
    );
  },
};
