import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { flags, sections, type FlagId, type Section } from '../../../src/review/blameless/index.ts';

/** A sentence with what is to be found in it. */
export type Labelled = {
  readonly section: Section;
  readonly text: string;
  readonly expected: ReadonlySet<FlagId>;
};

export type Half = 'build' | 'held-back';

/**
 * The half of a sentence: the lowest bit of the first byte of the SHA-256 of its text. Rules are made by looking at the
 * build half; the other is read by the measurement alone.
 */
export function halfOf(text: string): Half {
  const [first = 0] = createHash('sha256').update(text).digest();
  return first % 2 === 0 ? 'build' : 'held-back';
}

/** Throws a TypeError that names the line for one that is not in the file's form. */
export function readCorpus(half: Half): readonly Labelled[] {
  const lines = readFileSync(new URL('corpus.txt', import.meta.url), 'utf8').split('\n');
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parse)
    .filter(({ text }) => halfOf(text) === half);
}

function parse(line: string): Labelled {
  const [section = '', expected = '', ...rest] = line.split(' | ');
  const found = sections.find((one) => one === section);
  const names = expected === '-' ? [] : expected.split(', ');
  if (found === undefined || rest.length === 0) {
    throw new TypeError(`no line of the corpus: ${line}`);
  }
  return { section: found, text: rest.join(' | '), expected: new Set(names.map(flagOf)) };
}

function flagOf(name: string): FlagId {
  if (!isFlag(name)) throw new TypeError(`no flag: ${name}`);
  return name;
}

function isFlag(name: string): name is FlagId {
  return Object.hasOwn(flags, name);
}
