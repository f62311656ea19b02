import { any, CLOCK, NEVER_AGAIN, RELIEF, RESTORED, together } from './words.ts';

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

export const FIX_WORDS = oneOf(
  /\bfix(?:ed|es|ing)?\b|\brepair(?:ed|s)?\b|\bcorrected the\b|\bpatch(?:ed)?\b|\bremoved the cause\b|\bcure[ds]?\b/i,
  /\bcorrection\b|\bmended\b|\bremed(?:y|ied)\b|\b(?:wrote|made|shipped) the (?:change|correction|repair)\b/i,
);

/** Acts that remove a cause, where no word names them. */
export const FIX_ACTS =
  /\bI (?:then |have )?(?:re)?(?:wrote|written|changed|replaced|built|made|moved|switched)\b[^.;]{0,80}\b(?:tests?|instead|so that|by (?!hand)\w+)/i;

/** Words that say "this kind of thing cannot come back". */
export const PREVENTION_WORDS = oneOf(
  /\bprevent(?:s|ed|ing|ion|ive)?\b|\bguard-?rails?\b|\b(?:can(?:not|'t)|could not|never|nothing like it) (?:happen|come back|recur|return|slip)\w*|\bnot (?:happen|come back|recur) again\b|\brecurrence\b|\b(?:whole|entire|same) class\b|\bclass of (?:problem|bug|fault|failure|error|incident|cause)s?\b|\bso that no (?:other|one|future)\b|\blonger-lasting\b|\brepeat of\b/i,
  any(NEVER_AGAIN),
);

/** Things that stand guard without anybody having to think of them. */
export const GUARDRAILS = oneOf(
  /\b(?:lint(?:er)? (?:rule|check)|lint rule|linter|contract test|regression test|type checks?|CI\b|pipeline|alert|detector|watcher|drill|canary|validation|validator|(?:rule|check|wrapper|comparison|contract|monitor|job|benchmark|replay|soak)\b[^.;]{0,40}\b(?:throw|alert|page|warn|compare|run|fail|refuse|reject)s?|(?:required|refused|rejected|enforced|checked|blocked) by (?:the|a|our) \w+|gate|quota|budget|reconciliation|audit|constraint|pre-?commit|policy check|build (?:fails|refuses|breaks)|(?:check|test|rule|tool|library|database|registry|compiler|build|node|push)\b[^.;]{0,40}\b(?:refus|reject|block|fail|deni|requir|forbid|stop)(?:s|es|e|ed)?)\b/i,
  /\bsmoke[- ]tests?\b|\bthere(?:'s| is| are) (?:now )?an? (?:\w+ )?(?:test|check|job|rule)\b|\b(?:platform|service|system|controller|importer|gateway|wrapper|contract|engine|form|API)\b[^.;]{0,40}\b(?:refus|reject|block|forbid)\w*/i,
);

/** Verbs of what acts by itself; in a sentence of prevention they name a guardrail, whatever its noun is. */
export const GUARDING_VERBS = oneOf(
  /\b(?:refus|reject|block|forbid|requir|throw|page|alert|warn|stop|fail|compar)(?:s|es|e)?\b|\btakes? (?:itself|themselves) out\b|\brolls? (?:itself|themselves) back\b/i,
  /\b(?:goes|turns) red\b|\b(?:can't|cannot|can not|won't|will not|does(?:n't| not)) (?:\w+ )?(?:be )?(?:merge|compile|start|deploy|accept|allow|pass|ship|release)\w*\b|\b(?:enforc|validat|prohibit|disallow)\w*|\bden(?:y|ies)\b/i,
);

/** Acts of what stands guard, in the present: people do not do these. */
export const GUARDING_ACTS =
  /\b(?:raises|triggers|sounds|rings|fires|sends) (?:an? |the )?(?:alarm|alert|page|bell|warning)|\b(?:is|are|gets?|be) (?:\w+ )?(?:compared|blocked|rejected|refused|validated|stopped|checked|verified|flagged|held back|quarantined)\b|\b(?:does|do|will|can)(?:n't| not|not) (?:\w+ )?(?:accept|allow|let|pass|merge|compile|deploy|start)\w*|\bno \w+ (?:gets|goes|passes|ships|leaves)\b|\b(?:refuses|rejects|blocks|pages|alerts|warns|compares|enforces|validates)\b/i;

/** One word for everything: what a story says when it does not tell the stages apart. */
export const ONE_WORD =
  /\bfix(?:ed|es|ing)?\b|\bresolv(?:ed?|ing)\b|\bsolv(?:ed?|ing)\b|\bsolutions?\b|\bsorted (?:it )?out\b|\btaken care of\b/i;

function oneOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}
