import { describeSli } from '../describe-sli.ts';
import { counted, formatCount, formatTable } from '../table.ts';
import { EXPECTED_EXAMPLES } from './development-packages.ts';
import { RETRY_SCHEDULE, type DemoResult, type ObservedReceiver } from './run-demo.ts';

/** The demo's one line of JSON. */
export type DemoTotals = {
  readonly accepted: number;
  readonly deliveries: number;
  readonly delivered: number;
  readonly deadLettered: number;
  readonly redriven: number;
  /** Deliveries whose receiver did not acknowledge exactly the bytes that were sent. */
  readonly lost: number;
  readonly unaccounted: number;
  readonly signatureFailures: number;
  /** SLI minutes that were counted, and counts of them that differ from the raw rows. */
  readonly sliMinutes: number;
  readonly sliDiffering: number;
};

export function totalsOf({ sent, receivers, audit, sli, redriven }: DemoResult): DemoTotals {
  const sum = (valueOf: (receiver: ObservedReceiver) => number): number =>
    receivers.reduce((total, receiver) => total + valueOf(receiver), 0);
  return {
    accepted: audit.total.accepted,
    deliveries: audit.total.matched,
    delivered: audit.total.states.delivered,
    deadLettered: sum(({ deadLettered }) => deadLettered),
    redriven,
    lost: sum((receiver) => lostBy(receiver, sent)),
    unaccounted: audit.unaccounted + sumOfDifferences(audit.minutes),
    signatureFailures: sum(({ signatureFailures }) => signatureFailures),
    sliMinutes: sli.rows,
    sliDiffering: sli.differing,
  };
}

/** Nothing lost, nothing unaccounted, every signature held, and every example accepted. */
export function isFlawless(result: DemoResult): boolean {
  const { accepted, ...flaws } = totalsOf(result);
  const { lost, unaccounted, signatureFailures, sliDiffering } = flaws;
  const isSound = [lost, unaccounted, signatureFailures, sliDiffering].every((n) => n === 0);
  return isSound && accepted === result.examples;
}

export function describeDemo(result: DemoResult): string {
  const totals = totalsOf(result);
  const { min, max } = result.payloadBytes;
  return [
    formatTable(
      [
        { title: 'RECEIVER', value: ({ name }) => name },
        { title: 'DELIVERIES', value: ({ deliveries }) => deliveries },
        { title: 'AT ONCE', value: ({ firstAttemptSuccesses }) => firstAttemptSuccesses },
        { title: 'ATTEMPTS', value: ({ attempts }) => attempts },
        { title: 'DELIVERED', value: ({ delivered }) => delivered },
        { title: 'DEAD', value: ({ deadLettered }) => deadLettered },
        { title: 'REDRIVEN', value: ({ redriven }) => redriven },
        { title: 'BAD SIG.', value: ({ signatureFailures }) => signatureFailures },
      ],
      result.receivers,
    ),
    '',
    'AT ONCE: delivered by the first attempt. DEAD: out of attempts at some time. BAD SIG.: refused',
    'by the npm library standardwebhooks, which verified every request.',
    '',
    `Retry times were shortened for this demo (${RETRY_SCHEDULE}), and the circuit breaker is off.`,
    `Accepted ${counted(totals.accepted, 'message')} of ${formatCount(min)} to ${formatCount(max)} bytes, ${counted(totals.deliveries, 'delivery', 'deliveries')}: ${formatCount(totals.delivered)} delivered, ${formatCount(totals.deadLettered)} of them after they`,
    `were dead letters and redriven. Lost: ${formatCount(totals.lost)}. Unaccounted for: ${formatCount(totals.unaccounted)}. Bad signatures: ${formatCount(totals.signatureFailures)}. It took ${(result.tookMs / 1000).toFixed(1)} s.`,
    describeSli(result.sli),
    ...(result.examples === EXPECTED_EXAMPLES
      ? []
      : [
          `The package @octokit/webhooks-examples holds ${formatCount(result.examples)} examples, not ${EXPECTED_EXAMPLES}.`,
        ]),
  ].join('\n');
}

function lostBy({ acknowledged }: ObservedReceiver, sent: DemoResult['sent']): number {
  return [...sent].filter(([id, digest]) => {
    const digests = acknowledged.get(id);
    return digests === undefined || digests.size !== 1 || !digests.has(digest);
  }).length;
}

/** A sum can differ where no row stands out; it counts all the same. */
function sumOfDifferences(minutes: DemoResult['audit']['minutes']): number {
  return minutes.reduce((sum, { difference }) => sum + Math.abs(difference), 0);
}
