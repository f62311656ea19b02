import { check, type Check } from '../drill.ts';
import { listAt, textAt, type Json } from '../json.ts';
import type { Written } from './written.ts';

const MOST_TOLD = 3;

/** Three lists, never one: what stopped it, what removed the cause, what keeps its kind away. */
export function apartCheck({ markdown }: Pick<Written, 'markdown'>, incident: Json): Check {
  const sections = new Map(
    markdown.split(/^## /m).map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end).trim(), part.slice(end)] as const;
    }),
  );
  const lists = {
    mitigation: listAt(incident, 'mitigations').map((row) => textAt(row, 'title')),
    fix: listAt(incident, 'fixes').map((row) => textAt(row, 'text')),
    prevention: listAt(incident, 'preventions').map((row) => textAt(row, 'text')),
  };
  const ofSection = {
    mitigation: sections.get('Mitigation') ?? '',
    fix: sections.get('Fix') ?? '',
    prevention: sections.get('Prevention') ?? sections.get('Prevention and action items') ?? '',
  };
  const astray: string[] = [];
  for (const [own, texts] of Object.entries(lists)) {
    for (const [name, section] of Object.entries(ofSection)) {
      for (const text of texts) {
        const isThere = plain(section).includes(plain(text));
        if (isThere !== (name === own)) {
          astray.push(`${own} "${text}" ${isThere ? 'in' : 'not in'} ${name}`);
        }
      }
    }
  }
  const same = sharedTexts(Object.values(lists));
  return check(
    'mitigation, fix and prevention are kept apart',
    'each in its own list alone, in words of its own',
    `${lists.mitigation.length} mitigations, ${lists.fix.length} fixes, ${lists.prevention.length} preventions${[
      ...astray,
      ...same,
    ]
      .slice(0, MOST_TOLD)
      .map((text) => `; ${text}`)
      .join('')}`,
    astray.length + same.length === 0 && lists.fix.length > 0 && lists.prevention.length > 0,
  );
}

/** Texts of different lists that say the same: more than half of their words. */
function sharedTexts(lists: readonly (readonly string[])[]): readonly string[] {
  const all = lists.flatMap((texts, list) => texts.map((text) => ({ list, text })));
  return all.flatMap(({ list, text }, nth) =>
    all
      .slice(nth + 1)
      .filter((other) => other.list !== list && likeness(text, other.text) > 0.5)
      .map((other) => `"${text}" is told as "${other.text}"`),
  );
}

function likeness(one: string, other: string): number {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  const both = [...left].filter((word) => right.has(word)).length;
  return both / Math.max(1, Math.min(left.size, right.size));
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
}

/** Without notes, escapes and line breaks. */
function plain(text: string): string {
  return text
    .replace(/\[\^\d+\]/g, '')
    .replace(/\\([^A-Za-z0-9\s])/g, '$1')
    .replace(/\s+/g, ' ');
}
