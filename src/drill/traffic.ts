import type { Clock, Random } from '../core/index.ts';
import type { Api } from './api.ts';
import { momentAt, textAt, type Json } from './json.ts';

/** One message to be sent. */
export type Draft = { readonly eventType: string; readonly payload: Json; readonly value?: Json };

export type Sent = {
  /** When it was acknowledged. */
  readonly at: number;
  /** When the request began. */
  readonly sentAt: number;
  /** When the product says that it accepted it. */
  readonly acceptedAt: number;
  readonly draft: Draft;
  readonly nth: number;
};

/** A producer that sends through the public API, at random moments around its rate. */
export type Traffic = {
  /** Messages that were acknowledged, by their ids. */
  readonly accepted: ReadonlyMap<string, Sent>;
  /** Messages that were answered 4xx, with the answer. */
  readonly refused: readonly { readonly draft: Draft; readonly answer: Json }[];
  pace(perSecond: number): void;
  /** Sends so many at once, beside its rate. */
  burst(messages: number): void;
  /** Sends no more, and waits for what is under way. */
  stop(): Promise<void>;
};

export type TrafficOptions = {
  readonly api: Api;
  readonly clock: Clock;
  readonly random: Random;
  /** Id or uid. */
  readonly app: string;
  /** Of the drill's clock; the gaps between messages are exponential. */
  readonly perSecond: number;
  readonly draft: (nth: number) => Draft;
  /** Ends by itself after so many. */
  readonly most?: number;
};

/** Requests that wait for their answer at once. Beyond them the producer falls behind, and catches up. */
const MOST_UNDER_WAY = 128;

export function startTraffic(options: TrafficOptions): Traffic & { readonly done: Promise<void> } {
  const { api, clock, random, app, draft, most = Infinity } = options;
  const accepted = new Map<string, Sent>();
  const refused: { draft: Draft; answer: Json }[] = [];
  const underWay = new Set<Promise<void>>();
  let { perSecond } = options;
  let isStopped = false;
  let nth = 0;
  let broken: Error | undefined;

  const isOver = (): boolean => isStopped || nth >= most;
  const gapMs = (): number => (-Math.log(1 - random.next()) / perSecond) * 1000;

  async function send(): Promise<void> {
    const made = draft(nth);
    const mine = { draft: made, nth, sentAt: clock.now() };
    nth += 1;
    const { eventType, payload, value } = made;
    const body = { eventType, payload, ...(value === undefined ? {} : { value }) };
    const { status, json } = await api.call('POST', `/app/${app}/msg?with_content=false`, body);
    if (status === 202) {
      const at = clock.now();
      const acceptedAt = momentAt(json, 'timestamp') ?? at;
      accepted.set(textAt(json, 'id'), { ...mine, at, acceptedAt });
    } else if (status < 500) refused.push({ draft: made, answer: json });
    else throw new Error(`a message was answered ${status}: ${JSON.stringify(json)}`);
  }

  function begin(): void {
    const sending = send()
      .catch((thrown: unknown) => {
        broken ??= thrown instanceof Error ? thrown : new Error(String(thrown));
      })
      .then(() => void underWay.delete(sending));
    underWay.add(sending);
  }

  async function run(): Promise<void> {
    let dueAt = clock.now();
    while (!isOver()) {
      if (broken !== undefined) throw broken;
      while (dueAt <= clock.now() && underWay.size < MOST_UNDER_WAY && !isOver()) {
        begin();
        dueAt += gapMs();
      }
      const pause = new Promise<void>((resolve) => {
        clock.after(dueAt - clock.now(), resolve);
      });
      await (underWay.size >= MOST_UNDER_WAY ? Promise.race(underWay) : pause);
    }
    await Promise.all(underWay);
    if (broken !== undefined) throw broken;
  }

  const done = run();
  // Whoever stops it hears of it.
  done.catch(() => {});
  return {
    accepted,
    refused,
    done,
    pace: (given) => (perSecond = given),
    burst(messages) {
      for (let sent = 0; sent < messages; sent += 1) begin();
    },
    async stop() {
      isStopped = true;
      await done;
    },
  };
}
