import type { FlagId } from './flags.ts';
import type { Section } from './sections.ts';

/** `block` fails a check, `warn` does not. */
export type Severity = 'block' | 'warn';

/** Where something stands. */
export type Position = {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** From 0, in UTF-16 code units. */
  readonly offset: number;
};

/** A phrase that looks at a person where the condition in the system is wanted, or that says less than it seems to. */
export type Finding = {
  readonly flag: FlagId;
  readonly severity: Severity;
  readonly section: Section;
  /** Whether it stands within a quotation. */
  readonly isQuoted: boolean;
  /** As it is written; at most 160 characters of it. */
  readonly phrase: string;
  readonly reason: string;
  /** What to begin the new sentence with. */
  readonly rewrite: string;
  readonly start: Position;
  /** Just behind the phrase. */
  readonly end: Position;
};

/** A stretch of the text that was not looked at, so nothing is known of it. */
export type Unread = {
  readonly reason: string;
  readonly start: Position;
  readonly end: Position;
};

export type LintReport = {
  /** By position. */
  readonly findings: readonly Finding[];
  /** By position; where it is not empty, the text cannot be called clean. */
  readonly unread: readonly Unread[];
  /** Whether a finding blocks, or a part of the text was not read. */
  readonly isBlocked: boolean;
};
