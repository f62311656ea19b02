import { laneFieldNames } from '../core/index.ts';
import type { LaneAnswer } from './lane-answers.ts';
import { oneLine } from './one-line.ts';
import { counted, formatCount, formatTable } from './table.ts';
import { momentWords, timeWords } from './time-words.ts';
import { wrapText } from './wrap-text.ts';

/** A lane in words: what it does, why, until when, what waits, and what to do next. */
export function describeLane(lane: LaneAnswer, now: number): string {
  const { endpointUid, endpointId, appUid, appId } = lane;
  const blocks = [
    `Lane of endpoint ${endpointUid ?? endpointId} of ${appUid ?? appId}\n${oneLine(lane.url)}`,
    paragraphs([
      doing(lane, now),
      diverted(lane),
      typesPaused(lane),
      waiting(lane, now),
      failing(lane, now),
      sending(lane),
    ]),
    ['What to do next', ...nextSteps(lane).map(stepLines)].join('\n'),
    policyTable(lane),
  ];
  return blocks.join('\n\n');
}

function paragraphs(sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== '')
    .map((sentence) => wrapText(sentence))
    .join('\n');
}

/** A command stays on one line, whatever its length: it is there to be copied. */
function stepLines({ text, command }: Step): string {
  const lines = wrapText(`- ${text}`, 80, '  ');
  return command === undefined ? lines : `${lines}\n    ${command}`;
}

type Step = { readonly text: string; readonly command?: string };

function doing(lane: LaneAnswer, now: number): string {
  const { restsFor, restsUntil, breaker, pausedAt, pausedReason } = lane;
  const until = restsUntil === null ? '' : momentWords(restsUntil, now);
  switch (restsFor) {
    case 'paused':
      return `It is PAUSED since ${momentWords(pausedAt ?? '', now)}: "${oneLine(pausedReason ?? '')}". It stays so until somebody resumes it.`;
    case 'application_paused':
    case 'service_paused':
      return `${restsFor === 'service_paused' ? 'The whole SERVICE' : 'Its APPLICATION'} is PAUSED since ${momentWords(pausedAt ?? '', now)}: "${oneLine(pausedReason ?? '')}".`;
    case 'circuit_open':
      if (lane.handCircuit !== null) return openByHand(lane, lane.handCircuit, until, now);
      return `Its CIRCUIT IS OPEN since ${momentWords(breaker.since, now)}, after ${counted(breaker.failuresInARow, 'failure')} in a row. The next delivery goes out as a probe at ${until}; if it succeeds, all goes on.`;
    case 'held':
      return `It is HELD until ${until}: the endpoint asked to wait (429, or Retry-After).`;
    case 'order':
      return `It keeps STRICT ORDER: the delivery at its head failed and is tried again at ${until}; the others wait behind it.`;
    default:
      return breaker.state === 'closed'
        ? 'It is open for business: nothing holds its deliveries back.'
        : `Its circuit was open and is being tried: the next delivery is a probe, and what it meets decides. Last change ${momentWords(breaker.since, now)}.`;
  }
}

function openByHand(
  { breaker }: LaneAnswer,
  { withProbes, reason }: NonNullable<LaneAnswer['handCircuit']>,
  until: string,
  now: number,
): string {
  const then = withProbes
    ? ` The next probe goes out at ${until}, and closes nothing.`
    : until === ''
      ? ' It stays so until somebody closes it.'
      : ` From ${until} on a probe decides.`;
  return `Its CIRCUIT WAS OPENED BY HAND ${momentWords(breaker.since, now)}: "${oneLine(reason)}".${then}`;
}

function diverted({ isAlternateInUse }: LaneAnswer): string {
  return isAlternateInUse ? 'Requests go to its ALTERNATE URL, the one above.' : '';
}

function typesPaused({ pausedTypes }: LaneAnswer): string {
  return pausedTypes.length === 0
    ? ''
    : `PAUSED event types: ${pausedTypes.map(oneLine).join(', ')}. Their deliveries wait, the others go on.`;
}

function waiting(
  { waiting: count, isMoreWaiting, oldestDueAt, held, sending: sent }: LaneAnswer,
  now: number,
): string {
  const inMemory = held - sent;
  const all = count + inMemory;
  if (all === 0) return 'Nothing waits.';
  const number = isMoreWaiting
    ? `More than ${formatCount(count)} deliveries wait`
    : counted(all, 'delivery waits', 'deliveries wait');
  const due =
    oldestDueAt === null
      ? ''
      : Date.parse(oldestDueAt) > now
        ? `; the first is due at ${momentWords(oldestDueAt, now)}`
        : `; the oldest was due at ${momentWords(oldestDueAt, now)}`;
  return `${number}${due}. They are in the ledger: none is lost.`;
}

function failing({ failingSince, policy }: LaneAnswer, now: number): string {
  if (failingSince === null) return 'Its last attempt was no failure.';
  const { disableAfterMs } = policy;
  const end = new Date(Date.parse(failingSince) + disableAfterMs).toISOString();
  const then =
    disableAfterMs === 0 ? '' : ` Failing on, it is disabled at ${momentWords(end, now)}.`;
  return `Nothing but failures since ${momentWords(failingSince, now)}.${then}`;
}

function sending({ sending: sent, concurrency, policy }: LaneAnswer): string {
  return `${counted(sent, 'request')} under way; ${formatCount(concurrency)} may be now, ${formatCount(policy.concurrency)} at most.`;
}

function nextSteps(lane: LaneAnswer): readonly Step[] {
  const [endpoint, app] = [lane.endpointUid ?? lane.endpointId, lane.appUid ?? lane.appId];
  const names = `${endpoint} --app ${app}`;
  const deadLetters = {
    text: 'See what already is a dead letter:',
    command: `holdfast dead-letter list --app ${app} --endpoint ${endpoint}`,
  };
  const tell = { text: 'The endpoint fails, not Holdfast: tell its owner.' };
  switch (lane.restsFor) {
    case 'paused':
      return [
        { text: 'When the reason is gone, resume it:', command: `holdfast lane resume ${names}` },
      ];
    case 'application_paused':
    case 'service_paused':
      return [{ text: 'See which pause it is, and end it:', command: 'holdfast pause list' }];
    case 'circuit_open':
      if (lane.handCircuit !== null) {
        const command = `holdfast lane close-circuit ${names}`;
        return [{ text: 'When the reason is gone, close it:', command }, deadLetters];
      }
      return [
        tell,
        deadLetters,
        { text: 'To stop the probes too:', command: `holdfast lane pause ${names} --why "..."` },
      ];
    case 'held':
      return [
        { text: 'Nothing: it goes on by itself.' },
        {
          text: 'If it happens often, send less at once:',
          command: `holdfast lane set ${names} --concurrency 4`,
        },
      ];
    case 'order':
      return [
        { text: 'Mend what the delivery at the head fails of, or cancel that delivery.' },
        {
          text: 'To give strict order up:',
          command: `holdfast lane set ${names} --ordered default`,
        },
      ];
    default:
      return lane.failingSince === null ? [{ text: 'Nothing.' }] : [tell, deadLetters];
  }
}

function policyTable({ policy, overrides }: LaneAnswer): string {
  return formatTable(
    [
      { title: 'POLICY', value: (name: (typeof laneFieldNames)[number]) => name },
      { title: 'VALUE', value: (name) => valueWords(name, policy[name]) },
      { title: 'FROM', value: (name) => (overrides[name] === undefined ? 'service' : 'endpoint') },
    ],
    laneFieldNames,
  );
}

function valueWords(name: string, value: number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (!name.endsWith('Ms')) return formatCount(value);
  return value === 0 ? '0' : value < 1000 ? `${value} ms` : timeWords(value);
}
