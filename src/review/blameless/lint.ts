import { blocksOfMarkdown, blocksOfText, type Block } from './blocks.ts';
import { MOST_CHARACTERS, MOST_FINDINGS, MOST_NESTING, MOST_PHRASE_CHARACTERS } from './bounds.ts';
import type { Finding, LintReport, Severity, Unread } from './finding.ts';
import { flags, type Flag } from './flags.ts';
import { isWorthReading, judge, type Hit } from './judge.ts';
import { hasGuardrail, hasMeasure } from './measures.ts';
import { Positions } from './positions.ts';
import { strictSections, type Section } from './sections.ts';
import { sentencesOf } from './sentences.ts';
import type { Sentence } from './word.ts';

export type LintOptions = {
  /** `markdown` by default; `text` knows paragraphs only. */
  readonly format?: 'markdown' | 'text';
  /** The section of what stands under no heading that tells one; `other` by default. */
  readonly section?: Section;
};

/**
 * Finds language in a postmortem that looks at people instead of conditions, with a reason and a rewrite for each. Pure;
 * 1 MB of prose takes about a second, and any text is bounded: what is over a bound is named in `unread`.
 */
export function lint(text: string, options: LintOptions = {}): LintReport {
  const { format = 'markdown', section = 'other' } = options;
  const read = text.slice(0, MOST_CHARACTERS);
  const positions = new Positions(text);
  const unread: Unread[] = [];
  const addUnread = (from: number, to: number, reason: string): void => {
    unread.push({ reason, start: positions.at(from), end: positions.at(to) });
  };
  const { blocks, tooDeep, endsAt } =
    format === 'markdown'
      ? blocksOfMarkdown(read, section)
      : { blocks: blocksOfText(read, section), tooDeep: [], endsAt: undefined };
  for (const { from, to } of tooDeep) {
    addUnread(from, to, `Nested deeper than ${MOST_NESTING} quotes and lists: this was not read.`);
  }
  if (endsAt !== undefined) {
    addUnread(
      endsAt,
      read.length,
      'There is too much markup before: from here on it was not read.',
    );
  }
  const findings: Finding[] = [];
  let isGuarded = false;
  for (const group of groupsOf(blocks)) {
    const found = [...hitsIn(group)].flatMap((hit) => findingOf(hit, positions, text) ?? []);
    isGuarded ||= !found.some(({ flag }) => flag === 'training-only') && isGuardedItem(group);
    if (findings.length + found.length > MOST_FINDINGS) {
      const from = group[0]?.source.sourceOf(0) ?? 0;
      addUnread(from, text.length, `After ${findings.length} findings the rest was not read.`);
      break;
    }
    findings.push(...found);
  }
  if (text.length > MOST_CHARACTERS) {
    addUnread(
      MOST_CHARACTERS,
      text.length,
      `The text is longer than ${MOST_CHARACTERS} characters: the rest was not read.`,
    );
  }
  const judged = isGuarded ? findings.map(softened) : findings;
  return {
    findings: judged.toSorted(
      (a, b) => a.start.offset - b.start.offset || a.end.offset - b.end.offset,
    ),
    unread: unread.toSorted((a, b) => a.start.offset - b.start.offset),
    isBlocked: unread.length > 0 || judged.some(({ severity }) => severity === 'block'),
  };
}

type Group = readonly Block[];

/** Blocks of one list item or one row of a table together, since what measures one of them measures all. */
function* groupsOf(blocks: Iterable<Block>): Generator<Group> {
  let group: Block[] = [];
  for (const block of blocks) {
    if (group[0] !== undefined && group[0].group !== block.group) {
      yield group;
      group = [];
    }
    group.push(block);
  }
  if (group.length > 0) yield group;
}

type Placed = { readonly block: Block; readonly sentence: Sentence };

/** What is found in a group, in its blocks' order. */
function* hitsIn(group: Group): Generator<Placed & { readonly hit: Hit }> {
  const whole = (): string => group.map(({ source }) => source.text).join(' ');
  for (const block of group) {
    const { source, isHeading, isItem } = block;
    const isNameSought = !isHeading && nameSections.has(block.section);
    for (const sentence of sentencesOf(source, (text) => isWorthReading(text, isNameSought))) {
      const around = isItem ? whole : (): string => textOf(sentence, source.text);
      const context = {
        isMeasured: () => hasMeasure(around()),
        isGuarded: () => hasGuardrail(around()),
      };
      for (const hit of judge(sentence, context, isNameSought)) yield { block, sentence, hit };
    }
  }
}

const nameSections: ReadonlySet<Section> = new Set(flags.name.sections);

function textOf({ words }: Sentence, text: string): string {
  return text.slice(words[0]?.from, words.at(-1)?.to);
}

/** Whether an item of prevention names something that acts by itself, so that training is not all there is. */
function isGuardedItem(group: Group): boolean {
  return group.some(
    ({ section, source, isHeading }) =>
      !isHeading &&
      (section === 'prevention' || section === 'actions') &&
      hasGuardrail(source.text),
  );
}

function findingOf(
  { block, sentence, hit }: Placed & { readonly hit: Hit },
  positions: Positions,
  text: string,
): Finding | undefined {
  const { words } = sentence;
  const first = words[hit.from];
  const last = words[hit.to - 1];
  if (first === undefined || last === undefined) return undefined;
  const flag: Flag = flags[hit.flag];
  const { section, isHeading } = block;
  if (flag.sections !== undefined && !flag.sections.includes(section)) return undefined;
  const cited = words.slice(hit.from, hit.to).some((word) => word.cited === 'link')
    ? 'link'
    : words.slice(hit.from, hit.to).find((word) => word.cited !== undefined)?.cited;
  // A title is not ours to rewrite; what somebody said is a fact of the timeline.
  if (cited === 'link' || (cited === 'quote' && section === 'timeline')) return undefined;
  if (isHeading && hit.flag !== 'single-cause') return undefined;
  const isQuoted = block.isQuoted || cited === 'quote';
  const from = block.source.sourceOf(first.from);
  const to = Math.max(from + 1, block.source.sourceOf(last.to - 1) + 1);
  return {
    flag: hit.flag,
    severity: severityOf(flag, section, isQuoted || isHeading),
    section,
    isQuoted,
    phrase: shortened(text.slice(from, Math.min(to, from + 2 * MOST_PHRASE_CHARACTERS))),
    reason: flag.reason,
    rewrite: flag.rewrite,
    start: positions.at(from),
    end: positions.at(to),
  };
}

function severityOf({ kind }: Flag, section: Section, isMild: boolean): Severity {
  if (isMild || section === 'timeline') return 'warn';
  return strictSections.has(section) || kind === 'blame' ? 'block' : 'warn';
}

/** Training beside a guardrail is no harm. */
function softened(finding: Finding): Finding {
  return finding.flag === 'training-only' ? { ...finding, severity: 'warn' } : finding;
}

/** On one line, without characters that move a terminal's cursor. */
function shortened(phrase: string): string {
  const line = phrase
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .toWellFormed();
  return line.length <= MOST_PHRASE_CHARACTERS
    ? line
    : `${line.slice(0, MOST_PHRASE_CHARACTERS - 1).toWellFormed()}…`;
}
