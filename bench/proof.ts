import type { DeliveryState } from '../src/ledger/index.ts';

/** Everything was sent, received and adds up; or not. One delivery a message. */
export type Proof = {
  readonly sent: number;
  readonly acknowledged: number;
  readonly received: number;
  readonly repeated: number;
  readonly changed: number;
  readonly badSignatures: number;
  /** Acknowledged, never received, and not open in the ledger where that is allowed. */
  readonly lost: number;
  /** The scenario leaves deliveries to a later attempt: what the ledger holds as open or dead is not lost. */
  readonly mayBeOpen: boolean;
  readonly unaccounted: number;
  readonly states: Readonly<Record<DeliveryState, number>>;
  readonly fileFaults: readonly string[];
  readonly dataFolderBytes: number;
  /** What Holdfast logged as warnings and errors: printed, since a measurement with errors measures them. */
  readonly complaints: readonly string[];
};

/** Acknowledged deliveries that were not received and that no row of the ledger explains. */
export function lostOf(
  missing: number,
  { scheduled, in_flight: inFlight, dead }: Proof['states'],
  mayBeOpen: boolean,
): number {
  return mayBeOpen ? Math.max(0, missing - scheduled - inFlight - dead) : missing;
}

/** What a proof shows that must not be, in sentences. */
export function failuresOf(proof: Proof): readonly string[] {
  const { sent, acknowledged, received, states } = proof;
  const rows = Object.values(states).reduce((sum, count) => sum + count, 0);
  const checks: readonly (readonly [isWrong: boolean, sentence: string])[] = [
    [proof.lost > 0, `${proof.lost} acknowledged messages were never received.`],
    [acknowledged < sent, `${sent - acknowledged} of ${sent} messages were not acknowledged.`],
    [
      rows < acknowledged || rows > sent,
      `${acknowledged} messages were acknowledged, but the ledger has ${rows} deliveries.`,
    ],
    [
      states.delivered !== received,
      `${received} were received, but the ledger has ${states.delivered} delivered.`,
    ],
    [proof.changed > 0, `${proof.changed} bodies were not what was sent.`],
    [proof.badSignatures > 0, `${proof.badSignatures} signatures did not verify.`],
    [proof.unaccounted > 0, `The audit finds ${proof.unaccounted} unaccounted deliveries.`],
    [proof.fileFaults.length > 0, `The ledger's file is damaged: ${proof.fileFaults.join('; ')}.`],
  ];
  return checks.filter(([isWrong]) => isWrong).map(([, sentence]) => sentence);
}
