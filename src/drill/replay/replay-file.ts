import { startStopwatch } from '../../core/index.ts';
import type { DrillFile } from '../../review/index.ts';
import { check, duration, type Check } from '../drill.ts';
import { incidentOf, type IncidentView } from '../incident-record.ts';
import { payment } from '../payments.ts';
import { withScene, type Account, type Scene } from '../scene.ts';
import type { Traffic } from '../traffic.ts';
import { answerAt, planReplay, type PlannedMessage } from './plan.ts';

/** A drill file played again. Durations in ms of the drill's clock, from when the impact began; but for `wallMs`. */
export type ReplayReport = {
  readonly name: string;
  readonly title: string;
  readonly incident: string;
  readonly seed: number;
  readonly minutes: number;
  readonly endpoints: number;
  readonly wallMs: number;
  readonly isFound: boolean;
  /** null: it was not found. */
  readonly detectedAfterMs: number | null;
  /** As the file has it, to the minute. */
  readonly recordedAfterMs: number;
  readonly accepted: number;
  readonly failed: { readonly recorded: number; readonly replayed: number };
  readonly lost: number;
  readonly checks: readonly Check[];
  readonly isPassed: boolean;
};

export type ReplayOptions = {
  readonly seed: number;
  /** false: receivers are always well; then nothing must be found. */
  readonly isFaulty?: boolean;
};

const MINUTE_MS = 60_000;
const FACTOR = 60;
/** Minutes of a file are whole: a detection is known to one, and so is the beginning. */
const TOLERANCE_MS = 2 * MINUTE_MS;
/** Detection may come after the file's own end. */
const AFTER_MS = 5 * MINUTE_MS;
const SETTLE_MS = 180_000;
/** As many failures as recorded, within this factor: the retries and the breaker are those of today. */
const ALIKE = 3;

type Played = {
  readonly incident: IncidentView | null;
  readonly startAt: number;
  readonly impactAt: number;
  readonly failed: number;
  readonly refused: number;
};

/**
 * Plays a drill file on real sockets, its traffic and faults by the minute, and says whether its incident is found again.
 * Throws `validation` for a file that is longer or wider than what is replayed here.
 */
export async function replayFile(
  file: DrillFile,
  { seed, isFaulty = true }: ReplayOptions,
): Promise<ReplayReport> {
  const elapsedMs = startStopwatch();
  const options = { seed, factor: FACTOR, settings: {}, isFaulty, settleMs: SETTLE_MS };
  const { result, account } = await withScene({ ...options, note: () => {} }, (scene) =>
    play(scene, file),
  );
  return reportOf(file, seed, result, account, elapsedMs());
}

async function play(scene: Scene, file: DrillFile): Promise<Played> {
  const { clock, random } = scene;
  const plan = planReplay(file, random);
  const { impactStartMinute } = file.recorded;
  const traffics: Traffic[] = [];
  let next: PlannedMessage | undefined;
  let startAt = Infinity;
  const failed = new Set<string>();
  for (let endpoint = 0; endpoint < plan.endpoints; endpoint += 1) {
    const receiver = await scene.receiver({ address: `127.0.1.${1 + endpoint}` });
    receiver.behave(({ at, id, nth }) => {
      const minute = plan.firstMinute + Math.floor((at - startAt) / MINUTE_MS);
      const answer = scene.isFaulty
        ? answerAt(file.faults, endpoint, minute, random)
        : { status: 204 };
      const isWell = answer !== null && answer !== 'reset' && answer.status < 300;
      if (nth === 1 && !isWell) failed.add(id);
      return answer;
    });
    const uid = `endpoint-${endpoint}`;
    await scene.application(uid);
    await scene.endpoint(uid, uid, receiver.url);
    let sent = endpoint * 1_000_000;
    const draft = () => payment(random, (sent += 1), next?.eventType);
    // It sends nothing by itself: each message has its moment.
    traffics.push(scene.traffic({ app: uid, perSecond: 1, most: 0, draft }));
  }
  // A minute here is a minute of the file.
  await scene.wait(MINUTE_MS - (clock.now() % MINUTE_MS));
  startAt = clock.now() - (clock.now() % MINUTE_MS);
  for (const message of plan.messages) {
    const waitMs = startAt + message.atMs - clock.now();
    if (waitMs > 0) await scene.wait(waitMs);
    next = message;
    traffics[message.endpoint]?.burst(1);
  }
  const accepted = (): number => traffics.reduce((sum, each) => sum + each.accepted.size, 0);
  const refused = (): number => traffics.reduce((sum, each) => sum + each.refused.length, 0);
  await scene.within(MINUTE_MS, async () =>
    accepted() + refused() >= plan.messages.length ? true : null,
  );
  const endAt = startAt + plan.minutes * MINUTE_MS + AFTER_MS;
  const incident = await scene.within(Math.max(0, endAt - clock.now()), () =>
    incidentOf(scene.record, startAt),
  );
  const impactAt = startAt + (impactStartMinute - plan.firstMinute) * MINUTE_MS;
  return { incident, startAt, impactAt, failed: failed.size, refused: refused() };
}

function reportOf(
  file: DrillFile,
  seed: number,
  { incident, impactAt, failed, refused }: Played,
  account: Account,
  wallMs: number,
): ReplayReport {
  const { name, title, incident: id, recorded, endpoints, minutes } = file;
  const recordedAfterMs = (recorded.detectedMinute - recorded.impactStartMinute) * MINUTE_MS;
  const detectedAt = incident?.detectedAt ?? null;
  const detectedAfterMs = detectedAt === null ? null : detectedAt - impactAt;
  const wanted = file.traffic.reduce((sum, { accepted }) => sum + accepted, 0);
  const isAlike = failed <= recorded.failed * ALIKE && failed >= recorded.failed / ALIKE;
  const checks = [
    check(
      'every message of the file is accepted, and none is lost',
      `${wanted}, 0 lost`,
      `${account.sent} accepted, ${refused} refused, ${account.lost.length} lost`,
      account.sent === wanted && refused === 0 && account.lost.length === 0,
    ),
    check(
      'first attempts fail as they did',
      `${recorded.failed}, within a factor of ${ALIKE}`,
      String(failed),
      isAlike,
    ),
    check(
      'the incident is found again, no later than it was',
      `≤ ${duration(recordedAfterMs + TOLERANCE_MS)} after its impact began`,
      detectedAfterMs === null ? 'no incident' : comparedWith(detectedAfterMs, recordedAfterMs),
      detectedAfterMs !== null &&
        detectedAfterMs >= -TOLERANCE_MS &&
        detectedAfterMs <= recordedAfterMs + TOLERANCE_MS,
    ),
  ];
  return {
    name,
    title,
    incident: id,
    seed,
    minutes,
    endpoints,
    wallMs: Math.round(wallMs),
    isFound: incident !== null,
    detectedAfterMs,
    recordedAfterMs,
    accepted: account.sent,
    failed: { recorded: recorded.failed, replayed: failed },
    lost: account.lost.length,
    checks,
    isPassed: checks.every(({ isShown }) => isShown),
  };
}

function comparedWith(afterMs: number, recordedMs: number): string {
  const off = afterMs - recordedMs;
  const how =
    Math.abs(off) < MINUTE_MS
      ? 'as soon as it was'
      : `${duration(Math.abs(off))} ${off < 0 ? 'sooner' : 'later'} than it was`;
  return `after ${duration(afterMs)}, ${how}`;
}
