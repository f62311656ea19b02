/** A circuit that somebody opened by hand. Moments are milliseconds since the epoch. */
export type HandCircuit = {
  readonly openedAt: number;
  /** From then on it goes on by a probe, like one that opened by itself; null: until somebody closes it. */
  readonly until: number | null;
  /** One delivery at a time goes out now and then to see how the receiver is; what it meets closes nothing. */
  readonly withProbes: boolean;
  readonly reason: string;
};
