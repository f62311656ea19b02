import { any, CLOCK, RELIEF, RESTORED, together } from './words.ts';

/** The three stages of an incident, by the words that name them and by the acts that are known for them. */

/** Words that say "the impact has stopped, the cause may still be there". */
export const MITIGATION_WORDS = oneOf(
  /\bmitigat\w*|\bstop(?:ped|s|ping)? the (?:bleeding|harm|damage|pain|impact|loss(?:es)?)\b|\b(?:impact|harm|damage|bleeding)\b[^.;]{0,24}\b(?:ended|stopped|over|halt|gone|contained)\b|\bended th(?:is|e) impact\b|\bcontain(?:ed|ment)\b|\bstopgap\b|\bworkaround\b/i,
  any(RELIEF),
);

/** Acts that stop an impact and can be taken back. */
export const MITIGATION_ACTS = oneOf(
  /\b(?:roll(?:ed|ing)?|went|go(?:ing)?|put|switch(?:ed|ing)?|turn(?:ed|ing)?|brought) [^.;]{0,32}\bback\b|\brollback\b|\brevert(?:ed|ing)?\b|\b(?:paus|disabl|throttl|halv|drain|shed|isolat|block|skip|divert|redirect|bypass)(?:ed|ing)\b|\bturn(?:ed|ing)? [^.;]{0,30}\boff\b|\bswitch(?:ed|ing)? [^.;]{0,30}\b(?:off|over|to)\b|\brestart(?:ed|ing)?\b|\bfail(?:ed|ing)? over\b|\bstopped the (?:roll-?out|staged|job|clean-?up|writes)\b|\bkill(?:ed|ing)? (?:it|the)\b|\blowered the\b/i,
  /\b(?:yank|pull|flipp|swapp|rerout|re-?rout|suspend|withdr[ae]w|froz|hid|hidd|pinn|re-?enabl|unplugg|kill|cancell)(?:ed|en|e)?\b(?! (?:in|up|the (?:three|two|team)))|\b(?:fell|fall|falling|gone|went) (?:back|over) (?:on )?to\b|\btook [^.;]{0,30}\b(?:down|off(?:line)?)\b/i,
  together(CLOCK, RESTORED),
);

/** With its time: a thing is off, held, out of use or well again. */
export const STATE_CHANGED = together(
  CLOCK,
  '(?:off|on|out|down|over|back|again|normal\\w*|closed|paused|frozen|hidden|stopped|held|on hold|disabled|suspended|withdrawn|reverted|done|executed|effected|switched|flipped|pulled|cut|shut|parked|isolated|released|lifted|worked|works|working|running|ran|recovered|restored|right|fine|flat|green|clean|quiet|cleared|calm|dropped|fell|drained|moved|moving|no (?:more|longer|new|further|\\w+)|none|nothing|zero|gone|ended|ceased|came through|through|reporting|in effect|live|safe)\\b',
);

export const FIX_WORDS = oneOf(
  /\bfix(?:ed|es|ing)?\b|\brepair(?:ed|s)?\b|\bcorrected the\b|\bpatch(?:ed)?\b|\bremoved the cause\b|\bcure[ds]?\b/i,
  /\bcorrection\b|\bmended\b|\bremed(?:y|ied)\b|\b(?:wrote|made|shipped) the (?:change|correction|repair)\b/i,
);

/** A change that was brought as code is: with tests, step by step, reviewed. */
export const CHANGE_BROUGHT =
  /\b(?:tests?|test cases|property-based|reviewed|PR|pull request|shipped|rolled out|deployed|released|rollout)\b/i;
/** Acts that remove a cause, by whoever tells it. */
export const CHANGE =
  /\b(?:I|we|and|then|my|our|team|developer|engineer|PR|fix)\b[^.;]{0,40}\b(?:re-?wr(?:ote|itten)|wr(?:ote|itten)|chang(?:ed|es)|replac\w+|built|made|moved|switched|normali[sz]ed|stagger\w*|add(?:ed|s)|remov(?:ed|es)|renam\w+|rais(?:ed|es)|lower\w*|adapted|adjusted|extended|clos(?:ed|es)|gave|gives?|taught|turned|introduced|set|put|did|developed|authored|delivered|corrected|swapped|updated|limited|capped|escaped|encoded|restored|bound|pinned|bumped|split|merged|stored?|cached?)\b/i;

/** What a story says for everything when it does not tell the stages apart, by its stem. */
const ONE_WORDS = [
  'fix',
  'resol[vu]',
  'solv|solution',
  'sort',
  'handl',
  'address',
  'settl',
  'rectif',
  'remed',
  'repair',
  'patch',
  'dealt with|deal with',
  'tak\\w* care of|took care of',
  'clear\\w* (?:it )?up',
] as const;

export const oneWords: readonly RegExp[] = ONE_WORDS.map(
  (stem) => new RegExp(`\\b(?:${stem})\\w*\\b`, 'i'),
);
export const ONE_WORD =
  /\bfix(?:ed|es|ing)?\b|\bresolv(?:ed?|ing)\b|\bsolv(?:ed?|ing)\b|\bsolutions?\b|\bsorted (?:it )?out\b|\btaken care of\b/i;

function oneOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}
