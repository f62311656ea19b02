import type { AnswerOf, OperationId, Operations } from '../api/index.ts';

export type ActionItem = AnswerOf<'v1.action.get'>;
export type ActionType = ActionItem['type'];
export type Verification = NonNullable<
  NonNullable<Operations['v1.action.create']['body']['verification']>
>;
export type Detector = Extract<Verification, { kind: 'detector' }>['proposed'];

/** What any move of an action item may alter. */
export const actionAnswers: readonly OperationId[] = [
  'v1.action.get',
  'v1.action.list',
  'v1.action.list-of-incident',
  'v1.postmortem.get',
  'v1.postmortem.preview',
  'v1.incident.get',
];

export const actionTypes: readonly {
  readonly value: ActionType;
  readonly label: string;
  readonly does: string;
}[] = [
  { value: 'prevent', label: 'prevent', does: 'keeps its kind from coming back' },
  { value: 'detect', label: 'detect', does: 'finds it sooner' },
  { value: 'mitigate', label: 'mitigate', does: 'ends the impact sooner' },
  { value: 'repair', label: 'repair', does: 'makes whole what it broke' },
  { value: 'investigate', label: 'investigate', does: 'finds out what is not known yet' },
];

/** What the service may hold as a verification, as its requests have it. */
export function verificationOf({ verification }: ActionItem): Verification | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is answered as it was sent; the document says only its kind
  return verification as Verification | null;
}

/** The service runs it itself; others are run by somebody, who tells what they came to. */
export function runsHere({ kind }: Verification): boolean {
  return kind === 'detector' || kind === 'canary' || kind === 'contract';
}

const percentOf = (share: number): string => `${Number((share * 100).toFixed(4))} %`;

function detectorWords(proposed: Detector): string {
  switch (proposed.detector) {
    case 'outage':
      return `${percentOf(proposed.share)} of all that is sent fails, at ${proposed.endpoints} ${proposed.endpoints === 1 ? 'endpoint' : 'endpoints'} or more`;
    case 'burn_rate':
      return `the budget of ${percentOf(proposed.target)} burns ${proposed.burnRate} times too fast over ${proposed.longMinutes} and ${proposed.shortMinutes} min`;
    case 'fast_burn':
      return `one endpoint fails more than ${percentOf(proposed.rate)}`;
    case 'small_step':
      return `many endpoints fail ${percentOf(proposed.share)} more than they used to (${proposed.falseAlarmsPerYear} false alarms a year)`;
    case 'silence':
      return `what is sent at this hour of other weeks is not (${proposed.falseAlarmsPerYear} false alarms a year)`;
    default:
      return proposed.detector.replaceAll('_', ' ');
  }
}

/** How it is shown that the item does what it is for, in a sentence. */
export function verificationWords(verification: Verification): string {
  switch (verification.kind) {
    case 'detector':
      return `A detector that would have found it in time: ${detectorWords(verification.proposed)}${verification.indicator === 'on_time' ? ', by deadlines' : ''}.`;
    case 'canary':
      return `A canary of ${verification.endpointId} ended since the item was written.`;
    case 'contract':
      return `The contract of ${verification.eventType} ${verification.wanted === 'accepts' ? 'takes' : 'refuses'} a payload.`;
    case 'drill':
      return `The drill ${verification.name} passes.`;
    case 'command':
      return `This ends with 0: ${verification.command.join(' ')}`;
    default:
      return `Somebody looks at ${verification.url} and says that it holds.`;
  }
}

const DAY_MS = 86_400_000;
/** Due within so many days: soon. */
export const SOON_DAYS = 7;

export type Standing = 'overdue' | 'soon' | 'open' | 'done' | 'not_doing';

export function standingOf(
  { state, isOverdue, dueAt }: Pick<ActionItem, 'state' | 'isOverdue' | 'dueAt'>,
  now: number,
): Standing {
  if (state !== 'open') return state;
  if (isOverdue) return 'overdue';
  return dueAt !== null && Date.parse(dueAt) - now < SOON_DAYS * DAY_MS ? 'soon' : 'open';
}
