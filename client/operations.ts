// Generated from the routes by scripts/write-openapi.ts: do not edit.

export type Operations = {
  /** Create an application: one customer of yours. */
  'v1.application.create': {
    path: {};
    query: { get_if_exists?: boolean };
    body: {
      name: string;
      uid?: string | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
    };
    answer: {
      id: string;
      uid?: string | null;
      name: string;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List applications, the oldest first unless asked otherwise. */
  'v1.application.list': {
    path: {};
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        uid?: string | null;
        name: string;
        metadata: Record<string, string>;
        throttleRate?: number | null;
        people?: number | null;
        signatureHeaders?: 'standard' | 'svix' | 'both';
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get an application by id or uid. */
  'v1.application.get': {
    path: { app_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      uid?: string | null;
      name: string;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace an application; a uid that is not there yet is created. */
  'v1.application.update': {
    path: { app_id: string };
    query: {};
    body: {
      name: string;
      uid?: string | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
    };
    answer: {
      id: string;
      uid?: string | null;
      name: string;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change the given fields of an application. */
  patch_application: {
    path: { app_id: string };
    query: {};
    body: {
      name?: string;
      uid?: string | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
    };
    answer: {
      id: string;
      uid?: string | null;
      name: string;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      people?: number | null;
      signatureHeaders?: 'standard' | 'svix' | 'both';
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete an application and its endpoints; what is still scheduled is cancelled on record. */
  'v1.application.delete': { path: { app_id: string }; query: {}; body: never; answer: undefined };
  /** Create an endpoint: a URL of the customer that gets messages. */
  'v1.endpoint.create': {
    path: { app_id: string };
    query: {};
    body: {
      url: string;
      alternateUrl?: string | null;
      uid?: string | null;
      description?: string;
      disabled?: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
      headers?: Record<string, string> | null;
      secret?: string | null;
    };
    answer: {
      id: string;
      uid?: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      description: string;
      disabled: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List the endpoints of an application, the newest first unless asked otherwise. */
  'v1.endpoint.list': {
    path: { app_id: string };
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        uid?: string | null;
        url: string;
        alternateUrl: string | null;
        isAlternateInUse: boolean;
        description: string;
        disabled: boolean;
        eventTypes?: string[] | null;
        channels?: string[] | null;
        metadata: Record<string, string>;
        throttleRate?: number | null;
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get an endpoint by id or uid. */
  'v1.endpoint.get': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      uid?: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      description: string;
      disabled: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace an endpoint, its secrets and headers aside; a uid that is not there yet is created. */
  'v1.endpoint.update': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: {
      url: string;
      alternateUrl?: string | null;
      uid?: string | null;
      description?: string;
      disabled?: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
    };
    answer: {
      id: string;
      uid?: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      description: string;
      disabled: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change the given fields of an endpoint. */
  patch_endpoint: {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: {
      url?: string;
      alternateUrl?: string | null;
      uid?: string | null;
      description?: string;
      disabled?: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
    };
    answer: {
      id: string;
      uid?: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      description: string;
      disabled: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata: Record<string, string>;
      throttleRate?: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete an endpoint; what is still scheduled for it is cancelled on record. */
  'v1.endpoint.delete': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** Get the headers that requests to an endpoint carry; of sensitive ones only the names. */
  'v1.endpoint.get-headers': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: { headers: Record<string, string>; sensitive: string[] };
  };
  /** Replace the headers that requests to an endpoint carry. */
  'v1.endpoint.update-headers': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { headers: Record<string, string> };
    answer: undefined;
  };
  /** Change the given headers; null removes one, and deleteHeaders those it names. */
  'v1.endpoint.patch-headers': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { headers: Record<string, string | null>; deleteHeaders?: string[] };
    answer: undefined;
  };
  /** Get the secret that the receiver verifies signatures with. */
  'v1.endpoint.get-secret': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: { key: string };
  };
  /** Give an endpoint a new secret; the old one signs alongside for the grace period. */
  'v1.endpoint.rotate-secret': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { key?: string | null; gracePeriodSeconds?: number | null };
    answer: undefined;
  };
  /** Count the deliveries of an endpoint by status; the last 28 days unless asked otherwise. */
  'v1.endpoint.get-stats': {
    path: { app_id: string; endpoint_id: string };
    query: { since?: string; until?: string };
    body: never;
    answer: { success: number; pending: number; sending: number; fail: number; canceled: number };
  };
  /** Tell how long the attempts of an endpoint took, by phase: count, percentiles and maximum in milliseconds, true to 6 %. The last hour unless asked otherwise, at most a day, of the last 30; by=minute adds each minute. A minute is there about ten seconds after its end. */
  'v1.endpoint.get-timing': {
    path: { app_id: string; endpoint_id: string };
    query: { since?: string; until?: string; by?: 'minute' };
    body: never;
    answer: {
      since: string;
      until: string;
      phases: {
        queued: {
          count: number;
          p50Ms: number;
          p90Ms: number;
          p99Ms: number;
          maxMs: number;
        } | null;
        dns: { count: number; p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number } | null;
        connect: {
          count: number;
          p50Ms: number;
          p90Ms: number;
          p99Ms: number;
          maxMs: number;
        } | null;
        tls: { count: number; p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number } | null;
        send: { count: number; p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number } | null;
        first_byte: {
          count: number;
          p50Ms: number;
          p90Ms: number;
          p99Ms: number;
          maxMs: number;
        } | null;
        last_byte: {
          count: number;
          p50Ms: number;
          p90Ms: number;
          p99Ms: number;
          maxMs: number;
        } | null;
        total: { count: number; p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number } | null;
      };
      minutes?: {
        at: string;
        phases: {
          queued: {
            count: number;
            p50Ms: number;
            p90Ms: number;
            p99Ms: number;
            maxMs: number;
          } | null;
          dns: { count: number; p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number } | null;
          connect: {
            count: number;
            p50Ms: number;
            p90Ms: number;
            p99Ms: number;
            maxMs: number;
          } | null;
          tls: { count: number; p50Ms: number; p90Ms: number; p99Ms: number; maxMs: number } | null;
          send: {
            count: number;
            p50Ms: number;
            p90Ms: number;
            p99Ms: number;
            maxMs: number;
          } | null;
          first_byte: {
            count: number;
            p50Ms: number;
            p90Ms: number;
            p99Ms: number;
            maxMs: number;
          } | null;
          last_byte: {
            count: number;
            p50Ms: number;
            p90Ms: number;
            p99Ms: number;
            maxMs: number;
          } | null;
          total: {
            count: number;
            p50Ms: number;
            p90Ms: number;
            p99Ms: number;
            maxMs: number;
          } | null;
        };
      }[];
    };
  };
  /** Redrive what failed for an endpoint since a moment, and what it missed while it was disabled. */
  'v1.endpoint.recover': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { since: string; until?: string | null };
    answer: { id: string; status: 'running'; task: 'endpoint.recover'; updatedAt: string };
  };
  /** Send an example of an event type to one endpoint, made from its schema. */
  'v1.endpoint.send-example': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { eventType: string };
    answer: {
      id: string;
      eventId?: string | null;
      eventType: string;
      channels?: string[] | null;
      tags?: string[] | null;
      payload: Record<string, unknown>;
      value?: { amount: number; currency: string };
      timestamp: string;
    };
  };
  /** Show an endpoint's lane: its policy, what it does now, why it rests and what waits. */
  'v1.lane.get': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** Change fields of a lane's policy; null takes one back to the service's setting. */
  'v1.lane.patch': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: {
      concurrency?: number | null;
      adaptive?: boolean | null;
      ordered?: boolean | null;
      breakerFailures?: number | null;
      breakerFailurePercent?: number | null;
      breakerOpenMs?: number | null;
      breakerLongestOpenMs?: number | null;
      retryBudgetPercent?: number | null;
      retryBudgetPerSecond?: number | null;
      longestHoldMs?: number | null;
      disableAfterMs?: number | null;
      passTrace?: boolean | null;
    };
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** Hold the deliveries of an endpoint back until it is resumed. They wait in the ledger; none is lost. */
  'v1.lane.pause': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { reason: string };
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** Let the deliveries of a paused endpoint start again, at once. */
  'v1.lane.resume': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** Send the deliveries of an endpoint to its alternate URL, retries of those that failed included, or back to the usual one. */
  'v1.lane.switch-alternate': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { isInUse: boolean; reason?: string };
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** Open the circuit of an endpoint by hand, until a moment or until it is closed by hand; with probes or without. */
  'v1.lane.open-circuit': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { reason: string; until?: string; withProbes?: boolean };
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** Close a circuit that was opened by hand; it follows what attempts end in again. */
  'v1.lane.close-circuit': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      appId: string;
      appUid: string | null;
      endpointId: string;
      endpointUid: string | null;
      url: string;
      alternateUrl: string | null;
      isAlternateInUse: boolean;
      policy: {
        concurrency: number;
        adaptive: boolean;
        ordered: boolean;
        breakerFailures: number;
        breakerFailurePercent: number;
        breakerOpenMs: number;
        breakerLongestOpenMs: number;
        retryBudgetPercent: number;
        retryBudgetPerSecond: number;
        longestHoldMs: number;
        disableAfterMs: number;
        passTrace: boolean;
      };
      overrides: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      };
      isPaused: boolean;
      pausedAt: string | null;
      pausedReason: string | null;
      restsFor:
        | 'paused'
        | 'application_paused'
        | 'service_paused'
        | 'held'
        | 'circuit_open'
        | 'order'
        | null;
      restsUntil: string | null;
      breaker: {
        state: 'closed' | 'open' | 'half_open';
        since: string;
        failuresInARow: number;
        isByHand: boolean;
      };
      handCircuit: {
        openedAt: string;
        until: string | null;
        withProbes: boolean;
        reason: string;
      } | null;
      pausedTypes: string[];
      concurrency: number;
      sending: number;
      held: number;
      failingSince: string | null;
      waiting: number;
      isMoreWaiting: boolean;
      oldestDueAt: string | null;
    };
  };
  /** List the lanes that hold work back now, the soonest to start first: paused, held, in order, or with an open circuit. At most 250. */
  'v1.lane.list-resting': {
    path: {};
    query: {};
    body: never;
    answer: {
      data: {
        appId: string;
        appUid: string | null;
        endpointId: string;
        endpointUid: string | null;
        url: string;
        alternateUrl: string | null;
        isAlternateInUse: boolean;
        policy: {
          concurrency: number;
          adaptive: boolean;
          ordered: boolean;
          breakerFailures: number;
          breakerFailurePercent: number;
          breakerOpenMs: number;
          breakerLongestOpenMs: number;
          retryBudgetPercent: number;
          retryBudgetPerSecond: number;
          longestHoldMs: number;
          disableAfterMs: number;
          passTrace: boolean;
        };
        overrides: {
          concurrency?: number;
          adaptive?: boolean;
          ordered?: boolean;
          breakerFailures?: number;
          breakerFailurePercent?: number;
          breakerOpenMs?: number;
          breakerLongestOpenMs?: number;
          retryBudgetPercent?: number;
          retryBudgetPerSecond?: number;
          longestHoldMs?: number;
          disableAfterMs?: number;
          passTrace?: boolean;
        };
        isPaused: boolean;
        pausedAt: string | null;
        pausedReason: string | null;
        restsFor:
          | 'paused'
          | 'application_paused'
          | 'service_paused'
          | 'held'
          | 'circuit_open'
          | 'order'
          | null;
        restsUntil: string | null;
        breaker: {
          state: 'closed' | 'open' | 'half_open';
          since: string;
          failuresInARow: number;
          isByHand: boolean;
        };
        handCircuit: {
          openedAt: string;
          until: string | null;
          withProbes: boolean;
          reason: string;
        } | null;
        pausedTypes: string[];
        concurrency: number;
        sending: number;
        held: number;
        failingSince: string | null;
      }[];
      isMore: boolean;
    };
  };
  /** Check an endpoint before it is made: its fields, and whether its URL is reached. Connects, posts nothing, changes nothing. */
  'v1.endpoint.validate': {
    path: { app_id: string };
    query: {};
    body: {
      url: string;
      alternateUrl?: string | null;
      uid?: string | null;
      description?: string;
      disabled?: boolean;
      eventTypes?: string[] | null;
      channels?: string[] | null;
      metadata?: Record<string, string> | null;
      throttleRate?: number | null;
      headers?: Record<string, string> | null;
      secret?: string | null;
    };
    answer: {
      url: string;
      isReachable: boolean;
      phases: { dnsMs: number | null; connectMs: number | null; tlsMs: number | null };
      failedPhase: 'dns' | 'connect' | 'tls' | null;
      outcome: string | null;
      detail: string | null;
      certificate: { subject: string; issuer: string; expiresAt: string } | null;
      warnings: string[];
    };
  };
  /** Show which versions of event types the payloads of an endpoint are made for. */
  'v1.endpoint.get-payload-versions': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      payloadVersions: Record<string, string>;
      pins: {
        eventType: string;
        version: string;
        versionInForce: string | null;
        isConverted: boolean;
      }[];
    };
  };
  /** Pin an endpoint to versions of event types: its payloads are made for them. All pins are replaced. */
  'v1.endpoint.set-payload-versions': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { payloadVersions: {} };
    answer: {
      payloadVersions: Record<string, string>;
      pins: {
        eventType: string;
        version: string;
        versionInForce: string | null;
        isConverted: boolean;
      }[];
    };
  };
  /** Create a policy: retries, lane, rate and retention under a name that others refer to. */
  'v1.policy.create': {
    path: {};
    query: {};
    body: {
      name: string;
      description?: string;
      retry?: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane?: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate?: number | null;
      retentionDays?: number | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      version: number;
      retry: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate: number | null;
      retentionDays: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List policies by name. */
  'v1.policy.list': {
    path: {};
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        description: string;
        version: number;
        retry: {
          delaysMs?: number[];
          jitter?: number;
          maxAgeMs?: number;
          retryAfterMaxMs?: number;
        } | null;
        lane: {
          concurrency?: number;
          adaptive?: boolean;
          ordered?: boolean;
          breakerFailures?: number;
          breakerFailurePercent?: number;
          breakerOpenMs?: number;
          breakerLongestOpenMs?: number;
          retryBudgetPercent?: number;
          retryBudgetPerSecond?: number;
          longestHoldMs?: number;
          disableAfterMs?: number;
          passTrace?: boolean;
        } | null;
        throttleRate: number | null;
        retentionDays: number | null;
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Check a policy and simulate what it would do to traffic, beside what is in force; changes nothing. plot=svg draws it. */
  'v1.policy.validate': {
    path: {};
    query: { plot?: 'svg' };
    body: {
      retry?: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane?: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate?: number | null;
      retentionDays?: number | null;
      name?: string;
      appId?: string;
      endpointId?: string;
      load?: { messagesPerSecond: number; minutes: number };
    };
    answer: {
      basis: 'recorded' | 'assumed';
      since: string;
      sampledMinutes: number;
      stepMinutes: number;
      warnings: {
        code: 'attempts' | 'peak' | 'retry_budget' | 'dead_letters';
        scene: 'day' | 'outage';
        text: string;
      }[];
      assumptions: string[];
      present: {
        inForce: {
          retry: { delaysMs: number[]; jitter: number; maxAgeMs: number; retryAfterMaxMs: number };
          lane: {
            concurrency: number;
            adaptive: boolean;
            ordered: boolean;
            breakerFailures: number;
            breakerFailurePercent: number;
            breakerOpenMs: number;
            breakerLongestOpenMs: number;
            retryBudgetPercent: number;
            retryBudgetPerSecond: number;
            longestHoldMs: number;
            disableAfterMs: number;
            passTrace: boolean;
          };
          throttleRate: number | null;
          retentionDays: number;
        };
        plan: {
          attempts: {
            attempt: number;
            earliestWaitMs: number;
            latestWaitMs: number;
            earliestAtMs: number;
            latestAtMs: number;
            mayBeTooOld: boolean;
          }[];
          unreachable: number;
          horizonMs: number;
        };
      };
      candidate: {
        inForce: {
          retry: { delaysMs: number[]; jitter: number; maxAgeMs: number; retryAfterMaxMs: number };
          lane: {
            concurrency: number;
            adaptive: boolean;
            ordered: boolean;
            breakerFailures: number;
            breakerFailurePercent: number;
            breakerOpenMs: number;
            breakerLongestOpenMs: number;
            retryBudgetPercent: number;
            retryBudgetPerSecond: number;
            longestHoldMs: number;
            disableAfterMs: number;
            passTrace: boolean;
          };
          throttleRate: number | null;
          retentionDays: number;
        };
        plan: {
          attempts: {
            attempt: number;
            earliestWaitMs: number;
            latestWaitMs: number;
            earliestAtMs: number;
            latestAtMs: number;
            mayBeTooOld: boolean;
          }[];
          unreachable: number;
          horizonMs: number;
        };
      };
      day: {
        present: {
          messages: number;
          attempts: number;
          amplification: number;
          delivered: number;
          deadLetters: number;
          peakPerMinute: number;
          oldestDeliveryMs: number | null;
          series: number[];
        };
        candidate: {
          messages: number;
          attempts: number;
          amplification: number;
          delivered: number;
          deadLetters: number;
          peakPerMinute: number;
          oldestDeliveryMs: number | null;
          series: number[];
        };
      };
      outage: {
        present: {
          messages: number;
          attempts: number;
          amplification: number;
          delivered: number;
          deadLetters: number;
          peakPerMinute: number;
          oldestDeliveryMs: number | null;
          series: number[];
        };
        candidate: {
          messages: number;
          attempts: number;
          amplification: number;
          delivered: number;
          deadLetters: number;
          peakPerMinute: number;
          oldestDeliveryMs: number | null;
          series: number[];
        };
      };
      load: {
        present: {
          perSecond: number[];
          withinBudget: number[];
          peakPerSecond: number;
          budgetPerSecond: number;
          heldBack: number;
          amplification: number;
        };
        candidate: {
          perSecond: number[];
          withinBudget: number[];
          peakPerSecond: number;
          budgetPerSecond: number;
          heldBack: number;
          amplification: number;
        };
      } | null;
    };
  };
  /** Get a policy by its name. */
  'v1.policy.get': {
    path: { policy_name: string };
    query: {};
    body: never;
    answer: {
      id: string;
      name: string;
      description: string;
      version: number;
      retry: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate: number | null;
      retentionDays: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace a policy, which takes effect at once; one that is not there yet is created. */
  'v1.policy.update': {
    path: { policy_name: string };
    query: {};
    body: {
      description?: string;
      retry?: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane?: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate?: number | null;
      retentionDays?: number | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      version: number;
      retry: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate: number | null;
      retentionDays: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change the given fields of a policy, which takes effect at once. */
  'v1.policy.patch': {
    path: { policy_name: string };
    query: {};
    body: {
      description?: string;
      retry?: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane?: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate?: number | null;
      retentionDays?: number | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      version: number;
      retry: {
        delaysMs?: number[];
        jitter?: number;
        maxAgeMs?: number;
        retryAfterMaxMs?: number;
      } | null;
      lane: {
        concurrency?: number;
        adaptive?: boolean;
        ordered?: boolean;
        breakerFailures?: number;
        breakerFailurePercent?: number;
        breakerOpenMs?: number;
        breakerLongestOpenMs?: number;
        retryBudgetPercent?: number;
        retryBudgetPerSecond?: number;
        longestHoldMs?: number;
        disableAfterMs?: number;
        passTrace?: boolean;
      } | null;
      throttleRate: number | null;
      retentionDays: number | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete a policy that nothing refers to. */
  'v1.policy.delete': { path: { policy_name: string }; query: {}; body: never; answer: undefined };
  /** List the versions of a policy, the newest first, as the list of changes has them. */
  'v1.policy.list-versions': {
    path: { policy_name: string };
    query: {};
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        description: string;
        version: number;
        retry: {
          delaysMs?: number[];
          jitter?: number;
          maxAgeMs?: number;
          retryAfterMaxMs?: number;
        } | null;
        lane: {
          concurrency?: number;
          adaptive?: boolean;
          ordered?: boolean;
          breakerFailures?: number;
          breakerFailurePercent?: number;
          breakerOpenMs?: number;
          breakerLongestOpenMs?: number;
          retryBudgetPercent?: number;
          retryBudgetPerSecond?: number;
          longestHoldMs?: number;
          disableAfterMs?: number;
          passTrace?: boolean;
        } | null;
        throttleRate: number | null;
        retentionDays: number | null;
        createdAt: string;
        updatedAt: string;
        changeId: string;
        actor: string;
        reason: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List the applications and endpoints that stand under a policy, up to 250 of each. */
  'v1.policy.list-users': {
    path: { policy_name: string };
    query: {};
    body: never;
    answer: {
      data: {
        kind: 'application' | 'endpoint';
        appId: string;
        endpointId: string | null;
        name: string;
        appName: string;
      }[];
      isWhole: boolean;
    };
  };
  /** Which policy the endpoints of an application stand under. */
  'v1.application.get-policy': {
    path: { app_id: string };
    query: {};
    body: never;
    answer: { policy: string | null; isMissing: boolean };
  };
  /** Put the endpoints of an application under a policy, at once; null under none. */
  'v1.application.set-policy': {
    path: { app_id: string };
    query: {};
    body: { policy: string | null };
    answer: { policy: string | null; isMissing: boolean };
  };
  /** Show what is in force for an endpoint, and where each value comes from. */
  'v1.endpoint.get-policy': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      policy: string | null;
      isMissing: boolean;
      applicationPolicy: string | null;
      inForce: {
        retry: { delaysMs: number[]; jitter: number; maxAgeMs: number; retryAfterMaxMs: number };
        lane: {
          concurrency: number;
          adaptive: boolean;
          ordered: boolean;
          breakerFailures: number;
          breakerFailurePercent: number;
          breakerOpenMs: number;
          breakerLongestOpenMs: number;
          retryBudgetPercent: number;
          retryBudgetPerSecond: number;
          longestHoldMs: number;
          disableAfterMs: number;
          passTrace: boolean;
        };
        throttleRate: number | null;
        retentionDays: number;
      };
      sources: Record<string, 'service' | 'application_policy' | 'endpoint_policy' | 'endpoint'>;
    };
  };
  /** Put an endpoint under a policy, at once; null under its application's alone. */
  'v1.endpoint.set-policy': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { policy: string | null };
    answer: {
      policy: string | null;
      isMissing: boolean;
      applicationPolicy: string | null;
      inForce: {
        retry: { delaysMs: number[]; jitter: number; maxAgeMs: number; retryAfterMaxMs: number };
        lane: {
          concurrency: number;
          adaptive: boolean;
          ordered: boolean;
          breakerFailures: number;
          breakerFailurePercent: number;
          breakerOpenMs: number;
          breakerLongestOpenMs: number;
          retryBudgetPercent: number;
          retryBudgetPerSecond: number;
          longestHoldMs: number;
          disableAfterMs: number;
          passTrace: boolean;
        };
        throttleRate: number | null;
        retentionDays: number;
      };
      sources: Record<string, 'service' | 'application_policy' | 'endpoint_policy' | 'endpoint'>;
    };
  };
  /** Create an objective: what is promised of which deliveries, by whom and to whom. */
  'v1.objective.create': {
    path: {};
    query: {};
    body: {
      name: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      owner: string;
      description?: string;
      deadlineMs?: number | null;
      periodDays?: number;
      consumers?: string[];
      slice?: {
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
        applicationMetadata?: Record<string, string>;
        endpointMetadata?: Record<string, string>;
      };
      value?: { valuePerDelivery: number; currency: string } | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      deadlineMs: number | null;
      periodDays: number;
      owner: string;
      consumers: string[];
      slice: {
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
        applicationMetadata: Record<string, string>;
        endpointMetadata: Record<string, string>;
      };
      value: { valuePerDelivery: number; currency: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List objectives by name. */
  'v1.objective.list': {
    path: {};
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        description: string;
        indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
        target: number;
        deadlineMs: number | null;
        periodDays: number;
        owner: string;
        consumers: string[];
        slice: {
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
          applicationMetadata: Record<string, string>;
          endpointMetadata: Record<string, string>;
        };
        value: { valuePerDelivery: number; currency: string } | null;
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Hold an objective against what was recorded, without storing it: what its budget would be now. */
  'v1.objective.preview': {
    path: {};
    query: {};
    body: {
      name: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      owner: string;
      description?: string;
      deadlineMs?: number | null;
      periodDays?: number;
      consumers?: string[];
      slice?: {
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
        applicationMetadata?: Record<string, string>;
        endpointMetadata?: Record<string, string>;
      };
      value?: { valuePerDelivery: number; currency: string } | null;
    };
    answer: {
      objective: {
        name: string;
        description: string;
        indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
        target: number;
        deadlineMs: number | null;
        periodDays: number;
        owner: string;
        consumers: string[];
        slice: {
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
          applicationMetadata: Record<string, string>;
          endpointMetadata: Record<string, string>;
        };
        value: { valuePerDelivery: number; currency: string } | null;
      };
      status: {
        at: string;
        from: string;
        good: number;
        bad: number;
        ratio: number;
        isMet: boolean;
        budget: { allowed: number; left: number };
        burn: { windowMs: number; good: number; bad: number; rate: number }[];
        forecast: { exhaustedAt: string | null; assumptions: string[] };
        atRisk: {
          perWeek: number;
          perBad: number;
          currency: string;
          source: 'messages' | 'objective';
        }[];
        burnDown: { at: string; left: number }[];
      };
      endpoints: { appId: string; endpointId: string; good: number; bad: number; share: number }[];
    };
  };
  /** Tell when the burn rates of an objective would have raised an alert over the last 30 days, without storing it. */
  'v1.objective.replay': {
    path: {};
    query: {};
    body: {
      name: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      owner: string;
      description?: string;
      deadlineMs?: number | null;
      periodDays?: number;
      consumers?: string[];
      slice?: {
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
        applicationMetadata?: Record<string, string>;
        endpointMetadata?: Record<string, string>;
      };
      value?: { valuePerDelivery: number; currency: string } | null;
    };
    answer: {
      from: string;
      to: string;
      recordedFrom: string | null;
      isExact: boolean;
      firings: {
        firedAt: string;
        endedAt: string | null;
        severity: 'page' | 'ticket' | 'info';
        burnRate: number;
        windowMs: number;
        bad: number;
        total: number;
      }[];
    };
  };
  /** Read objectives from OpenSLO v1 documents in YAML or JSON, without storing them. */
  'v1.objective.read-openslo': {
    path: {};
    query: {};
    body: { yaml: string };
    answer: {
      objectives: {
        name: string;
        description: string;
        indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
        target: number;
        deadlineMs: number | null;
        periodDays: number;
        owner: string;
        consumers: string[];
        slice: {
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
          applicationMetadata: Record<string, string>;
          endpointMetadata: Record<string, string>;
        };
        value: { valuePerDelivery: number; currency: string } | null;
      }[];
    };
  };
  /** Get an objective by its name. */
  'v1.objective.get': {
    path: { objective_name: string };
    query: {};
    body: never;
    answer: {
      id: string;
      name: string;
      description: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      deadlineMs: number | null;
      periodDays: number;
      owner: string;
      consumers: string[];
      slice: {
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
        applicationMetadata: Record<string, string>;
        endpointMetadata: Record<string, string>;
      };
      value: { valuePerDelivery: number; currency: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace an objective; one that is not there yet is created. */
  'v1.objective.update': {
    path: { objective_name: string };
    query: {};
    body: {
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      owner: string;
      description?: string;
      deadlineMs?: number | null;
      periodDays?: number;
      consumers?: string[];
      slice?: {
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
        applicationMetadata?: Record<string, string>;
        endpointMetadata?: Record<string, string>;
      };
      value?: { valuePerDelivery: number; currency: string } | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      deadlineMs: number | null;
      periodDays: number;
      owner: string;
      consumers: string[];
      slice: {
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
        applicationMetadata: Record<string, string>;
        endpointMetadata: Record<string, string>;
      };
      value: { valuePerDelivery: number; currency: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change the given fields of an objective. */
  'v1.objective.patch': {
    path: { objective_name: string };
    query: {};
    body: {
      indicator?: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target?: number;
      owner?: string;
      description?: string;
      deadlineMs?: number | null;
      periodDays?: number;
      consumers?: string[];
      slice?: {
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
        applicationMetadata?: Record<string, string>;
        endpointMetadata?: Record<string, string>;
      };
      value?: { valuePerDelivery: number; currency: string } | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
      target: number;
      deadlineMs: number | null;
      periodDays: number;
      owner: string;
      consumers: string[];
      slice: {
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
        applicationMetadata: Record<string, string>;
        endpointMetadata: Record<string, string>;
      };
      value: { valuePerDelivery: number; currency: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete an objective. What was recorded stays. */
  'v1.objective.delete': {
    path: { objective_name: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** Tell how an objective stands: budget left, burn rates of an hour, six hours and three days, a forecast, and the endpoints with the most bad outcomes. */
  'v1.objective.get-status': {
    path: { objective_name: string };
    query: { endpoints?: number };
    body: never;
    answer: {
      objective: {
        id: string;
        name: string;
        description: string;
        indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
        target: number;
        deadlineMs: number | null;
        periodDays: number;
        owner: string;
        consumers: string[];
        slice: {
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
          applicationMetadata: Record<string, string>;
          endpointMetadata: Record<string, string>;
        };
        value: { valuePerDelivery: number; currency: string } | null;
        createdAt: string;
        updatedAt: string;
      };
      status: {
        at: string;
        from: string;
        good: number;
        bad: number;
        ratio: number;
        isMet: boolean;
        budget: { allowed: number; left: number };
        burn: { windowMs: number; good: number; bad: number; rate: number }[];
        forecast: { exhaustedAt: string | null; assumptions: string[] };
        atRisk: {
          perWeek: number;
          perBad: number;
          currency: string;
          source: 'messages' | 'objective';
        }[];
        burnDown: { at: string; left: number }[];
      };
      endpoints: { appId: string; endpointId: string; good: number; bad: number; share: number }[];
    };
  };
  /** Tell the outcomes of an objective by the hour of a week, or by the day of its period. */
  'v1.objective.get-history': {
    path: { objective_name: string };
    query: { unit?: 'hour' | 'day' };
    body: never;
    answer: {
      at: string;
      unit: 'hour' | 'day';
      slots: { at: string; good: number; bad: number }[];
    };
  };
  /** Show an objective as a document of OpenSLO v1 in YAML. */
  'v1.objective.get-openslo': {
    path: { objective_name: string };
    query: {};
    body: never;
    answer: { yaml: string };
  };
  /** Tell what the bad outcomes of an objective have in common, ranked: endpoint, host, resolved address, certificate chain, change in force, canary arm, application, event type, policy, labels; and how they fail. */
  'v1.objective.get-explanation': {
    path: { objective_name: string };
    query: { from?: string; to?: string };
    body: never;
    answer: {
      at: string;
      from: string;
      to: string;
      exact: { total: number; bad: number };
      sample: { lookedAt: number; total: number; bad: number; isWhole: boolean };
      explanations: {
        dimension: string;
        value: string;
        about: string | null;
        bad: number;
        total: number;
        otherBad: number;
        otherTotal: number;
        lift: number | null;
        liftAtLeast: number;
        explained: number;
        isExact: boolean;
      }[];
      symptoms: {
        dimension: string;
        value: string;
        about: string | null;
        bad: number;
        total: number;
        otherBad: number;
        otherTotal: number;
        lift: number | null;
        liftAtLeast: number;
        explained: number;
        isExact: boolean;
        mostlyAt: { host: string; bad: number } | null;
      }[];
    };
  };
  /** Show all objectives with their budgets, by the teams that keep them and those that rely on them; of one team with team=NAME. */
  'v1.board.get': {
    path: {};
    query: { team?: string };
    body: never;
    answer: {
      at: string;
      team: string | null;
      deliveryDeadlineMs: number;
      objectives: {
        name: string;
        description: string;
        indicator: 'on_time' | 'first_attempt' | 'accounted' | 'freshness' | 'confirmed';
        target: number;
        deadlineMs: number | null;
        periodDays: number;
        owner: string;
        consumers: string[];
        slice: {
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
          applicationMetadata: Record<string, string>;
          endpointMetadata: Record<string, string>;
        };
        value: { valuePerDelivery: number; currency: string } | null;
        status: {
          at: string;
          from: string;
          good: number;
          bad: number;
          ratio: number;
          isMet: boolean;
          budget: { allowed: number; left: number };
          burn: { windowMs: number; good: number; bad: number; rate: number }[];
          forecast: { exhaustedAt: string | null; assumptions: string[] };
          atRisk: {
            perWeek: number;
            perBad: number;
            currency: string;
            source: 'messages' | 'objective';
          }[];
          burnDown: { at: string; left: number }[];
        };
        alerts: {
          kind: string;
          severity: 'page' | 'ticket' | 'info';
          state: 'firing' | 'acknowledged' | 'resolved';
          title: string;
          firedAt: string;
        }[];
      }[];
      owners: { team: string; objectives: string[] }[];
      consumers: { team: string; objectives: string[] }[];
    };
  };
  /** Create a link that shows the board of one team, or of all, to whoever has it, and nothing else. It is shown in this answer only; revoking its token ends it. */
  'v1.board.create-link': {
    path: {};
    query: {};
    body: { name: string; team?: string | null };
    answer: { id: string; url: string; team: string | null };
  };
  /** Try a change of an endpoint on a share of its messages first; it steps up, and is promoted or rolled back by itself. */
  'v1.canary.start': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: {
      url?: string;
      headers?: {};
      secret?: string;
      passTrace?: boolean;
      policy?: string | null;
      payloadVersions?: {};
      steps?: { percent: number; minutes: number; atLeast: number }[];
      deadlineSeconds?: number;
      peakPercent?: number;
      reason?: string;
    };
    answer: {
      id: string;
      appId: string;
      endpointId: string;
      state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
      stateReason: string | null;
      createdAt: string;
      endedAt: string | null;
      fields: string[];
      url: string | null;
      policy: string | null;
      payloadVersions: Record<string, string> | null;
      atPromotion: string[];
      steps: { percent: number; minutes: number; atLeast: number }[];
      step: number;
      percent: number;
      deadlineSeconds: number;
      slowAfterMs: number | null;
      peakNeeded: number | null;
      stable: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      candidate: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      compared: {
        indicator: 'failed' | 'late' | 'slow';
        evidence: number;
        rolledBackAt: number;
        words: string;
      }[];
      waitsFor: string[];
    };
  };
  /** Show an endpoint's canary, or the last one it had: both arms side by side, its step, and what it waits for. */
  'v1.canary.get': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      appId: string;
      endpointId: string;
      state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
      stateReason: string | null;
      createdAt: string;
      endedAt: string | null;
      fields: string[];
      url: string | null;
      policy: string | null;
      payloadVersions: Record<string, string> | null;
      atPromotion: string[];
      steps: { percent: number; minutes: number; atLeast: number }[];
      step: number;
      percent: number;
      deadlineSeconds: number;
      slowAfterMs: number | null;
      peakNeeded: number | null;
      stable: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      candidate: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      compared: {
        indicator: 'failed' | 'late' | 'slow';
        evidence: number;
        rolledBackAt: number;
        words: string;
      }[];
      waitsFor: string[];
    };
  };
  /** Send no more messages to the candidate until the canary is resumed; its time stands still. */
  'v1.canary.pause': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { reason?: string };
    answer: {
      id: string;
      appId: string;
      endpointId: string;
      state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
      stateReason: string | null;
      createdAt: string;
      endedAt: string | null;
      fields: string[];
      url: string | null;
      policy: string | null;
      payloadVersions: Record<string, string> | null;
      atPromotion: string[];
      steps: { percent: number; minutes: number; atLeast: number }[];
      step: number;
      percent: number;
      deadlineSeconds: number;
      slowAfterMs: number | null;
      peakNeeded: number | null;
      stable: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      candidate: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      compared: {
        indicator: 'failed' | 'late' | 'slow';
        evidence: number;
        rolledBackAt: number;
        words: string;
      }[];
      waitsFor: string[];
    };
  };
  /** Let a paused canary go on at its step. */
  'v1.canary.resume': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { reason?: string };
    answer: {
      id: string;
      appId: string;
      endpointId: string;
      state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
      stateReason: string | null;
      createdAt: string;
      endedAt: string | null;
      fields: string[];
      url: string | null;
      policy: string | null;
      payloadVersions: Record<string, string> | null;
      atPromotion: string[];
      steps: { percent: number; minutes: number; atLeast: number }[];
      step: number;
      percent: number;
      deadlineSeconds: number;
      slowAfterMs: number | null;
      peakNeeded: number | null;
      stable: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      candidate: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      compared: {
        indicator: 'failed' | 'late' | 'slow';
        evidence: number;
        rolledBackAt: number;
        words: string;
      }[];
      waitsFor: string[];
    };
  };
  /** Write what the canary tries to the endpoint now, without waiting for its schedule. */
  'v1.canary.promote': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { reason?: string };
    answer: {
      id: string;
      appId: string;
      endpointId: string;
      state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
      stateReason: string | null;
      createdAt: string;
      endedAt: string | null;
      fields: string[];
      url: string | null;
      policy: string | null;
      payloadVersions: Record<string, string> | null;
      atPromotion: string[];
      steps: { percent: number; minutes: number; atLeast: number }[];
      step: number;
      percent: number;
      deadlineSeconds: number;
      slowAfterMs: number | null;
      peakNeeded: number | null;
      stable: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      candidate: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      compared: {
        indicator: 'failed' | 'late' | 'slow';
        evidence: number;
        rolledBackAt: number;
        words: string;
      }[];
      waitsFor: string[];
    };
  };
  /** End a canary; the endpoint stays as it was. */
  'v1.canary.stop': {
    path: { app_id: string; endpoint_id: string };
    query: {};
    body: { reason?: string };
    answer: {
      id: string;
      appId: string;
      endpointId: string;
      state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
      stateReason: string | null;
      createdAt: string;
      endedAt: string | null;
      fields: string[];
      url: string | null;
      policy: string | null;
      payloadVersions: Record<string, string> | null;
      atPromotion: string[];
      steps: { percent: number; minutes: number; atLeast: number }[];
      step: number;
      percent: number;
      deadlineSeconds: number;
      slowAfterMs: number | null;
      peakNeeded: number | null;
      stable: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      candidate: {
        attempts: number;
        ripe: number;
        failed: number;
        late: number;
        slow: number;
        p95Ms: number | null;
      };
      compared: {
        indicator: 'failed' | 'late' | 'slow';
        evidence: number;
        rolledBackAt: number;
        words: string;
      }[];
      waitsFor: string[];
    };
  };
  /** List the canaries of all applications, the newest first. */
  'v1.canary.list': {
    path: {};
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        id: string;
        appId: string;
        endpointId: string;
        state: 'running' | 'paused' | 'promoted' | 'rolled_back' | 'stopped';
        stateReason: string | null;
        createdAt: string;
        endedAt: string | null;
        fields: string[];
        step: number;
        percent: number;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Create an event type; one that was archived comes back as described. */
  'v1.event-type.create': {
    path: {};
    query: { allow_breaking?: boolean };
    body: {
      name: string;
      description: string;
      archived?: boolean;
      deprecated?: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
    };
    answer: {
      name: string;
      description: string;
      archived: boolean;
      deprecated: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List event types by name. */
  'v1.event-type.list': {
    path: {};
    query: {
      limit?: number;
      iterator?: string;
      order?: 'ascending' | 'descending';
      include_archived?: boolean;
      with_content?: boolean;
    };
    body: never;
    answer: {
      data: {
        name: string;
        description: string;
        archived: boolean;
        deprecated: boolean;
        featureFlag?: string | null;
        schemas?: Record<string, Record<string, unknown>> | null;
        value?: {
          path: string;
          currency?: string | null;
          currencyPath?: string | null;
          unit: 'minor' | 'major';
        } | null;
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get an event type. */
  'v1.event-type.get': {
    path: { event_type_name: string };
    query: {};
    body: never;
    answer: {
      name: string;
      description: string;
      archived: boolean;
      deprecated: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace an event type; one that is not there yet is created. */
  'v1.event-type.update': {
    path: { event_type_name: string };
    query: { allow_breaking?: boolean };
    body: {
      description: string;
      archived?: boolean;
      deprecated?: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
    };
    answer: {
      name: string;
      description: string;
      archived: boolean;
      deprecated: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Change the given fields of an event type. */
  patch_event_type: {
    path: { event_type_name: string };
    query: { allow_breaking?: boolean };
    body: {
      description?: string;
      archived?: boolean;
      deprecated?: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
    };
    answer: {
      name: string;
      description: string;
      archived: boolean;
      deprecated: boolean;
      featureFlag?: string | null;
      schemas?: Record<string, Record<string, unknown>> | null;
      value?: {
        path: string;
        currency?: string | null;
        currencyPath?: string | null;
        unit: 'minor' | 'major';
      } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Archive an event type; with expunge, remove it. */
  'v1.event-type.delete': {
    path: { event_type_name: string };
    query: { expunge?: boolean };
    body: never;
    answer: undefined;
  };
  /** List the endpoints of all applications that take an event type, and the version that each is pinned to. A page looks at 5,000 endpoints at most, so it may be empty and not the last. */
  'v1.event-type.list-endpoints': {
    path: { event_type_name: string };
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        appId: string;
        appName: string;
        endpointId: string;
        name: string;
        disabled: boolean;
        takesAll: boolean;
        channels: string[] | null;
        version: string | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Give an example of a payload, made of a version of the schema; without one named, of that in force. */
  'v1.event-type.get-example': {
    path: { event_type_name: string };
    query: { version?: string };
    body: never;
    answer: { version: string | null; payload: Record<string, unknown> };
  };
  /** Tell what is known of the payloads of an event type, and what changed in them. */
  'v1.event-type.get-drift': {
    path: { event_type_name: string };
    query: {};
    body: never;
    answer: {
      looked: number;
      fields: {
        field: string;
        types: string[];
        share: number;
        magnitudes: { name: string; known: number; p5: number; p50: number; p95: number }[];
        values: string[] | null;
        isIgnored: boolean;
      }[];
      ignoredFields: string[];
      findings: {
        id: number;
        kind: 'shift' | 'vanished' | 'new_value' | 'type_changed';
        field: string;
        factor: number | null;
        value: string | null;
        share: number | null;
        sinceMessageId: string;
        foundMessageId: string;
        foundWithin: number;
        examples: { messageId: string; value: string | number | null }[];
        oncePerMessages: number;
        repeats: number;
        state: 'open' | 'accepted' | 'settled';
      }[];
    };
  };
  /** Name the fields of an event type that raise no findings; what is below them raises none either. */
  'v1.event-type.set-drift': {
    path: { event_type_name: string };
    query: {};
    body: { ignoredFields: string[] };
    answer: {
      looked: number;
      fields: {
        field: string;
        types: string[];
        share: number;
        magnitudes: { name: string; known: number; p5: number; p50: number; p95: number }[];
        values: string[] | null;
        isIgnored: boolean;
      }[];
      ignoredFields: string[];
      findings: {
        id: number;
        kind: 'shift' | 'vanished' | 'new_value' | 'type_changed';
        field: string;
        factor: number | null;
        value: string | null;
        share: number | null;
        sinceMessageId: string;
        foundMessageId: string;
        foundWithin: number;
        examples: { messageId: string; value: string | number | null }[];
        oncePerMessages: number;
        repeats: number;
        state: 'open' | 'accepted' | 'settled';
      }[];
    };
  };
  /** Take what was found as normal from now on; it is not reported again. */
  'v1.event-type.accept-drift': {
    path: { event_type_name: string; finding: string };
    query: {};
    body: never;
    answer: {
      id: number;
      kind: 'shift' | 'vanished' | 'new_value' | 'type_changed';
      field: string;
      factor: number | null;
      value: string | null;
      share: number | null;
      sinceMessageId: string;
      foundMessageId: string;
      foundWithin: number;
      examples: { messageId: string; value: string | number | null }[];
      oncePerMessages: number;
      repeats: number;
      state: 'open' | 'accepted' | 'settled';
    };
  };
  /** Send a message. 202 means: it and its deliveries are stored durably. */
  'v1.message.create': {
    path: { app_id: string };
    query: { with_content?: boolean };
    body: {
      eventType: string;
      payload: Record<string, unknown>;
      eventId?: string | null;
      channels?: string[] | null;
      tags?: string[] | null;
      payloadRetentionPeriod?: number;
      transformationsParams?: { rawPayload?: string; headers?: Record<string, string> } | null;
      application?: {
        name: string;
        uid?: string | null;
        metadata?: Record<string, string> | null;
        throttleRate?: number | null;
        people?: number | null;
        signatureHeaders?: 'standard' | 'svix' | 'both';
      } | null;
      value?: { amount: number; currency: string } | null;
    };
    answer: {
      id: string;
      eventId?: string | null;
      eventType: string;
      channels?: string[] | null;
      tags?: string[] | null;
      payload: Record<string, unknown>;
      value?: { amount: number; currency: string };
      timestamp: string;
    };
  };
  /** List the messages of an application, the newest first. */
  'v1.message.list': {
    path: { app_id: string };
    query: {
      limit?: number;
      iterator?: string;
      with_content?: boolean;
      event_types?: string | string[];
      channel?: string;
      tag?: string;
      before?: string;
      after?: string;
    };
    body: never;
    answer: {
      data: {
        id: string;
        eventId?: string | null;
        eventType: string;
        channels?: string[] | null;
        tags?: string[] | null;
        payload: Record<string, unknown>;
        value?: { amount: number; currency: string };
        timestamp: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Send up to 1,000 messages in one commit: a JSON array, or a message a line (NDJSON). Each has its own result. */
  'v1.message.create-batch': {
    path: { app_id: string };
    query: {};
    body: never;
    answer: {
      data: {
        status: number;
        id?: string;
        eventId?: string | null;
        code?: string;
        detail?: string;
        field?: string;
      }[];
      accepted: number;
      isWhole: boolean;
    };
  };
  /** Get a message by its id, or by its event id. */
  'v1.message.get': {
    path: { app_id: string; msg_id: string };
    query: { with_content?: boolean };
    body: never;
    answer: {
      id: string;
      eventId?: string | null;
      eventType: string;
      channels?: string[] | null;
      tags?: string[] | null;
      payload: Record<string, unknown>;
      value?: { amount: number; currency: string };
      timestamp: string;
    };
  };
  /** Remove a message's payload for good; what is still scheduled of it is cancelled on record. */
  'v1.message.expunge-content': {
    path: { app_id: string; msg_id: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** List the deliveries of a message: what became of it at each endpoint, and when the next attempt is due. */
  'v1.delivery.list-by-msg': {
    path: { app_id: string; msg_id: string };
    query: {};
    body: never;
    answer: {
      data: {
        msgId: string;
        endpointId: string;
        eventType?: string;
        state: string;
        reason: string | null;
        attempts: number;
        nextAttempt: string | null;
        lastOutcome?: string | null;
        lastStatusCode?: number | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List the endpoints that a message was for, with its status at each. */
  'v1.message-attempt.list-attempted-destinations': {
    path: { app_id: string; msg_id: string };
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        id: string;
        uid?: string | null;
        url: string;
        description: string;
        disabled?: boolean;
        createdAt: string;
        updatedAt: string;
        status: number;
        statusText: 'success' | 'pending' | 'fail' | 'sending';
        nextAttempt?: string | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List the messages that were attempted at an endpoint, the newest first, with their status there. */
  'v1.message-attempt.list-attempted-messages': {
    path: { app_id: string; endpoint_id: string };
    query: {
      limit?: number;
      iterator?: string;
      with_content?: boolean;
      event_types?: string | string[];
      channel?: string;
      tag?: string;
      before?: string;
      after?: string;
      status?: number;
    };
    body: never;
    answer: {
      data: {
        id: string;
        eventId?: string | null;
        eventType: string;
        channels?: string[] | null;
        tags?: string[] | null;
        payload: Record<string, unknown>;
        value?: { amount: number; currency: string };
        timestamp: string;
        status: number;
        statusText: 'success' | 'pending' | 'fail' | 'sending';
        nextAttempt?: string | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List the attempts of a message, the newest first. */
  'v1.message-attempt.list-by-msg': {
    path: { app_id: string; msg_id: string };
    query: {
      limit?: number;
      iterator?: string;
      with_content?: boolean;
      event_types?: string | string[];
      channel?: string;
      tag?: string;
      before?: string;
      after?: string;
      status?: number;
      status_code_class?: 0 | 100 | 200 | 300 | 400 | 500;
      endpoint_id?: string;
    };
    body: never;
    answer: {
      data: {
        id: string;
        endpointId: string;
        msgId: string;
        url: string;
        response: string;
        responseStatusCode: number;
        responseDurationMs: number;
        status: number;
        statusText: string;
        triggerType: number;
        timestamp: string;
        outcome: string;
        detail: string | null;
        canaryId: string | null;
        address: string | null;
        certificate: string | null;
        timing: {
          queuedMs: number | null;
          dnsMs: number | null;
          connectMs: number | null;
          tlsMs: number | null;
          sentMs: number | null;
          firstByteMs: number | null;
          lastByteMs: number | null;
          failedPhase: 'dns' | 'connect' | 'tls' | 'send' | 'first_byte' | 'last_byte' | null;
        };
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List the attempts to an endpoint, the newest first. */
  'v1.message-attempt.list-by-endpoint': {
    path: { app_id: string; endpoint_id: string };
    query: {
      limit?: number;
      iterator?: string;
      with_content?: boolean;
      event_types?: string | string[];
      channel?: string;
      tag?: string;
      before?: string;
      after?: string;
      status?: number;
      status_code_class?: 0 | 100 | 200 | 300 | 400 | 500;
      endpoint_id?: string;
    };
    body: never;
    answer: {
      data: {
        id: string;
        endpointId: string;
        msgId: string;
        url: string;
        response: string;
        responseStatusCode: number;
        responseDurationMs: number;
        status: number;
        statusText: string;
        triggerType: number;
        timestamp: string;
        outcome: string;
        detail: string | null;
        canaryId: string | null;
        address: string | null;
        certificate: string | null;
        timing: {
          queuedMs: number | null;
          dnsMs: number | null;
          connectMs: number | null;
          tlsMs: number | null;
          sentMs: number | null;
          firstByteMs: number | null;
          lastByteMs: number | null;
          failedPhase: 'dns' | 'connect' | 'tls' | 'send' | 'first_byte' | 'last_byte' | null;
        };
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get an attempt. */
  'v1.message-attempt.get': {
    path: { app_id: string; msg_id: string; attempt_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      endpointId: string;
      msgId: string;
      url: string;
      response: string;
      responseStatusCode: number;
      responseDurationMs: number;
      status: number;
      statusText: string;
      triggerType: number;
      timestamp: string;
      outcome: string;
      detail: string | null;
      canaryId: string | null;
      address: string | null;
      certificate: string | null;
      timing: {
        queuedMs: number | null;
        dnsMs: number | null;
        connectMs: number | null;
        tlsMs: number | null;
        sentMs: number | null;
        firstByteMs: number | null;
        lastByteMs: number | null;
        failedPhase: 'dns' | 'connect' | 'tls' | 'send' | 'first_byte' | 'last_byte' | null;
      };
    };
  };
  /** Remove what is kept of the response to an attempt. */
  'v1.message-attempt.expunge-content': {
    path: { app_id: string; msg_id: string; attempt_id: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** Replay: send a message to one endpoint again, with all attempts anew. */
  'v1.message-attempt.resend': {
    path: { app_id: string; msg_id: string; endpoint_id: string };
    query: {};
    body: never;
    answer: { act: string };
  };
  /** Cancel one delivery that is scheduled or dead, with a reason. */
  'v1.delivery.cancel': {
    path: { app_id: string; msg_id: string; endpoint_id: string };
    query: {};
    body: { reason: string };
    answer: {
      id: string;
      kind: string;
      actor: string;
      reason: string;
      at: string;
      perSecond: number | null;
      done: boolean;
      touched: number;
      states?: Record<string, number>;
    };
  };
  /** List dead letters: deliveries out of attempts, or refused; the newest first. */
  'v1.dead-letter.list': {
    path: { app_id: string };
    query: {
      limit?: number;
      iterator?: string;
      endpoint_id?: string;
      reason?: string;
      since?: string;
      until?: string;
    };
    body: never;
    answer: {
      data: {
        msgId: string;
        endpointId: string;
        eventType?: string;
        state: string;
        reason: string | null;
        attempts: number;
        nextAttempt: string | null;
        lastOutcome?: string | null;
        lastStatusCode?: number | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Cancel dead letters by filter, with a reason: nobody will send them again by redrive. */
  'v1.dead-letter.cancel': {
    path: { app_id: string };
    query: {};
    body: {
      endpointId?: string;
      deadReason?: string;
      since?: string;
      until?: string;
      reason: string;
    };
    answer: {
      id: string;
      kind: string;
      actor: string;
      reason: string;
      at: string;
      perSecond: number | null;
      done: boolean;
      touched: number;
      states?: Record<string, number>;
    };
  };
  /** Send dead letters again, at a limited rate. The answer names an act whose progress can be read. */
  'v1.redrive.create': {
    path: { app_id: string };
    query: {};
    body: {
      endpointId?: string;
      deadReason?: string;
      since?: string;
      until?: string;
      reason?: string;
      perSecond?: number;
    };
    answer: {
      id: string;
      kind: string;
      actor: string;
      reason: string;
      at: string;
      perSecond: number | null;
      done: boolean;
      touched: number;
      states?: Record<string, number>;
    };
  };
  /** List the acts on an application's deliveries, the newest first: who did what, and why. */
  'v1.act.list': {
    path: { app_id: string };
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        id: string;
        kind: string;
        actor: string;
        reason: string;
        at: string;
        perSecond: number | null;
        done: boolean;
        touched: number;
        states?: Record<string, number>;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get an act (replay, redrive, cancel) and the states of the deliveries it touched last. */
  'v1.act.get': {
    path: { app_id: string; act_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      kind: string;
      actor: string;
      reason: string;
      at: string;
      perSecond: number | null;
      done: boolean;
      touched: number;
      states?: Record<string, number>;
    };
  };
  /** Correct payloads by a declared correction and send them, at a limited rate; with preview, say what that would do. Without preview the answer names an act whose progress can be read. */
  'v1.correction.create': {
    path: { app_id: string };
    query: {};
    body: {
      correction: {
        where?: {
          path: string;
          op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'exists';
          value?: unknown;
        }[];
        operations: {
          path: string;
          multiply?: string;
          round?: 'exact' | 'half_up' | 'half_even' | 'down' | 'up';
          op?: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
          from?: string;
          value?: unknown;
        }[];
      };
      states?: ('scheduled' | 'dead' | 'delivered' | 'cancelled')[];
      eventTypes?: string[];
      endpointId?: string;
      since?: string;
      until?: string;
      webhookId?: 'same' | 'new';
      perSecond?: number;
      reason: string;
      preview?: boolean;
    };
    answer:
      | {
          counts: {
            messages: number;
            deliveries: number;
            matched: number;
            corrected: number;
            skipped: Record<string, number>;
          };
          isWhole: boolean;
          walkedUntil: string | null;
          examples: {
            msgId: string;
            endpointId: string;
            eventType: string;
            state: string;
            changes: { path: string; before: string | null; after: string | null }[];
          }[];
        }
      | {
          id: string;
          kind: string;
          actor: string;
          reason: string;
          at: string;
          perSecond: number | null;
          done: boolean;
          touched: number;
          states?: Record<string, number>;
          counts: {
            messages: number;
            deliveries: number;
            matched: number;
            corrected: number;
            skipped: Record<string, number>;
          };
          correction: Record<string, unknown>;
        };
  };
  /** Get a correction: how it was declared, how far it is, and what it skipped and why. */
  'v1.correction.get': {
    path: { app_id: string; correction_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      kind: string;
      actor: string;
      reason: string;
      at: string;
      perSecond: number | null;
      done: boolean;
      touched: number;
      states?: Record<string, number>;
      counts: {
        messages: number;
        deliveries: number;
        matched: number;
        corrected: number;
        skipped: Record<string, number>;
      };
      correction: Record<string, unknown>;
    };
  };
  /** List the audit rows of a correction, one for each delivery that was corrected: before, after, who, when, and what became of it. */
  'v1.correction.list-records': {
    path: { app_id: string; correction_id: string };
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        msgId: string;
        endpointId: string;
        nth: number;
        webhookId: string;
        changes: { path: string; before: string | null; after: string | null }[] | null;
        beforeHash: string;
        afterHash: string;
        actor: string;
        reason: string;
        at: string;
        state: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Show an event type's contract: its mode, its versions, the latest change, who relies on what, and violations. */
  'v1.contract.get': {
    path: { event_type_name: string };
    query: {};
    body: never;
    answer: {
      eventType: string;
      mode: 'off' | 'warn' | 'reject';
      compatibility: 'backward' | 'forward' | 'full' | 'none';
      version: string | null;
      versions: string[];
      latestChange: {
        from: string;
        to: string;
        isBackward: boolean;
        isForward: boolean;
        isFull: boolean;
        required: 'backward' | 'forward' | 'full' | 'none';
        isCompatible: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: {
          name: string;
          differences: {
            path: string;
            kind: string;
            sentence: string;
            before: unknown;
            after: unknown;
            breaks: 'backward' | 'forward' | 'both';
          }[];
        }[];
      } | null;
      consumers: {
        name: string;
        description: string;
        relies: {
          path: string;
          type?:
            | 'null'
            | 'boolean'
            | 'integer'
            | 'number'
            | 'string'
            | 'array'
            | 'object'
            | ('null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object')[];
          unit?: string;
          required?: boolean;
          enum?: unknown[];
        }[];
        schema: Record<string, unknown> | null;
        updatedAt: string;
        unmet: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
      }[];
      breaks: {
        version: string;
        against: string;
        at: string;
        actor: string;
        isAllowed: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: string[];
      }[];
      conversions: { version: string; from: string; isStale: boolean }[];
      violations: {
        warned: number;
        rejected: number;
        examples: {
          at: string;
          mode: 'off' | 'warn' | 'reject';
          version: string;
          appId: string | null;
          msgId: string | null;
          problems: { path: string; field: string; rule: string }[];
        }[];
      };
    };
  };
  /** Set the mode of a contract (off, warn, reject) and the compatibility it asks for. */
  'v1.contract.put': {
    path: { event_type_name: string };
    query: {};
    body: {
      mode: 'off' | 'warn' | 'reject';
      compatibility?: 'backward' | 'forward' | 'full' | 'none';
    };
    answer: {
      eventType: string;
      mode: 'off' | 'warn' | 'reject';
      compatibility: 'backward' | 'forward' | 'full' | 'none';
      version: string | null;
      versions: string[];
      latestChange: {
        from: string;
        to: string;
        isBackward: boolean;
        isForward: boolean;
        isFull: boolean;
        required: 'backward' | 'forward' | 'full' | 'none';
        isCompatible: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: {
          name: string;
          differences: {
            path: string;
            kind: string;
            sentence: string;
            before: unknown;
            after: unknown;
            breaks: 'backward' | 'forward' | 'both';
          }[];
        }[];
      } | null;
      consumers: {
        name: string;
        description: string;
        relies: {
          path: string;
          type?:
            | 'null'
            | 'boolean'
            | 'integer'
            | 'number'
            | 'string'
            | 'array'
            | 'object'
            | ('null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object')[];
          unit?: string;
          required?: boolean;
          enum?: unknown[];
        }[];
        schema: Record<string, unknown> | null;
        updatedAt: string;
        unmet: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
      }[];
      breaks: {
        version: string;
        against: string;
        at: string;
        actor: string;
        isAllowed: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: string[];
      }[];
      conversions: { version: string; from: string; isStale: boolean }[];
      violations: {
        warned: number;
        rejected: number;
        examples: {
          at: string;
          mode: 'off' | 'warn' | 'reject';
          version: string;
          appId: string | null;
          msgId: string | null;
          problems: { path: string; field: string; rule: string }[];
        }[];
      };
    };
  };
  /** Change the given fields of a contract. */
  'v1.contract.patch': {
    path: { event_type_name: string };
    query: {};
    body: {
      mode?: 'off' | 'warn' | 'reject';
      compatibility?: 'backward' | 'forward' | 'full' | 'none';
    };
    answer: {
      eventType: string;
      mode: 'off' | 'warn' | 'reject';
      compatibility: 'backward' | 'forward' | 'full' | 'none';
      version: string | null;
      versions: string[];
      latestChange: {
        from: string;
        to: string;
        isBackward: boolean;
        isForward: boolean;
        isFull: boolean;
        required: 'backward' | 'forward' | 'full' | 'none';
        isCompatible: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: {
          name: string;
          differences: {
            path: string;
            kind: string;
            sentence: string;
            before: unknown;
            after: unknown;
            breaks: 'backward' | 'forward' | 'both';
          }[];
        }[];
      } | null;
      consumers: {
        name: string;
        description: string;
        relies: {
          path: string;
          type?:
            | 'null'
            | 'boolean'
            | 'integer'
            | 'number'
            | 'string'
            | 'array'
            | 'object'
            | ('null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object')[];
          unit?: string;
          required?: boolean;
          enum?: unknown[];
        }[];
        schema: Record<string, unknown> | null;
        updatedAt: string;
        unmet: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
      }[];
      breaks: {
        version: string;
        against: string;
        at: string;
        actor: string;
        isAllowed: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: string[];
      }[];
      conversions: { version: string; from: string; isStale: boolean }[];
      violations: {
        warned: number;
        rejected: number;
        examples: {
          at: string;
          mode: 'off' | 'warn' | 'reject';
          version: string;
          appId: string | null;
          msgId: string | null;
          problems: { path: string; field: string; rule: string }[];
        }[];
      };
    };
  };
  /** Compare two versions of a schema; by default the version in force with the one before it. */
  'v1.contract.compatibility': {
    path: { event_type_name: string };
    query: { from?: string; to?: string };
    body: never;
    answer: {
      from: string;
      to: string;
      isBackward: boolean;
      isForward: boolean;
      isFull: boolean;
      required: 'backward' | 'forward' | 'full' | 'none';
      isCompatible: boolean;
      differences: {
        path: string;
        kind: string;
        sentence: string;
        before: unknown;
        after: unknown;
        breaks: 'backward' | 'forward' | 'both';
      }[];
      consumers: {
        name: string;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
      }[];
    };
  };
  /** Try a schema or a payload, and store nothing: what would differ, whom it would break, what the payload does wrong. */
  'v1.contract.check': {
    path: { event_type_name: string };
    query: {};
    body: {
      schema?: Record<string, unknown>;
      payload?: Record<string, unknown>;
      against?: string;
      conversion?: {
        version: string;
        corrections?: {
          where?: {
            path: string;
            op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'exists';
            value?: unknown;
          }[];
          operations: {
            path: string;
            multiply?: string;
            round?: 'exact' | 'half_up' | 'half_even' | 'down' | 'up';
            op?: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
            from?: string;
            value?: unknown;
          }[];
        }[];
      };
    };
    answer: {
      compatibility: {
        from: string;
        to: string;
        isBackward: boolean;
        isForward: boolean;
        isFull: boolean;
        required: 'backward' | 'forward' | 'full' | 'none';
        isCompatible: boolean;
        differences: {
          path: string;
          kind: string;
          sentence: string;
          before: unknown;
          after: unknown;
          breaks: 'backward' | 'forward' | 'both';
        }[];
        consumers: {
          name: string;
          differences: {
            path: string;
            kind: string;
            sentence: string;
            before: unknown;
            after: unknown;
            breaks: 'backward' | 'forward' | 'both';
          }[];
        }[];
      } | null;
      outcome: 'stored' | 'stored_with_warning' | 'refused' | null;
      problems: { path: string; field: string; rule: string }[] | null;
      conversion: {
        version: string;
        examples: number;
        failures: string[];
        payload: Record<string, unknown> | null;
        failure: string | null;
      } | null;
    };
  };
  /** Register what a consumer (a team, or an endpoint by its id) relies on, so that a breaking change can name it. */
  'v1.contract.put-consumer': {
    path: { event_type_name: string; consumer_name: string };
    query: {};
    body: {
      description?: string;
      relies: {
        path: string;
        type?:
          | 'null'
          | 'boolean'
          | 'integer'
          | 'number'
          | 'string'
          | 'array'
          | 'object'
          | ('null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object')[];
        unit?: string;
        required?: boolean;
        enum?: unknown[];
      }[];
      schema?: Record<string, unknown>;
    };
    answer: {
      name: string;
      description: string;
      relies: {
        path: string;
        type?:
          | 'null'
          | 'boolean'
          | 'integer'
          | 'number'
          | 'string'
          | 'array'
          | 'object'
          | ('null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object')[];
        unit?: string;
        required?: boolean;
        enum?: unknown[];
      }[];
      schema: Record<string, unknown> | null;
      updatedAt: string;
      unmet: {
        path: string;
        kind: string;
        sentence: string;
        before: unknown;
        after: unknown;
        breaks: 'backward' | 'forward' | 'both';
      }[];
    };
  };
  /** Show what a consumer relies on, and what of it the version in force does not promise. */
  'v1.contract.get-consumer': {
    path: { event_type_name: string; consumer_name: string };
    query: {};
    body: never;
    answer: {
      name: string;
      description: string;
      relies: {
        path: string;
        type?:
          | 'null'
          | 'boolean'
          | 'integer'
          | 'number'
          | 'string'
          | 'array'
          | 'object'
          | ('null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object')[];
        unit?: string;
        required?: boolean;
        enum?: unknown[];
      }[];
      schema: Record<string, unknown> | null;
      updatedAt: string;
      unmet: {
        path: string;
        kind: string;
        sentence: string;
        before: unknown;
        after: unknown;
        breaks: 'backward' | 'forward' | 'both';
      }[];
    };
  };
  /** Take back what a consumer relies on. */
  'v1.contract.delete-consumer': {
    path: { event_type_name: string; consumer_name: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** Show how an older version's payload is made, and whether that does for examples of the version in force. */
  'v1.contract.get-conversion': {
    path: { event_type_name: string; version: string };
    query: {};
    body: never;
    answer: {
      version: string;
      from: string;
      isStale: boolean;
      corrections: Record<string, unknown>[];
      examples: number;
      failures: string[];
    };
  };
  /** Declare how an older version's payload is made from one of the version in force; examples of that version are tried first. */
  'v1.contract.put-conversion': {
    path: { event_type_name: string; version: string };
    query: {};
    body: {
      corrections: {
        where?: {
          path: string;
          op: 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'in' | 'exists';
          value?: unknown;
        }[];
        operations: {
          path: string;
          multiply?: string;
          round?: 'exact' | 'half_up' | 'half_even' | 'down' | 'up';
          op?: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test';
          from?: string;
          value?: unknown;
        }[];
      }[];
    };
    answer: {
      version: string;
      from: string;
      isStale: boolean;
      corrections: Record<string, unknown>[];
      examples: number;
      failures: string[];
    };
  };
  /** Take a conversion back; endpoints that are pinned to its version get payloads that follow it as they are, and no others. */
  'v1.contract.delete-conversion': {
    path: { event_type_name: string; version: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** List the certificates that receivers showed last, by host and port. */
  'v1.certificate.list': {
    path: {};
    query: { limit?: number; iterator?: string; expiring_within_days?: number };
    body: never;
    answer: {
      data: {
        id: string;
        peer: string;
        fingerprint: string;
        chain: {
          fingerprint: string;
          subject: string;
          issuer: string;
          validFrom: string;
          validTo: string;
        }[];
        expiresAt: string;
        isExpiring: boolean;
        firstSeenAt: string;
        lastSeenAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List changes of configuration, deploys that were told of, and what was seen to change at receivers; the newest first. */
  'v1.change.list': {
    path: {};
    query: {
      limit?: number;
      iterator?: string;
      kind?:
        | 'application'
        | 'endpoint'
        | 'event_type'
        | 'token'
        | 'policy'
        | 'canary'
        | 'notifier'
        | 'route'
        | 'maintenance'
        | 'objective'
        | 'pause'
        | 'incident_rule'
        | 'certificate'
        | 'address'
        | 'server'
        | 'drift'
        | 'deploy';
      subject?: string;
      app_id?: string;
      endpoint_id?: string;
      after?: string;
      before?: string;
    };
    body: never;
    answer: {
      data: {
        id: string;
        at: string;
        actor: string;
        via: 'api' | 'cli' | 'console' | 'portal' | 'holdfast';
        reason: string;
        reverts: string[];
        revertedBy: string | null;
        isRevertible: boolean;
        items: {
          kind:
            | 'application'
            | 'endpoint'
            | 'event_type'
            | 'token'
            | 'policy'
            | 'canary'
            | 'notifier'
            | 'route'
            | 'maintenance'
            | 'objective'
            | 'pause'
            | 'incident_rule'
            | 'certificate'
            | 'address'
            | 'server'
            | 'drift'
            | 'deploy';
          verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
          appId: string | null;
          subjectId: string | null;
          subject: string;
          fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
        }[];
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get a change: who made it, why, and each field before and after. */
  'v1.change.get': {
    path: { change_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      at: string;
      actor: string;
      via: 'api' | 'cli' | 'console' | 'portal' | 'holdfast';
      reason: string;
      reverts: string[];
      revertedBy: string | null;
      isRevertible: boolean;
      items: {
        kind:
          | 'application'
          | 'endpoint'
          | 'event_type'
          | 'token'
          | 'policy'
          | 'canary'
          | 'notifier'
          | 'route'
          | 'maintenance'
          | 'objective'
          | 'pause'
          | 'incident_rule'
          | 'certificate'
          | 'address'
          | 'server'
          | 'drift'
          | 'deploy';
        verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
        appId: string | null;
        subjectId: string | null;
        subject: string;
        fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
      }[];
    };
  };
  /** Show what taking changes back would come to, and what stands in the way. */
  'v1.change.preview-revert': {
    path: {};
    query: {};
    body: {
      changeIds?: string[];
      lastMinutes?: number;
      appId?: string;
      onConflict?: 'refuse' | 'keep' | 'overwrite';
      reason?: string;
    };
    answer: {
      changeId: string | null;
      reverts: string[];
      items: {
        kind:
          | 'application'
          | 'endpoint'
          | 'event_type'
          | 'token'
          | 'policy'
          | 'canary'
          | 'notifier'
          | 'route'
          | 'maintenance'
          | 'objective'
          | 'pause'
          | 'incident_rule'
          | 'certificate'
          | 'address'
          | 'server'
          | 'drift'
          | 'deploy';
        verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
        appId: string | null;
        subjectId: string | null;
        subject: string;
        fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
      }[];
      conflicts: {
        changeId: string;
        laterId: string | null;
        kind: string;
        subjectId: string;
        subject: string;
        field: string;
        now: unknown;
        before: unknown;
        isHidden: boolean;
      }[];
      warnings: string[];
    };
  };
  /** Take changes back, the newest first, in one change that can itself be taken back. */
  'v1.change.revert': {
    path: {};
    query: {};
    body: {
      changeIds?: string[];
      lastMinutes?: number;
      appId?: string;
      onConflict?: 'refuse' | 'keep' | 'overwrite';
      reason?: string;
    };
    answer: {
      changeId: string | null;
      reverts: string[];
      items: {
        kind:
          | 'application'
          | 'endpoint'
          | 'event_type'
          | 'token'
          | 'policy'
          | 'canary'
          | 'notifier'
          | 'route'
          | 'maintenance'
          | 'objective'
          | 'pause'
          | 'incident_rule'
          | 'certificate'
          | 'address'
          | 'server'
          | 'drift'
          | 'deploy';
        verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
        appId: string | null;
        subjectId: string | null;
        subject: string;
        fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
      }[];
      conflicts: {
        changeId: string;
        laterId: string | null;
        kind: string;
        subjectId: string;
        subject: string;
        field: string;
        now: unknown;
        before: unknown;
        isHidden: boolean;
      }[];
      warnings: string[];
    };
  };
  /** Tell of a deploy, so that it stands in the list of changes beside all others. */
  'v1.change.mark-deploy': {
    path: {};
    query: {};
    body: {
      service: string;
      version: string;
      ref?: string;
      environment?: string;
      actor?: string;
      link?: string;
      at?: string;
      note?: string;
    };
    answer: {
      id: string;
      at: string;
      actor: string;
      via: 'api' | 'cli' | 'console' | 'portal' | 'holdfast';
      reason: string;
      reverts: string[];
      revertedBy: string | null;
      isRevertible: boolean;
      items: {
        kind:
          | 'application'
          | 'endpoint'
          | 'event_type'
          | 'token'
          | 'policy'
          | 'canary'
          | 'notifier'
          | 'route'
          | 'maintenance'
          | 'objective'
          | 'pause'
          | 'incident_rule'
          | 'certificate'
          | 'address'
          | 'server'
          | 'drift'
          | 'deploy';
        verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
        appId: string | null;
        subjectId: string | null;
        subject: string;
        fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
      }[];
    };
  };
  /** List the changes of an application and of its endpoints; the newest first. */
  'v1.change.list-of-application': {
    path: { app_id: string };
    query: { limit?: number; iterator?: string; after?: string; before?: string };
    body: never;
    answer: {
      data: {
        id: string;
        at: string;
        actor: string;
        via: 'api' | 'cli' | 'console' | 'portal' | 'holdfast';
        reason: string;
        reverts: string[];
        revertedBy: string | null;
        isRevertible: boolean;
        items: {
          kind:
            | 'application'
            | 'endpoint'
            | 'event_type'
            | 'token'
            | 'policy'
            | 'canary'
            | 'notifier'
            | 'route'
            | 'maintenance'
            | 'objective'
            | 'pause'
            | 'incident_rule'
            | 'certificate'
            | 'address'
            | 'server'
            | 'drift'
            | 'deploy';
          verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
          appId: string | null;
          subjectId: string | null;
          subject: string;
          fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
        }[];
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List alerts, the newest first. */
  'v1.alert.list': {
    path: {};
    query: {
      limit?: number;
      iterator?: string;
      open?: boolean;
      state?: string | string[];
      silenced?: boolean;
      severity?: string | string[];
      kind?: string | string[];
      owner?: string;
      objective?: string;
      app_id?: string;
    };
    body: never;
    answer: {
      data: {
        id: string;
        key: string;
        kind: string;
        severity: 'page' | 'ticket' | 'info';
        state: 'firing' | 'acknowledged' | 'resolved';
        owner: string;
        consumers: string[];
        group: string;
        title: string;
        text: string;
        facts: {};
        firedAt: string;
        acknowledgedAt: string | null;
        acknowledgedBy: string | null;
        resolvedAt: string | null;
        resolvedBy: string | null;
        silencedUntil: string | null;
        count: number;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Show an alert with its history, and who was told of it. */
  'v1.alert.get': {
    path: { alert_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      key: string;
      kind: string;
      severity: 'page' | 'ticket' | 'info';
      state: 'firing' | 'acknowledged' | 'resolved';
      owner: string;
      consumers: string[];
      group: string;
      title: string;
      text: string;
      facts: {};
      firedAt: string;
      acknowledgedAt: string | null;
      acknowledgedBy: string | null;
      resolvedAt: string | null;
      resolvedBy: string | null;
      silencedUntil: string | null;
      count: number;
      incidentId: string | null;
      history: {
        at: string;
        event:
          | 'fired'
          | 'reopened'
          | 'worsened'
          | 'acknowledged'
          | 'resolved'
          | 'silenced'
          | 'unsilenced'
          | 'notified'
          | 'escalated';
        actor: string;
        detail: string;
      }[];
      notifications: {
        notifier: string;
        state: 'pending' | 'sent' | 'failed';
        dueAt: string;
        tries: number;
        said: string | null;
      }[];
    };
  };
  /** Tell what explains an alert, from an hour before it fired until it was resolved; of one endpoint, against the others of its application. */
  'v1.alert.get-explanation': {
    path: { alert_id: string };
    query: {};
    body: never;
    answer: {
      at: string;
      from: string;
      to: string;
      exact: { total: number; bad: number };
      sample: { lookedAt: number; total: number; bad: number; isWhole: boolean };
      explanations: {
        dimension: string;
        value: string;
        about: string | null;
        bad: number;
        total: number;
        otherBad: number;
        otherTotal: number;
        lift: number | null;
        liftAtLeast: number;
        explained: number;
        isExact: boolean;
      }[];
      symptoms: {
        dimension: string;
        value: string;
        about: string | null;
        bad: number;
        total: number;
        otherBad: number;
        otherTotal: number;
        lift: number | null;
        liftAtLeast: number;
        explained: number;
        isExact: boolean;
        mostlyAt: { host: string; bad: number } | null;
      }[];
    };
  };
  /** Say that somebody looks after it: nobody else is told, unless it gets worse. */
  'v1.alert.acknowledge': {
    path: { alert_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      key: string;
      kind: string;
      severity: 'page' | 'ticket' | 'info';
      state: 'firing' | 'acknowledged' | 'resolved';
      owner: string;
      consumers: string[];
      group: string;
      title: string;
      text: string;
      facts: {};
      firedAt: string;
      acknowledgedAt: string | null;
      acknowledgedBy: string | null;
      resolvedAt: string | null;
      resolvedBy: string | null;
      silencedUntil: string | null;
      count: number;
    };
  };
  /** Call it over. Where its condition still holds it fires anew, as a new alert. */
  'v1.alert.resolve': {
    path: { alert_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      key: string;
      kind: string;
      severity: 'page' | 'ticket' | 'info';
      state: 'firing' | 'acknowledged' | 'resolved';
      owner: string;
      consumers: string[];
      group: string;
      title: string;
      text: string;
      facts: {};
      firedAt: string;
      acknowledgedAt: string | null;
      acknowledgedBy: string | null;
      resolvedAt: string | null;
      resolvedBy: string | null;
      silencedUntil: string | null;
      count: number;
    };
  };
  /** Tell nobody of it until a moment, unless it gets worse; a moment that is past ends a silence. */
  'v1.alert.silence': {
    path: { alert_id: string };
    query: {};
    body: { until: string };
    answer: {
      id: string;
      key: string;
      kind: string;
      severity: 'page' | 'ticket' | 'info';
      state: 'firing' | 'acknowledged' | 'resolved';
      owner: string;
      consumers: string[];
      group: string;
      title: string;
      text: string;
      facts: {};
      firedAt: string;
      acknowledgedAt: string | null;
      acknowledgedBy: string | null;
      resolvedAt: string | null;
      resolvedBy: string | null;
      silencedUntil: string | null;
      count: number;
    };
  };
  /** List incidents, the newest first, each with its present episode. */
  'v1.incident.list': {
    path: {};
    query: {
      limit?: number;
      iterator?: string;
      open?: boolean;
      state?: string | string[];
      severity?: string | string[];
      owner?: string;
      cause_class?: string | string[];
      drill?: boolean;
      since?: string;
    };
    body: never;
    answer: {
      data: {
        id: string;
        state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
        title: string;
        severity: number;
        isSeverityByHand: boolean;
        owner: string;
        consumers: string[];
        slice: {
          objective: string | null;
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
        };
        causeClass:
          | 'configuration'
          | 'deploy'
          | 'data'
          | 'capacity'
          | 'dependency'
          | 'network'
          | 'certificate'
          | 'concurrency'
          | 'hardware'
          | 'unknown';
        detectedBy: 'system' | 'person';
        isDrill: boolean;
        isRetrospective: boolean;
        openedAt: string;
        openedBy: string;
        endedAt: string | null;
        mergedInto: string | null;
        roles: { lead?: string; communications?: string; scribe?: string };
        episode: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        impact: {
          at: string;
          from: string;
          failed: number;
          late: number;
          dead: number;
          lost: number;
          deliveries: number;
          messages: number;
          endpoints: number;
          applications: number;
          people: number | null;
          money: { currency: string; delayed: number; lost: number; perWeek: number }[];
        } | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Open an incident by hand; a drill, or in retrospect, with the markers that it had at the time. */
  'v1.incident.open': {
    path: {};
    query: {};
    body: {
      title: string;
      summary?: string;
      severity?: number;
      owner?: string;
      consumers?: string[];
      slice?: {
        objective?: string | null;
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
      };
      detectedAt?: string;
      impactStartAt?: string;
      detectedBy?: 'system' | 'person';
      isDrill?: boolean;
      isRetrospective?: boolean;
      markers?: {
        marker:
          | 'impactStart'
          | 'detected'
          | 'acknowledged'
          | 'mitigated'
          | 'causeLocated'
          | 'fixed';
        at: string;
        note: string;
      }[];
    };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Tell how fast incidents were detected, mitigated and fixed: medians with their counts, by cause class too, and drills apart. */
  'v1.incident.get-figures': {
    path: {};
    query: { from?: string; to?: string };
    body: never;
    answer: {
      from: string;
      to: string;
      all: {
        incidents: number;
        retrospective: number;
        detect: { medianMs: number | null; count: number };
        acknowledge: { medianMs: number | null; count: number };
        mitigate: { medianMs: number | null; count: number };
        repair: { medianMs: number | null; count: number };
        visible: { medianMs: number | null; count: number };
        foundBySystem: number;
        recurring: number;
      };
      byCauseClass: {
        causeClass:
          | 'configuration'
          | 'deploy'
          | 'data'
          | 'capacity'
          | 'dependency'
          | 'network'
          | 'certificate'
          | 'concurrency'
          | 'hardware'
          | 'unknown';
        incidents: number;
        retrospective: number;
        detect: { medianMs: number | null; count: number };
        acknowledge: { medianMs: number | null; count: number };
        mitigate: { medianMs: number | null; count: number };
        repair: { medianMs: number | null; count: number };
        visible: { medianMs: number | null; count: number };
        foundBySystem: number;
        recurring: number;
      }[];
      drills: {
        incidents: number;
        retrospective: number;
        detect: { medianMs: number | null; count: number };
        acknowledge: { medianMs: number | null; count: number };
        mitigate: { medianMs: number | null; count: number };
        repair: { medianMs: number | null; count: number };
        visible: { medianMs: number | null; count: number };
        foundBySystem: number;
        recurring: number;
      };
    };
  };
  /** Show an incident in full: its episodes with their markers and durations, its impact, hypotheses, mitigations, fixes and preventions. */
  'v1.incident.get': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Describe it anew: its title, summary, owner, consumers, slice, or class of causes. */
  'v1.incident.patch': {
    path: { incident_id: string };
    query: {};
    body: {
      title?: string;
      summary?: string;
      owner?: string;
      consumers?: string[];
      causeClass?:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      slice?: {
        objective?: string | null;
        appIds?: string[];
        endpointIds?: string[];
        eventTypes?: string[];
      };
    };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Say that somebody looks after it. The first one counts; again it changes nothing. */
  'v1.incident.acknowledge': {
    path: { incident_id: string };
    query: {};
    body: { note?: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Give a role to somebody, or with null to nobody. */
  'v1.incident.role': {
    path: { incident_id: string };
    query: {};
    body: { role: 'lead' | 'communications' | 'scribe'; who: string | null };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Set the severity, with a reason. From then on the impact moves it no more. */
  'v1.incident.severity': {
    path: { incident_id: string };
    query: {};
    body: { severity: number; reason: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Set a marker of the present episode, with how it is known. A marker that is set stays as it is. */
  'v1.incident.marker': {
    path: { incident_id: string };
    query: {};
    body: {
      marker: 'impactStart' | 'detected' | 'acknowledged' | 'mitigated' | 'causeLocated' | 'fixed';
      at?: string;
      note?: string;
      evidence?: (
        | {
            kind: 'alert' | 'change' | 'incident' | 'mitigation' | 'hypothesis' | 'objective';
            id: string;
          }
        | { kind: 'url'; url: string }
      )[];
    };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Set a marker of what follows when the impact is over. */
  'v1.incident.review-marker': {
    path: { incident_id: string };
    query: {};
    body: {
      marker: 'postmortem' | 'actionsAssigned' | 'preventionVerified';
      at?: string;
      note?: string;
    };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Draft an update from the facts: one text for responders, and one for the owners of endpoints. Nothing is told. */
  'v1.incident.draft-update': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: { responders: string; owners: string; nextDueAt: string | null };
  };
  /** Tell how it stands: one text for responders, and one for the owners of endpoints, which the status feed shows. */
  'v1.incident.update': {
    path: { incident_id: string };
    query: {};
    body: { responders: string; owners?: string; nextInMinutes?: number };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** State a cause, the outcome metric that it must move, and what would refute it. The metric is an SLI that counts all that the incident hits. */
  'v1.incident.hypothesis': {
    path: { incident_id: string };
    query: {};
    body: {
      cause: string;
      metric: string;
      refutedBy: string;
      changeIds?: string[];
      copiedFrom?: string | null;
    };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Record what removed this cause, with the change that carries it where there is one. */
  'v1.incident.fix': {
    path: { incident_id: string };
    query: {};
    body: { text: string; changeId?: string | null; inForceAt?: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Record what removes the class of causes. */
  'v1.incident.prevention': {
    path: { incident_id: string };
    query: {};
    body: { text: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Take what is fixed into review. */
  'v1.incident.review': {
    path: { incident_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Close what was reviewed. Mitigations are undone by then, or it is said why they stay. */
  'v1.incident.close': {
    path: { incident_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Say that it is no incident, and why. */
  'v1.incident.decline': {
    path: { incident_id: string };
    query: {};
    body: { reason: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** End it as a part of another one, which takes over its alerts. */
  'v1.incident.merge': {
    path: { incident_id: string };
    query: {};
    body: { into: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** Begin a new episode: the impact is back. Markers of the ones before stay. */
  'v1.incident.reopen': {
    path: { incident_id: string };
    query: {};
    body: { reason: string; at?: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** List what changed in the 14 days before the impact, the likeliest cause first, with the counts that say why. */
  'v1.incident.list-suspects': {
    path: { incident_id: string };
    query: { limit?: number };
    body: never;
    answer: {
      data: {
        rank: number;
        score: number;
        at: string;
        beforeImpactMs: number;
        bad: { covered: number; of: number };
        good: { covered: number; of: number };
        together: string[];
        isRevertible: boolean;
        reasons: string[];
        change: {
          id: string;
          at: string;
          actor: string;
          via: 'api' | 'cli' | 'console' | 'portal' | 'holdfast';
          reason: string;
          reverts: string[];
          revertedBy: string | null;
          isRevertible: boolean;
          items: {
            kind:
              | 'application'
              | 'endpoint'
              | 'event_type'
              | 'token'
              | 'policy'
              | 'canary'
              | 'notifier'
              | 'route'
              | 'maintenance'
              | 'objective'
              | 'pause'
              | 'incident_rule'
              | 'certificate'
              | 'address'
              | 'server'
              | 'drift'
              | 'deploy';
            verb: 'created' | 'updated' | 'deleted' | 'observed' | 'marked';
            appId: string | null;
            subjectId: string | null;
            subject: string;
            fields: { field: string; before: unknown; after: unknown; isHidden: boolean }[];
          }[];
        };
      }[];
    };
  };
  /** Tell what the deliveries that failed have in common, from an hour before the impact until it was over. */
  'v1.incident.get-explanation': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: {
      at: string;
      from: string;
      to: string;
      exact: { total: number; bad: number };
      sample: { lookedAt: number; total: number; bad: number; isWhole: boolean };
      explanations: {
        dimension: string;
        value: string;
        about: string | null;
        bad: number;
        total: number;
        otherBad: number;
        otherTotal: number;
        lift: number | null;
        liftAtLeast: number;
        explained: number;
        isExact: boolean;
      }[];
      symptoms: {
        dimension: string;
        value: string;
        about: string | null;
        bad: number;
        total: number;
        otherBad: number;
        otherTotal: number;
        lift: number | null;
        liftAtLeast: number;
        explained: number;
        isExact: boolean;
        mostlyAt: { host: string; bad: number } | null;
      }[];
    };
  };
  /** Confirm a hypothesis, which takes that the SLI did move after the change that tests it; or refute it. */
  'v1.incident.judge-hypothesis': {
    path: { incident_id: string; hypothesis_id: string };
    query: {};
    body: { state: 'confirmed' | 'refuted'; verdict?: string; testedBy?: string | null };
    answer: {
      incident: {
        id: string;
        state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
        title: string;
        severity: number;
        isSeverityByHand: boolean;
        owner: string;
        consumers: string[];
        slice: {
          objective: string | null;
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
        };
        causeClass:
          | 'configuration'
          | 'deploy'
          | 'data'
          | 'capacity'
          | 'dependency'
          | 'network'
          | 'certificate'
          | 'concurrency'
          | 'hardware'
          | 'unknown';
        detectedBy: 'system' | 'person';
        isDrill: boolean;
        isRetrospective: boolean;
        openedAt: string;
        openedBy: string;
        endedAt: string | null;
        mergedInto: string | null;
        roles: { lead?: string; communications?: string; scribe?: string };
        episode: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        impact: {
          at: string;
          from: string;
          failed: number;
          late: number;
          dead: number;
          lost: number;
          deliveries: number;
          messages: number;
          endpoints: number;
          applications: number;
          people: number | null;
          money: { currency: string; delayed: number; lost: number; perWeek: number }[];
        } | null;
        summary: string;
        declinedBecause: string;
        episodes: {
          nth: number;
          markers: {
            impactStart?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            detected?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            acknowledged?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            mitigated?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            causeLocated?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            fixed?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
          };
          durations: {
            timeToDetectMs: number | null;
            timeToMitigateMs: number | null;
            customerVisibleMs: number | null;
          };
          alerts: {
            alertId: string;
            count: number;
            key: string;
            kind: string;
            group: string;
            title: string;
            firedAt: string;
            severity: string;
            owner: string;
            explanation: string | null;
          }[];
        }[];
        reviewMarkers: {
          postmortem?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          actionsAssigned?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          preventionVerified?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        hypotheses: {
          id: string;
          state: 'open' | 'confirmed' | 'refuted';
          cause: string;
          metric: string;
          refutedBy: string;
          changeIds: string[];
          by: string;
          at: string;
          copiedFrom: string | null;
          judgedAt: string | null;
          judgedBy: string | null;
          verdict: string;
        }[];
        mitigations: {
          id: string;
          kind: string;
          title: string;
          target: {};
          by: string;
          isAutomatic: boolean;
          at: string;
          changeIds: string[];
          actId: string | null;
          undoneAt: string | null;
          undoneBy: string | null;
          undoChangeIds: string[];
          isReversible: boolean;
          keptBecause: string | null;
        }[];
        fixes: {
          id: string;
          text: string;
          changeId: string | null;
          inForceAt: string;
          by: string;
          at: string;
          heldAt: string | null;
        }[];
        preventions: { id: string; text: string; by: string; at: string }[];
        updateDueAt: string | null;
        updatedAt: string | null;
        timelineRows: number;
        names: string[];
      };
      movement: {
        changedAt: string;
        before: { bad: number; of: number };
        after: { bad: number; of: number };
        verdict: 'moved' | 'unmoved' | 'too_early';
        text: string;
      } | null;
    };
  };
  /** Show what would stop the impact: what each does and costs, how long it takes, its risk, how it is undone, and what speaks for it. */
  'v1.incident.get-mitigation-menu': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: {
      data: {
        kind:
          | 'stop_canary'
          | 'revert_changes'
          | 'revert_recent'
          | 'alternate_url'
          | 'open_circuit'
          | 'pause_endpoint'
          | 'pause_event_type'
          | 'pause_application'
          | 'drain'
          | 'lower_rate'
          | 'raise_concurrency'
          | 'lengthen_retries'
          | 'redrive';
        title: string;
        does: string;
        costs: { level: number; words: string };
        timeToEffect: { seconds: number; words: string };
        risk: string;
        undo: string;
        isReversible: boolean;
        target: {};
        because: string;
        interactions: { verdict: 'refuse' | 'warn'; mitigationId: string; text: string }[];
      }[];
      kinds: {
        kind:
          | 'stop_canary'
          | 'revert_changes'
          | 'revert_recent'
          | 'alternate_url'
          | 'open_circuit'
          | 'pause_endpoint'
          | 'pause_event_type'
          | 'pause_application'
          | 'drain'
          | 'lower_rate'
          | 'raise_concurrency'
          | 'lengthen_retries'
          | 'redrive';
        title: string;
        does: string;
        costs: { level: number; words: string };
        timeToEffect: { seconds: number; words: string };
        risk: string;
        undo: string;
        isReversible: boolean;
      }[];
    };
  };
  /** Apply a mitigation: a change that one call takes back. */
  'v1.incident.mitigate': {
    path: { incident_id: string };
    query: {};
    body: {
      kind:
        | 'stop_canary'
        | 'revert_changes'
        | 'revert_recent'
        | 'alternate_url'
        | 'open_circuit'
        | 'pause_endpoint'
        | 'pause_event_type'
        | 'pause_application'
        | 'drain'
        | 'lower_rate'
        | 'raise_concurrency'
        | 'lengthen_retries'
        | 'redrive';
      target?: Record<string, unknown>;
    };
    answer: {
      incident: {
        id: string;
        state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
        title: string;
        severity: number;
        isSeverityByHand: boolean;
        owner: string;
        consumers: string[];
        slice: {
          objective: string | null;
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
        };
        causeClass:
          | 'configuration'
          | 'deploy'
          | 'data'
          | 'capacity'
          | 'dependency'
          | 'network'
          | 'certificate'
          | 'concurrency'
          | 'hardware'
          | 'unknown';
        detectedBy: 'system' | 'person';
        isDrill: boolean;
        isRetrospective: boolean;
        openedAt: string;
        openedBy: string;
        endedAt: string | null;
        mergedInto: string | null;
        roles: { lead?: string; communications?: string; scribe?: string };
        episode: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        impact: {
          at: string;
          from: string;
          failed: number;
          late: number;
          dead: number;
          lost: number;
          deliveries: number;
          messages: number;
          endpoints: number;
          applications: number;
          people: number | null;
          money: { currency: string; delayed: number; lost: number; perWeek: number }[];
        } | null;
        summary: string;
        declinedBecause: string;
        episodes: {
          nth: number;
          markers: {
            impactStart?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            detected?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            acknowledged?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            mitigated?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            causeLocated?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            fixed?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
          };
          durations: {
            timeToDetectMs: number | null;
            timeToMitigateMs: number | null;
            customerVisibleMs: number | null;
          };
          alerts: {
            alertId: string;
            count: number;
            key: string;
            kind: string;
            group: string;
            title: string;
            firedAt: string;
            severity: string;
            owner: string;
            explanation: string | null;
          }[];
        }[];
        reviewMarkers: {
          postmortem?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          actionsAssigned?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          preventionVerified?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        hypotheses: {
          id: string;
          state: 'open' | 'confirmed' | 'refuted';
          cause: string;
          metric: string;
          refutedBy: string;
          changeIds: string[];
          by: string;
          at: string;
          copiedFrom: string | null;
          judgedAt: string | null;
          judgedBy: string | null;
          verdict: string;
        }[];
        mitigations: {
          id: string;
          kind: string;
          title: string;
          target: {};
          by: string;
          isAutomatic: boolean;
          at: string;
          changeIds: string[];
          actId: string | null;
          undoneAt: string | null;
          undoneBy: string | null;
          undoChangeIds: string[];
          isReversible: boolean;
          keptBecause: string | null;
        }[];
        fixes: {
          id: string;
          text: string;
          changeId: string | null;
          inForceAt: string;
          by: string;
          at: string;
          heldAt: string | null;
        }[];
        preventions: { id: string; text: string; by: string; at: string }[];
        updateDueAt: string | null;
        updatedAt: string | null;
        timelineRows: number;
        names: string[];
      };
      mitigation: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      };
      interactions: { verdict: 'refuse' | 'warn'; mitigationId: string; text: string }[];
    };
  };
  /** Take a mitigation back: exactly what it changed, in one change. */
  'v1.incident.undo-mitigation': {
    path: { incident_id: string; mitigation_id: string };
    query: {};
    body: { onConflict?: 'refuse' | 'keep' | 'overwrite' };
    answer: {
      incident: {
        id: string;
        state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
        title: string;
        severity: number;
        isSeverityByHand: boolean;
        owner: string;
        consumers: string[];
        slice: {
          objective: string | null;
          appIds: string[];
          endpointIds: string[];
          eventTypes: string[];
        };
        causeClass:
          | 'configuration'
          | 'deploy'
          | 'data'
          | 'capacity'
          | 'dependency'
          | 'network'
          | 'certificate'
          | 'concurrency'
          | 'hardware'
          | 'unknown';
        detectedBy: 'system' | 'person';
        isDrill: boolean;
        isRetrospective: boolean;
        openedAt: string;
        openedBy: string;
        endedAt: string | null;
        mergedInto: string | null;
        roles: { lead?: string; communications?: string; scribe?: string };
        episode: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        impact: {
          at: string;
          from: string;
          failed: number;
          late: number;
          dead: number;
          lost: number;
          deliveries: number;
          messages: number;
          endpoints: number;
          applications: number;
          people: number | null;
          money: { currency: string; delayed: number; lost: number; perWeek: number }[];
        } | null;
        summary: string;
        declinedBecause: string;
        episodes: {
          nth: number;
          markers: {
            impactStart?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            detected?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            acknowledged?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            mitigated?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            causeLocated?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
            fixed?: {
              at: string;
              source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
              by: string;
              note: string;
              setAt: string;
            };
          };
          durations: {
            timeToDetectMs: number | null;
            timeToMitigateMs: number | null;
            customerVisibleMs: number | null;
          };
          alerts: {
            alertId: string;
            count: number;
            key: string;
            kind: string;
            group: string;
            title: string;
            firedAt: string;
            severity: string;
            owner: string;
            explanation: string | null;
          }[];
        }[];
        reviewMarkers: {
          postmortem?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          actionsAssigned?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          preventionVerified?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        hypotheses: {
          id: string;
          state: 'open' | 'confirmed' | 'refuted';
          cause: string;
          metric: string;
          refutedBy: string;
          changeIds: string[];
          by: string;
          at: string;
          copiedFrom: string | null;
          judgedAt: string | null;
          judgedBy: string | null;
          verdict: string;
        }[];
        mitigations: {
          id: string;
          kind: string;
          title: string;
          target: {};
          by: string;
          isAutomatic: boolean;
          at: string;
          changeIds: string[];
          actId: string | null;
          undoneAt: string | null;
          undoneBy: string | null;
          undoChangeIds: string[];
          isReversible: boolean;
          keptBecause: string | null;
        }[];
        fixes: {
          id: string;
          text: string;
          changeId: string | null;
          inForceAt: string;
          by: string;
          at: string;
          heldAt: string | null;
        }[];
        preventions: { id: string; text: string; by: string; at: string }[];
        updateDueAt: string | null;
        updatedAt: string | null;
        timelineRows: number;
        names: string[];
      };
      mitigation: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      };
      interactions: { verdict: 'refuse' | 'warn'; mitigationId: string; text: string }[];
    };
  };
  /** Say why a mitigation stays when the incident is closed. */
  'v1.incident.keep-mitigation': {
    path: { incident_id: string; mitigation_id: string };
    query: {};
    body: { reason: string };
    answer: {
      id: string;
      state: 'open' | 'mitigated' | 'fixed' | 'in_review' | 'closed' | 'declined' | 'merged';
      title: string;
      severity: number;
      isSeverityByHand: boolean;
      owner: string;
      consumers: string[];
      slice: {
        objective: string | null;
        appIds: string[];
        endpointIds: string[];
        eventTypes: string[];
      };
      causeClass:
        | 'configuration'
        | 'deploy'
        | 'data'
        | 'capacity'
        | 'dependency'
        | 'network'
        | 'certificate'
        | 'concurrency'
        | 'hardware'
        | 'unknown';
      detectedBy: 'system' | 'person';
      isDrill: boolean;
      isRetrospective: boolean;
      openedAt: string;
      openedBy: string;
      endedAt: string | null;
      mergedInto: string | null;
      roles: { lead?: string; communications?: string; scribe?: string };
      episode: number;
      markers: {
        impactStart?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        detected?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        acknowledged?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        mitigated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        causeLocated?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        fixed?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      durations: {
        timeToDetectMs: number | null;
        timeToMitigateMs: number | null;
        customerVisibleMs: number | null;
      };
      impact: {
        at: string;
        from: string;
        failed: number;
        late: number;
        dead: number;
        lost: number;
        deliveries: number;
        messages: number;
        endpoints: number;
        applications: number;
        people: number | null;
        money: { currency: string; delayed: number; lost: number; perWeek: number }[];
      } | null;
      summary: string;
      declinedBecause: string;
      episodes: {
        nth: number;
        markers: {
          impactStart?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          detected?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          acknowledged?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          mitigated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          causeLocated?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
          fixed?: {
            at: string;
            source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
            by: string;
            note: string;
            setAt: string;
          };
        };
        durations: {
          timeToDetectMs: number | null;
          timeToMitigateMs: number | null;
          customerVisibleMs: number | null;
        };
        alerts: {
          alertId: string;
          count: number;
          key: string;
          kind: string;
          group: string;
          title: string;
          firedAt: string;
          severity: string;
          owner: string;
          explanation: string | null;
        }[];
      }[];
      reviewMarkers: {
        postmortem?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        actionsAssigned?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
        preventionVerified?: {
          at: string;
          source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
          by: string;
          note: string;
          setAt: string;
        };
      };
      hypotheses: {
        id: string;
        state: 'open' | 'confirmed' | 'refuted';
        cause: string;
        metric: string;
        refutedBy: string;
        changeIds: string[];
        by: string;
        at: string;
        copiedFrom: string | null;
        judgedAt: string | null;
        judgedBy: string | null;
        verdict: string;
      }[];
      mitigations: {
        id: string;
        kind: string;
        title: string;
        target: {};
        by: string;
        isAutomatic: boolean;
        at: string;
        changeIds: string[];
        actId: string | null;
        undoneAt: string | null;
        undoneBy: string | null;
        undoChangeIds: string[];
        isReversible: boolean;
        keptBecause: string | null;
      }[];
      fixes: {
        id: string;
        text: string;
        changeId: string | null;
        inForceAt: string;
        by: string;
        at: string;
        heldAt: string | null;
      }[];
      preventions: { id: string; text: string; by: string; at: string }[];
      updateDueAt: string | null;
      updatedAt: string | null;
      timelineRows: number;
      names: string[];
    };
  };
  /** List what happened, in the order in which it happened; the newest first with order=descending. */
  'v1.incident.list-timeline': {
    path: { incident_id: string };
    query: {
      limit?: number;
      iterator?: string;
      order?: 'ascending' | 'descending';
      kind?:
        | 'opened'
        | 'alert'
        | 'change'
        | 'mitigation'
        | 'undo'
        | 'fix'
        | 'prevention'
        | 'hypothesis'
        | 'sli'
        | 'impact'
        | 'marker'
        | 'severity'
        | 'role'
        | 'state'
        | 'update'
        | 'reminder'
        | 'evidence'
        | 'note';
    };
    body: never;
    answer: {
      data: {
        id: string;
        at: string;
        kind:
          | 'opened'
          | 'alert'
          | 'change'
          | 'mitigation'
          | 'undo'
          | 'fix'
          | 'prevention'
          | 'hypothesis'
          | 'sli'
          | 'impact'
          | 'marker'
          | 'severity'
          | 'role'
          | 'state'
          | 'update'
          | 'reminder'
          | 'evidence'
          | 'note';
        source: 'system' | 'person';
        by: string;
        text: string;
        evidence: { kind: string; id?: string; url?: string }[];
        pinned: unknown;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Write on the timeline, also of what happened long ago, with links to its evidence. */
  'v1.incident.write-note': {
    path: { incident_id: string };
    query: {};
    body: {
      text: string;
      at?: string;
      evidence?: (
        | {
            kind: 'alert' | 'change' | 'incident' | 'mitigation' | 'hypothesis' | 'objective';
            id: string;
          }
        | { kind: 'url'; url: string }
      )[];
    };
    answer: {
      id: string;
      at: string;
      kind:
        | 'opened'
        | 'alert'
        | 'change'
        | 'mitigation'
        | 'undo'
        | 'fix'
        | 'prevention'
        | 'hypothesis'
        | 'sli'
        | 'impact'
        | 'marker'
        | 'severity'
        | 'role'
        | 'state'
        | 'update'
        | 'reminder'
        | 'evidence'
        | 'note';
      source: 'system' | 'person';
      by: string;
      text: string;
      evidence: { kind: string; id?: string; url?: string }[];
      pinned: unknown;
    };
  };
  /** Create a rule: which alerts open an incident, and what is done about them by itself at once. */
  'v1.incident-rule.create': {
    path: {};
    query: {};
    body: {
      name: string;
      description?: string;
      position?: number;
      match?: {
        owners?: string[];
        severities?: ('page' | 'ticket' | 'info')[];
        kinds?: string[];
        hours?: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      opens?: boolean;
      mitigations?: ('open_circuit' | 'pause_endpoint' | 'stop_canary')[];
    };
    answer: {
      id: string;
      name: string;
      description: string;
      position: number;
      match: {
        owners: string[];
        severities: string[];
        kinds: string[];
        hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      opens: boolean;
      mitigations: ('open_circuit' | 'pause_endpoint' | 'stop_canary')[];
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List rules of incidents by name. */
  'v1.incident-rule.list': {
    path: {};
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        description: string;
        position: number;
        match: {
          owners: string[];
          severities: string[];
          kinds: string[];
          hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
        };
        opens: boolean;
        mitigations: ('open_circuit' | 'pause_endpoint' | 'stop_canary')[];
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get a rule of incidents by its name. */
  'v1.incident-rule.get': {
    path: { rule_name: string };
    query: {};
    body: never;
    answer: {
      id: string;
      name: string;
      description: string;
      position: number;
      match: {
        owners: string[];
        severities: string[];
        kinds: string[];
        hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      opens: boolean;
      mitigations: ('open_circuit' | 'pause_endpoint' | 'stop_canary')[];
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace a rule of incidents; one that is not there yet is created. */
  'v1.incident-rule.update': {
    path: { rule_name: string };
    query: {};
    body: {
      description?: string;
      position?: number;
      match?: {
        owners?: string[];
        severities?: ('page' | 'ticket' | 'info')[];
        kinds?: string[];
        hours?: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      opens?: boolean;
      mitigations?: ('open_circuit' | 'pause_endpoint' | 'stop_canary')[];
    };
    answer: {
      id: string;
      name: string;
      description: string;
      position: number;
      match: {
        owners: string[];
        severities: string[];
        kinds: string[];
        hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      opens: boolean;
      mitigations: ('open_circuit' | 'pause_endpoint' | 'stop_canary')[];
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete a rule of incidents. */
  'v1.incident-rule.delete': {
    path: { rule_name: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** List the facts of an incident by name, each with its source and evidence: what a postmortem may refer to. */
  'v1.incident.list-facts': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: {
      data: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
    };
  };
  /** Export an incident as a drill: its traffic, when what failed, and what came of it, without customers, addresses or payloads. */
  'v1.incident.export-drill': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: {
      format: string;
      name: string;
      title: string;
      incident: string;
      exportedAt: string;
      minutes: number;
      endpoints: number;
      eventTypes: string[];
      traffic: {
        minute: number;
        endpoint: number;
        eventType: number;
        accepted: number;
        ok: number;
        bad: number;
      }[];
      faults: {
        endpoint: number;
        fromMinute: number;
        toMinute: number;
        badShare: number;
        outcomes: { outcome: string; status: number | null; share: number }[];
      }[];
      recorded: {
        impactStartMinute: number;
        detectedMinute: number;
        mitigatedMinute: number | null;
        accepted: number;
        failed: number;
        late: number;
        dead: number;
      };
    };
  };
  /** Show the postmortem of an incident: its text with live facts, its comments, what its checks ask for, and its language. */
  'v1.postmortem.get': {
    path: { incident_id: string };
    query: {};
    body: never;
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Draft the postmortem from the record. This happens by itself when the impact is over; one that is there is answered as it is, but for a short one that nobody edited while the incident grew severe. */
  'v1.postmortem.draft': {
    path: { incident_id: string };
    query: {};
    body: { template?: 'full' | 'short' };
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Write a new version of its text; every version is kept. */
  'v1.postmortem.edit': {
    path: { incident_id: string };
    query: {};
    body: { markdown: string; basedOn?: number; note?: string };
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Show how another text would read, with its facts, what it lacks, and its language; keeps nothing. */
  'v1.postmortem.preview': {
    path: { incident_id: string };
    query: {};
    body: { markdown: string };
    answer: {
      html: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
        place: { start: number; end: number } | null;
        replacements: string[];
      }[];
    };
  };
  /** Hand it in for its review. */
  'v1.postmortem.submit': {
    path: { incident_id: string };
    query: {};
    body: {};
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Make it a draft again, with a reason. What was published stays as a version. */
  'v1.postmortem.return': {
    path: { incident_id: string };
    query: {};
    body: { reason: string };
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Publish what was reviewed; its numbers are frozen. Refused with what is missing, and while comments are open. */
  'v1.postmortem.publish': {
    path: { incident_id: string };
    query: {};
    body: {};
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Comment on words of its text, or on all of it. */
  'v1.postmortem.comment': {
    path: { incident_id: string };
    query: {};
    body: { text: string; quote?: string };
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** Resolve a comment. Again it changes nothing. */
  'v1.postmortem.resolve-comment': {
    path: { incident_id: string; comment: string };
    query: {};
    body: {};
    answer: {
      incidentId: string;
      state: 'draft' | 'in_review' | 'published';
      template: 'full' | 'short';
      version: number;
      publishedVersion: number | null;
      createdAt: string;
      changedAt: string;
      changedBy: string;
      submittedAt: string | null;
      publishedAt: string | null;
      shown: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      };
      text: string;
      facts: {
        name: string;
        value: number | string;
        unit: 'count' | 'ms' | 'moment' | 'minor' | 'share' | 'level' | 'text';
        currency: string | null;
        text: string;
        source: 'ledger' | 'alert' | 'change' | 'person' | 'verification';
        at: string;
        evidence: { kind: string; id?: string; url?: string };
      }[];
      comments: {
        comment: number;
        version: number;
        quote: string;
        text: string;
        by: string;
        at: string;
        resolvedAt: string | null;
        resolvedBy: string | null;
        anchor: { start: number; end: number } | null;
      }[];
      missing: string[];
      findings: {
        flag: string;
        severity: 'block' | 'warn';
        section: string;
        phrase: string;
        reason: string;
        rewrite: string;
        start: { line: number; column: number; offset: number };
        end: { line: number; column: number; offset: number };
      }[];
    };
  };
  /** List the versions of its text, the newest first. */
  'v1.postmortem.list-versions': {
    path: { incident_id: string };
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        version: number;
        by: string;
        at: string;
        note: string;
        markdown: string;
        frozenAt: string | null;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Export it as a document that stands alone: Markdown, HTML (which a browser prints or saves as PDF) or JSON. Each number has its source. */
  'v1.postmortem.export': {
    path: { incident_id: string };
    query: { format?: 'markdown' | 'html' | 'json'; version?: number };
    body: never;
    answer: { type: string; name: string; text: string };
  };
  /** Add an action item to an incident: its type, owner, date, measurable end, and how it is verified. */
  'v1.action.create': {
    path: { incident_id: string };
    query: {};
    body: {
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner?: string;
      dueAt?: string | null;
      end?: string;
      verification?:
        | { kind: 'link'; url: string }
        | { kind: 'drill'; name: string }
        | {
            kind: 'detector';
            indicator?: 'first_attempt' | 'on_time';
            proposed:
              | {
                  detector: 'burn_rate';
                  target: number;
                  burnRate: number;
                  longMinutes: number;
                  shortMinutes: number;
                }
              | { detector: 'outage'; share: number; endpoints: number }
              | { detector: 'fast_burn'; rate: number }
              | { detector: 'small_step'; share: number; falseAlarmsPerYear: number }
              | { detector: 'silence'; falseAlarmsPerYear: number }
              | {
                  detector:
                    | 'first_dead_letter'
                    | 'unaccounted'
                    | 'stuck'
                    | 'growth'
                    | 'freshness'
                    | 'certificate'
                    | 'drift';
                };
          }
        | { kind: 'canary'; endpointId: string }
        | { kind: 'contract'; eventType: string; payload: unknown; wanted?: 'refuses' | 'accepts' }
        | { kind: 'command'; command: string[] }
        | null;
    };
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** List the action items of an incident, the oldest first. */
  'v1.action.list-of-incident': {
    path: { incident_id: string };
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        id: string;
        incidentId: string;
        type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
        text: string;
        owner: string;
        dueAt: string | null;
        end: string;
        state: 'open' | 'done' | 'not_doing';
        isOverdue: boolean;
        isVerified: boolean;
        by: string;
        at: string;
        closedAt: string | null;
        closedBy: string | null;
        reason: string;
        verification: { kind: string } | null;
        results: { at: string; by: string; isHeld: boolean; text: string }[];
        remindedAt: string | null;
        reminders: number;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** List action items of all incidents, the oldest first; with overdue=true those whose date has passed. */
  'v1.action.list': {
    path: {};
    query: { limit?: number; iterator?: string; open?: boolean; overdue?: boolean };
    body: never;
    answer: {
      data: {
        id: string;
        incidentId: string;
        type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
        text: string;
        owner: string;
        dueAt: string | null;
        end: string;
        state: 'open' | 'done' | 'not_doing';
        isOverdue: boolean;
        isVerified: boolean;
        by: string;
        at: string;
        closedAt: string | null;
        closedBy: string | null;
        reason: string;
        verification: { kind: string } | null;
        results: { at: string; by: string; isHeld: boolean; text: string }[];
        remindedAt: string | null;
        reminders: number;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Show an action item, with what its verifications came to. */
  'v1.action.get': {
    path: { item_id: string };
    query: {};
    body: never;
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** Change an open action item. Another end or verification forgets the results of the one before. */
  'v1.action.patch': {
    path: { item_id: string };
    query: {};
    body: {
      type?: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text?: string;
      owner?: string;
      dueAt?: string | null;
      end?: string;
      verification?:
        | { kind: 'link'; url: string }
        | { kind: 'drill'; name: string }
        | {
            kind: 'detector';
            indicator?: 'first_attempt' | 'on_time';
            proposed:
              | {
                  detector: 'burn_rate';
                  target: number;
                  burnRate: number;
                  longMinutes: number;
                  shortMinutes: number;
                }
              | { detector: 'outage'; share: number; endpoints: number }
              | { detector: 'fast_burn'; rate: number }
              | { detector: 'small_step'; share: number; falseAlarmsPerYear: number }
              | { detector: 'silence'; falseAlarmsPerYear: number }
              | {
                  detector:
                    | 'first_dead_letter'
                    | 'unaccounted'
                    | 'stuck'
                    | 'growth'
                    | 'freshness'
                    | 'certificate'
                    | 'drift';
                };
          }
        | { kind: 'canary'; endpointId: string }
        | { kind: 'contract'; eventType: string; payload: unknown; wanted?: 'refuses' | 'accepts' }
        | { kind: 'command'; command: string[] }
        | null;
    };
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** Say that it is done. Where it has a verification, that has held by then. */
  'v1.action.done': {
    path: { item_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** Say that it is not done, and why. The reason shows wherever the item does. */
  'v1.action.not-doing': {
    path: { item_id: string };
    query: {};
    body: { reason: string };
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** Open one again that was done, or was not to be done. */
  'v1.action.reopen': {
    path: { item_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** Run its verification now, and keep what it comes to: a detector over the recorded minutes, a canary, a contract. */
  'v1.action.verify': {
    path: { item_id: string };
    query: {};
    body: {};
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** Tell what a verification came to that runs elsewhere: a drill, a command, or what somebody saw behind a link. */
  'v1.action.tell-result': {
    path: { item_id: string };
    query: {};
    body: { isHeld: boolean; text: string };
    answer: {
      id: string;
      incidentId: string;
      type: 'investigate' | 'detect' | 'mitigate' | 'repair' | 'prevent';
      text: string;
      owner: string;
      dueAt: string | null;
      end: string;
      state: 'open' | 'done' | 'not_doing';
      isOverdue: boolean;
      isVerified: boolean;
      by: string;
      at: string;
      closedAt: string | null;
      closedBy: string | null;
      reason: string;
      verification: { kind: string } | null;
      results: { at: string; by: string; isHeld: boolean; text: string }[];
      remindedAt: string | null;
      reminders: number;
    };
  };
  /** List the eleven prompts, with what levels and companies listen for, and the time of each section. */
  'v1.story.list-prompts': {
    path: {};
    query: {};
    body: never;
    answer: {
      data: {
        prompt:
          | 'outage'
          | 'bug-under-pressure'
          | 'stressful'
          | 'misdiagnosis'
          | 'fast-decision'
          | 'unexpected-cause'
          | 'own-decision'
          | 'failed-fast'
          | 'feature-failed'
          | 'outside-team'
          | 'little-information';
        title: string;
        question: string;
        open: string;
      }[];
      levels: {
        level: 'junior' | 'mid' | 'senior' | 'staff';
        title: string;
        wants: string;
        spokenSeconds: { min: number; max: number };
      }[];
      companies: {
        company: 'amazon' | 'google' | 'meta' | 'microsoft';
        title: string;
        wants: string;
      }[];
      sections: {
        section: 'situation' | 'task' | 'action' | 'result' | 'reflection';
        seconds: number;
      }[];
    };
  };
  /** Draft the story of an incident from its facts, or link the numbers of a text to them; keeps nothing. */
  'v1.story.draft': {
    path: {};
    query: {};
    body: {
      form: 'star' | 'circles' | 'timeline';
      level?: 'junior' | 'mid' | 'senior' | 'staff';
      incidentId?: string;
      text?: string;
    };
    answer: {
      form: 'star' | 'circles' | 'timeline';
      text: string;
      numbers: {
        from: number;
        to: number;
        text: string;
        fact: string | null;
        evidence: string | null;
      }[];
      gaps: {
        part: string;
        ask: string;
        signal:
          | 'timeline'
          | 'three-words'
          | 'reversible'
          | 'blameless'
          | 'prevention'
          | 'reflection'
          | 'ownership'
          | 'voice'
          | 'result'
          | 'follow-through';
      }[];
      pace: {
        name: string;
        measured: number;
        unit: 'words' | 's' | 'share';
        target: string;
        isMet: boolean;
      }[];
    };
  };
  /** Score a story as a reviewer would: ten signals, each with its sentence and the next edit, and the prompts that it serves; keeps nothing. */
  'v1.story.score': {
    path: {};
    query: {};
    body: {
      text: string;
      form?: 'star' | 'circles' | 'timeline';
      level?: 'junior' | 'mid' | 'senior' | 'staff';
      company?: 'amazon' | 'google' | 'meta' | 'microsoft';
    };
    answer: {
      grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified';
      score: number;
      level: 'junior' | 'mid' | 'senior' | 'staff';
      company: 'amazon' | 'google' | 'meta' | 'microsoft' | null;
      rules: { grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified'; rule: string }[];
      disqualifiers: {
        id: string;
        title: string;
        sentence: {
          from: number;
          to: number;
          text: string;
          role: 'earned' | 'lost' | 'extend';
        } | null;
        reason: string;
        edit: string;
      }[];
      questions: {
        id: string;
        title: string;
        sentence: {
          from: number;
          to: number;
          text: string;
          role: 'earned' | 'lost' | 'extend';
        } | null;
        reason: string;
        edit: string;
      }[];
      signals: {
        signal:
          | 'timeline'
          | 'three-words'
          | 'reversible'
          | 'blameless'
          | 'prevention'
          | 'reflection'
          | 'ownership'
          | 'voice'
          | 'result'
          | 'follow-through';
        nth: number;
        title: string;
        score: number;
        isEarned: boolean;
        sentence: {
          from: number;
          to: number;
          text: string;
          role: 'earned' | 'lost' | 'extend';
        } | null;
        reason: string;
        edit: string;
        elements: {
          name: string;
          weight: number;
          share: number;
          sentence: {
            from: number;
            to: number;
            text: string;
            role: 'earned' | 'lost' | 'extend';
          } | null;
          edit: string;
        }[];
      }[];
      weakest:
        | 'timeline'
        | 'three-words'
        | 'reversible'
        | 'blameless'
        | 'prevention'
        | 'reflection'
        | 'ownership'
        | 'voice'
        | 'result'
        | 'follow-through'
        | null;
      words: number;
      unreadFrom: number | null;
      pace: {
        name: string;
        measured: number;
        unit: 'words' | 's' | 'share';
        target: string;
        isMet: boolean;
      }[];
      prompts: {
        prompt:
          | 'outage'
          | 'bug-under-pressure'
          | 'stressful'
          | 'misdiagnosis'
          | 'fast-decision'
          | 'unexpected-cause'
          | 'own-decision'
          | 'failed-fast'
          | 'feature-failed'
          | 'outside-team'
          | 'little-information';
        title: string;
        fit: number;
        isServed: boolean;
        open: string;
        sentence: {
          from: number;
          to: number;
          text: string;
          role: 'earned' | 'lost' | 'extend';
        } | null;
      }[];
    };
  };
  /** Judge what was told to a prompt: its score, its time by section, two further questions, and what moved since an earlier try; keeps nothing. */
  'v1.practice.judge': {
    path: {};
    query: {};
    body: {
      prompt:
        | 'outage'
        | 'bug-under-pressure'
        | 'stressful'
        | 'misdiagnosis'
        | 'fast-decision'
        | 'unexpected-cause'
        | 'own-decision'
        | 'failed-fast'
        | 'feature-failed'
        | 'outside-team'
        | 'little-information';
      level: 'junior' | 'mid' | 'senior' | 'staff';
      company?: 'amazon' | 'google' | 'meta' | 'microsoft';
      told: {
        section: 'situation' | 'task' | 'action' | 'result' | 'reflection';
        text: string;
        seconds: number | null;
      }[];
      earlier?: {
        at: string;
        prompt:
          | 'outage'
          | 'bug-under-pressure'
          | 'stressful'
          | 'misdiagnosis'
          | 'fast-decision'
          | 'unexpected-cause'
          | 'own-decision'
          | 'failed-fast'
          | 'feature-failed'
          | 'outside-team'
          | 'little-information';
        level: 'junior' | 'mid' | 'senior' | 'staff';
        company: 'amazon' | 'google' | 'meta' | 'microsoft' | null;
        grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified';
        score: number;
        words: number;
        signals: Record<string, unknown>;
      }[];
    };
    answer: {
      prompt:
        | 'outage'
        | 'bug-under-pressure'
        | 'stressful'
        | 'misdiagnosis'
        | 'fast-decision'
        | 'unexpected-cause'
        | 'own-decision'
        | 'failed-fast'
        | 'feature-failed'
        | 'outside-team'
        | 'little-information';
      score: {
        grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified';
        score: number;
        level: 'junior' | 'mid' | 'senior' | 'staff';
        company: 'amazon' | 'google' | 'meta' | 'microsoft' | null;
        rules: { grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified'; rule: string }[];
        disqualifiers: {
          id: string;
          title: string;
          sentence: {
            from: number;
            to: number;
            text: string;
            role: 'earned' | 'lost' | 'extend';
          } | null;
          reason: string;
          edit: string;
        }[];
        questions: {
          id: string;
          title: string;
          sentence: {
            from: number;
            to: number;
            text: string;
            role: 'earned' | 'lost' | 'extend';
          } | null;
          reason: string;
          edit: string;
        }[];
        signals: {
          signal:
            | 'timeline'
            | 'three-words'
            | 'reversible'
            | 'blameless'
            | 'prevention'
            | 'reflection'
            | 'ownership'
            | 'voice'
            | 'result'
            | 'follow-through';
          nth: number;
          title: string;
          score: number;
          isEarned: boolean;
          sentence: {
            from: number;
            to: number;
            text: string;
            role: 'earned' | 'lost' | 'extend';
          } | null;
          reason: string;
          edit: string;
          elements: {
            name: string;
            weight: number;
            share: number;
            sentence: {
              from: number;
              to: number;
              text: string;
              role: 'earned' | 'lost' | 'extend';
            } | null;
            edit: string;
          }[];
        }[];
        weakest:
          | 'timeline'
          | 'three-words'
          | 'reversible'
          | 'blameless'
          | 'prevention'
          | 'reflection'
          | 'ownership'
          | 'voice'
          | 'result'
          | 'follow-through'
          | null;
        words: number;
        unreadFrom: number | null;
      };
      pace: {
        name: string;
        measured: number;
        unit: 'words' | 's' | 'share';
        target: string;
        isMet: boolean;
      }[];
      clock: {
        section: 'situation' | 'task' | 'action' | 'result' | 'reflection';
        seconds: number | null;
        target: number;
      }[];
      followUps: string[];
      aimedAt:
        | 'timeline'
        | 'three-words'
        | 'reversible'
        | 'blameless'
        | 'prevention'
        | 'reflection'
        | 'ownership'
        | 'voice'
        | 'result'
        | 'follow-through';
      comparison: {
        with: string;
        isSamePrompt: boolean;
        grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified';
        scoreChange: number;
        better: (
          | 'timeline'
          | 'three-words'
          | 'reversible'
          | 'blameless'
          | 'prevention'
          | 'reflection'
          | 'ownership'
          | 'voice'
          | 'result'
          | 'follow-through'
        )[];
        worse: (
          | 'timeline'
          | 'three-words'
          | 'reversible'
          | 'blameless'
          | 'prevention'
          | 'reflection'
          | 'ownership'
          | 'voice'
          | 'result'
          | 'follow-through'
        )[];
      } | null;
      attempt: {
        at: string;
        prompt:
          | 'outage'
          | 'bug-under-pressure'
          | 'stressful'
          | 'misdiagnosis'
          | 'fast-decision'
          | 'unexpected-cause'
          | 'own-decision'
          | 'failed-fast'
          | 'feature-failed'
          | 'outside-team'
          | 'little-information';
        level: 'junior' | 'mid' | 'senior' | 'staff';
        company: 'amazon' | 'google' | 'meta' | 'microsoft' | null;
        grade: 'A' | 'B' | 'B−' | 'C' | 'disqualified';
        score: number;
        words: number;
        signals: Record<string, unknown>;
      };
    };
  };
  /** Give the ten questions of a round, each with its right choice and the reason, the weakest areas first; keeps nothing. */
  'v1.quiz.next-round': {
    path: {};
    query: {};
    body: {
      difficulty?: 'easy' | 'medium' | 'hard';
      seed?: number;
      answers?: { id: string; isRight: boolean }[];
    };
    answer: {
      data: {
        id: string;
        area: string;
        difficulty: 'easy' | 'medium' | 'hard';
        question: string;
        choices: string[];
        right: number;
        because: string;
      }[];
      areas: { area: string; asked: number; right: number }[];
    };
  };
  /** Open a maintenance window: alerts are recorded, and what still fires at its end is told then. */
  'v1.maintenance.create': {
    path: {};
    query: {};
    body: {
      from?: string;
      until: string;
      reason?: string;
      owners?: string[];
      kinds?: string[];
      keyPrefix?: string;
    };
    answer: {
      id: string;
      from: string;
      until: string;
      reason: string;
      owners: string[];
      kinds: string[];
      keyPrefix: string;
    };
  };
  /** List maintenance windows, the newest first. */
  'v1.maintenance.list': {
    path: {};
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        id: string;
        from: string;
        until: string;
        reason: string;
        owners: string[];
        kinds: string[];
        keyPrefix: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** End a maintenance window now; what still fires is told. */
  'v1.maintenance.delete': {
    path: { maintenance_id: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** Hold back the deliveries of an application, of an event type, or of the whole service. They are accepted and wait in the ledger; none is lost. */
  'v1.pause.begin': {
    path: {};
    query: {};
    body: { appId?: string; eventType?: string; reason: string; resumePerSecond?: number | null };
    answer: {
      id: string;
      appId: string | null;
      eventType: string | null;
      reason: string;
      resumePerSecond: number | null;
      since: string;
    };
  };
  /** List the pauses of applications, event types and the service, the oldest first. */
  'v1.pause.list': {
    path: {};
    query: {};
    body: never;
    answer: {
      data: {
        id: string;
        appId: string | null;
        eventType: string | null;
        reason: string;
        resumePerSecond: number | null;
        since: string;
      }[];
    };
  };
  /** Change the reason of a pause, or the rate at which what waits goes on after it. */
  'v1.pause.patch': {
    path: { pause_id: string };
    query: {};
    body: { reason?: string; resumePerSecond?: number | null };
    answer: {
      id: string;
      appId: string | null;
      eventType: string | null;
      reason: string;
      resumePerSecond: number | null;
      since: string;
    };
  };
  /** End a pause: what waits goes on, of an event type at the rate of the pause. */
  'v1.pause.end': { path: { pause_id: string }; query: {}; body: never; answer: undefined };
  /** Create a notifier: a way by which people are told of alerts. */
  'v1.notifier.create': {
    path: {};
    query: {};
    body: {
      name: string;
      kind: 'slack' | 'smtp' | 'pagerduty' | 'alertmanager' | 'webhook';
      description?: string;
      settings?: {
        url?: string;
        host?: string;
        port?: number;
        tls?: 'none' | 'starttls' | 'tls';
        username?: string;
        from?: string;
        to?: string[];
      };
      secret?: string | null;
      fallback?: string[];
    };
    answer: {
      id: string;
      name: string;
      kind: 'slack' | 'smtp' | 'pagerduty' | 'alertmanager' | 'webhook';
      description: string;
      settings: {
        url?: string;
        host?: string;
        port?: number;
        tls?: 'none' | 'starttls' | 'tls';
        username?: string;
        from?: string;
        to?: string[];
      };
      hasSecret: boolean;
      fallback: string[];
      lastOutcome: { at: string; isSent: boolean; said: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List notifiers by name, without their secrets. */
  'v1.notifier.list': {
    path: {};
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        kind: 'slack' | 'smtp' | 'pagerduty' | 'alertmanager' | 'webhook';
        description: string;
        settings: {
          url?: string;
          host?: string;
          port?: number;
          tls?: 'none' | 'starttls' | 'tls';
          username?: string;
          from?: string;
          to?: string[];
        };
        hasSecret: boolean;
        fallback: string[];
        lastOutcome: { at: string; isSent: boolean; said: string } | null;
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get a notifier by its name, without its secret. */
  'v1.notifier.get': {
    path: { notifier_name: string };
    query: {};
    body: never;
    answer: {
      id: string;
      name: string;
      kind: 'slack' | 'smtp' | 'pagerduty' | 'alertmanager' | 'webhook';
      description: string;
      settings: {
        url?: string;
        host?: string;
        port?: number;
        tls?: 'none' | 'starttls' | 'tls';
        username?: string;
        from?: string;
        to?: string[];
      };
      hasSecret: boolean;
      fallback: string[];
      lastOutcome: { at: string; isSent: boolean; said: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace a notifier; one that is not there yet is created. Without a secret its own stays. */
  'v1.notifier.update': {
    path: { notifier_name: string };
    query: {};
    body: {
      kind: 'slack' | 'smtp' | 'pagerduty' | 'alertmanager' | 'webhook';
      description?: string;
      settings?: {
        url?: string;
        host?: string;
        port?: number;
        tls?: 'none' | 'starttls' | 'tls';
        username?: string;
        from?: string;
        to?: string[];
      };
      secret?: string | null;
      fallback?: string[];
    };
    answer: {
      id: string;
      name: string;
      kind: 'slack' | 'smtp' | 'pagerduty' | 'alertmanager' | 'webhook';
      description: string;
      settings: {
        url?: string;
        host?: string;
        port?: number;
        tls?: 'none' | 'starttls' | 'tls';
        username?: string;
        from?: string;
        to?: string[];
      };
      hasSecret: boolean;
      fallback: string[];
      lastOutcome: { at: string; isSent: boolean; said: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete a notifier. Routes that name it tell nobody by it any more. */
  'v1.notifier.delete': {
    path: { notifier_name: string };
    query: {};
    body: never;
    answer: undefined;
  };
  /** Send a notification that is marked as a test, and tell what the server said. */
  'v1.notifier.test': {
    path: { notifier_name: string };
    query: {};
    body: {};
    answer: { isSent: boolean; said: string };
  };
  /** Create a route: which alerts are told by which notifiers, and who next. */
  'v1.route.create': {
    path: {};
    query: {};
    body: {
      name: string;
      description?: string;
      position?: number;
      match?: {
        owners?: string[];
        severities?: ('page' | 'ticket' | 'info')[];
        kinds?: string[];
        hours?: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      notifiers: string[];
      continue?: boolean;
      escalation?: { afterMinutes: number; notifiers: string[] }[];
      quietHours?: { timeZone: string; days?: number[]; from: string; until: string } | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      position: number;
      match: {
        owners: string[];
        severities: string[];
        kinds: string[];
        hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      notifiers: string[];
      continue: boolean;
      escalation: { afterMinutes: number; notifiers: string[] }[];
      quietHours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** List routes by name. */
  'v1.route.list': {
    path: {};
    query: { limit?: number; iterator?: string; order?: 'ascending' | 'descending' };
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        description: string;
        position: number;
        match: {
          owners: string[];
          severities: string[];
          kinds: string[];
          hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
        };
        notifiers: string[];
        continue: boolean;
        escalation: { afterMinutes: number; notifiers: string[] }[];
        quietHours: { timeZone: string; days?: number[]; from: string; until: string } | null;
        createdAt: string;
        updatedAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Get a route by its name. */
  'v1.route.get': {
    path: { route_name: string };
    query: {};
    body: never;
    answer: {
      id: string;
      name: string;
      description: string;
      position: number;
      match: {
        owners: string[];
        severities: string[];
        kinds: string[];
        hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      notifiers: string[];
      continue: boolean;
      escalation: { afterMinutes: number; notifiers: string[] }[];
      quietHours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Replace a route; one that is not there yet is created. */
  'v1.route.update': {
    path: { route_name: string };
    query: {};
    body: {
      description?: string;
      position?: number;
      match?: {
        owners?: string[];
        severities?: ('page' | 'ticket' | 'info')[];
        kinds?: string[];
        hours?: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      notifiers: string[];
      continue?: boolean;
      escalation?: { afterMinutes: number; notifiers: string[] }[];
      quietHours?: { timeZone: string; days?: number[]; from: string; until: string } | null;
    };
    answer: {
      id: string;
      name: string;
      description: string;
      position: number;
      match: {
        owners: string[];
        severities: string[];
        kinds: string[];
        hours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      };
      notifiers: string[];
      continue: boolean;
      escalation: { afterMinutes: number; notifiers: string[] }[];
      quietHours: { timeZone: string; days?: number[]; from: string; until: string } | null;
      createdAt: string;
      updatedAt: string;
    };
  };
  /** Delete a route. */
  'v1.route.delete': { path: { route_name: string }; query: {}; body: never; answer: undefined };
  /** Get a link and a token for an application's owner; the token sees that application only, for a week. */
  'v1.authentication.app-portal-access': {
    path: { app_id: string };
    query: {};
    body: {
      application?: {
        name: string;
        uid?: string | null;
        metadata?: Record<string, string> | null;
        throttleRate?: number | null;
        people?: number | null;
        signatureHeaders?: 'standard' | 'svix' | 'both';
      } | null;
      featureFlags?: string[];
    };
    answer: { url: string; token: string };
  };
  /** End the token of this request, where it is one for an application. */
  logout_api_v1_auth_logout__post: { path: {}; query: {}; body: unknown; answer: undefined };
  /** Create a token. It is shown in this answer only; the ledger keeps its hash. */
  'v1.token.create': {
    path: {};
    query: {};
    body: { name: string; scope: 'read' | 'write' | 'admin' };
    answer: {
      id: string;
      name: string;
      scope: 'read' | 'write' | 'admin' | 'board' | 'status';
      isRevoked: boolean;
      createdAt: string;
      token: string;
    };
  };
  /** List tokens, without the tokens themselves. */
  'v1.token.list': {
    path: {};
    query: { limit?: number; iterator?: string };
    body: never;
    answer: {
      data: {
        id: string;
        name: string;
        scope: 'read' | 'write' | 'admin' | 'board' | 'status';
        isRevoked: boolean;
        createdAt: string;
      }[];
      done: boolean;
      iterator: string | null;
      prevIterator: string | null;
    };
  };
  /** Revoke a token. It is refused within two seconds. */
  'v1.token.revoke': { path: { token_id: string }; query: {}; body: never; answer: undefined };
  /** Create a link that shows whether deliveries are as they should be, of one application or of all, to whoever has it, and nothing else. It is shown in this answer only; revoking its token ends it. */
  'v1.status.create-link': {
    path: {};
    query: {};
    body: { name: string; appId?: string | null };
    answer: {
      id: string;
      url: string;
      json: string;
      atom: string;
      rss: string;
      appId: string | null;
    };
  };
  /** Show whether deliveries of an application are as they should be, as its status feed tells its endpoints' owners. */
  'v1.status.get-of-application': {
    path: { app_id: string };
    query: {};
    body: never;
    answer: {
      isDisturbed: boolean;
      summary: string;
      changedAt: string | null;
      current: {
        id: string;
        state: 'ongoing' | 'mitigated' | 'resolved';
        since: string;
        mitigatedAt: string | null;
        resolvedAt: string | null;
        spells: { from: string; until: string | null }[];
        updates: { at: string; text: string }[];
      }[];
      past: {
        id: string;
        state: 'ongoing' | 'mitigated' | 'resolved';
        since: string;
        mitigatedAt: string | null;
        resolvedAt: string | null;
        spells: { from: string; until: string | null }[];
        updates: { at: string; text: string }[];
      }[];
      disturbedDays: string[];
      days: number;
    };
  };
  /** Get the link of an application's status feed, for its owner: the same each time. Revoking its token ends it for good. */
  'v1.status.link-of-application': {
    path: { app_id: string };
    query: {};
    body: unknown;
    answer: {
      id: string;
      url: string;
      json: string;
      atom: string;
      rss: string;
      appId: string | null;
    };
  };
  /** Show how things stand, what became of the messages of the last minutes (an hour, unless minutes says otherwise), and the endpoints whose first attempts failed most in the last ten. Up to two seconds old. */
  'v1.overview.get': {
    path: {};
    query: { minutes?: number };
    body: never;
    answer: {
      since: string;
      until: string;
      now: {
        at: string;
        lagMs: number;
        pending: number;
        isPendingMore: boolean;
        dueLanes: number;
        inFlight: number;
        unaccounted: number;
        openAlerts: number;
        openIncidents: number;
      };
      minutes: {
        at: string;
        accepted: number;
        delivered: number;
        late: number;
        dead: number;
        firstOk: number;
        firstBad: number;
      }[];
      worstEndpoints: {
        id: string;
        appId: string;
        uid: string | null;
        url: string;
        firstOk: number;
        firstBad: number;
      }[];
    };
  };
  /** The settings in force; of secrets only whether they are set. */
  'v1.settings.get': {
    path: {};
    query: {};
    body: never;
    answer: Record<string, string | number | null>;
  };
  /** What the background audit found: deliveries that are not accounted for, and those it scheduled again. */
  'v1.audit.get': {
    path: {};
    query: {};
    body: never;
    answer: {
      unaccounted: number;
      found: number;
      healed: number;
      passes: number;
      lastStepAt: string | null;
    };
  };
  /** The process runs. */
  'v1.health.get': { path: {}; query: {}; body: never; answer: undefined };
  /** The process answers. */
  'v1.health.ping': { path: {}; query: {}; body: never; answer: undefined };
  /** The service can accept: the ledger answers and no shutdown is under way. */
  'v1.health.ready': { path: {}; query: {}; body: never; answer: undefined };
  /** Watch, as server-sent events: figures each second, attempt as outcomes are stored (of more than 50 a second skipped says how many), and alert, incident and change with the id of what to look at again. With topics=figures,attempts,alerts,incidents,changes some of them; with app_id attempts of one application. A token for one application watches its attempts. */
  'v1.live.get': {
    path: {};
    query: { topics?: string; app_id?: string };
    body: never;
    answer: {
      figures: {
        at: string;
        lagMs: number;
        pending: number;
        isPendingMore: boolean;
        dueLanes: number;
        inFlight: number;
        unaccounted: number;
        openAlerts: number;
        openIncidents: number;
        acceptedPerSecond: number;
        deliveredPerSecond: number;
        failedPerSecond: number;
        deadPerSecond: number;
        successShare: number | null;
      };
      attempt: {
        id: string;
        messageId: string;
        appId: string;
        endpointId: string;
        eventType: string;
        attempt: number;
        outcome: string;
        state: string;
        statusCode: number | null;
        durationMs: number;
        isCandidate: boolean;
        at: string;
      };
      skipped: { count: number };
      alert: { id: string };
      incident: { id: string };
      change: { id: string };
    };
  };
  /** Sign in by a token. The session is a cookie; what changes something by it must repeat csrf in x-csrf-token. */
  'session.open': {
    path: {};
    query: {};
    body: { token: string };
    answer: {
      actor: string;
      name: string;
      scope: 'read' | 'write' | 'admin';
      appId: string | null;
      openedBy: 'token' | 'portal' | 'person';
      csrf: string;
      expiresAt: string;
    };
  };
  /** Show whose session this is. */
  'session.get': {
    path: {};
    query: {};
    body: never;
    answer: {
      actor: string;
      name: string;
      scope: 'read' | 'write' | 'admin';
      appId: string | null;
      openedBy: 'token' | 'portal' | 'person';
      csrf: string;
      expiresAt: string;
    };
  };
  /** Sign out. The session opens nothing from now on; what it was opened by stays as it is. */
  'session.end': { path: {}; query: {}; body: never; answer: undefined };
  /** By what means one may sign in here, and whether this browser has: a question that is never refused. OpenID Connect begins at /session/oidc?next=PATH. */
  'session.means': {
    path: {};
    query: {};
    body: never;
    answer: { token: boolean; oidc: { name: string } | null; isSignedIn: boolean };
  };
};

export const operationPaths = {
  'v1.application.create': ['POST', '/api/v1/app'],
  'v1.application.list': ['GET', '/api/v1/app'],
  'v1.application.get': ['GET', '/api/v1/app/{app_id}'],
  'v1.application.update': ['PUT', '/api/v1/app/{app_id}'],
  patch_application: ['PATCH', '/api/v1/app/{app_id}'],
  'v1.application.delete': ['DELETE', '/api/v1/app/{app_id}'],
  'v1.endpoint.create': ['POST', '/api/v1/app/{app_id}/endpoint'],
  'v1.endpoint.list': ['GET', '/api/v1/app/{app_id}/endpoint'],
  'v1.endpoint.get': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}'],
  'v1.endpoint.update': ['PUT', '/api/v1/app/{app_id}/endpoint/{endpoint_id}'],
  patch_endpoint: ['PATCH', '/api/v1/app/{app_id}/endpoint/{endpoint_id}'],
  'v1.endpoint.delete': ['DELETE', '/api/v1/app/{app_id}/endpoint/{endpoint_id}'],
  'v1.endpoint.get-headers': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers'],
  'v1.endpoint.update-headers': ['PUT', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers'],
  'v1.endpoint.patch-headers': ['PATCH', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/headers'],
  'v1.endpoint.get-secret': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret'],
  'v1.endpoint.rotate-secret': [
    'POST',
    '/api/v1/app/{app_id}/endpoint/{endpoint_id}/secret/rotate',
  ],
  'v1.endpoint.get-stats': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/stats'],
  'v1.endpoint.get-timing': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/timing'],
  'v1.endpoint.recover': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/recover'],
  'v1.endpoint.send-example': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/send-example'],
  'v1.lane.get': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane'],
  'v1.lane.patch': ['PATCH', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane'],
  'v1.lane.pause': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/pause'],
  'v1.lane.resume': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/resume'],
  'v1.lane.switch-alternate': [
    'POST',
    '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/alternate',
  ],
  'v1.lane.open-circuit': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/circuit/open'],
  'v1.lane.close-circuit': [
    'POST',
    '/api/v1/app/{app_id}/endpoint/{endpoint_id}/lane/circuit/close',
  ],
  'v1.lane.list-resting': ['GET', '/api/v1/lane'],
  'v1.endpoint.validate': ['POST', '/api/v1/app/{app_id}/endpoint/validate'],
  'v1.endpoint.get-payload-versions': [
    'GET',
    '/api/v1/app/{app_id}/endpoint/{endpoint_id}/payload-version',
  ],
  'v1.endpoint.set-payload-versions': [
    'PUT',
    '/api/v1/app/{app_id}/endpoint/{endpoint_id}/payload-version',
  ],
  'v1.policy.create': ['POST', '/api/v1/policy'],
  'v1.policy.list': ['GET', '/api/v1/policy'],
  'v1.policy.validate': ['POST', '/api/v1/policy/validate'],
  'v1.policy.get': ['GET', '/api/v1/policy/{policy_name}'],
  'v1.policy.update': ['PUT', '/api/v1/policy/{policy_name}'],
  'v1.policy.patch': ['PATCH', '/api/v1/policy/{policy_name}'],
  'v1.policy.delete': ['DELETE', '/api/v1/policy/{policy_name}'],
  'v1.policy.list-versions': ['GET', '/api/v1/policy/{policy_name}/version'],
  'v1.policy.list-users': ['GET', '/api/v1/policy/{policy_name}/user'],
  'v1.application.get-policy': ['GET', '/api/v1/app/{app_id}/policy'],
  'v1.application.set-policy': ['PUT', '/api/v1/app/{app_id}/policy'],
  'v1.endpoint.get-policy': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/policy'],
  'v1.endpoint.set-policy': ['PUT', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/policy'],
  'v1.objective.create': ['POST', '/api/v1/objective'],
  'v1.objective.list': ['GET', '/api/v1/objective'],
  'v1.objective.preview': ['POST', '/api/v1/objective/preview'],
  'v1.objective.replay': ['POST', '/api/v1/objective/replay'],
  'v1.objective.read-openslo': ['POST', '/api/v1/objective/openslo'],
  'v1.objective.get': ['GET', '/api/v1/objective/{objective_name}'],
  'v1.objective.update': ['PUT', '/api/v1/objective/{objective_name}'],
  'v1.objective.patch': ['PATCH', '/api/v1/objective/{objective_name}'],
  'v1.objective.delete': ['DELETE', '/api/v1/objective/{objective_name}'],
  'v1.objective.get-status': ['GET', '/api/v1/objective/{objective_name}/status'],
  'v1.objective.get-history': ['GET', '/api/v1/objective/{objective_name}/history'],
  'v1.objective.get-openslo': ['GET', '/api/v1/objective/{objective_name}/openslo'],
  'v1.objective.get-explanation': ['GET', '/api/v1/objective/{objective_name}/explanation'],
  'v1.board.get': ['GET', '/api/v1/board'],
  'v1.board.create-link': ['POST', '/api/v1/board/link'],
  'v1.canary.start': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary'],
  'v1.canary.get': ['GET', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary'],
  'v1.canary.pause': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary/pause'],
  'v1.canary.resume': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary/resume'],
  'v1.canary.promote': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary/promote'],
  'v1.canary.stop': ['POST', '/api/v1/app/{app_id}/endpoint/{endpoint_id}/canary/stop'],
  'v1.canary.list': ['GET', '/api/v1/canary'],
  'v1.event-type.create': ['POST', '/api/v1/event-type'],
  'v1.event-type.list': ['GET', '/api/v1/event-type'],
  'v1.event-type.get': ['GET', '/api/v1/event-type/{event_type_name}'],
  'v1.event-type.update': ['PUT', '/api/v1/event-type/{event_type_name}'],
  patch_event_type: ['PATCH', '/api/v1/event-type/{event_type_name}'],
  'v1.event-type.delete': ['DELETE', '/api/v1/event-type/{event_type_name}'],
  'v1.event-type.list-endpoints': ['GET', '/api/v1/event-type/{event_type_name}/endpoint'],
  'v1.event-type.get-example': ['GET', '/api/v1/event-type/{event_type_name}/example'],
  'v1.event-type.get-drift': ['GET', '/api/v1/event-type/{event_type_name}/drift'],
  'v1.event-type.set-drift': ['PUT', '/api/v1/event-type/{event_type_name}/drift'],
  'v1.event-type.accept-drift': [
    'POST',
    '/api/v1/event-type/{event_type_name}/drift/{finding}/accept',
  ],
  'v1.message.create': ['POST', '/api/v1/app/{app_id}/msg'],
  'v1.message.list': ['GET', '/api/v1/app/{app_id}/msg'],
  'v1.message.create-batch': ['POST', '/api/v1/app/{app_id}/msg/batch'],
  'v1.message.get': ['GET', '/api/v1/app/{app_id}/msg/{msg_id}'],
  'v1.message.expunge-content': ['DELETE', '/api/v1/app/{app_id}/msg/{msg_id}/content'],
  'v1.delivery.list-by-msg': ['GET', '/api/v1/app/{app_id}/msg/{msg_id}/delivery'],
  'v1.message-attempt.list-attempted-destinations': [
    'GET',
    '/api/v1/app/{app_id}/msg/{msg_id}/endpoint',
  ],
  'v1.message-attempt.list-attempted-messages': [
    'GET',
    '/api/v1/app/{app_id}/endpoint/{endpoint_id}/msg',
  ],
  'v1.message-attempt.list-by-msg': ['GET', '/api/v1/app/{app_id}/attempt/msg/{msg_id}'],
  'v1.message-attempt.list-by-endpoint': [
    'GET',
    '/api/v1/app/{app_id}/attempt/endpoint/{endpoint_id}',
  ],
  'v1.message-attempt.get': ['GET', '/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}'],
  'v1.message-attempt.expunge-content': [
    'DELETE',
    '/api/v1/app/{app_id}/msg/{msg_id}/attempt/{attempt_id}/content',
  ],
  'v1.message-attempt.resend': [
    'POST',
    '/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/resend',
  ],
  'v1.delivery.cancel': ['POST', '/api/v1/app/{app_id}/msg/{msg_id}/endpoint/{endpoint_id}/cancel'],
  'v1.dead-letter.list': ['GET', '/api/v1/app/{app_id}/dead-letter'],
  'v1.dead-letter.cancel': ['POST', '/api/v1/app/{app_id}/dead-letter/cancel'],
  'v1.redrive.create': ['POST', '/api/v1/app/{app_id}/redrive'],
  'v1.act.list': ['GET', '/api/v1/app/{app_id}/act'],
  'v1.act.get': ['GET', '/api/v1/app/{app_id}/act/{act_id}'],
  'v1.correction.create': ['POST', '/api/v1/app/{app_id}/correction'],
  'v1.correction.get': ['GET', '/api/v1/app/{app_id}/correction/{correction_id}'],
  'v1.correction.list-records': ['GET', '/api/v1/app/{app_id}/correction/{correction_id}/record'],
  'v1.contract.get': ['GET', '/api/v1/event-type/{event_type_name}/contract'],
  'v1.contract.put': ['PUT', '/api/v1/event-type/{event_type_name}/contract'],
  'v1.contract.patch': ['PATCH', '/api/v1/event-type/{event_type_name}/contract'],
  'v1.contract.compatibility': [
    'GET',
    '/api/v1/event-type/{event_type_name}/contract/compatibility',
  ],
  'v1.contract.check': ['POST', '/api/v1/event-type/{event_type_name}/contract/check'],
  'v1.contract.put-consumer': [
    'PUT',
    '/api/v1/event-type/{event_type_name}/consumer/{consumer_name}',
  ],
  'v1.contract.get-consumer': [
    'GET',
    '/api/v1/event-type/{event_type_name}/consumer/{consumer_name}',
  ],
  'v1.contract.delete-consumer': [
    'DELETE',
    '/api/v1/event-type/{event_type_name}/consumer/{consumer_name}',
  ],
  'v1.contract.get-conversion': [
    'GET',
    '/api/v1/event-type/{event_type_name}/conversion/{version}',
  ],
  'v1.contract.put-conversion': [
    'PUT',
    '/api/v1/event-type/{event_type_name}/conversion/{version}',
  ],
  'v1.contract.delete-conversion': [
    'DELETE',
    '/api/v1/event-type/{event_type_name}/conversion/{version}',
  ],
  'v1.certificate.list': ['GET', '/api/v1/certificate'],
  'v1.change.list': ['GET', '/api/v1/change'],
  'v1.change.get': ['GET', '/api/v1/change/{change_id}'],
  'v1.change.preview-revert': ['POST', '/api/v1/change/revert/preview'],
  'v1.change.revert': ['POST', '/api/v1/change/revert'],
  'v1.change.mark-deploy': ['POST', '/api/v1/change/deploy'],
  'v1.change.list-of-application': ['GET', '/api/v1/app/{app_id}/change'],
  'v1.alert.list': ['GET', '/api/v1/alert'],
  'v1.alert.get': ['GET', '/api/v1/alert/{alert_id}'],
  'v1.alert.get-explanation': ['GET', '/api/v1/alert/{alert_id}/explanation'],
  'v1.alert.acknowledge': ['POST', '/api/v1/alert/{alert_id}/acknowledge'],
  'v1.alert.resolve': ['POST', '/api/v1/alert/{alert_id}/resolve'],
  'v1.alert.silence': ['POST', '/api/v1/alert/{alert_id}/silence'],
  'v1.incident.list': ['GET', '/api/v1/incident'],
  'v1.incident.open': ['POST', '/api/v1/incident'],
  'v1.incident.get-figures': ['GET', '/api/v1/incident/figures'],
  'v1.incident.get': ['GET', '/api/v1/incident/{incident_id}'],
  'v1.incident.patch': ['PATCH', '/api/v1/incident/{incident_id}'],
  'v1.incident.acknowledge': ['POST', '/api/v1/incident/{incident_id}/acknowledge'],
  'v1.incident.role': ['POST', '/api/v1/incident/{incident_id}/role'],
  'v1.incident.severity': ['POST', '/api/v1/incident/{incident_id}/severity'],
  'v1.incident.marker': ['POST', '/api/v1/incident/{incident_id}/marker'],
  'v1.incident.review-marker': ['POST', '/api/v1/incident/{incident_id}/review-marker'],
  'v1.incident.draft-update': ['GET', '/api/v1/incident/{incident_id}/update/draft'],
  'v1.incident.update': ['POST', '/api/v1/incident/{incident_id}/update'],
  'v1.incident.hypothesis': ['POST', '/api/v1/incident/{incident_id}/hypothesis'],
  'v1.incident.fix': ['POST', '/api/v1/incident/{incident_id}/fix'],
  'v1.incident.prevention': ['POST', '/api/v1/incident/{incident_id}/prevention'],
  'v1.incident.review': ['POST', '/api/v1/incident/{incident_id}/review'],
  'v1.incident.close': ['POST', '/api/v1/incident/{incident_id}/close'],
  'v1.incident.decline': ['POST', '/api/v1/incident/{incident_id}/decline'],
  'v1.incident.merge': ['POST', '/api/v1/incident/{incident_id}/merge'],
  'v1.incident.reopen': ['POST', '/api/v1/incident/{incident_id}/reopen'],
  'v1.incident.list-suspects': ['GET', '/api/v1/incident/{incident_id}/suspects'],
  'v1.incident.get-explanation': ['GET', '/api/v1/incident/{incident_id}/explanation'],
  'v1.incident.judge-hypothesis': [
    'POST',
    '/api/v1/incident/{incident_id}/hypothesis/{hypothesis_id}/judge',
  ],
  'v1.incident.get-mitigation-menu': ['GET', '/api/v1/incident/{incident_id}/mitigation-menu'],
  'v1.incident.mitigate': ['POST', '/api/v1/incident/{incident_id}/mitigation'],
  'v1.incident.undo-mitigation': [
    'POST',
    '/api/v1/incident/{incident_id}/mitigation/{mitigation_id}/undo',
  ],
  'v1.incident.keep-mitigation': [
    'POST',
    '/api/v1/incident/{incident_id}/mitigation/{mitigation_id}/keep',
  ],
  'v1.incident.list-timeline': ['GET', '/api/v1/incident/{incident_id}/timeline'],
  'v1.incident.write-note': ['POST', '/api/v1/incident/{incident_id}/timeline'],
  'v1.incident-rule.create': ['POST', '/api/v1/incident-rule'],
  'v1.incident-rule.list': ['GET', '/api/v1/incident-rule'],
  'v1.incident-rule.get': ['GET', '/api/v1/incident-rule/{rule_name}'],
  'v1.incident-rule.update': ['PUT', '/api/v1/incident-rule/{rule_name}'],
  'v1.incident-rule.delete': ['DELETE', '/api/v1/incident-rule/{rule_name}'],
  'v1.incident.list-facts': ['GET', '/api/v1/incident/{incident_id}/fact'],
  'v1.incident.export-drill': ['GET', '/api/v1/incident/{incident_id}/drill-file'],
  'v1.postmortem.get': ['GET', '/api/v1/incident/{incident_id}/postmortem'],
  'v1.postmortem.draft': ['POST', '/api/v1/incident/{incident_id}/postmortem'],
  'v1.postmortem.edit': ['PUT', '/api/v1/incident/{incident_id}/postmortem'],
  'v1.postmortem.preview': ['POST', '/api/v1/incident/{incident_id}/postmortem/preview'],
  'v1.postmortem.submit': ['POST', '/api/v1/incident/{incident_id}/postmortem/submit'],
  'v1.postmortem.return': ['POST', '/api/v1/incident/{incident_id}/postmortem/return'],
  'v1.postmortem.publish': ['POST', '/api/v1/incident/{incident_id}/postmortem/publish'],
  'v1.postmortem.comment': ['POST', '/api/v1/incident/{incident_id}/postmortem/comment'],
  'v1.postmortem.resolve-comment': [
    'POST',
    '/api/v1/incident/{incident_id}/postmortem/comment/{comment}/resolve',
  ],
  'v1.postmortem.list-versions': ['GET', '/api/v1/incident/{incident_id}/postmortem/version'],
  'v1.postmortem.export': ['GET', '/api/v1/incident/{incident_id}/postmortem/export'],
  'v1.action.create': ['POST', '/api/v1/incident/{incident_id}/action'],
  'v1.action.list-of-incident': ['GET', '/api/v1/incident/{incident_id}/action'],
  'v1.action.list': ['GET', '/api/v1/action'],
  'v1.action.get': ['GET', '/api/v1/action/{item_id}'],
  'v1.action.patch': ['PATCH', '/api/v1/action/{item_id}'],
  'v1.action.done': ['POST', '/api/v1/action/{item_id}/done'],
  'v1.action.not-doing': ['POST', '/api/v1/action/{item_id}/not-doing'],
  'v1.action.reopen': ['POST', '/api/v1/action/{item_id}/reopen'],
  'v1.action.verify': ['POST', '/api/v1/action/{item_id}/verify'],
  'v1.action.tell-result': ['POST', '/api/v1/action/{item_id}/result'],
  'v1.story.list-prompts': ['GET', '/api/v1/story/prompt'],
  'v1.story.draft': ['POST', '/api/v1/story/draft'],
  'v1.story.score': ['POST', '/api/v1/story/score'],
  'v1.practice.judge': ['POST', '/api/v1/practice'],
  'v1.quiz.next-round': ['POST', '/api/v1/quiz/round'],
  'v1.maintenance.create': ['POST', '/api/v1/maintenance'],
  'v1.maintenance.list': ['GET', '/api/v1/maintenance'],
  'v1.maintenance.delete': ['DELETE', '/api/v1/maintenance/{maintenance_id}'],
  'v1.pause.begin': ['POST', '/api/v1/pause'],
  'v1.pause.list': ['GET', '/api/v1/pause'],
  'v1.pause.patch': ['PATCH', '/api/v1/pause/{pause_id}'],
  'v1.pause.end': ['DELETE', '/api/v1/pause/{pause_id}'],
  'v1.notifier.create': ['POST', '/api/v1/notifier'],
  'v1.notifier.list': ['GET', '/api/v1/notifier'],
  'v1.notifier.get': ['GET', '/api/v1/notifier/{notifier_name}'],
  'v1.notifier.update': ['PUT', '/api/v1/notifier/{notifier_name}'],
  'v1.notifier.delete': ['DELETE', '/api/v1/notifier/{notifier_name}'],
  'v1.notifier.test': ['POST', '/api/v1/notifier/{notifier_name}/test'],
  'v1.route.create': ['POST', '/api/v1/route'],
  'v1.route.list': ['GET', '/api/v1/route'],
  'v1.route.get': ['GET', '/api/v1/route/{route_name}'],
  'v1.route.update': ['PUT', '/api/v1/route/{route_name}'],
  'v1.route.delete': ['DELETE', '/api/v1/route/{route_name}'],
  'v1.authentication.app-portal-access': ['POST', '/api/v1/auth/app-portal-access/{app_id}'],
  logout_api_v1_auth_logout__post: ['POST', '/api/v1/auth/logout'],
  'v1.token.create': ['POST', '/api/v1/token'],
  'v1.token.list': ['GET', '/api/v1/token'],
  'v1.token.revoke': ['DELETE', '/api/v1/token/{token_id}'],
  'v1.status.create-link': ['POST', '/api/v1/status/link'],
  'v1.status.get-of-application': ['GET', '/api/v1/app/{app_id}/status'],
  'v1.status.link-of-application': ['POST', '/api/v1/app/{app_id}/status/link'],
  'v1.overview.get': ['GET', '/api/v1/overview'],
  'v1.settings.get': ['GET', '/api/v1/settings'],
  'v1.audit.get': ['GET', '/api/v1/audit'],
  'v1.health.get': ['GET', '/api/v1/health'],
  'v1.health.ping': ['GET', '/api/v1/health/ping'],
  'v1.health.ready': ['GET', '/api/v1/health/ready'],
  'v1.live.get': ['GET', '/api/v1/live'],
  'session.open': ['POST', '/session'],
  'session.get': ['GET', '/session'],
  'session.end': ['DELETE', '/session'],
  'session.means': ['GET', '/session/means'],
} as const satisfies Record<keyof Operations, readonly [string, string]>;
