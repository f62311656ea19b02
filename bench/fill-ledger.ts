import { createIdSource, createIdText, systemClock, timeOfId } from '../src/core/index.ts';
import { openSqliteLedger, type Acceptance } from '../src/ledger/index.ts';
import { copyDataFolder, makeDataFolder, type DataFolder } from './disk.ts';
import { createApplication, createEndpoint } from './holdfast-api.ts';
import { HoldfastProcess } from './holdfast-process.ts';
import { nowUs, payloadOf } from './payload.ts';

export type Preparation = {
  readonly applications: number;
  /** Each gets every message of its application. */
  readonly endpointsAMessage: number;
  readonly receiverUrl: string;
  readonly secret: string;
  readonly settings: Readonly<Record<string, string>>;
};

/** A data folder with applications and endpoints, by their public ids. */
export type PreparedLedger = {
  readonly folder: DataFolder;
  readonly targets: readonly {
    readonly application: string;
    readonly endpoints: readonly string[];
  }[];
};

const MESSAGES_A_COMMIT = 1000;
/** The backlog's age: its messages are spread over the last hour, as an outage would leave them. */
const SPREAD_MS = 3_600_000;

/** Through the API of a Holdfast, which is stopped then. */
export async function prepareLedger({
  applications,
  endpointsAMessage,
  receiverUrl,
  secret,
  settings,
}: Preparation): Promise<PreparedLedger> {
  const folder = makeDataFolder();
  const holdfast = new HoldfastProcess({ dataDir: folder.path, settings });
  const at = await holdfast.listening();
  const targets = [];
  for (let index = 0; index < applications; index += 1) {
    const application = await createApplication(at, `bench-${index}`);
    const endpoints: string[] = [];
    for (let place = 0; place < endpointsAMessage; place += 1) {
      const url = `${receiverUrl}/holdfast/bench-${index}/${place}`;
      endpoints.push(await createEndpoint(at, application, { url, secret }));
    }
    targets.push({ application, endpoints });
  }
  await holdfast.stop();
  return { folder, targets };
}

export type Target = { readonly appId: number; readonly endpointIds: readonly number[] };

/** By the numbers that the ledger has for them. */
export function targetsOf(texts: PreparedLedger['targets'], mark: string): readonly Target[] {
  const idText = createIdText(mark);
  return texts.map(({ application, endpoints }): Target => {
    const endpointIds = endpoints.map((id) => numberOf(idText.parse('endpoint', id)));
    return { appId: numberOf(idText.parse('application', application)), endpointIds };
  });
}

/**
 * A copy with so many deliveries that are due, through the ledger's own contract: each stored as intake would store it
 * while its lane has no room.
 */
export async function fillLedger(
  { folder: empty, targets: texts }: PreparedLedger,
  deliveries: number,
): Promise<DataFolder> {
  const folder = copyDataFolder(empty);
  const ledger = await openSqliteLedger({ dataDir: folder.path });
  try {
    const targets = targetsOf(texts, ledger.mark);
    const messages = Math.ceil(deliveries / (targets[0]?.endpointIds.length ?? 1));
    const from = systemClock.now() - SPREAD_MS;
    let sequence = 0;
    const clock = { ...systemClock, now: () => from + (sequence / messages) * SPREAD_MS };
    const ids = createIdSource(clock);
    while (sequence < messages) {
      const acceptances: Acceptance[] = [];
      while (acceptances.length < MESSAGES_A_COMMIT && sequence < messages) {
        const target = targets[sequence % targets.length];
        if (target === undefined) throw new Error('a ledger without applications');
        acceptances.push(acceptanceOf(ids.next(), sequence, target));
        sequence += 1;
      }
      await ledger.acceptAll(acceptances);
    }
  } finally {
    await ledger.close();
  }
  return folder;
}

/** One message with a delivery to each endpoint, scheduled for the moment of its id. */
export function acceptanceOf(
  id: number,
  sequence: number,
  { appId, endpointIds }: Target,
): Acceptance {
  return {
    message: {
      id,
      appId,
      eventType: 'bench.sent',
      eventId: null,
      channels: null,
      tags: null,
      payload: payloadOf(sequence, nowUs()),
      retentionDays: 90,
      traceparent: null,
      matched: endpointIds,
    },
    deliveries: endpointIds.map((endpointId) => ({
      endpointId,
      state: 'scheduled',
      dueAt: timeOfId(id),
      attemptId: null,
      reason: null,
    })),
    contentHash: null,
    idempotencyKey: null,
  };
}

function numberOf(id: number | undefined): number {
  if (id === undefined) throw new Error('an id that is not of this ledger');
  return id;
}
