/**
 * What the ledger keeps, as the rest of the code sees it. Ids are the numbers of core/ids.ts; moments are
 * milliseconds since the Unix epoch.
 */

/**
 * A delivery is one message for one endpoint, named by the pair. Its states and the arrows between them:
 *
 *     (accept) ──► scheduled ──claim──► in_flight ──settle──► delivered
 *         │            ▲                    │ │
 *         │            ├──── settle: retry ─┘ └──settle──► dead
 *         └─ claimed ──┘ replay, redrive ◄── dead, cancelled, delivered
 *            at accept   scheduled, dead ── cancel ──► cancelled
 *
 * An in_flight delivery whose lease has ended is claimed again; nothing else leaves in_flight but a settlement.
 */
export const deliveryStates = ['scheduled', 'in_flight', 'delivered', 'dead', 'cancelled'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** Why an attempt was made: its turn had come, or somebody asked for it. */
export const attemptTriggers = ['scheduled', 'manual'] as const;
export type AttemptTrigger = (typeof attemptTriggers)[number];

export type DeliveryKey = { readonly messageId: number; readonly endpointId: number };

/** What a message is worth to whom it goes. */
export type MessageValue = {
  /** Minor units of the currency, such as cents: an integer of 0 and more, up to 2^53 - 1. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
};

export type Message = {
  readonly id: number;
  readonly appId: number;
  readonly eventType: string;
  readonly eventId: string | null;
  readonly channels: readonly string[] | null;
  readonly tags: readonly string[] | null;
  /** The payload's text exactly as it was sent; null once it was purged, or removed on request. */
  readonly payload: string | null;
  /** Days after acceptance for which payload and attempts are kept; while it is undelivered, longer. */
  readonly retentionDays: number;
  /** The trace it was accepted in (W3C Trace Context); null: none. */
  readonly traceparent: string | null;
  /** What it carries, for each of its deliveries; absent where nothing was said. */
  readonly value?: MessageValue;
  /** When retention removed payload and attempts; absent while it has not. */
  readonly purgedAt?: number;
  /** Endpoints that were promised this message: what the audit holds the deliveries against. */
  readonly matched: readonly number[];
};

export type Delivery = DeliveryKey & {
  readonly appId: number;
  readonly state: DeliveryState;
  /** Attempts started so far, over all rounds. */
  readonly attempts: number;
  /** scheduled: when the next attempt is due; in_flight: when the lease ends; otherwise null. */
  readonly dueAt: number | null;
  /** The attempt under way, or the last one. */
  readonly attemptId: number | null;
  /** dead and cancelled: why. */
  readonly reason: string | null;
  /** The act that last touched this delivery. */
  readonly actId: number | null;
};

/** What a detector knows, in its own form; null forgets it. */
export type DetectorMemory = {
  /** At most 512 characters. */
  readonly key: string;
  readonly state: string | null;
};

/** The phases of an attempt, in their order. */
export const attemptPhases = ['dns', 'connect', 'tls', 'send', 'first_byte', 'last_byte'] as const;
export type AttemptPhase = (typeof attemptPhases)[number];

/** What is told apart in the timings of an endpoint: the wait before the attempt, its phases, and the whole of it. */
export const timedPhases = ['queued', ...attemptPhases, 'total'] as const;
export type TimedPhase = (typeof timedPhases)[number];

/** The timings of one endpoint, phase and minute; after a restart there may be several for a minute. */
export type StoredTiming = {
  readonly id: number;
  readonly endpointId: number;
  /** The minute's start. */
  readonly minuteAt: number;
  readonly phase: TimedPhase;
  /** An HDR histogram of microseconds in its own compressed form (V2), base64. */
  readonly histogram: string;
};

/** How long each phase of an attempt took, in milliseconds, kept to the microsecond; null where there was none. */
export type AttemptTiming = {
  /** From when the delivery was due until the attempt began, in whole milliseconds. */
  readonly queuedMs: number | null;
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly sentMs: number | null;
  readonly firstByteMs: number | null;
  readonly lastByteMs: number | null;
  /** The phase in which it failed; null where a whole answer came, or nothing was sent. */
  readonly failedPhase: AttemptPhase | null;
};

export type Attempt = DeliveryKey & {
  readonly id: number;
  /** 1 for the first attempt of the delivery. */
  readonly nth: number;
  readonly trigger: AttemptTrigger;
  readonly outcome: string;
  readonly statusCode: number | null;
  readonly durationMs: number;
  readonly timing: AttemptTiming;
  /** What went wrong, in a sentence; null where there was an answer. */
  readonly detail: string | null;
  readonly response: string;
  readonly url: string;
  /** The canary whose candidate it went to; null: the endpoint as it was. */
  readonly canaryId: number | null;
  /** The IP address it went to; where no connection came about, the last one that was tried. null: none was. */
  readonly address: string | null;
  /** The chain that the peer showed, also one that was not trusted, as `chainFingerprint` says; null: none. */
  readonly certificate: string | null;
};

/** What a restart must not forget of a lane. */
export type LaneMemory = {
  /** Since when every attempt failed; null: the last one did not. */
  readonly failingSince: number | null;
  /** A lane in strict order: when the delivery at its head is due again. */
  readonly resumeAt: number | null;
};

/** What is remembered of an event type's payloads, as src/contract/drift writes it; null: nothing any more. */
export type DriftMemory = { readonly eventType: string; readonly state: string | null };

/** One certificate of a chain that a receiver showed and that was verified. */
export type CertificateLink = {
  /** SHA-256, in hex with colons. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: number;
  readonly validTo: number;
};

/** The chain that a receiver showed last. */
export type Certificate = {
  readonly id: number;
  /** host:port */
  readonly peer: string;
  /** Leaf to root. */
  readonly chain: readonly CertificateLink[];
  /** When the first of the chain expires. */
  readonly expiresAt: number;
  /** Since when this chain is the last one seen. */
  readonly firstSeenAt: number;
  /** To the day. */
  readonly lastSeenAt: number;
};

/** Configuration of any kind is kept the same way: a document under an id and, where it has one, a uid. */
export const resourceKinds = [
  'application',
  'endpoint',
  'event_type',
  'token',
  'policy',
  'canary',
  'notifier',
  'route',
  'maintenance',
  'objective',
  'pause',
  'incident_rule',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];

export type Resource = {
  readonly kind: ResourceKind;
  /** The application it belongs to; 0 for what belongs to none. */
  readonly appId: number;
  readonly id: number;
  readonly uid: string | null;
  readonly doc: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The change that wrote it last: what an update says that it has seen. */
  readonly revision: number;
};

/**
 * What a change can be about: our own configuration, what was seen to change at receivers, and what others say that
 * they changed.
 */
export const changeKinds = [
  ...resourceKinds,
  'certificate',
  'address',
  'server',
  'drift',
  'deploy',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** The last two change nothing here: somebody else's change was seen, or told of. */
export const changeVerbs = ['created', 'updated', 'deleted', 'observed', 'marked'] as const;
export type ChangeVerb = (typeof changeVerbs)[number];

/** Through what a change came. */
export const changeWays = ['api', 'cli', 'console', 'portal', 'holdfast'] as const;
export type ChangeWay = (typeof changeWays)[number];

/** Who changes something, through what, and why. */
export type ChangeBy = {
  readonly actor: string;
  readonly via: ChangeWay;
  /** Empty where nobody said. */
  readonly reason: string;
};

/**
 * One alteration of configuration, whole or not at all, written in the commit of what it alters; or one that was seen
 * or told of elsewhere. The id tells when.
 */
export type Change = ChangeBy & {
  readonly id: number;
  /** The changes that this one takes back. */
  readonly reverts: readonly number[];
  /** The last change that took this one back; null: it stands. */
  readonly revertedBy: number | null;
  readonly items: readonly ChangeItem[];
};

/** What a change did to one thing. */
export type ChangeItem = {
  readonly kind: ChangeKind;
  readonly verb: ChangeVerb;
  /** The application it belongs to, of an application itself; 0 for what belongs to none. */
  readonly appId: number;
  /** The resource; null for what is none of ours. */
  readonly subjectId: number | null;
  /** What people know it by: a uid, a name, host:port; may be empty. */
  readonly subject: string;
  /** Documents as they were stored, sealed parts included; null: it was not there. */
  readonly before: string | null;
  readonly after: string | null;
};

/** One deliberate intervention on deliveries: who did what to which, and why. Acts on many run in steps. */
export const actKinds = ['replay', 'redrive', 'cancel', 'heal', 'expunge', 'correct'] as const;
export type ActKind = (typeof actKinds)[number];

export type ActFilter = {
  readonly states: readonly ('dead' | 'cancelled')[];
  readonly endpointId?: number | undefined;
  readonly reason?: string | undefined;
  /** Message ids, from (inclusive) and before (exclusive). */
  readonly fromId?: number | undefined;
  readonly beforeId?: number | undefined;
};

export type Act = {
  readonly id: number;
  readonly kind: ActKind;
  readonly appId: number;
  readonly actor: string;
  readonly reason: string;
  readonly filter: ActFilter | null;
  /** Deliveries a second that are made due; null for acts that take effect at once. */
  readonly perSecond: number | null;
  readonly done: boolean;
  /** Deliveries it has touched so far. */
  readonly touched: number;
};
