import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { strict as assert } from 'node:assert';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ROOT } from '../../bin/runtime.js';
import { keepForGuide } from './guide-pictures.ts';
import type { Cleanup } from './service-scope.ts';
import { until } from './service-until.ts';

/** Where screenshots of every page go: for eyes, and kept as artefacts where tests run by themselves. */
const PICTURES = join(ROOT, 'build', 'console');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Why there is no browser here; false: there is one. Where one is demanded, its absence is a failure, not a skip. */
export function noBrowser(): string | false {
  if (existsSync(CHROMIUM)) return false;
  assert.notEqual(
    process.env['NEED_CHROMIUM'],
    '1',
    `no browser at ${CHROMIUM}: install Debian's chromium, or name one by CHROMIUM`,
  );
  return `no browser at ${CHROMIUM}; CHROMIUM names one`;
}

export async function openBrowser(
  context: Cleanup,
  flags: readonly string[] = [],
): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    // Chromium's sandbox needs a user who is not root.
    args: [...(isRoot ? ['--no-sandbox'] : []), ...flags],
  });
  context.after(() => browser.close());
  return browser;
}

export type Watched = {
  readonly page: Page;
  /** Throws for what the page has complained about, or loaded from elsewhere, since the last time. */
  readonly assertQuiet: () => void;
};

type WatchOptions = {
  readonly origin: string;
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Answers of the API that are expected to be refusals, by status: the browser writes each to its console. */
  readonly refusals?: readonly number[];
};

const HEIGHT = 900;
const WIDTH = 1280;

/** A page of its own session that keeps what goes wrong on it. */
export async function openPage(
  browser: Browser,
  { origin, scheme = 'light', width = WIDTH, height = HEIGHT, refusals = [401] }: WatchOptions,
): Promise<Watched> {
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const text = message.text();
    if (refusals.some((status) => text.includes(`status of ${status}`))) return;
    complaints.push(`${message.type()}: ${text} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const isOwn =
      url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('blob:');
    if (!isOwn) complaints.push(`loaded from elsewhere: ${url}`);
  });
  page.setDefaultTimeout(15_000);
  return {
    page,
    assertQuiet() {
      const found = complaints.splice(0);
      assert.deepEqual(found, [], `the page ${page.url()} complained`);
    },
  };
}

/** Signs in by token on the sign-in page, as a person does. */
export async function signIn(page: Page, origin: string, token: string): Promise<void> {
  await page.goto(`${origin}/console/`);
  await page.getByLabel(/^Token/).fill(token);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation').first().waitFor();
}

/** A page is shown: its heading is there, and nothing on it is still loading. */
export async function settle(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  const loading = page.locator('[role=status][aria-label=Loading]');
  await until(async () => (await loading.count()) === 0, `${page.url()} to load`);
}

/** Headings that are seen go down by one level at a time, from the page's own. */
export async function assertHeadings(page: Page): Promise<void> {
  const found: unknown = await page.evaluate(`(() => {
    const seen = [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')]
      .filter((each) => each.checkVisibility())
      .map((each) => [Number(each.tagName[1]), each.textContent]);
    return seen.filter(([level], nth) => level > (seen[nth - 1]?.[0] ?? 0) + 1)
      .map(([level, text]) => 'h' + level + ' ' + text);
  })()`);
  assert.deepEqual(found, [], `levels of the headings of ${page.url()}`);
}

let axeSource: Promise<string> | undefined;

/** Of axe-core's rules those that look at colours. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** No violation of WCAG that axe-core calls serious or critical. The same page in other colours: only those are looked at again. */
async function assertAccessible(page: Page, isSame: boolean): Promise<void> {
  axeSource ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // By the debugger's door, since the policy of the page lets no other script in; and once for each document, as it is large.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(await axeSource);
  const options = {
    resultTypes: ['violations'],
    ...(isSame ? { runOnly: { type: 'rule', values: OF_COLOURS } } : {}),
  };
  const found: unknown = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => id + ': ' + help + ' — ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary).join(' | ')))`,
  );
  assert.deepEqual(found, [], `accessibility of ${page.url()}`);
}

/**
 * A picture of the page in light and in dark, as build/console/NAME-light.png and NAME-dark.png. Where the guide shows it,
 * it is held against that one.
 */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor({ state: 'attached' });
    await page.screenshot({
      path: join(PICTURES, `${name}-${scheme}.png`),
      animations: 'disabled',
    });
    if (scheme === 'light') await keepForGuide(page, name);
    await assertAccessible(page, scheme === 'dark');
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
