/**
 * Functions that a child process offers to its parent over Node's IPC. Each file that runs as a child exports the
 * type of its table, so that both sides are checked against each other.
 */
export type Calls = Readonly<Record<string, (request: never) => unknown>>;

export type Call = { readonly id: number; readonly name: string; readonly request: unknown };
export type CallAnswer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly error: string }
);

/** In the child: answers the parent's calls one by one as they come, and ends when the parent is gone. */
export function answerParent(calls: Calls): void {
  const send = (answer: CallAnswer): void => {
    process.send?.(answer, () => {}); // a parent that has gone is told of by 'disconnect'
  };
  process.on('message', (message: Call) => {
    const { id, name, request } = message;
    const carryOut = async (): Promise<unknown> => calls[name]?.(request as never);
    carryOut().then(
      (value) => send({ id, value }),
      (thrown: unknown) =>
        send({ id, error: thrown instanceof Error ? (thrown.stack ?? '') : String(thrown) }),
    );
  });
  process.on('disconnect', () => process.exit());
}
