import { assertNever } from '../core/index.ts';
import type { Fact } from './fact.ts';
import type { TemplateName } from './templates.ts';

/** A postmortem: one for an incident, its text in versions. Moments are milliseconds since the epoch. */

export const postmortemStates = ['draft', 'in_review', 'published'] as const;
export type PostmortemState = (typeof postmortemStates)[number];

export type PostmortemComment = {
  /** From 1. */
  readonly nth: number;
  /** The version that it was written on. */
  readonly version: number;
  /** What it is about, as it stands in the text; empty: all of it. */
  readonly quote: string;
  readonly text: string;
  readonly by: string;
  readonly at: number;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
};

export type Postmortem = {
  readonly incidentId: number;
  readonly state: PostmortemState;
  readonly template: TemplateName;
  /** The present version, from 1. */
  readonly version: number;
  /** The version that others may rely on; null: none was published. */
  readonly publishedVersion: number | null;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly changedBy: string;
  readonly submittedAt: number | null;
  readonly publishedAt: number | null;
  readonly comments: readonly PostmortemComment[];
};

/** One version of its text; none is ever written over. */
export type PostmortemVersion = {
  readonly incidentId: number;
  /** From 1. */
  readonly nth: number;
  readonly markdown: string;
  readonly by: string;
  readonly at: number;
  /** What is new in it; may be empty. */
  readonly note: string;
  /** What its references stand for from now on; null: what the record says at any time. */
  readonly frozen: Frozen | null;
};

/** References as they were when a text was published. */
export type Frozen = {
  readonly at: number;
  readonly facts: readonly Fact[];
  /** Markdown by the names of lists. */
  readonly lists: Readonly<Record<string, string>>;
};

export const postmortemBounds = {
  markdown: 100_000,
  comments: 500,
  comment: 5000,
  quote: 1000,
  versions: 1000,
} as const;

/**
 *   draft ──submit──▶ in_review ──publish──▶ published
 *     ▲ edit              │ edit                │
 *     └──────return───────┴───────return────────┘
 *
 * Each edit is a new version. Publishing writes one too, which holds what its references stood for: it never changes
 * again. Returning a published one begins a live version anew; the published one stays. Comments are written and
 * resolved in every state; while one is open nothing is published.
 */
export type PostmortemMove =
  | {
      readonly kind: 'edit';
      readonly markdown: string;
      readonly note: string;
      /** The version that it was made from; undefined: whichever there is. */
      readonly basedOn: number | undefined;
    }
  | { readonly kind: 'submit' }
  /** `missing`: what the checks still ask for. */
  | {
      readonly kind: 'publish';
      readonly markdown: string;
      readonly frozen: Frozen;
      readonly missing: readonly string[];
    }
  | { readonly kind: 'return'; readonly reason: string; readonly markdown: string }
  /** `text`: of the present version as it is shown, in which the quote must stand. */
  | {
      readonly kind: 'comment';
      readonly quote: string;
      readonly comment: string;
      readonly text: string;
    }
  | { readonly kind: 'resolve'; readonly nth: number };

export type PostmortemMoved =
  | {
      readonly kind: 'moved';
      readonly postmortem: Postmortem;
      /** null: the text stays as it is. */
      readonly version: PostmortemVersion | null;
    }
  | { readonly kind: 'refused'; readonly field: string | null; readonly detail: string };

type MovedBy = { readonly actor: string; readonly now: number };

/** The postmortem after one move, with the version that it makes; or why it cannot be. Pure. */
export function movePostmortem(
  postmortem: Postmortem,
  move: PostmortemMove,
  by: MovedBy,
): PostmortemMoved {
  const { state } = postmortem;
  switch (move.kind) {
    case 'edit':
      if (state === 'published') {
        return refused('It is published. Return it to a draft first, and say why.');
      }
      if (move.basedOn !== undefined && move.basedOn !== postmortem.version) {
        return refused(
          `Version ${postmortem.version} is there by now, by ${postmortem.changedBy}; yours was made from version ${move.basedOn}.`,
        );
      }
      return versioned(postmortem, move.markdown, move.note, null, by);
    case 'submit':
      if (state !== 'draft') return refused(`It is ${sayState(state)} already.`);
      return unversioned(postmortem, { state: 'in_review', submittedAt: by.now }, by);
    case 'publish': {
      if (state !== 'in_review') {
        return refused(`Only what is in review is published; it is ${sayState(state)}.`);
      }
      const open = postmortem.comments.filter(({ resolvedAt }) => resolvedAt === null);
      const missing = [
        ...move.missing,
        ...(open.length === 0
          ? []
          : [`comments are open: ${open.map(({ nth }) => nth).join(', ')}`]),
      ];
      if (missing.length > 0) return refused(`It cannot be published yet: ${missing.join('; ')}.`);
      const made = versioned(postmortem, move.markdown, 'Published.', move.frozen, by);
      if (made.kind === 'refused') return made;
      const publishedVersion = made.postmortem.version;
      return {
        ...made,
        postmortem: {
          ...made.postmortem,
          state: 'published',
          publishedAt: by.now,
          publishedVersion,
        },
      };
    }
    case 'return': {
      if (state === 'draft') return refused('It is a draft.');
      if (move.reason.trim() === '') return refused('Say why it goes back.', 'reason');
      if (state === 'in_review') return unversioned(postmortem, { state: 'draft' }, by);
      const made = versioned(postmortem, move.markdown, move.reason, null, by);
      return made.kind === 'refused'
        ? made
        : { ...made, postmortem: { ...made.postmortem, state: 'draft' } };
    }
    case 'comment': {
      const { quote, comment, text } = move;
      const { comments } = postmortem;
      if (comments.length >= postmortemBounds.comments) {
        return refused(`A postmortem holds at most ${postmortemBounds.comments} comments.`);
      }
      if (quote !== '' && anchorOf(quote, text) === null) {
        return refused(
          'These words do not stand in the text. Quote them as they are shown.',
          'quote',
        );
      }
      const added: PostmortemComment = {
        nth: comments.length + 1,
        version: postmortem.version,
        quote,
        text: comment,
        by: by.actor,
        at: by.now,
        resolvedAt: null,
        resolvedBy: null,
      };
      return {
        kind: 'moved',
        postmortem: { ...postmortem, comments: [...comments, added] },
        version: null,
      };
    }
    case 'resolve': {
      const known = postmortem.comments.find(({ nth }) => nth === move.nth);
      if (known === undefined) return refused(`There is no comment ${move.nth}.`, 'comment');
      if (known.resolvedAt !== null) return { kind: 'moved', postmortem, version: null };
      const resolved = { ...known, resolvedAt: by.now, resolvedBy: by.actor };
      const comments = postmortem.comments.map((each) => (each === known ? resolved : each));
      return { kind: 'moved', postmortem: { ...postmortem, comments }, version: null };
    }
    default:
      return assertNever(move);
  }
}

/** Where a comment's quote stands in a text, by its words; null: it is not there any more. */
export function anchorOf(
  quote: string,
  text: string,
): { readonly start: number; readonly end: number } | null {
  const words = quote.trim();
  const start = words === '' ? -1 : text.indexOf(words);
  return start === -1 ? null : { start, end: start + words.length };
}

function versioned(
  postmortem: Postmortem,
  markdown: string,
  note: string,
  frozen: Frozen | null,
  by: MovedBy,
): PostmortemMoved {
  const { incidentId, version } = postmortem;
  if (version >= postmortemBounds.versions) {
    return refused(`A postmortem holds at most ${postmortemBounds.versions} versions.`);
  }
  const nth = version + 1;
  return {
    kind: 'moved',
    postmortem: { ...postmortem, version: nth, changedAt: by.now, changedBy: by.actor },
    version: { incidentId, nth, markdown, by: by.actor, at: by.now, note, frozen },
  };
}

function unversioned(
  postmortem: Postmortem,
  fields: Partial<Postmortem>,
  by: MovedBy,
): PostmortemMoved {
  const changed = { changedAt: by.now, changedBy: by.actor };
  return { kind: 'moved', postmortem: { ...postmortem, ...fields, ...changed }, version: null };
}

function refused(detail: string, field: string | null = null): PostmortemMoved {
  return { kind: 'refused', field, detail };
}

function sayState(state: PostmortemState): string {
  return state.replace('_', ' ');
}
