import { fork, type ChildProcess } from 'node:child_process';
import type { CallAnswer, Calls } from './calls.ts';

type Waiting = {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
};

const running = new Set<Child<Calls>>();

/** Whatever a scenario that failed left behind. */
export async function stopChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()));
}

/** A process of the bench's own, driven by calls. It ends with its parent, however that ends. */
export class Child<Offered extends Calls> {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #calls = 0;

  /** @param module the file to run; it answers with `answerParent`. */
  constructor(module: URL) {
    this.#process = fork(module, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    running.add(this);
    this.#process.on('message', (answer: CallAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ('value' in answer || !('error' in answer)) {
        waiting?.resolve('value' in answer ? answer.value : undefined);
      } else waiting?.reject(new Error(`${module.pathname}: ${answer.error}`));
    });
    this.#process.on('exit', (code, signal) => {
      running.delete(this);
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`${module.pathname} ended early (${code ?? signal})`));
      }
      this.#waiting.clear();
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  call<Name extends keyof Offered & string>(
    name: Name,
    ...[request]: Parameters<Offered[Name]>
  ): Promise<Awaited<ReturnType<Offered[Name]>>> {
    const id = (this.#calls += 1);
    return new Promise((resolve, reject) => {
      if (!this.#process.connected) {
        reject(new Error(`"${name}" was called of a process that has ended`));
        return;
      }
      // The child answers with the result of this very function, as its exported type says.
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#process.send({ id, name, request }, (failure) => {
        if (failure !== null) reject(failure);
      });
    });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => {
      this.#process.once('exit', resolve);
    });
    if (this.#process.connected) this.#process.disconnect();
    await ended;
  }
}
