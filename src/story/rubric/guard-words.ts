/**
 * Families of words that prevention is told with: what stands guard, what it does by itself, and that it lasts. No family is
 * enough alone; guardrail.ts weighs them together.
 */

/** Things that are there to stand guard. */
export const GUARD_NOUN =
  /\b(?:gates?|guard(?:s|rails?)?|safe-?guards?|safety (?:net|catch|valve|check)|back-?stop|fail-?safe|inter-?lock|trip-?wire|watch-?dogs?|dead[- ]man|sentinel|circuit[- ]breakers?|breaker|fuse|kill[- ]switch|alarms?|alerts?|alerting|detectors?|monitor|probes?|validat(?:or|ion)s?|lint(?:er|ing)?|constraints?|quotas?|ceiling|allow-?list|block-?list|deny-?list|contracts?|canar(?:y|ies)|reconciliation|firewall|barrier|thresholds?|pre-?commit|admission|polic(?:y|ies)|smoke[- ]tests?|(?:contract|regression|chaos|load|fuzz|soak|synthetic|browser|property)[- ](?:tests?|runs?|suite)|drill|game[- ]day|rehearsals?|fuzz\w*|watcher|tests? in (?:the )?(?:CI|build|pipeline|suite))\b/i;

/** Things that stand guard where something is said of what they do. */
export const MACHINE =
  /\b(?:tests?|checks?|checkers?|rules?|jobs?|scripts?|bots?|robots?|rigs?|stages?|steps?|builds?|CI|pipelines?|compilers?|type(?:s| system| checker)|schemas?|database|registr(?:y|ies)|loader|importer|parser|gateway|proxy|wrapper|librar(?:y|ies)|templates?|engine|controllers?|scheduler|planner|server|service|system|platform|tool(?:ing|s)?|console|form|API|broker|sensor|timer|limit(?:er|s)?|caps?|locks?|latch|filter|scan(?:ner|s)?|comparison|replay|simulat(?:ion|or)|benchmark|budget|hook|robot|runner|release process|process|deploys?|deployments?|merge|push|plan|audit|sweep|suite|model|store|firmware|machines?|file|switch|counter|agent|cron|nightly|signer|signing)\b/i;

const STRONG =
  'refus|reject|block|halt|forbid|den(?:y|i)|page|alert|warn|quarantin|abort|enforc|insist|prohibit|disallow|bounce|veto|escalat|trip|intercept|roll|disconnect|auto-?revert';
const WEAK =
  'stop|hold|fail|break|drop|skip|ring|call|wake|ping|rais|open|catch|flag|compar|verif|validat|requir|demand|disabl|revert|shut|clos|cut|cancel|turn|throw|check|test|scan|replay|prob|simulat|exercis|kill|suspend|freez|lock|limit|cap|buy|sweep|run|count|watch|measur|ask|bar|trigger|sound|fir|fil|notif|tell|shout|scream|complain|yell|go|light|expir|place|pull|feed|send|keep|let|tak|look|diff|crawl|load|render|log|simulat|reboot|reload|releas|refresh|mark|print|email|post|creat|caus|mak';

/** What machines do by themselves: the third person of the present, or "is … ing". */
export const ACTS_STRONGLY = new RegExp(
  `\\b(?:${STRONG})(?:e?s|ies)\\b|\\b(?:has|have) been (?:${STRONG})\\w*ing\\b|\\bis (?:${STRONG})\\w*ing\\b|\\b(?:goes|turns|lights up|comes out) red\\b|\\bred (?:=|means)|\\b(?:takes?|rolls?|shuts?|switch\\w*|stops?|cuts?|turns?) (?:itself|themselves) (?:out|back|down|off)?|\\b(?:raises|triggers|sounds|rings|fires|sends|opens|files|creates) (?:an? |the )?(?:\\w+ )?(?:alarm|alert|page|bell|warning|ticket|incident)|\\b(?:blocks?|refuses?|rejects?|alarms?|throws?|breaks? the build|fails? the build|stops? the (?:build|release|deploy\\w*|merge|line|job|rollout))\\b|\\b(?:to|must|will|would|they|that|which) (?:${STRONG})e?\\b`,
  'i',
);
export const ACTS = new RegExp(
  `\\b(?:${WEAK})(?:e?s|ies)\\b|\\b(?:has|have) been (?:${WEAK})\\w*ing\\b|\\b(?:is|are) (?:${WEAK})\\w*ing\\b`,
  'i',
);

/** What is done to things that do not pass. */
export const IS_STOPPED =
  /\b(?:is|are|gets?|get|be|being|comes?) (?:\w+ ){0,2}?(?:compared|blocked|rejected|refused|validated|stopped|checked|verified|flagged|held|quarantined|turned (?:away|down|back)|thrown out|bounced|dropped|denied|cut off|shut down|enforced|cancelled|paused|frozen|replayed|tested|scanned|signed|returned|discarded|reverted|rolled back|killed|limited|capped|required|mandatory|forbidden|impossible)\b/i;

/** What cannot, or need not, be done any more. */
export const CANNOT =
  /\b(?:can(?:no|'|’)?t|can not|cannot|won(?:'|’)?t|will not|wouldn't|doesn(?:'|’)?t|does not|do not|don't|isn't|is not|are not|aren't|must not|may not|no longer|never) (?:\w+ ){0,3}?(?:be |get )?(?:merge|compil|start|deploy|accept|allow|pass|ship|releas|sign|go (?:out|live|on|through|in)|leav|let|happen|build|boot|run|open|publish|land|enter|reach|proceed|schedul|sav|send|load|connect|sent|sold|made|issued|turn(?:ed)? on|switch(?:ed)? on|take more)\w*|\b(?:nothing|no (?:\w+ ){1,3}?)(?:gets|goes|passes|ships|leaves|reaches|is (?:released|merged|deployed|signed|published|sent)|can|may|will)\b|\b(?:must|ha(?:s|ve) to|needs? to) (?:\w+ )?(?:pass|declare|prove|carry|name|be (?:signed|approved|confirmed|declared)|have|show|survive|state|come with)\b|\b(?:or|unless|until|otherwise)\b[^.;]{0,40}\b(?:blocked|refused|rejected|no merge|merge|release|signed|approved|agree|confirms?|passes|doesn't|does not|won't|not)\b/i;

/** Said of something that stays. */
export const LASTING =
  /\b(?:now|nowadays|today|since then|every|each|from now|mandatory|always|whenever|permanently|live|in force|in effect|with effect|effective|as of|any (?:longer|more)|merged|introduced|switched on|turned on|put in|went in|running|active|automatically|by itself|on its own|standing|nightly|hourly|daily|before (?:any|every|each|publication|release|it))\b|\bin (?:place|service|force|CI|main|production|the pipeline|the build)\b/i;

/** Words that name prevention: this kind of thing is kept away from now on. */
export const PREVENTION_LABEL =
  /\b(?:prevent(?:s|ed|ing|ion|ive|ative)?|preclud\w+|guard(?:-?rails?)?:?|safe-?guards?|future-?proof\w*|once and for all|rul(?:e|es|ed|ing) (?:it|this|that|them) out|recurrence|recur|re-?run of|repeat of|reoccur\w*|(?:whole|entire|same) (?:class|family|kind)|class of (?:problem|bug|fault|failure|error|incident|cause|defect|slip)s?|against (?:the next|a (?:repeat|re-?run|second|recurrence)|another|any repeat)|so that (?:no (?:other|one|future|second)|nobody)|long(?:er)?-lasting|(?:standing|permanent|lasting) (?:defen[cs]e|guard|measure|safety|protection)|(?:cannot|can'?t|can not|could not|couldn't|never|not|n't|no longer|nothing like it)\b[^.;]{0,30}\b(?:happen|come back|come round|recur|slip (?:in|through|past)|bite (?:us|anyone))\w*|(?:not|never|n't|cannot)\b[^.;]{0,30}\b(?:arrive|occur|appear|come|return|reproduce|bite)\w*[^.;]{0,16}\b(?:again|another time|twice|a second time)|(?:avoid|stop|keep)\w* (?:this|it|that) (?:from|away|out)|(?:avoid|stop|keep)\w* (?:the next|another|a second|a repeat|a re-?run|us|others)\b)/i;

/** The same less plainly: only beside a guardrail it says what that is for. */
const AGAIN =
  /\b(?:for good|from now on|next (?:one|time|person|team)|(?:second|another) (?:time|occurrence|instance|round|one)|again|twice|nobody (?:else )?can|impossible|protect\w*|defen[cs]e|(?:that|the) door|spare|make sure|sure that|new teams?|others)\b/i;
export const PURPOSE = new RegExp(`${PREVENTION_LABEL.source}|${AGAIN.source}`, 'i');

/** What is meant to be done some day is not there. */
export const VAGUE =
  /\b(?:want|plan(?:ned|ning)?|hop(?:e|ed|ing)|intend(?:ed)?|would like|aim|going|proposed|suggested|meant|like) to\b|\bwill (?:look|try|improve|consider|think)\b|\b(?:look|looking) into\b|\bshould (?:probably|really|be|have|also)\b|\b(?:would|could|might) (?:be|have been)\b|\b(?:in|on) (?:the|our|their|my) (?:backlog|roadmap|wish-?list|to-?do)|\bI'd like\b|\bnot (?:yet|in place)\b|\bone day\b|\bsome ?day\b/i;

/** Resolutions, and words to people: they stand guard over nothing. */
export const TO_PEOPLE =
  /\b(?:told|asked|remind\w*|train\w*|instruct\w*|agreed|promised|resolved|resolve|briefed|taught|wrote (?:a |it |them )?(?:up|wiki|page|doc\w*|guide|mail|note)|held a|reminder|everybody|everyone) (?:\w+ ){0,6}?(?:to|that|about|has to|should|must|on)\b|\b(?:more|extra|better|greater|closer|take) (?:care\w*|attention|attentive|cautious|mindful|vigilant)\b/i;
