import type { MomentKind } from '../facts.ts';

/** Of each kind of moment: what could not be known yet, and the principle by which one acts all the same. */
export const principles: Readonly<
  Record<MomentKind, { readonly unknown: string; readonly principle: string }>
> = {
  began: {
    unknown: 'that anything was wrong',
    principle: 'what is promised is counted, so that silence shows',
  },
  detected: {
    unknown: 'how far it reached',
    principle: 'declare early: an incident can be closed again at no cost',
  },
  told: {
    unknown: 'the cause',
    principle: 'say what is known, with its number and source, and when the next word comes',
  },
  suspected: {
    unknown: 'whether the suspicion holds',
    principle: 'an explanation predicts the outcome metric, and says what would refute it',
  },
  refuted: {
    unknown: 'what else it could be',
    principle: 'a refuted explanation is progress; write it down and leave it',
  },
  mitigated: {
    unknown: 'the cause',
    principle: 'the cheapest action that can be undone goes first, before it is understood',
  },
  stopped: {
    unknown: 'whether it stays so',
    principle: 'the outcome metric says when an impact is over, and it has to hold',
  },
  explained: {
    unknown: 'whether it is the whole explanation',
    principle: 'reproduce it before changing anything',
  },
  fixed: {
    unknown: 'whether it holds under load',
    principle: 'a fix comes with tests and goes to a few first',
  },
  verified: {
    unknown: 'whether it comes back in another form',
    principle: 'watch for longer than the fault took to show',
  },
  prevented: {
    unknown: 'what the next incident will be',
    principle: 'a guardrail that acts by itself, instead of a resolution',
  },
};
