import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Listening } from './holdfast-process.ts';
import { GRID_SCRIPT, VISIT_SCRIPT } from './console-scripts.ts';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const VIEWPORT = { width: 1280, height: 900 };
const GIVE_UP_MS = 120_000;
/** A hundred thousand rows are four hundred answers. */
const GIVE_UP_ROWS_MS = 900_000;
const STALLED_MS = 40_000;
const POLL_MS = 100;
/** After all is shown: what begins within it belongs to the visit. */
const AFTER_MS = 400;

/** null where there is none: CHROMIUM names another. */
export async function launchBrowser(): Promise<Browser | null> {
  if (!existsSync(CHROMIUM)) return null;
  const isRoot = process.getuid?.() === 0;
  // Chromium's sandbox needs a user who is not root.
  return chromium.launch({ executablePath: CHROMIUM, args: isRoot ? ['--no-sandbox'] : [] });
}

/** Signs in by token; resolves to the session's cookie as a header has it. */
export async function openSession({ url, token }: Listening): Promise<string> {
  const response = await fetch(`${url}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const [cookie] = response.headers.getSetCookie();
  if (cookie === undefined) throw new Error(`POST /session answered ${response.status}`);
  return cookie.split(';', 1)[0] ?? '';
}

/** An empty cache and a session: a browser that comes for the first time, signed in. */
export async function newContext(
  browser: Browser,
  url: string,
  cookie: string,
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'reduce' });
  context.setDefaultTimeout(GIVE_UP_MS);
  const [name = '', value = ''] = cookie.split('=', 2);
  await context.addCookies([{ name, value, url }]);
  return context;
}

/** All in milliseconds from the navigation's start. */
export type Visit = {
  /** Heading, figures and chart are drawn, nothing loads, and no long task is under way. */
  readonly interactiveMs: number;
  /** The figures that the stream tells are there too. */
  readonly allFiguresMs: number;
  /** The last script had come. */
  readonly scriptsMs: number;
  /** The overview was asked of the API, and answered. */
  readonly askedMs: number;
  readonly answeredMs: number;
  /** CPU time of the page's main thread until then and a moment longer. */
  readonly pageCpuMs: number;
};

type Seen = {
  readonly shownAt: number | null;
  readonly allFiguresAt: number | null;
  readonly tasks: readonly (readonly [from: number, until: number])[];
  readonly resources: readonly {
    readonly name: string;
    readonly from: number;
    readonly until: number;
  }[];
};

/** One visit of the overview by a page of its own, which is closed then. */
export async function visitOverview(context: BrowserContext, url: string): Promise<Visit> {
  const page = await context.newPage();
  try {
    const cpuMs = await cpuMeter(page);
    await page.addInitScript({ content: VISIT_SCRIPT });
    await page.goto(`${url}/console/`, { waitUntil: 'commit' });
    await until(page, 'holdfastVisit.allFiguresAt !== null', 'the overview');
    await sleep(AFTER_MS);
    const pageCpuMs = await cpuMs();
    return { ...visitOf(await ask<Seen>(page, 'holdfastVisit.seen()')), pageCpuMs };
  } finally {
    await page.close();
  }
}

function visitOf({ shownAt, allFiguresAt, tasks, resources }: Seen): Omit<Visit, 'pageCpuMs'> {
  const works = [...tasks, ...resources.map(({ from, until: end }) => [from, end] as const)];
  const scripts = resources.filter(({ name }) => name.endsWith('.js'));
  const overview = resources.find(({ name }) => name.includes('/api/v1/overview'));
  const interactiveMs = endOfWork(shownAt ?? Number.NaN, works);
  return {
    interactiveMs,
    allFiguresMs: Math.max(interactiveMs, allFiguresAt ?? Number.NaN),
    scriptsMs: Math.max(0, ...scripts.map(({ until: end }) => end)),
    askedMs: overview?.from ?? Number.NaN,
    answeredMs: overview?.until ?? Number.NaN,
  };
}

/** The end of what was under way at a moment, and of what began before that ended. */
export function endOfWork(
  at: number,
  works: readonly (readonly [from: number, until: number])[],
): number {
  return works
    .toSorted(([one], [other]) => one - other)
    .reduce((end, [from, finish]) => (from <= end ? Math.max(end, finish) : end), at);
}

export type Watching = {
  /** Paths with queries that it has asked of the API so far. */
  readonly asked: ReadonlySet<string>;
  /** CPU time of the page's main thread so far, in milliseconds. */
  cpuMs(): Promise<number>;
  close(): Promise<void>;
};

/** A page that shows the overview until it is closed. */
export async function watchOverview(context: BrowserContext, url: string): Promise<Watching> {
  const page = await context.newPage();
  const asked = new Set<string>();
  page.on('request', (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname.startsWith('/api/')) asked.add(decodeURIComponent(pathname + search));
  });
  const cpuMs = await cpuMeter(page);
  await page.goto(`${url}/console/`, { waitUntil: 'commit' });
  return { asked, cpuMs, close: () => page.close() };
}

export type Scrolled = {
  /** Each from the wish to scroll until the rows of that place are drawn, in milliseconds. */
  readonly stepsMs: readonly number[];
  /** In the page at once, its head included. */
  readonly mostRows: number;
};

export type Ended = {
  readonly ms: number;
  readonly rows: number;
  /** Once, where every answer came in time. */
  readonly presses: number;
};

export type MessageList = {
  /** Down by what is seen, from where it stands, as fast as rows come. */
  pageDown(steps: number): Promise<Scrolled>;
  /** To places all over the list, each far from the one before. */
  jump(steps: number): Promise<Scrolled>;
  /** Presses End, which asks for all rows; again where an answer took too long for the page, which ends its way there. */
  end(): Promise<Ended>;
  close(): Promise<void>;
};

export async function openMessages(
  context: BrowserContext,
  url: string,
  application: string,
): Promise<MessageList> {
  const page = await context.newPage();
  await page.addInitScript({ content: GRID_SCRIPT });
  await page.goto(`${url}/console/app/${application}/message`);
  const grid = page.getByRole('grid', { name: 'Messages' });
  await grid.getByRole('row').nth(2).waitFor({ timeout: GIVE_UP_MS });
  return {
    pageDown: (steps) => ask<Scrolled>(page, `holdfastGrid.pageDown(${steps})`),
    jump: (steps) => ask<Scrolled>(page, `holdfastGrid.jump(${steps})`),
    async end() {
      const startedAt = performance.now();
      let known = -1;
      let changedAt = startedAt;
      let presses = 0;
      for (;;) {
        const rows = await ask<number>(page, 'holdfastGrid.rows()');
        const now = performance.now();
        if (rows > 0) return { ms: now - startedAt, rows, presses };
        if (now - startedAt > GIVE_UP_ROWS_MS) throw new Error(`${page.url()}: rows did not come`);
        const height = await ask<number>(page, 'holdfastGrid.height()');
        if (height !== known) changedAt = now;
        known = height;
        if (presses === 0 || now - changedAt > STALLED_MS) {
          presses += 1;
          changedAt = now;
          await grid.press('End');
        }
        await sleep(POLL_MS);
      }
    },
    close: () => page.close(),
  };
}

async function cpuMeter(page: Page): Promise<() => Promise<number>> {
  const debug = await page.context().newCDPSession(page);
  await debug.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await debug.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

/** By the debugger, since the page's policy lets no other script in. */
async function ask<Value>(page: Page, script: string): Promise<Value> {
  // The scripts of this folder answer so.
  return (await page.evaluate(script)) as Value;
}

async function until(page: Page, condition: string, what: string): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  while (!(await ask<boolean>(page, condition))) {
    if (performance.now() > giveUpAt) throw new Error(`${page.url()}: ${what} did not come`);
    await sleep(POLL_MS);
  }
}
