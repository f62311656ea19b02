import { escapeMarkup } from '../core/index.ts';
import type { Fact } from './fact.ts';
import { markdownHtml } from './markdown-html.ts';
import type { Postmortem, PostmortemVersion } from './postmortem.ts';
import { fillReferences, type ReferenceValues } from './references.ts';
import { sayMoment } from './say.ts';
import { sourceWords } from './shown.ts';

/**
 * A postmortem as one page that loads nothing and runs nothing; light and dark, and a style for print, so that a browser's
 * "Save as PDF" makes a document of it. Each number says in its title where it is known from, and all of them stand in a
 * table at the end, since paper has no titles.
 */
export function postmortemHtml(
  title: string,
  { state }: Pick<Postmortem, 'state'>,
  { nth, by, at, markdown, frozen }: PostmortemVersion,
  values: ReferenceValues,
  linkTo: (fact: Fact) => string,
): string {
  const { body, used } = bodyOf(markdown, values, factHtml);
  const numbers = used.filter(({ unit }) => unit !== 'text');
  const version = `Version ${nth}, ${state.replace('_', ' ')}, by ${escapeMarkup(by)}, ${sayMoment(at)}.`;
  const of =
    frozen === null
      ? 'Numbers are live: as the record says now.'
      : `Numbers are of ${sayMoment(frozen.at)}.`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeMarkup(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<p class="quiet">${version} ${of}</p>
<main>
${body}</main>
${
  numbers.length === 0
    ? ''
    : `<section class="sources"><h2>Numbers and where they are from</h2>
<div class="table"><table><thead><tr><th>number</th><th>fact</th><th>from</th><th>evidence</th></tr></thead><tbody>${numbers.map((fact) => `<tr><td>${escapeMarkup(fact.text)}</td><td><code>${escapeMarkup(fact.name)}</code></td><td>${sourceWords(fact)}, ${sayMoment(fact.at)}</td><td>${escapeMarkup(linkTo(fact))}</td></tr>`).join('')}</tbody></table></div></section>`
}
</body>
</html>
`;
}

/** Its text alone as HTML: each number is a `data` element that says which fact it is, for a page that shows the fact itself. */
export function postmortemBody(markdown: string, values: ReferenceValues): string {
  return bodyOf(markdown, values, ({ name, unit, text }) =>
    unit === 'text'
      ? escapeMarkup(text)
      : `<data value="${escapeMarkup(name)}">${escapeMarkup(text)}</data>`,
  ).body;
}

function bodyOf(
  markdown: string,
  values: ReferenceValues,
  write: (fact: Fact) => string,
): { readonly body: string; readonly used: readonly Fact[] } {
  const used: Fact[] = [];
  const places = new Map<string, number>();
  // Facts go through the parser as marks that no text holds: what is Markdown in them stays text.
  const marked = fillReferences(markdown.replace(MARKS, ''), cleaned(values), (fact) => {
    let nth = places.get(fact.name);
    if (nth === undefined) {
      nth = used.length;
      places.set(fact.name, nth);
      used.push(fact);
    }
    return `${OPEN}${nth}${CLOSE}`;
  });
  const body = markdownHtml(marked, (escaped) =>
    escaped.replace(MARK, (_whole, nth: string) => {
      const fact = used[Number(nth)];
      return fact === undefined ? '' : write(fact);
    }),
  );
  return { body, used };
}

const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARKS = /[\uE000\uE001]/g;
const MARK = /\uE000(\d{1,6})\uE001/g;

function cleaned({ facts, lists }: ReferenceValues): ReferenceValues {
  return {
    facts,
    lists: new Map(Array.from(lists, ([name, text]) => [name, text.replace(MARKS, '')])),
  };
}

function factHtml(fact: Fact): string {
  const { name, value, unit, text } = fact;
  if (unit === 'text') return escapeMarkup(text);
  const title = `${name}, from ${sourceWords(fact)}, ${sayMoment(fact.at)}`;
  return `<data value="${escapeMarkup(String(value))}" title="${escapeMarkup(title)}">${escapeMarkup(text)}</data>`;
}

const STYLE = `
:root{--ground:#fff;--ink:#1b2330;--quiet:#566073;--edge:#d9dee7;--soft:#f3f5f8}
@media (prefers-color-scheme:dark){:root{--ground:#12161d;--ink:#e7ebf2;--quiet:#a3adbd;--edge:#303947;--soft:#1b212b}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:50rem;padding:1.5rem;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
h1{margin:.5rem 0 1rem;font-size:1.7rem;line-height:1.25}
h2{margin:2rem 0 .5rem;font-size:1.2rem;border-bottom:1px solid var(--edge);padding-bottom:.2rem}
h3,h4,h5,h6{margin:1.25rem 0 .4rem;font-size:1rem}
p,ul,ol{margin:.5rem 0}
li{margin:.2rem 0}
.quiet{color:var(--quiet);font-size:.85rem}
.table{overflow-x:auto;margin:.75rem 0}
table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.4}
th,td{padding:.35rem .5rem;border:1px solid var(--edge);text-align:left;vertical-align:top}
th{background:var(--soft)}
td{min-width:5rem}
code,pre{font:.85em/1.4 ui-monospace,monospace}
pre{padding:.75rem;background:var(--soft);overflow-x:auto}
blockquote{margin:.75rem 0;padding:.1rem 1rem;border-left:3px solid var(--edge);color:var(--quiet)}
data{white-space:nowrap;text-decoration:underline dotted var(--quiet);text-underline-offset:.2em}
a{color:inherit}
@page{size:A4;margin:18mm 16mm}
@media print{
:root{--ground:#fff;--ink:#000;--quiet:#444;--edge:#999;--soft:#f0f0f0}
body{max-width:none;padding:0;font-size:10.5pt}
h1,h2,h3{break-after:avoid}
tr,blockquote,pre,li{break-inside:avoid}
thead{display:table-header-group}
.table{overflow:visible}
pre{white-space:pre-wrap}
data{text-decoration:none}
a[href^="http"]::after{content:" (" attr(href) ")";color:var(--quiet);font-size:.85em}
.sources{break-before:page}
}
`;
