import type { Command } from 'commander';
import type { AttemptAnswer, DeliveryAnswer, MessageAnswer } from './answers.ts';
import { apiFrom, withClient, type AppFlags } from './client-options.ts';
import { newCommand } from './new-command.ts';
import { oneLine } from './one-line.ts';
import { printResult } from './output.ts';
import { formatCount, formatTable } from './table.ts';

/** More attempts than any policy makes in several rounds. */
const MOST_ATTEMPTS = 1000;

export function deadLetterShowCommand(): Command {
  return withClient(
    newCommand('show', 'show a message: its deliveries and every attempt of them', [
      'holdfast dead-letter show msg_0GYRfKMU0iAq9Lw --app acme',
      'holdfast dead-letter show msg_0GYRfKMU0iAq9Lw --app acme --json',
    ]),
  )
    .argument('<message>', 'id of the message')
    .requiredOption('--app <application>', 'id or uid of the application')
    .action(async (message: string, flags: AppFlags) => show(message, flags));
}

async function show(id: string, flags: AppFlags): Promise<void> {
  const api = apiFrom(flags);
  const message = await api.message(flags.app, id);
  const [deliveries, attempts] = await Promise.all([
    api.deliveriesOf(flags.app, id),
    api.attemptsOf(flags.app, id, MOST_ATTEMPTS),
  ]);
  printResult(flags, { ...message, deliveries, attempts }, describe);
}

type Shown = MessageAnswer & {
  readonly deliveries: readonly DeliveryAnswer[];
  readonly attempts: readonly AttemptAnswer[];
};

function describe({ id, eventType, timestamp, deliveries, attempts }: Shown): string {
  const blocks = deliveries.map((delivery) => {
    const own = attempts.filter(({ endpointId }) => endpointId === delivery.endpointId);
    const heading = `${delivery.endpointId}  ${describeDelivery(delivery)}`;
    return own.length === 0 ? heading : `${heading}\n${tableOf(own.toReversed())}`;
  });
  return [`${id}  ${eventType}  accepted ${timestamp}`, ...blocks].join('\n\n');
}

function describeDelivery({ state, reason, attempts, nextAttempt }: DeliveryAnswer): string {
  const next = nextAttempt === null ? '' : `, next attempt ${nextAttempt}`;
  const why = reason === null ? '' : ` (${reason})`;
  return `${state.replace('_', ' ')}${why} after ${formatCount(attempts)} attempts${next}`;
}

function tableOf(attempts: readonly AttemptAnswer[]): string {
  return formatTable(
    [
      { title: 'AT', value: ({ timestamp }) => timestamp },
      { title: 'OUTCOME', value: ({ outcome }) => outcome },
      {
        title: 'STATUS',
        value: ({ responseStatusCode: code }) => (code === 0 ? '-' : String(code)),
      },
      { title: 'MS', value: ({ responseDurationMs }) => responseDurationMs },
      { title: 'ANSWER', value: ({ detail, response }) => shortened(detail ?? response) },
    ],
    attempts,
  );
}

function shortened(text: string): string {
  const line = oneLine(text);
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
