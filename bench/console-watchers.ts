import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerParent } from './calls.ts';
import { LIVE_PATH, overviewAsks, type Ask } from './console-asks.ts';

/**
 * Consoles that show the overview, without the browsers: what such a page asks of the API, at its own intervals, over
 * connections of its own, each with its stream of events. What they cost the service is measured, not what drawing
 * costs a browser.
 */
type WatchRequest = {
  readonly url: string;
  /** Of a session. */
  readonly cookie: string;
  readonly consoles: number;
  /** They come one after the other over so long. */
  readonly overMs: number;
};

type Watcher = { stop(): void };

/** As many as a browser opens to one host. */
const CONNECTIONS = 6;
const FIGURES = 'event: figures\n';

let watchers: Watcher[] = [];
let answers = 0;
/** `figures` events of all streams. */
let figures = 0;
const refusals = new Set<string>();

function watch({ url, cookie }: WatchRequest): Watcher {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;
  const get = (path: string, accept: string, take: (from: IncomingMessage) => void): void => {
    const headers = { cookie, accept, 'accept-encoding': 'gzip, deflate, br' };
    const asking: ClientRequest = request(`${url}${path}`, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) refusals.add(`${path} answered ${answer.statusCode}`);
      take(answer);
    });
    asking.on('error', (failure) => {
      if (!isStopped) refusals.add(`${path}: ${failure.message}`);
    });
    asking.end();
  };
  const ask = ({ path, everyMs }: Ask): void => {
    get(path, 'application/json', (answer) => {
      answer.resume();
      answer.once('end', () => {
        answers += 1;
        if (everyMs === null || isStopped) return;
        const timer = setTimeout(() => {
          timers.delete(timer);
          ask({ path, everyMs });
        }, everyMs);
        timers.add(timer);
      });
    });
  };
  get(LIVE_PATH, 'text/event-stream', (stream) => {
    stream.setEncoding('latin1');
    stream.on('data', (text: string) => {
      if (text.includes(FIGURES)) figures += 1;
    });
    stream.on('error', () => {}); // cut off by `stop`, or told by the count of figures
  });
  for (const one of overviewAsks) ask(one);
  return {
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
      agent.destroy();
    },
  };
}

const calls = {
  async start(wanted: WatchRequest): Promise<void> {
    for (let nth = 0; nth < wanted.consoles; nth += 1) {
      if (nth > 0) await sleep(wanted.overMs / wanted.consoles);
      watchers.push(watch(wanted));
    }
  },
  /** So far, over all that watched. */
  mark() {
    return { answers, figures, refusals: [...refusals] };
  },
  stop(): void {
    for (const watcher of watchers) watcher.stop();
    watchers = [];
  },
};

export type WatcherCalls = typeof calls;

answerParent(calls);
