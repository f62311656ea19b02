import { noContract, schemaOf, type Configuration } from '../../change/index.ts';
import { createPayloadCheck, latestVersion } from '../../contract/index.ts';
import { assertNever, fault, type IdText } from '../../core/index.ts';
import { presentEpisode, type Incident } from '../../incident/index.ts';
import type { Ledger } from '../../ledger/index.ts';
import { MINUTE_MS } from '../../slo/index.ts';
import type { ActionItem, Verification, VerificationResult } from '../action-item.ts';
import { sayCounted, sayDuration, sayMoment, sayTime } from '../say.ts';
import { learnsMs, replayDetector } from './detector-replay.ts';
import { readRecorded } from './recorded.ts';

export type Verified = Pick<VerificationResult, 'isHeld' | 'text'>;

/** Plays a drill by its name; null: there is none of that name. */
export type DrillRunner = (name: string) => Promise<Verified | null>;

export type VerifyParts = {
  readonly ledger: Pick<Ledger, 'sli'>;
  readonly configuration: Pick<Configuration, 'eventTypes' | 'endpoints' | 'canaries'>;
  readonly idText: Pick<IdText, 'format'>;
  readonly deliveryDeadlineMs: number;
  /** null: drills are played elsewhere, and their result is told. */
  readonly runDrill: DrillRunner | null;
};

/** Run where somebody is: their result is told, and recorded as theirs. */
export function isRunElsewhere({ kind }: Verification, runDrill: DrillRunner | null): boolean {
  return kind === 'command' || kind === 'link' || (kind === 'drill' && runDrill === null);
}

/**
 * Runs an item's verification and says what it came to. Throws `state_conflict` for one without any, and for one that runs
 * elsewhere: commands never run here.
 */
export async function verifyItem(
  { verification, at: writtenAt }: ActionItem,
  incident: Incident,
  parts: VerifyParts,
  now: number,
): Promise<Verified> {
  if (verification === null) {
    throw fault('state_conflict', {
      detail: 'It has no verification. Say first how it is to be verified.',
    });
  }
  switch (verification.kind) {
    case 'detector':
      return verifyDetector(verification, incident, parts, now);
    case 'canary':
      return verifyCanary(verification, writtenAt, parts);
    case 'contract':
      return verifyContract(verification, parts);
    case 'drill': {
      const played = await parts.runDrill?.(verification.name);
      if (played === undefined) throw elsewhere('drill');
      return played ?? { isHeld: false, text: `There is no drill "${verification.name}".` };
    }
    case 'command':
    case 'link':
      throw elsewhere(verification.kind);
    default:
      return assertNever(verification);
  }
}

function elsewhere(kind: 'drill' | 'command' | 'link'): Error {
  const how = {
    drill: 'A drill is played by the command line: holdfast action verify.',
    command: 'A command runs on your machine alone: holdfast action verify.',
    link: 'Look at the link, and tell what you saw: holdfast action verify --held or --not-held.',
  } as const;
  return fault('state_conflict', { detail: how[kind] });
}

async function verifyDetector(
  { indicator, proposed }: Extract<Verification, { kind: 'detector' }>,
  incident: Incident,
  parts: VerifyParts,
  now: number,
): Promise<Verified> {
  const { impactStart, detected, mitigated } = presentEpisode(incident).markers;
  const startAt = impactStart?.at ?? incident.openedAt;
  const endAt = mitigated?.at ?? now;
  const learns = learnsMs(proposed);
  const read = await readRecorded(incident, indicator, parts, now, learns > 0);
  const { minutes, hours, settlesMs } = read;
  // Silence is known by what is not there.
  const isKept = (at: number): boolean =>
    proposed.detector === 'silence' || (at >= startAt - MINUTE_MS && at <= endAt);
  if (!minutes.some(({ at }) => isKept(at))) {
    const text = `No SLI minutes of the impact, from ${sayMoment(startAt)} on, are kept any more.`;
    return { isHeld: false, text };
  }
  const seenMs = startAt - (hours[0]?.at ?? minutes[0]?.at ?? startAt);
  if (seenMs < learns) {
    const text = `It cannot be told: ${proposed.detector} compares with the past and needs ${sayDuration(learns)} of it; before the impact ${seenMs <= 0 ? 'nothing is' : `${sayDuration(seenMs)} are`} recorded.`;
    return { isHeld: false, text };
  }
  const all = [...hours, ...minutes];
  const { firedAt, firedBefore } = replayDetector(proposed, all, { startAt, endAt }, settlesMs);
  const noise =
    firedBefore === 0
      ? 'never in the three days before'
      : `${sayCounted(firedBefore, 'time')} in the three days before, for nothing`;
  if (firedAt === null) {
    return { isHeld: false, text: `It would not have fired on what was recorded (${noise}).` };
  }
  const detectedAt = detected?.at ?? incident.openedAt;
  const soonerMs = detectedAt - firedAt;
  const when =
    Math.abs(soonerMs) < 1000
      ? 'at the same time'
      : soonerMs > 0
        ? `${sayDuration(soonerMs)} sooner`
        : `${sayDuration(-soonerMs)} later`;
  const text = `It would have fired at ${sayTime(firedAt)} UTC, ${when} than it was detected (${noise}).`;
  // What finds it later than it was found helps nobody; within the minute that a replay cannot tell it may be the same.
  return { isHeld: soonerMs > -MINUTE_MS, text };
}

async function verifyCanary(
  { endpointId }: Extract<Verification, { kind: 'canary' }>,
  writtenAt: number,
  { configuration, idText }: VerifyParts,
): Promise<Verified> {
  const name = idText.format('endpoint', endpointId);
  const endpoint = await configuration.endpoints.byId(endpointId);
  if (endpoint === null) return { isHeld: false, text: `The endpoint ${name} is gone.` };
  const last = await configuration.canaries.lastOf(endpoint);
  if (last === null) {
    return { isHeld: false, text: `Nothing was ever tried by a canary at ${name}.` };
  }
  const canary = idText.format('canary', last.id);
  if (last.result === null) {
    return {
      isHeld: false,
      text: `The canary ${canary} goes on: it is not known yet how it ends.`,
    };
  }
  if (last.createdAt < writtenAt) {
    const text = `The last canary at ${name}, ${canary}, is older than the action item.`;
    return { isHeld: false, text };
  }
  const { attempts } = last.result.candidate;
  return {
    isHeld: attempts > 0,
    text: `The canary ${canary} at ${name} ended as ${last.state.replace('_', ' ')}, after ${sayCounted(attempts, 'attempt')} through it.`,
  };
}

async function verifyContract(
  { eventType: name, payload, wanted }: Extract<Verification, { kind: 'contract' }>,
  { configuration }: VerifyParts,
): Promise<Verified> {
  const eventType = await configuration.eventTypes.byName(name);
  if (eventType === null) return { isHeld: false, text: `There is no event type "${name}".` };
  const { schemas, contract } = eventType;
  const version = latestVersion(schemas);
  const schema = version === undefined ? undefined : schemaOf(schemas, version);
  if (schema === undefined) return { isHeld: false, text: `"${name}" has no schema.` };
  const { mode } = contract ?? noContract;
  const problems = createPayloadCheck(schema, 'schema').problems(JSON.stringify(payload));
  const [first] = problems;
  const isRefused = first !== undefined && mode === 'reject';
  const said =
    first === undefined
      ? `conforms to version ${version}`
      : `${first.field} ${first.rule}, by version ${version}`;
  const does = isRefused
    ? 'refuses it'
    : first === undefined
      ? 'takes it'
      : `takes it all the same: its mode is ${mode}`;
  return {
    isHeld: isRefused === (wanted === 'refuses'),
    text: `The contract of "${name}" ${does} (${said}).`,
  };
}
