import { escapeMarkup as escaped, nounOf, sayMoney } from '../core/index.ts';
import { pagePolicy } from './page-policy.ts';
import type {
  Board,
  BoardAlert,
  BoardEntry,
  Burn,
  ObjectiveStatus,
  TeamEntries,
} from '../slo/index.ts';

/**
 * The board as one page that loads nothing and runs nothing: what it says stands in words, and bars and lines repeat it
 * for the eye. Everything from configuration is escaped.
 */
export function boardHtml(board: Board): string {
  const { at, team, entries, owners, consumers } = board;
  const title = team === null ? 'Objectives' : `Objectives of ${team}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(title)} · Holdfast</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="mark">Holdfast</p>
<h1>${escaped(title)}</h1>
<p class="summary">${summaryOf(entries)}</p>
</header>
<main>
${team === null ? everyTeam(owners, consumers) : oneTeam(team, owners, consumers)}
</main>
<footer>As of <time datetime="${isoOf(at)}">${momentWords(at)}</time>. Reload for newer figures.</footer>
</body>
</html>
`;
}

export function boardPolicy(): string {
  return pagePolicy(STYLE);
}

function everyTeam(owners: readonly TeamEntries[], consumers: readonly TeamEntries[]): string {
  const kept = owners.map((owner) => sectionOf(`Kept by ${owner.team}`, owner.entries));
  const relied = consumers.map(
    (consumer) => `<h3>${escaped(consumer.team)} relies on</h3>
<ul class="short">${consumer.entries.map(shortOf).join('')}</ul>`,
  );
  const list =
    relied.length === 0 ? '' : `<section><h2>By consumer</h2>${relied.join('\n')}</section>`;
  return `${kept.join('\n')}\n${list}`;
}

function oneTeam(
  team: string,
  owners: readonly TeamEntries[],
  consumers: readonly TeamEntries[],
): string {
  const kept = owners.flatMap(({ entries }) => entries);
  const names = new Set(kept.map(({ objective }) => objective.name));
  const relied = consumers.flatMap(({ entries }) =>
    entries.filter(({ objective }) => !names.has(objective.name)),
  );
  return [
    kept.length === 0 ? '' : sectionOf(`Kept by ${team}`, kept),
    relied.length === 0 ? '' : sectionOf(`${team} relies on`, relied),
  ].join('\n');
}

function sectionOf(title: string, entries: readonly BoardEntry[]): string {
  return `<section><h2>${escaped(title)}</h2>
<div class="cards">${entries.map(cardOf).join('\n')}</div></section>`;
}

function shortOf({ objective, status }: BoardEntry): string {
  const { name, owner } = objective;
  const { word, kind } = stateOf(status);
  return `<li><a href="#${escaped(name)}">${escaped(name)}</a> <span class="state ${kind}">${word}</span> <span class="quiet">kept by ${escaped(owner)}</span></li>`;
}

function cardOf({ objective, status, alerts }: BoardEntry): string {
  const { name, description, owner, consumers, target, periodDays } = objective;
  const { word, kind } = stateOf(status);
  const digits = digitsOf(target);
  const total = status.good + status.bad;
  const figures: readonly (readonly [string, string])[] = [
    ['Burn now', status.burn.map(burnWords).join(' ')],
    ['Budget lasts', forecastWords(status)],
    ...status.atRisk.map(
      ({ perWeek, currency }) => ['At risk a week', sayMoney(perWeek, currency)] as const,
    ),
    ['Kept by', escaped(owner)],
    ...(consumers.length === 0
      ? []
      : [['Relied on by', consumers.map(escaped).join(', ')] as const]),
  ];
  return `<article id="${escaped(name)}">
<h3>${escaped(name)} <span class="state ${kind}">${word}</span></h3>
<p class="about">${escaped(description)}</p>
<p class="ratio"><strong>${total === 0 ? 'no traffic yet' : `${shareWords(status.ratio, digits)} good`}</strong> <span class="quiet">${shareWords(target, digits)} promised over ${counted(periodDays, 'day')}</span></p>
${total === 0 ? '' : `<p class="quiet">${counted(status.bad, 'bad outcome')} of ${total.toLocaleString('en')}; ${allowedWords(status)}</p>`}
${alertsOf(alerts)}
${barOf(status, kind)}
${sparklineOf(status, kind)}
<dl>${figures.map(([term, words]) => `<div><dt>${term}</dt><dd>${words}</dd></div>`).join('')}</dl>
</article>`;
}

/** Alerts of one objective that are shown. */
const MOST_ALERTS = 5;

function alertsOf(alerts: readonly BoardAlert[]): string {
  if (alerts.length === 0) return '';
  const rows = alerts.slice(0, MOST_ALERTS).map(({ severity, state, title, firedAt }) => {
    const kind = severity === 'page' ? 'bad' : 'warn';
    return `<li><span class="state ${kind}">${severity}, ${state}</span> ${escaped(title)} <span class="quiet">since ${momentWords(firedAt)}</span></li>`;
  });
  const more = alerts.length - rows.length;
  return `<ul class="alerts" aria-label="Open alerts">${rows.join('')}${more > 0 ? `<li class="quiet">${counted(more, 'more alert')}</li>` : ''}</ul>`;
}

type State = { readonly word: string; readonly kind: 'good' | 'warn' | 'bad' | 'idle' };

/** A burn that would spend the budget before its period is over. */
const FAST = 1;

function stateOf({ good, bad, budget, burn }: ObjectiveStatus): State {
  if (good + bad === 0) return { word: 'no traffic', kind: 'idle' };
  if (budget.left <= 0) return { word: 'budget spent', kind: 'bad' };
  const isBurning = burn.some(({ rate, windowMs }) => rate > FAST && windowMs > 3_600_000);
  return isBurning ? { word: 'burning', kind: 'warn' } : { word: 'holding', kind: 'good' };
}

function summaryOf(entries: readonly BoardEntry[]): string {
  if (entries.length === 0) return 'There are no objectives here.';
  const words = entries.map(({ status }) => stateOf(status).word);
  const parts = ['budget spent', 'burning', 'holding', 'no traffic'].flatMap((word) => {
    const count = words.filter((other) => other === word).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${counted(entries.length, 'objective')}: ${parts.join(', ')}.`;
}

/** The budget as a bar beside its words: full is untouched, empty is spent. */
function barOf({ budget, good, bad }: ObjectiveStatus, kind: State['kind']): string {
  const left = good + bad === 0 ? 1 : budget.left;
  const width = Math.max(0, Math.min(1, left)) * 100;
  const words = leftWords(left);
  return `<div class="budget"><svg class="bar ${kind}" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="${words}"><rect class="track" width="100" height="8"/><rect class="fill" width="${width.toFixed(2)}" height="8"/></svg><span>${words}</span></div>`;
}

const WIDTH = 300;
const HEIGHT = 56;

/** What was left at the end of each day; the dashed line is where nothing is left. */
function sparklineOf({ burnDown, budget }: ObjectiveStatus, kind: State['kind']): string {
  const [first] = burnDown;
  const last = burnDown.at(-1);
  if (first === undefined || last === undefined) return '';
  const lefts = [1, ...burnDown.map(({ left }) => left)];
  const lowest = Math.min(0, ...lefts);
  const top = Math.max(1, ...lefts);
  const y = (left: number): string =>
    (3 + ((top - left) / (top - lowest)) * (HEIGHT - 6)).toFixed(1);
  const x = (nth: number): string => ((nth / (lefts.length - 1)) * WIDTH).toFixed(1);
  const points = lefts.map((left, nth) => `${x(nth)},${y(left)}`).join(' ');
  const words = `Budget left by day since ${dayWords(first.at)}: from 100 % to ${percentWords(budget.left)}`;
  return `<figure><svg class="line ${kind}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${words}"><line class="zero" x1="0" x2="${WIDTH}" y1="${y(0)}" y2="${y(0)}"/><polygon class="area" points="0,${y(0)} ${points} ${WIDTH},${y(0)}"/><polyline points="${points}"/></svg><figcaption><span>${dayWords(first.at)}</span><span>budget left by day</span><span>${dayWords(last.at)}</span></figcaption></figure>`;
}

function leftWords(left: number): string {
  if (left > 0) return `${percentWords(left)} of the budget left`;
  return left === 0 ? 'nothing of the budget left' : `overspent by ${percentWords(-left)}`;
}

function allowedWords({ budget }: ObjectiveStatus): string {
  const allowed = Math.floor(budget.allowed * 100) / 100;
  return `${allowed.toLocaleString('en')} allowed`;
}

function burnWords({ windowMs, rate, good, bad }: Burn): string {
  const hours = windowMs / 3_600_000;
  const window = hours < 24 ? `${hours} h` : `${hours / 24} d`;
  return good + bad === 0
    ? `<span>${window}: idle</span>`
    : `<span>${window}: ${rateWords(rate)}</span>`;
}

function rateWords(rate: number): string {
  return `${rate >= 10 ? Math.round(rate).toLocaleString('en') : rate.toFixed(1)}×`;
}

function forecastWords({ at, budget, forecast, good, bad }: ObjectiveStatus): string {
  if (good + bad > 0 && budget.left <= 0) return 'it is spent';
  const { exhaustedAt } = forecast;
  if (exhaustedAt === null) return 'beyond this period at the present rate';
  const hours = (exhaustedAt - at) / 3_600_000;
  const long =
    hours < 1
      ? 'less than an hour'
      : hours < 48
        ? counted(Math.floor(hours), 'hour')
        : counted(Math.floor(hours / 24), 'day');
  return `${long}, until ${momentWords(exhaustedAt)}, if the last six hours go on`;
}

/** So many that the target itself can be told from 100 %, and one more. */
function digitsOf(target: number): number {
  return Math.min(5, Math.max(1, Math.ceil(-Math.log10(1 - target)) - 1));
}

/** Rounded down: what is not met must not look met. */
function shareWords(share: number, digits: number): string {
  const factor = 10 ** digits;
  return `${Math.floor(share * 100 * factor + 1e-6) / factor} %`;
}

function percentWords(share: number): string {
  const percent = share * 100;
  return `${Math.abs(percent) < 10 ? percent.toFixed(1) : Math.round(percent).toLocaleString('en')} %`;
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${nounOf(count, noun)}`;
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

function dayWords(at: number): string {
  return isoOf(at).slice(0, 10);
}

function momentWords(at: number): string {
  return `${isoOf(at).slice(0, 16).replace('T', ' ')} UTC`;
}

/** Colours pass 4.5 to 1 as text on their ground in both schemes; states are words, and colour only repeats them. */
const STYLE = `
:root{--ground:#f6f7f9;--card:#fff;--ink:#1b2330;--quiet:#566073;--edge:#d9dee7;--track:#e6e9ef;--good:#17713f;--warn:#8a5a00;--bad:#b3261e;--idle:#566073}
@media (prefers-color-scheme:dark){:root{--ground:#12161d;--card:#1b212b;--ink:#e7ebf2;--quiet:#a3adbd;--edge:#303947;--track:#2c3442;--good:#63cf92;--warn:#e8b04b;--bad:#ff8f85;--idle:#a3adbd}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.25rem;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.75rem;line-height:1.2}
h2{margin:2rem 0 .75rem;font-size:1.15rem}
h3{margin:0;font-size:1.05rem;overflow-wrap:anywhere}
p{margin:.25rem 0}
.mark{margin:0;color:var(--quiet);font-size:.85rem;letter-spacing:.04em}
.summary,.quiet,.about{color:var(--quiet)}
.quiet,.about{font-size:.9rem}
.about{overflow-wrap:anywhere}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(21rem,100%),1fr))}
article{padding:1rem 1.1rem;background:var(--card);border:1px solid var(--edge);border-radius:.6rem}
article:target{outline:2px solid var(--ink)}
.ratio{margin-top:.6rem}
.state{display:inline-block;padding:0 .5em;border:1px solid;border-radius:1em;font-size:.8rem;font-weight:600;white-space:nowrap}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.idle{color:var(--idle)}
.budget{margin:.6rem 0 .4rem}
.budget span{font-size:.9rem}
.bar{display:block;width:100%;height:.6rem;border-radius:.3rem}
.track{fill:var(--track)}.fill{fill:currentColor}
figure{margin:.5rem 0}
.line{display:block;width:100%;height:3.5rem}
.line polyline{fill:none;stroke:currentColor;stroke-width:2;vector-effect:non-scaling-stroke}
.line .area{fill:currentColor;opacity:.14}
.line .zero{stroke:var(--quiet);stroke-dasharray:4 4;vector-effect:non-scaling-stroke}
figcaption{display:flex;justify-content:space-between;gap:.5rem;color:var(--quiet);font-size:.75rem}
dl{margin:.75rem 0 0;font-size:.9rem}
dl div{display:flex;gap:.75rem;padding:.3rem 0;border-top:1px solid var(--edge)}
dt{flex:0 0 7.5rem;color:var(--quiet)}
dd span,figcaption span{white-space:nowrap}
dd span{margin-right:.6em}
dd{margin:0;overflow-wrap:anywhere}
.short{margin:.25rem 0 1rem;padding:0;list-style:none}
.alerts{margin:.6rem 0;padding:0;list-style:none;font-size:.9rem;overflow-wrap:anywhere}
.alerts li{padding:.2rem 0}
.short li{padding:.2rem 0}
a{color:inherit}
footer{margin:2rem 0 1rem;color:var(--quiet);font-size:.85rem}
`;
