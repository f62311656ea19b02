import { escapeMarkup, type IdText } from '../core/index.ts';
import { momentText } from './moment.ts';
import { pagePolicy } from './page-policy.ts';
import type { StatusDay, StatusEntry, StatusFeed } from './status-feed.ts';
import {
  spanWords,
  stateWords,
  statusTitle,
  summaryWords,
  withoutDirections,
} from './status-words.ts';

/**
 * The feed as one page that loads nothing and runs nothing: all of it stands in words, and the row of days repeats
 * them for the eye. Everything that somebody wrote is escaped.
 *
 * @param page where it stands; its other forms stand below it.
 */
export function statusHtml(feed: StatusFeed, page: string, idText: IdText): string {
  const current = feed.entries.filter(({ state }) => state !== 'resolved');
  const past = feed.entries.filter(({ state }) => state === 'resolved');
  const summary = summaryWords(feed);
  const kind = current.length === 0 ? 'good' : kindOf(current);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(summary)} · ${escaped(statusTitle)}</title>
<link rel="alternate" type="application/atom+xml" title="Atom" href="${escaped(page)}/atom.xml">
<link rel="alternate" type="application/rss+xml" title="RSS" href="${escaped(page)}/rss.xml">
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(statusTitle)}</h1>
<p class="now ${kind}">${escaped(summary)}</p>
</header>
<main>
${current.length === 0 ? '' : `<section aria-labelledby="current"><h2 id="current">Now</h2>${current.map((entry) => entryHtml(entry, idText)).join('\n')}</section>`}
<section aria-labelledby="days"><h2 id="days">The last ${feed.days.length} days</h2>
${daysHtml(feed.days)}</section>
<section aria-labelledby="past"><h2 id="past">What is over</h2>
${past.length === 0 ? `<p class="quiet">Nothing in the last ${feed.days.length} days.</p>` : past.map((entry) => entryHtml(entry, idText)).join('\n')}</section>
</main>
<footer><p>Moments are UTC. Reload for news, or follow as <a href="${escaped(page)}/atom.xml">Atom</a>, <a href="${escaped(page)}/rss.xml">RSS</a> or <a href="${escaped(page)}/status.json">JSON</a>.</p></footer>
</body>
</html>
`;
}

export function statusPolicy(): string {
  return pagePolicy(STYLE);
}

function kindOf(current: readonly StatusEntry[]): 'bad' | 'warn' {
  return current.some(({ state }) => state === 'ongoing') ? 'bad' : 'warn';
}

const kinds = { ongoing: 'bad', mitigated: 'warn', resolved: 'good' } as const;

function entryHtml(entry: StatusEntry, idText: IdText): string {
  const { id, state, sinceAt, updates } = entry;
  return `<article id="${idText.format('incident', id)}">
<h3>Since ${timeHtml(sinceAt)} <span class="state ${kinds[state]}">${stateWords(state)}</span></h3>
<p class="quiet">${courseHtml(entry)}</p>
${updates.length === 0 ? '<p class="quiet">Nothing was written about it yet.</p>' : `<ol>${updates.map(({ at, text }) => `<li>${timeHtml(at)}<p>${escaped(text)}</p></li>`).join('')}</ol>`}
</article>`;
}

function courseHtml({ spells, resolvedAt }: StatusEntry): string {
  const parts = spells.map(({ fromAt, untilAt }, nth) => {
    const from = nth === 0 ? 'Deliveries were disturbed' : `Again from ${timeHtml(fromAt)}`;
    if (untilAt !== null) {
      return `${from} until ${timeHtml(untilAt)} (${spanWords(untilAt - fromAt)}).`;
    }
    return nth === 0 ? 'Deliveries are disturbed.' : `Disturbed again since ${timeHtml(fromAt)}.`;
  });
  const end = resolvedAt === null ? [] : [`The cause was removed ${timeHtml(resolvedAt)}.`];
  return [...parts, ...end].join(' ');
}

const BAR = 4;
const HEIGHT = 40;

function daysHtml(days: readonly StatusDay[]): string {
  const disturbed = days.filter(({ disturbedMs }) => disturbedMs > 0);
  const words =
    disturbed.length === 0
      ? 'No day was disturbed.'
      : `${disturbed.length} of ${days.length} days were disturbed, ${spanWords(disturbed.reduce((sum, day) => sum + day.disturbedMs, 0))} in all.`;
  const bars = days.map(
    ({ at, disturbedMs }, nth) =>
      `<rect class="${disturbedMs === 0 ? 'good' : 'bad'}" x="${nth * BAR}" y="${disturbedMs === 0 ? HEIGHT / 2 : 0}" width="${BAR - 1}" height="${disturbedMs === 0 ? HEIGHT / 2 : HEIGHT}"><title>${dayWords(at)}: ${disturbedMs === 0 ? 'not disturbed' : `disturbed for ${spanWords(disturbedMs)}`}</title></rect>`,
  );
  const [first, last] = [days[0], days.at(-1)];
  const ends =
    first === undefined || last === undefined
      ? ''
      : `<figcaption><span>${dayWords(first.at)}</span><span>${dayWords(last.at)}</span></figcaption>`;
  return `<p>${words}</p>
<figure><svg class="days" viewBox="0 0 ${days.length * BAR - 1} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${words}">${bars.join('')}</svg>${ends}</figure>`;
}

function timeHtml(at: number): string {
  const text = momentText(at);
  return `<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')}</time>`;
}

function dayWords(at: number): string {
  return momentText(at).slice(0, 10);
}

function escaped(text: string): string {
  return escapeMarkup(withoutDirections(text));
}

/** Colours pass 4.5 to 1 as text on their ground in both schemes; states are words, and colour only repeats them. */
const STYLE = `
:root{--ground:#f6f7f9;--card:#fff;--ink:#1b2330;--quiet:#566073;--edge:#d9dee7;--good:#17713f;--warn:#8a5a00;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ground:#12161d;--card:#1b212b;--ink:#e7ebf2;--quiet:#a3adbd;--edge:#303947;--good:#63cf92;--warn:#e8b04b;--bad:#ff8f85}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:1.25rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.1rem;font-weight:600;color:var(--quiet)}
h2{margin:2rem 0 .75rem;font-size:1.15rem}
h3{margin:0;font-size:1rem}
p{margin:.25rem 0}
.now{margin:.5rem 0 0;font-size:1.6rem;line-height:1.25;font-weight:600}
.quiet{color:var(--quiet);font-size:.9rem}
article{margin:0 0 1rem;padding:1rem 1.1rem;background:var(--card);border:1px solid var(--edge);border-radius:.6rem}
article:target{outline:2px solid var(--ink)}
.state{display:inline-block;padding:0 .5em;border:1px solid;border-radius:1em;font-size:.8rem;white-space:nowrap}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
ol{margin:.75rem 0 0;padding:0;list-style:none}
li{padding:.6rem 0 0;margin-top:.6rem;border-top:1px solid var(--edge)}
li time{color:var(--quiet);font-size:.85rem}
li p{white-space:pre-line;overflow-wrap:anywhere}
time{white-space:nowrap}
figure{margin:.75rem 0 0}
.days{display:block;width:100%;height:2.5rem}
.days rect{fill:currentColor}
figcaption{display:flex;justify-content:space-between;margin-top:.25rem;color:var(--quiet);font-size:.8rem}
a{color:inherit}
footer{margin:2rem 0 1rem;color:var(--quiet);font-size:.85rem}
`;
