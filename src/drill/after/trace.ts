import type { LinkedNumber, Narrative, RecordedFact } from '../../story/index.ts';
import { momentAt, textAt, type Json } from '../json.ts';
import type { Written } from './written.ts';

/** What was looked at, and each number that no record says: with the line that it stands in. */
export type Traced = { readonly numbers: number; readonly untraced: readonly string[] };

/** Digits that are a number: none within a name, an id or an address. */
const NUMBER = /(?<![\p{L}\p{N}_./:-])[$€£]?\d[\d.,:]*/gu;
const MOST_TOLD = 3;

/**
 * Traces every number of an exported postmortem. One with a note has to be its fact's own text, word by word, and so does
 * all that a note covers; rows of the timeline have to be the record's. What is left holds no digit. Pure.
 *
 * @param timeline rows as the API shows them.
 */
export function tracePostmortem(
  { markdown, facts }: Pick<Written, 'markdown' | 'facts'>,
  timeline: readonly Json[],
): Traced {
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const lines = markdown.split('\n');
  const notes = new Map(
    lines.flatMap((line) => {
      const [, nth, name = ''] = /^\[\^(\d+)\]: `([a-z0-9_.]+)`/.exec(line) ?? [];
      return nth === undefined ? [] : [[nth, name] as const];
    }),
  );
  const rows = new Set(
    timeline.map((row) => words(`${textAt(row, 'kind')} ${textAt(row, 'text')}`)),
  );
  const moments = new Set(timeline.map((row) => clock(momentAt(row, 'at') ?? 0)));
  let numbers = 0;
  const untraced: string[] = [];
  for (const line of lines) {
    if (/^\[\^\d+\]: /.test(line)) continue;
    const row = /^\| (?:\d{4}-\d\d-\d\d )?(\d\d:\d\d) \| (\w+) \| (.*) \| [^|]* \| [^|]* \|$/.exec(
      line,
    );
    if (row !== null) {
      const [, when = '', kind = '', what = ''] = row;
      numbers += countOf(line);
      if (!moments.has(when) || !rows.has(words(`${kind} ${what}`))) untraced.push(line);
      continue;
    }
    const { text, covered, wrong } = withoutNotes(words(line), notes, byName);
    numbers += covered;
    untraced.push(...wrong.map((name) => `${name}: ${line}`));
    for (const [number] of text.replace(/`[^`]*`/g, '').matchAll(NUMBER)) {
      numbers += 1;
      untraced.push(`${number}: ${line}`);
    }
  }
  return { numbers, untraced };
}

/** A line without what its notes cover; names of facts that do not stand before their note as they are. */
function withoutNotes(
  line: string,
  notes: ReadonlyMap<string, string>,
  facts: ReadonlyMap<string, RecordedFact>,
): { readonly text: string; readonly covered: number; readonly wrong: readonly string[] } {
  let text = line;
  let covered = 0;
  const wrong: string[] = [];
  for (let at = /\[\^(\d+)\]/.exec(text); at !== null; at = /\[\^(\d+)\]/.exec(text)) {
    const [mark, nth = ''] = at;
    const before = text.slice(0, at.index);
    const name = notes.get(nth) ?? '';
    const said = words(facts.get(name)?.text ?? '');
    const isThere = said !== '' && before.endsWith(said);
    if (!isThere) wrong.push(name === '' ? mark : name);
    covered += isThere ? countOf(said) : 0;
    text = (isThere ? before.slice(0, -said.length) : before) + text.slice(at.index + mark.length);
  }
  return { text, covered, wrong };
}

/**
 * Traces every number of a story: each is linked to a fact of the record that says it, with the same evidence; times since
 * T+0 are reckoned again from the record's moments. Pure.
 */
export function traceStory(
  { text, numbers }: Pick<Narrative, 'text' | 'numbers'>,
  { facts, storyFacts }: Pick<Written, 'facts' | 'storyFacts'>,
): Traced {
  const beganAt = storyFacts.moments[0]?.at ?? 0;
  const isTraced = ({ text: said, to, fact, evidence }: LinkedNumber): boolean => {
    if (fact === null || evidence === null) return false;
    if (said.startsWith('T')) {
      const unitMs = unitBehind(text.slice(to, to + 3));
      const count = Number(said.replace(/\D/g, ''));
      return storyFacts.moments.some(
        ({ at, evidence: from }) =>
          from === evidence && Math.round((at - beganAt) / unitMs) === count,
      );
    }
    if (fact === 'began.clock') return clock(beganAt).startsWith(said);
    const [record, name] = evidence.split('#');
    return facts.some(
      (each) =>
        (name === undefined ? each.evidence === record : each.name === name) &&
        each.text.includes(said),
    );
  };
  const untraced = numbers.filter((number) => !isTraced(number));
  return {
    numbers: numbers.length,
    untraced: untraced.map(({ from, text: said }) => `${said}: ${lineAt(text, from)}`),
  };
}

/** Of `T+49 s`, `T+3 h`, `T+2 d`; without a unit it is minutes. */
function unitBehind(text: string): number {
  const [, unit = ''] = /^ ([shd])\b/.exec(text) ?? [];
  return { s: 1000, h: 3_600_000, d: 86_400_000 }[unit] ?? 60_000;
}

function lineAt(text: string, from: number): string {
  const start = text.lastIndexOf('\n', from) + 1;
  const end = text.indexOf('\n', from);
  return text.slice(start, end === -1 ? undefined : end);
}

export function describeTraced({ numbers, untraced }: Traced): string {
  const told = untraced.slice(0, MOST_TOLD).map((each) => each.slice(0, 160));
  return `${numbers - untraced.length} of ${numbers}${told.length === 0 ? '' : `; not: ${told.join(' · ')}`}`;
}

function countOf(text: string): number {
  return [...text.matchAll(NUMBER)].length;
}

/** On one line, without Markdown's escapes. */
function words(text: string): string {
  return text
    .replace(/\\([^A-Za-z0-9\s])/g, '$1')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** `12:03`, UTC. */
function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
