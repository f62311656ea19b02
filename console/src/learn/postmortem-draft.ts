import { useEffect, useRef, useState } from 'react';
import { keep, readKept } from './kept.ts';
import type { Postmortem } from './postmortem.ts';

/** The Markdown as it is typed, and the version that it was begun from. */
export type Draft = { readonly text: string; readonly basedOn: number };

export type Drafting = {
  readonly draft: Draft;
  readonly isDirty: boolean;
  /** Somebody else saved a version after the one that it was begun from. */
  readonly isStale: boolean;
  /** It was typed before this page was opened, as before a session ended or a window was closed. */
  readonly isTakenUp: boolean;
  readonly change: (text: string) => void;
  readonly saved: (postmortem: Postmortem) => void;
  readonly takeMine: () => void;
  readonly takeTheirs: () => void;
};

/**
 * What somebody types of a postmortem. While it is not saved it is kept in this browser, so that it is there again
 * after a session has ended or the page was left. What somebody else saved meanwhile is taken over, unless something
 * is typed here.
 */
export function usePostmortemDraft(
  { incidentId, version, shown }: Postmortem,
  isEditable: boolean,
): Drafting {
  const place = `postmortem.${incidentId}`;
  const theirs: Draft = { text: shown.markdown, basedOn: version };
  const [keptDraft] = useState(() => (isEditable ? draftIn(readKept(place)) : null));
  const [draft, setDraft] = useState<Draft>(keptDraft ?? theirs);
  const [base, setBase] = useState(shown.markdown);
  const isDirty = draft.text !== base;
  if (version !== draft.basedOn && (!isDirty || shown.markdown === draft.text)) {
    setBase(shown.markdown);
    setDraft(theirs);
  }
  const isKept = useRef(keptDraft !== null);
  useEffect(() => {
    if (!isEditable) return;
    if (isDirty) keep(place, JSON.stringify(draft));
    else if (isKept.current) keep(place, null);
    isKept.current = isDirty;
  }, [draft, isDirty, isEditable, place]);
  return {
    draft,
    isDirty,
    isStale: version !== draft.basedOn && isDirty,
    isTakenUp: isDirty && keptDraft !== null && draft.text === keptDraft.text,
    change: (text) => setDraft((now) => ({ ...now, text })),
    saved: (answer) => {
      setBase(answer.shown.markdown);
      setDraft((now) => ({ ...now, basedOn: answer.version }));
    },
    takeMine: () => {
      setBase(shown.markdown);
      setDraft((now) => ({ ...now, basedOn: version }));
    },
    takeTheirs: () => {
      setBase(shown.markdown);
      setDraft(theirs);
    },
  };
}

/** null: nothing was kept, or nothing that can be read. */
function draftIn(kept: string | null): Draft | null {
  try {
    const value: unknown = JSON.parse(kept ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const text: unknown = Reflect.get(value, 'text');
    const basedOn: unknown = Reflect.get(value, 'basedOn');
    return typeof text === 'string' && typeof basedOn === 'number' ? { text, basedOn } : null;
  } catch {
    return null;
  }
}
