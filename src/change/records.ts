import type { ResourceKind } from '../ledger/index.ts';
import type { ArmCounts, Indicator } from './canary/counts.ts';
import type { CanaryProgress } from './canary/state.ts';
import type { Contract } from './contract.ts';
import type { Stamped } from './stamped.ts';
import type { RetryPolicy } from '../retry/index.ts';
import type { LaneOverrides } from '../core/index.ts';
import type { Maintenance, Notifier, Route } from './alerting.ts';
import type { HandCircuit } from './hand-circuit.ts';
import type { Pause } from './pauses/pause.ts';
import type { IncidentRule } from './incident-rule.ts';

/** What the caller gives; id, moments and revision are added where it is stored. */
export type Draft<Item> = Omit<Item, keyof Stamped>;

/** Configuration as the code sees it. The ledger keeps each record as one document. */
export type Application = Stamped & {
  readonly uid: string | null;
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly throttleRate: number | null;
  /** How many people stand behind it, for the impact of an incident; absent or null: nobody said. */
  readonly people?: number | null;
  /** The policy that all its endpoints stand under, by name. */
  readonly policy: string | null;
  /** Which names the signature headers carry: webhook-*, svix-*, or both. */
  readonly signatureHeaders: SignatureHeaderNames;
};

export type Endpoint = Stamped & {
  readonly appId: number;
  readonly uid: string | null;
  readonly url: string;
  /** Another way to the same receiver; null: there is none. */
  readonly alternateUrl: string | null;
  /** Requests go to the alternate URL; without one, to the usual one all the same. */
  readonly isAlternateInUse: boolean;
  readonly description: string;
  readonly disabled: boolean;
  /** Why Holdfast disabled it by itself; null where a person did, or where it is enabled. */
  readonly disabledReason: string | null;
  /** null: all of them. */
  readonly eventTypes: readonly string[] | null;
  /** null: all messages; otherwise those with at least one of these channels. */
  readonly channels: readonly string[] | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Requests a second, at most. */
  readonly throttleRate: number | null;
  /** The same over all endpoints of the application; kept with each of them, where sending needs it. */
  readonly applicationThrottleRate: number | null;
  /** The policy that it stands under, by name; it goes before its application's. */
  readonly policy: string | null;
  /** Where its lane differs from the policies that it stands under. */
  readonly lane: LaneOverrides | null;
  /** Versions of event types' schemas that its payloads are converted to, by event type; null: as accepted. */
  readonly payloadVersions: Readonly<Record<string, string>> | null;
  /** Somebody holds its deliveries back since then, and why; they wait in the ledger. */
  readonly pausedAt: number | null;
  readonly pausedReason: string | null;
  /** Somebody opened its circuit; null: the circuit follows what attempts end in. */
  readonly handCircuit: HandCircuit | null;
  /** As the application asks; kept with each of its endpoints, where sending needs it. */
  readonly signatureHeaders: SignatureHeaderNames;
  /** Headers that each request carries, as sealed JSON of names and values; null for none. */
  readonly sealedHeaders: string | null;
  /** The current secret first, sealed; the others sign alongside until they expire. */
  readonly secrets: readonly SealedSecret[];
};

/** How deliveries are made, under a name (its uid) that applications and endpoints refer to. */
export type Policy = Stamped & {
  readonly name: string;
  readonly description: string;
  /** 1 at first, one more with each update. */
  readonly version: number;
  /** Fields that it leaves out, and parts that are null, it leaves to whoever is asked next. */
  readonly retry: Partial<RetryPolicy> | null;
  readonly lane: LaneOverrides | null;
  /** Requests a second to each endpoint, at most. */
  readonly throttleRate: number | null;
  /** Days for which payloads and attempts are kept, where a message does not say. */
  readonly retentionDays: number | null;
};

export const signatureHeaderNames = ['standard', 'svix', 'both'] as const;
export type SignatureHeaderNames = (typeof signatureHeaderNames)[number];

/** What messages can be about. `name` is its uid. */
export type EventType = Stamped & {
  readonly name: string;
  readonly description: string;
  readonly archived: boolean;
  readonly deprecated: boolean;
  readonly featureFlag: string | null;
  /** JSON Schemas by version. */
  readonly schemas: Readonly<Record<string, unknown>> | null;
  /** What they are good for; null: nothing was said, see noContract. */
  readonly contract: Contract | null;
  /** Where a payload says what its message is worth; absent or null: nowhere. */
  readonly value?: EventTypeValue | null;
};

/** What a message of an event type carries: an amount in its payload, and of which currency. */
export type EventTypeValue = {
  /** JSON Pointer (RFC 6901) into the payload. */
  readonly path: string;
  /** One of both: ISO 4217, or the JSON Pointer of it. */
  readonly currency: string | null;
  readonly currencyPath: string | null;
  /** minor: cents and the like; major: euros and the like, with as many decimals as the currency has. */
  readonly unit: EventTypeValueUnit;
};

export const eventTypeValueUnits = ['minor', 'major'] as const;
export type EventTypeValueUnit = (typeof eventTypeValueUnits)[number];

export type SealedSecret = { readonly sealed: string; readonly expiresAt: number | null };

/** What is promised of deliveries, to whom, and by which team. `name` is its uid. */
export type Objective = Stamped & {
  readonly name: string;
  readonly description: string;
  readonly indicator: ObjectiveIndicator;
  /** The share of outcomes that must be good: above 0, below 1. */
  readonly target: number;
  /** What is on time, ms after acceptance; null for the other indicators. */
  readonly deadlineMs: number | null;
  /** Days of the rolling period. */
  readonly periodDays: number;
  /** The team that keeps the promise. */
  readonly owner: string;
  /** The teams that rely on it. */
  readonly consumers: readonly string[];
  readonly slice: ObjectiveSlice;
  /** What a delivery is worth; null: nobody said. */
  readonly value: ObjectiveValue | null;
};

/**
 * on_time: delivered within `deadlineMs` of acceptance · first_attempt: delivered by the first attempt · accounted: not
 * unaccounted · freshness: the oldest due delivery is younger than a bound · confirmed: the receiver said that it is
 * done with it.
 */
export const objectiveIndicators = [
  'on_time',
  'first_attempt',
  'accounted',
  'freshness',
  'confirmed',
] as const;
export type ObjectiveIndicator = (typeof objectiveIndicators)[number];

/**
 * Which deliveries: all parts that say something must hold, and within a part one of its values (for metadata all of
 * them). Written as they were given, so that a file says the same in another installation.
 */
export type ObjectiveSlice = {
  /** Ids or uids. */
  readonly appIds: readonly string[];
  /** Ids, or `application/endpoint` by uids. */
  readonly endpointIds: readonly string[];
  readonly eventTypes: readonly string[];
  readonly applicationMetadata: Readonly<Record<string, string>>;
  readonly endpointMetadata: Readonly<Record<string, string>>;
};

export type ObjectiveValue = {
  /** Minor units of the currency, such as cents. */
  readonly valuePerDelivery: number;
  /** ISO 4217. */
  readonly currency: string;
};

/** Kept as the hash alone: the token itself is shown once. */
export type Token = Stamped & {
  readonly name: string;
  readonly hash: string;
  readonly scope: TokenScope | 'board' | 'status';
  /** Of a link to the board: the team whose objectives it shows; null or absent: those of all. */
  readonly team?: string | null;
  /** Of a link to the status feed: the application that it is of; null or absent: all. */
  readonly appId?: number | null;
  /** A token for an application that was logged out: its hash is kept so that it stays refused. */
  readonly isRevoked: boolean;
};

/** Each may do what the ones before it may. */
export const tokenScopes = ['read', 'write', 'admin'] as const;
export type TokenScope = (typeof tokenScopes)[number];

/**
 * A change of an endpoint that is tried on a share of its messages first. The endpoint itself stays as it is until
 * the canary is promoted; what would change lives here alone.
 */
export type Canary = Stamped &
  CanaryProgress & {
    readonly appId: number;
    readonly endpointId: number;
    /** Absent: as the endpoint has it. */
    readonly url?: string;
    readonly passTrace?: boolean;
    /** By name; null: none of its own. */
    readonly policy?: string | null;
    /** All pins; null for none at all. */
    readonly payloadVersions?: Readonly<Record<string, string>> | null;
    /** All headers, as sealed JSON; null for none at all. Absent: as the endpoint has them. */
    readonly sealedHeaders?: string | null;
    /** Signs alone in the candidate's arm; once promoted the replaced one signs alongside for a day. */
    readonly sealedSecret?: string;
    /** What is slow, ms; null: too little was known to say. */
    readonly slowAfterMs: number | null;
    /** What is late: not delivered so long after acceptance, ms. */
    readonly deadlineMs: number;
    /** First attempts that a minute must have seen before promotion; null: it need not. */
    readonly peakNeeded: number | null;
    /** What both arms had done when it ended; null while it goes on. */
    readonly result: CanaryResult | null;
  };

export type CanaryResult = {
  readonly stable: ArmCounts;
  readonly candidate: ArmCounts;
  readonly evidence: Readonly<Record<Indicator, number>>;
};

/** The record of each kind of resource. */
export type ItemOf = {
  readonly application: Application;
  readonly endpoint: Endpoint;
  readonly event_type: EventType;
  readonly token: Token;
  readonly policy: Policy;
  readonly canary: Canary;
  readonly notifier: Notifier;
  readonly route: Route;
  readonly incident_rule: IncidentRule;
  readonly maintenance: Maintenance;
  readonly objective: Objective;
  readonly pause: Pause;
};

type WriteOf<Kind extends ResourceKind> =
  | { readonly mode: 'create'; readonly kind: Kind; readonly item: ItemOf[Kind] }
  | {
      readonly mode: 'update';
      readonly kind: Kind;
      readonly item: ItemOf[Kind];
      /** As it was read: refused where another change came since. */
      readonly known: ItemOf[Kind];
      /** It only follows another record that the change tells of: neither listed nor told itself. */
      readonly isFollowing?: boolean;
    }
  | {
      readonly mode: 'delete';
      readonly kind: Kind;
      readonly item: ItemOf[Kind];
      /** What may go with it, of an application: refused where there is more by now. */
      readonly owned?: readonly number[];
    }
  /** Nothing is written: it must be as it was read, since others stand on it. */
  | { readonly mode: 'expect'; readonly kind: Kind; readonly item: ItemOf[Kind] };

/** One record to be written with others, in one change. */
export type Write = { readonly [Kind in ResourceKind]: WriteOf<Kind> }[ResourceKind];
