import { presentEpisode, type EpisodeMarker, type Incident } from '../incident/index.ts';
import { isVerified, type ActionItem } from './action-item.ts';
import type { LintReport, Section } from './blameless/index.ts';
import { sectionOf } from './blameless/sections.ts';
import { NOT_WRITTEN } from './lists.ts';

/** Sections that a postmortem of severity 1 or 2 must have, with what they are called when they are missing. */
const requiredSections: readonly (readonly [Section, string])[] = [
  ['summary', 'a summary'],
  ['impact', 'the impact'],
  ['detection', 'the detection'],
  ['timeline', 'the timeline'],
  ['causes', 'contributing factors'],
  ['mitigation', 'the mitigation'],
  ['fix', 'the fix'],
  ['prevention', 'the prevention'],
  ['went-well', 'what went well'],
  ['went-wrong', 'what went wrong'],
  ['luck', 'where luck helped'],
  ['actions', 'action items'],
  ['messages', 'messages sent'],
];

/** Without these there is no time to detect, to mitigate and to fix. */
const requiredMarkers: readonly (readonly [EpisodeMarker, string])[] = [
  ['impactStart', 'impact start'],
  ['detected', 'detected'],
  ['mitigated', 'mitigated'],
  ['fixed', 'fixed'],
];

export type RequiredInput = {
  readonly incident: Pick<Incident, 'severity' | 'episodes'>;
  /** As it is shown: references filled in. */
  readonly text: string;
  /** Of that text. */
  readonly lint: LintReport;
  /** References that stand for nothing. */
  readonly unknown: readonly string[];
  readonly actionItems: readonly ActionItem[];
};

/**
 * What a postmortem lacks to be published, each in words that say what to do; empty: nothing. Of severities 3 and 4 only
 * its language and its references are asked.
 */
export function missingParts(input: RequiredInput): readonly string[] {
  const { incident, text, lint, unknown, actionItems } = input;
  const blocking = lint.findings.filter(({ severity }) => severity === 'block');
  const common = [
    ...unknown.map((name) => `no such reference: ${name}`),
    ...blocking
      .slice(0, 5)
      .map(
        ({ phrase, start, reason }) =>
          `blocking language in line ${start.line}: "${phrase}" (${reason})`,
      ),
    ...(blocking.length > 5 ? [`${blocking.length - 5} more blocking findings of language`] : []),
    ...(lint.unread.length > 0 ? ['a part of the text could not be read for its language'] : []),
  ];
  if (incident.severity > 2) return common;
  const written = writtenSections(text);
  const { markers } = presentEpisode(incident);
  return [
    ...requiredSections.flatMap(([section, words]) =>
      written.has(section) ? [] : [`a section is missing or empty: ${words}`],
    ),
    ...requiredMarkers.flatMap(([marker, words]) =>
      markers[marker] === undefined ? [`a marker is not set: ${words}`] : [],
    ),
    ...(hasPrevention(actionItems)
      ? []
      : ['no action item of type prevent is verified, or has a date and an owner']),
    ...common,
  ];
}

function hasPrevention(items: readonly ActionItem[]): boolean {
  return items.some(
    (item) =>
      item.type === 'prevent' &&
      item.state !== 'not_doing' &&
      (isVerified(item) || (item.dueAt !== null && item.owner !== '')),
  );
}

/** Sections under whose headings something is written beside what stands for nothing. */
function writtenSections(text: string): ReadonlySet<Section> {
  const written = new Set<Section>();
  let section: Section | undefined;
  let isFenced = false;
  for (const line of text.split('\n')) {
    if (/^ {0,3}(```|~~~)/.test(line)) isFenced = !isFenced;
    const heading = isFenced ? null : /^ {0,3}(#{1,6}) (.*)$/.exec(line);
    if (heading !== null) {
      const [, marks = '', title = ''] = heading;
      const named = sectionOf(title);
      // What stands under a heading that tells nothing belongs to the section it stands in.
      if (named !== undefined || marks.length <= 2) section = named;
      continue;
    }
    if (section !== undefined && isWritten(line)) written.add(section);
  }
  return written;
}

const MARKUP = /^[\s|>\-*+_=:#]*$/;

function isWritten(line: string): boolean {
  const words = line.replaceAll(NOT_WRITTEN, '').replace(/<!--.*?-->/g, '');
  return !MARKUP.test(words);
}
