import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  grades,
  isLevel,
  isSignal,
  type Grade,
  type Level,
  type SignalId,
} from '../../../src/story/index.ts';

/** A story with what a reviewer would say of it. */
export type GradedStory = {
  readonly name: string;
  readonly grade: Grade;
  readonly level: Level;
  /** What was left out or spoiled on purpose. */
  readonly lost: ReadonlySet<SignalId>;
  readonly fault: string;
  readonly text: string;
};

export type Half = 'build' | 'held-back';

/** Sets in other manners of telling, each measured once when it was new and built on afterwards. */
export const otherSets = [
  'second-round',
  'third-round',
  'fourth-round',
  'fifth-round',
  'sixth-round',
  'seventh-round',
  'eighth-round',
] as const;

export function readOthers(set: (typeof otherSets)[number]): readonly GradedStory[] {
  const [, ...parts] = readFileSync(new URL(`${set}.md`, import.meta.url), 'utf8').split(/^## /m);
  return parts.map((part) => {
    const named = /^grade: (.+)\n/m.exec(part)?.[1];
    const grade = grades.find((one) => one === named);
    if (grade === undefined) throw new TypeError(`no grade: ${part.slice(0, 80)}`);
    return parse(grade, part.replace(/^grade: .+\n/m, ''));
  });
}

const FOLDER = new URL('stories/', import.meta.url);

const files: Readonly<Record<Grade, string>> = {
  A: 'a.md',
  B: 'b.md',
  'B−': 'b-minus.md',
  C: 'c.md',
  disqualified: 'disqualified.md',
};

/**
 * The stories of one half. The rule was set before the rubric was written: within a grade, stories in the order of the
 * SHA-256 of their names belong to the build half and to the other by turns. Rules are made by looking at the build half;
 * the other is read by the measurement alone.
 */
export function readStories(half: Half): readonly GradedStory[] {
  const strange = readdirSync(FOLDER).find((name) => !Object.values(files).includes(name));
  if (strange !== undefined) throw new TypeError(`no grade has the file ${strange}`);
  return grades.flatMap((grade) =>
    readGrade(grade)
      .toSorted((a, b) => digest(a.name).localeCompare(digest(b.name)))
      .filter((_, place) => (place % 2 === 0) === (half === 'build')),
  );
}

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}

function readGrade(grade: Grade): readonly GradedStory[] {
  const [, ...parts] = readFileSync(new URL(files[grade], FOLDER), 'utf8').split(/^## /m);
  return parts.map((part) => parse(grade, part));
}

/** Throws a TypeError that names the story for one that is not in the file's form. */
function parse(grade: Grade, part: string): GradedStory {
  const form = /^(\S+)\nlevel: (\w+)\nlost: ([\w, -]+)\nfault: (.+)\n\n([^]+)$/.exec(part);
  const [, name = '', level = '', lost = '', fault = '', text = ''] = form ?? [];
  if (!isLevel(level)) throw new TypeError(`no story: ${part.slice(0, 80)}`);
  const signals = lost === '-' ? [] : lost.split(', ');
  return {
    name,
    grade,
    level,
    lost: new Set(
      signals.map((signal) => {
        if (!isSignal(signal)) throw new TypeError(`${name}: no signal ${signal}`);
        return signal;
      }),
    ),
    fault,
    text: text.trim(),
  };
}
