import { fault } from '../../core/index.ts';
import type { Pause } from '../../change/index.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import { failingBy, percent, shareWords } from './failing.ts';
import { laneKey, settingKey } from './keys.ts';
import {
  effectOf,
  type Mitigation,
  type MitigationEffect,
  type MitigationParts,
} from './mitigation.ts';
import { idIn, idOrNullIn, textIn, wholeOrNullIn } from './target-fields.ts';

/** So much of the failures in one place, and it is the place. */
const MOST_OF_IT = 0.8;
const RESUME_PER_SECOND = 100;

/** A pause goes with its application, and so is a part of it. */
function pauseKey(appId: number, eventType: string | null): string {
  const path = eventType === null ? ['all'] : ['type', eventType];
  return appId === 0
    ? settingKey('pause', 'service', ...path)
    : settingKey('application', appId, 'pause', ...path);
}

async function begin(
  { configuration: { pauses } }: MitigationParts,
  given: Pick<Pause, 'appId' | 'eventType' | 'resumePerSecond'>,
  by: ChangeBy,
): Promise<MitigationEffect> {
  const reason = by.reason === '' ? 'An incident.' : by.reason;
  const { revision } = await pauses.begin({ ...given, reason }, by);
  return effectOf(revision);
}

export const pauseApplication: Mitigation<{ readonly appId: number }> = {
  kind: 'pause_application',
  title: 'Pause an application',
  does: 'Holds the deliveries of all endpoints of one application. They are accepted and wait in the ledger.',
  costs: { level: 4, words: 'Nothing of that customer is delivered meanwhile.' },
  timeToEffect: { seconds: 1, words: 'At once; attempts under way end.' },
  risk: 'Its healthy endpoints wait too.',
  undo: 'Resumes it: what waited is sent.',
  isReversible: true,
  read: (target) => ({ appId: idIn(target, 'appId') }),
  touches: async ({ appId }) => [pauseKey(appId, null), laneKey(appId)],
  async candidates(context, { configuration: { applications, pauses } }) {
    const found = [];
    for (const part of failingBy(context, ({ appId }) => appId)) {
      const endpoints = new Set(
        context.counts.filter((row) => row.appId === part.value && row.bad > 0).map(endpointIdOf),
      );
      // Of one endpoint alone, that one is paused.
      if (endpoints.size < 2 || pauses.of(part.value) !== null) continue;
      const application = await applications.byId(part.value);
      if (application === null) continue;
      const because = `Application ${application.uid ?? application.name} has ${shareWords(part)}, at ${endpoints.size} endpoints.`;
      found.push({ target: { appId: part.value }, because });
    }
    return found;
  },
  async apply({ appId }, by, parts) {
    const application = await parts.configuration.applications.byId(appId);
    if (application === null) throw fault('not_found', { field: 'appId' });
    return begin(parts, { appId, eventType: null, resumePerSecond: null }, by);
  },
};

type TypeTarget = {
  readonly eventType: string;
  /** null: of all applications. */
  readonly appId: number | null;
  readonly resumePerSecond: number | null;
};

export const pauseEventType: Mitigation<TypeTarget> = {
  kind: 'pause_event_type',
  title: 'Hold an event type',
  does: 'Holds deliveries of one event type; the others of the same lanes go on. Afterwards what waited is sent at a limited rate.',
  costs: { level: 3, words: 'Deliveries of that type stand still, and become late.' },
  timeToEffect: { seconds: 1, words: 'At once; attempts under way end.' },
  risk: 'In lanes with strict order the other types overtake it.',
  undo: 'Lets them go on, so many a second to each endpoint.',
  isReversible: true,
  read: (target) => ({
    eventType: textIn(target, 'eventType'),
    appId: idOrNullIn(target, 'appId'),
    resumePerSecond: wholeOrNullIn(target, 'resumePerSecond', { min: 1, max: 10_000 }),
  }),
  touches: async ({ eventType, appId }) => [pauseKey(appId ?? 0, eventType), laneKey(appId ?? 0)],
  async candidates(context, { configuration: { pauses } }) {
    const types = new Set(context.counts.map(({ eventType }) => eventType));
    const [worst] = failingBy(context, ({ eventType }) => eventType);
    // Where there is but one type, holding it is a pause of everything.
    if (worst === undefined || worst.share < MOST_OF_IT || types.size < 2) return [];
    const apps = failingBy(context, ({ appId }) => appId);
    const appId = apps.length === 1 ? (apps[0]?.value ?? null) : null;
    if (pauses.typesOf(appId ?? 0).has(worst.value)) return [];
    const because = `Event type ${worst.value} has ${shareWords(worst)}.`;
    const target = { eventType: worst.value, appId, resumePerSecond: RESUME_PER_SECOND };
    return [{ target, because }];
  },
  apply: ({ eventType, appId, resumePerSecond }, by, parts) =>
    begin(parts, { appId: appId ?? 0, eventType, resumePerSecond }, by),
};

export const drain: Mitigation<Readonly<Record<string, never>>> = {
  kind: 'drain',
  title: 'Drain: hold everything',
  does: 'Claims nothing more on this node; attempts under way end, messages are accepted and wait.',
  costs: { level: 5, words: 'Nothing is delivered to anybody.' },
  timeToEffect: { seconds: 1, words: 'At once; attempts under way end.' },
  risk: 'Healthy endpoints wait too, and the whole backlog goes out afterwards.',
  undo: 'Goes on: what waited is sent.',
  isReversible: true,
  read: () => ({}),
  touches: async () => [pauseKey(0, null), laneKey(0)],
  async candidates(context, { configuration: { pauses } }) {
    const bad = context.counts.reduce((sum, row) => sum + row.bad, 0);
    const total = context.counts.reduce((sum, row) => sum + row.total, 0);
    const apps = new Set(context.counts.filter((row) => row.bad > 0).map(({ appId }) => appId));
    // Where most of what is sent fails at many: then the cause is ours, or between us and all of them.
    if (apps.size < 2 || bad < total / 2 || pauses.of(0) !== null) return [];
    const because = `${percent(bad / total)} of the first attempts fail, of ${apps.size} applications.`;
    return [{ target: {}, because }];
  },
  apply: (_target, by, parts) =>
    begin(parts, { appId: 0, eventType: null, resumePerSecond: null }, by),
};

const endpointIdOf = ({ endpointId }: { readonly endpointId: number }): number => endpointId;
