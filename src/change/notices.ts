import type { IdSource, IdText } from '../core/index.ts';
import type { Acceptance } from '../ledger/index.ts';
import { isMatch } from './match.ts';
import type { Application, Endpoint } from './records.ts';

/**
 * Operational webhooks: what Holdfast itself has to say, sent as messages to an application that the operator makes
 * for them (its uid is a setting). A notice is accepted in the commit of the event it tells of and then delivered
 * like any message, so it cannot be lost in silence either. Without that application there are none.
 *
 * Names and fields are Svix's; `message.dead_lettered` is ours.
 */
export type Notices = {
  /** @param failSince endpoint.disabled: when it began to fail. */
  endpoint(
    event: EndpointEvent,
    endpoint: Endpoint,
    failSince?: number,
  ): Promise<readonly Acceptance[]>;
  attempt(events: readonly AttemptEvent[], about: AttemptNotice): Promise<readonly Acceptance[]>;
  /** One for each application that is hit. */
  incident(
    event: IncidentEvent,
    appIds: readonly number[],
    about: IncidentAbout,
  ): Promise<readonly Acceptance[]>;
};

export type IncidentEvent =
  | 'incident.opened'
  | 'incident.updated'
  | 'incident.mitigated'
  | 'incident.closed';

/** What owners of endpoints may know. Moments are ms since the epoch; null: not yet. */
export type IncidentAbout = {
  readonly incidentId: number;
  readonly state: string;
  readonly severity: number;
  readonly message: string;
  readonly impactStartAt: number;
  readonly mitigatedAt: number | null;
  readonly isDrill: boolean;
};

export type EndpointEvent =
  | 'endpoint.created'
  | 'endpoint.updated'
  | 'endpoint.deleted'
  | 'endpoint.disabled';

export type AttemptEvent =
  | 'message.attempt.failing'
  | 'message.attempt.exhausted'
  | 'message.attempt.recovered'
  | 'message.dead_lettered';

export type AttemptNotice = {
  readonly appId: number;
  readonly endpointId: number;
  readonly messageId: number;
  readonly attemptId: number;
  readonly statusCode: number | null;
  readonly at: number;
  /** dead letters: why. */
  readonly reason: string | null;
};

export type NoticeParts = {
  readonly idText: IdText;
  readonly ids: IdSource;
  readonly now: () => number;
  /** The uid of the application that gets them. */
  readonly receiverUid: string;
  readonly retentionDays: number;
  readonly applicationById: (id: number) => Promise<Application | null>;
  readonly applicationByUid: (uid: string) => Promise<Application | null>;
  readonly endpointsOf: (appId: number) => readonly Endpoint[] | Promise<readonly Endpoint[]>;
  readonly eventIdOf: (messageId: number) => Promise<string | null>;
};

export function createNotices(parts: NoticeParts): Notices {
  const { idText, ids, now } = parts;

  async function notice(type: string, appId: number, data: object): Promise<readonly Acceptance[]> {
    const receiver = await parts.applicationByUid(parts.receiverUid);
    // What becomes of notices is not told by notices: that would go round in circles.
    if (receiver === null || receiver.id === appId) return [];
    const endpoints = await parts.endpointsOf(receiver.id);
    const matching = endpoints.filter((endpoint) => isMatch(endpoint, type, null));
    if (matching.length === 0) return [];
    const application = await parts.applicationById(appId);
    const about = { appId: idText.format('application', appId), appUid: application?.uid ?? null };
    return [
      {
        message: {
          id: ids.next(),
          appId: receiver.id,
          eventType: type,
          eventId: null,
          channels: null,
          tags: null,
          payload: JSON.stringify({ type, data: { ...about, ...data } }),
          retentionDays: parts.retentionDays,
          traceparent: null,
          matched: matching.map(({ id }) => id),
        },
        deliveries: matching.map(({ id, disabled }) => ({
          endpointId: id,
          state: disabled ? ('cancelled' as const) : ('scheduled' as const),
          dueAt: disabled ? null : now(),
          attemptId: null,
          reason: disabled ? 'endpoint_disabled' : null,
        })),
        contentHash: null,
        idempotencyKey: null,
      },
    ];
  }

  return {
    endpoint(event, { id, uid, appId }, failSince) {
      return notice(event, appId, {
        endpointId: idText.format('endpoint', id),
        endpointUid: uid,
        ...(failSince === undefined ? {} : { failSince: new Date(failSince).toISOString() }),
      });
    },
    async incident(event, appIds, { incidentId, impactStartAt, mitigatedAt, ...rest }) {
      const data = {
        incidentId: idText.format('incident', incidentId),
        ...rest,
        impactStartAt: new Date(impactStartAt).toISOString(),
        mitigatedAt: mitigatedAt === null ? null : new Date(mitigatedAt).toISOString(),
      };
      const told = await Promise.all(appIds.map((appId) => notice(event, appId, data)));
      return told.flat();
    },
    async attempt(events, about) {
      if (events.length === 0) return [];
      const data = {
        endpointId: idText.format('endpoint', about.endpointId),
        msgId: idText.format('message', about.messageId),
        msgEventId: await parts.eventIdOf(about.messageId),
        lastAttempt: {
          id: idText.format('attempt', about.attemptId),
          responseStatusCode: about.statusCode ?? 0,
          timestamp: new Date(about.at).toISOString(),
        },
      };
      const told = await Promise.all(
        events.map((event) =>
          notice(event, about.appId, {
            ...data,
            ...(event === 'message.dead_lettered' ? { reason: about.reason } : {}),
          }),
        ),
      );
      return told.flat();
    },
  };
}
