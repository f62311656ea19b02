import { fault, idAt } from '../../core/index.ts';
import { failingBy } from './failing.ts';
import { laneKey } from './keys.ts';
import type { Mitigation } from './mitigation.ts';
import { nameOf } from './mitigation.ts';
import { idIn, idOrNullIn, wholeIn } from './target-fields.ts';

type Target = {
  readonly appId: number;
  readonly endpointId: number | null;
  readonly perSecond: number;
  /** Only dead letters of messages accepted since, ms since the epoch; null: all. */
  readonly sinceAt: number | null;
};

const PER_SECOND = { min: 1, max: 10_000 } as const;
const USUAL_PER_SECOND = 10;

export const redrive: Mitigation<Target> = {
  kind: 'redrive',
  title: 'Redrive at a limited rate',
  does: 'Sends dead letters again, so many a second, once the receiver is well.',
  costs: { level: 2, words: 'Requests beside those of the present.' },
  timeToEffect: { seconds: 60, words: 'As long as the rate takes.' },
  risk: 'What fails again is a dead letter again; a receiver that did the work the first time does it twice unless it looks at the webhook-id.',
  undo: 'None: what was sent was sent.',
  isReversible: false,
  read: (target) => ({
    appId: idIn(target, 'appId'),
    endpointId: idOrNullIn(target, 'endpointId'),
    perSecond: wholeIn({ perSecond: USUAL_PER_SECOND, ...target }, 'perSecond', PER_SECOND),
    sinceAt: idOrNullIn(target, 'sinceAt'),
  }),
  touches: async ({ appId, endpointId }) => [laneKey(appId, endpointId ?? undefined)],
  async candidates(context, parts) {
    const { ledger, configuration } = parts;
    const found = [];
    for (const { value } of failingBy(context, ({ endpointId }) => endpointId)) {
      const endpoint = await configuration.endpoints.byId(value);
      if (endpoint === null || endpoint.disabled) continue;
      const fromId = idAt(context.impactStartAt);
      const filter = { states: ['dead'], endpointId: value, fromId } as const;
      const page = { limit: 1, descending: true };
      const dead = await ledger.deadLetters({ appId: endpoint.appId, filter, ...page });
      if (dead.length === 0) continue;
      const because = `Endpoint ${nameOf(endpoint, parts)} has dead letters since the impact began. Once it is well again.`;
      const target = {
        appId: endpoint.appId,
        endpointId: value,
        perSecond: USUAL_PER_SECOND,
        sinceAt: context.impactStartAt,
      };
      found.push({ target, because });
    }
    return found;
  },
  async apply(
    { appId, endpointId, perSecond, sinceAt },
    by,
    { ledger, acts, ids, clock, configuration },
  ) {
    const application = await configuration.applications.byId(appId);
    if (application === null) throw fault('not_found', { field: 'appId' });
    const actId = ids.next();
    await ledger.startAct({
      id: actId,
      kind: 'redrive',
      appId,
      actor: by.actor,
      reason: by.reason === '' ? 'An incident.' : by.reason,
      filter: {
        states: ['dead'],
        ...(endpointId === null ? {} : { endpointId }),
        ...(sinceAt === null ? {} : { fromId: idAt(sinceAt) }),
      },
      perSecond,
      dueFrom: clock.now(),
    });
    acts.run(actId);
    return { changeIds: [], actId, canaryId: null };
  },
};
