import type { ApiParts } from '../parts.ts';

/** How things stand at one moment. */
export type NowFigures = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** How late the oldest due delivery was, of lanes that may send, when lanes were last compared with the ledger. */
  readonly lagMs: number;
  /** Scheduled deliveries, due or not; counted up to `MOST_PENDING`. */
  readonly pending: number;
  readonly isPendingMore: boolean;
  /** Lanes that have something due, whatever holds them back. */
  readonly dueLanes: number;
  /** Requests under way. */
  readonly inFlight: number;
  /** Deliveries that the background audit's last step found accounted for by nothing. */
  readonly unaccounted: number;
  readonly openAlerts: number;
  /** Without drills. */
  readonly openIncidents: number;
};

/** What has happened since the process began. */
export type Counts = {
  readonly accepted: number;
  readonly delivered: number;
  /** Attempts that did not deliver. */
  readonly failed: number;
  readonly dead: number;
};

export type NowParts = Pick<
  ApiParts,
  'ledger' | 'engine' | 'auditor' | 'alerts' | 'incidents' | 'intake' | 'tally' | 'clock'
>;

/** About 4 ms of a reader's time where there are so many. */
const MOST_PENDING = 100_000;

export async function readNow(parts: NowParts): Promise<NowFigures> {
  const { ledger, engine, auditor, alerts, incidents, clock } = parts;
  const backlog = await ledger.backlog({ atMost: MOST_PENDING, lanes: 0 });
  const { firing, acknowledged } = alerts.figures();
  return {
    at: clock.now(),
    lagMs: engine.lag().lagMs,
    pending: backlog.waiting,
    isPendingMore: backlog.waiting === MOST_PENDING,
    dueLanes: engine.dueLanes().lanes.length,
    inFlight: engine.figures().sending,
    unaccounted: auditor.figures().unaccounted,
    openAlerts: firing + acknowledged,
    openIncidents: incidents.current().filter(({ isDrill }) => !isDrill).length,
  };
}

export function readCounts({ intake, tally }: Pick<NowParts, 'intake' | 'tally'>): Counts {
  const { delivered, dead, scheduled } = tally.ended();
  return { accepted: intake.figures().accepted, delivered, failed: dead + scheduled, dead };
}
