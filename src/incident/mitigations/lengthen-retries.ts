import { fault } from '../../core/index.ts';
import type { Application, Endpoint, Policy } from '../../change/index.ts';
import { parsePolicy, policyBounds, type RetryPolicy } from '../../retry/index.ts';
import { failingBy, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import {
  effectOf,
  endpointOf,
  nameOf,
  type Mitigation,
  type MitigationParts,
} from './mitigation.ts';
import { idOrNullIn, wholeIn } from './target-fields.ts';

/** One of both. */
type Target = {
  readonly endpointId: number | null;
  readonly appId: number | null;
  /** How long retries go on beyond the schedule in force. */
  readonly moreHours: number;
};

const HOUR_MS = 3_600_000;
const MORE_HOURS = { min: 1, max: 336 } as const;
const USUAL_MORE_HOURS = 48;

type Under = {
  readonly appId: number;
  readonly endpoint: Endpoint | null;
  readonly application: Application;
  /** What its own policy says, where it has one. */
  readonly own: Policy | null;
  readonly retry: RetryPolicy;
};

async function find({ endpointId, appId }: Target, parts: MitigationParts): Promise<Under> {
  const { applications, policies } = parts.configuration;
  const endpoint = endpointId === null ? null : await endpointOf(parts, endpointId);
  const application = await applications.byId(endpoint?.appId ?? appId ?? 0);
  if (application === null) throw fault('not_found', { field: 'appId' });
  const name = endpoint === null ? application.policy : endpoint.policy;
  const own = name === null ? null : policies.byName(name);
  const retry =
    endpoint === null
      ? { ...parts.retry, ...policies.ofApplication(application.id)?.retry }
      : parts.policyOf(endpoint).retry;
  return { appId: application.id, endpoint, application, own, retry };
}

/** The same schedule, going on with its last wait (six hours at least) for so long beyond its end. */
export function lengthened(retry: RetryPolicy, moreMs: number): RetryPolicy {
  const { attempts, delayMs, maxAgeMs: ages } = policyBounds;
  const places = attempts.max - retry.delaysMs.length;
  const wanted = Math.max(retry.delaysMs.at(-1) ?? 0, 6 * HOUR_MS);
  const count = Math.min(places, Math.max(1, Math.round(moreMs / wanted)));
  if (count <= 0) return retry;
  const eachMs = Math.min(delayMs.max, Math.round(moreMs / count));
  const delaysMs = [...retry.delaysMs, ...Array.from({ length: count }, () => eachMs)];
  const spanMs = delaysMs.reduce((sum, delay) => sum + delay, 0) * (1 + retry.jitter);
  const maxAgeMs = Math.min(ages.max, Math.max(retry.maxAgeMs, Math.ceil(spanMs)));
  return parsePolicy({ ...retry, delaysMs, maxAgeMs });
}

export const lengthenRetries: Mitigation<Target> = {
  kind: 'lengthen_retries',
  title: 'Lengthen the retry schedule',
  does: 'Deliveries that fail are tried for longer before they are dead letters: a policy of its own, for an endpoint or for an application.',
  costs: { level: 1, words: 'Deliveries stay open for longer.' },
  timeToEffect: {
    seconds: 5,
    words: 'With the next outcome; what is scheduled stays due when it was.',
  },
  risk: 'Events come late, and a receiver may take an old one for news. Endpoints with a policy of their own keep it where an application is meant.',
  undo: 'Goes back to the schedule before; the policy is gone.',
  isReversible: true,
  read(target) {
    const read = {
      endpointId: idOrNullIn(target, 'endpointId'),
      appId: idOrNullIn(target, 'appId'),
      moreHours: wholeIn({ moreHours: USUAL_MORE_HOURS, ...target }, 'moreHours', MORE_HOURS),
    };
    if ((read.endpointId === null) === (read.appId === null)) {
      const detail = 'Name an endpoint or an application.';
      throw fault('validation', { field: 'target.endpointId', detail });
    }
    return read;
  },
  async touches(target, parts) {
    const { appId, endpoint } = await find(target, parts);
    return endpoint === null
      ? [settingKey('application', appId, 'policy'), laneKey(appId)]
      : [settingKey('endpoint', endpoint.id, 'policy'), laneKey(appId, endpoint.id)];
  },
  async candidates(context, parts) {
    const found = [];
    for (const part of failingBy(context, ({ endpointId }) => endpointId)) {
      const endpoint = await parts.configuration.endpoints.byId(part.value);
      if (endpoint === null || endpoint.disabled) continue;
      // A canary that tries a policy stands in the way.
      if (parts.configuration.canaries.activeOf(endpoint.id)?.policy !== undefined) continue;
      const because = `Deliveries to endpoint ${nameOf(endpoint, parts)}, which has ${shareWords(part)}, would not become dead letters meanwhile.`;
      const target = { endpointId: part.value, appId: null, moreHours: USUAL_MORE_HOURS };
      found.push({ target, because });
    }
    return found;
  },
  async apply(target, by, parts) {
    const { policies, endpoints, applications, changes } = parts.configuration;
    const { endpoint, application, own, retry } = await find(target, parts);
    const longer = lengthened(retry, target.moreHours * HOUR_MS);
    if (longer === retry) {
      const detail = `The schedule has ${policyBounds.attempts.max} attempts already, which is the most.`;
      throw fault('state_conflict', { detail });
    }
    const { delaysMs, maxAgeMs } = longer;
    const name = `longer-retries-${parts.ids.next()}`;
    const draft = {
      name,
      description: `Made for an incident${own === null ? '' : `, after "${own.name}"`}: retries go on for ${target.moreHours} h more.`,
      retry: { ...own?.retry, delaysMs, maxAgeMs },
      lane: own?.lane ?? null,
      throttleRate: own?.throttleRate ?? null,
      retentionDays: own?.retentionDays ?? null,
    };
    const made = await policies.create(draft, by);
    try {
      const { revision } =
        endpoint === null
          ? await applications.update(application, (now) => ({ ...now, policy: name }), by)
          : await endpoints.update(endpoint, (now) => ({ ...now, policy: name }), by);
      return effectOf(made.revision, revision);
    } catch (thrown) {
      // Nobody stands under it: it must not stay behind.
      await changes.revert({ ids: [made.revision] }, 'refuse', by);
      throw thrown;
    }
  },
};
