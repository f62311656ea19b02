import { createConfiguration, type Application, type Endpoint } from '../../src/change/index.ts';
import { createIdSource, createIdText, seededRandom } from '../../src/core/index.ts';
import type { TransportAnswer } from '../../src/delivery/index.ts';
import { openMemoryLedger, type Settlement } from '../../src/ledger/index.ts';
import { createExplainer } from '../../src/slo/index.ts';
import { everything } from '../../src/slo/objective.ts';
import { createScene, firstAttempt, inFlight, LEASE_MS, someTiming } from './ledger-scene.ts';
import type { Cleanup } from './service-scope.ts';
import { somebody } from './somebody.ts';

export type ExplainScene = Awaited<ReturnType<typeof openExplainScene>>;

const applicationDraft = {
  uid: null,
  name: 'Acme',
  metadata: {},
  throttleRate: null,
  policy: null,
  signatureHeaders: 'standard',
} as const;

const endpointDraft = {
  uid: null,
  description: '',
  disabled: false,
  disabledReason: null,
  alternateUrl: null,
  isAlternateInUse: false,
  handCircuit: null,
  eventTypes: null,
  channels: null,
  metadata: {},
  throttleRate: null,
  policy: null,
  lane: null,
  pausedAt: null,
  pausedReason: null,
  payloadVersions: null,
  sealedHeaders: null,
  secrets: [{ sealed: 'a', expiresAt: null }],
} as const;

/** The explainer on a ledger in memory and the real configuration, on a clock that only `move` moves. */
export async function openExplainScene(context: Cleanup, deliveryDeadlineMs = 60_000) {
  const ledger = openMemoryLedger({
    clock: { now: () => Date.now(), after: () => () => {} },
    random: seededRandom(1),
  });
  context.after(() => ledger.close());
  const scene = createScene(ledger);
  const clock = { now: () => scene.now(), after: () => () => {} };
  const ids = createIdSource(clock, 1);
  const idText = createIdText(ledger.mark);
  const settings = { operationalApplication: 'nobody', payloadRetentionDays: 90 };
  const configuration = createConfiguration({ ledger, ids, idText, clock, settings });
  const application: Application = await configuration.applications.create(
    applicationDraft,
    somebody,
  );
  await ledger.setDeliveryDeadline({ deadlineMs: deliveryDeadlineMs, now: scene.now() });
  const explainer = createExplainer({
    ledger,
    configuration,
    idText,
    clock,
    deliveryDeadlineMs,
    counted: null,
  });

  return {
    ledger,
    configuration,
    application,
    idText,
    explainer,
    now: () => scene.now(),
    nextId: () => scene.nextId(),
    move: (byMs: number) => scene.move(byMs),

    endpoint: (url: string, metadata: Readonly<Record<string, string>> = {}): Promise<Endpoint> =>
      configuration.endpoints.create(
        { ...endpointDraft, appId: application.id, url, metadata },
        somebody,
      ),

    /** A first attempt as the transport answered it, or as it is said. */
    async record(
      endpointId: number,
      answer: Partial<Settlement> & Partial<Pick<TransportAnswer, 'phase'>>,
    ): Promise<void> {
      const { phase = null, timing = someTiming, outcome = 'delivered', ...rest } = answer;
      const lease = inFlight(endpointId, scene.nextId(), scene.now() + LEASE_MS);
      const message = await scene.accept({ appId: application.id, to: [lease] });
      const key = { messageId: message.id, endpointId, attemptId: lease.attemptId };
      const end =
        outcome === 'delivered'
          ? ({ state: 'delivered' } as const)
          : ({ state: 'scheduled', dueAt: scene.now() + 1e9 } as const);
      await scene.settle(
        { ...key, ...firstAttempt },
        {
          ...end,
          statusCode: outcome === 'delivered' ? 200 : null,
          ...rest,
          outcome,
          timing: { ...timing, queuedMs: 0, failedPhase: phase },
        },
      );
    },

    firstAttempts: () =>
      explainer.explain({
        objective: { indicator: 'first_attempt', deadlineMs: null, slice: everything },
      }),
  };
}
