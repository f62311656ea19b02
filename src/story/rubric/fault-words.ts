/**
 * Families of words that disqualifying faults are told with. "Outright" says the fault by itself; a hint is held against the
 * rest of the story by disqualifiers.ts, and becomes a question to the teller where that speaks against it.
 */

const THEM =
  '(?:them|they|he|she|him|her|it|(?:the|their|our|an?other|second|third|[A-Z]\\w+) (?:[\\w-]+ ){0,3}?(?:team|group|vendor|provider|supplier|carrier|manufacturer|people|folks|guys|line|level|support|infra\\w*|platform|engineers?|technicians?|on-?call|department|colleagues?|hotline|queue)|infra|ops|support|IT)';
const WORK = '(?:it|this|that|the \\w+(?: \\w+)?|everything)';

/** Given away and waited for, in one breath. */
export const HANDED_OVER: readonly RegExp[] = [
  new RegExp(
    `\\bI (?:\\w+ )?(?:handed|passed|gave|forwarded|escalated|assigned|reassigned|transferred|reported) ${WORK}\\b[^.;]{0,80}\\b(?:wait(?:ed|ing)?|until they|till they|left it (?:with|to) them|stood by|sat back)\\b`,
    'i',
  ),
  /\b(?:opened|filed|raised|wrote) (?:a|the) ticket\b[^.;]{0,100}\b(?:wait(?:ed|ing)? for|then waited|and waited|until they)\b/i,
  /\bI\b[^.;]{0,80}\b(?:left|leave) (?:it|that|this|the rest|everything) (?:with|to|up to) (?!me|us)\w+/i,
  /\b(?:nothing|wasn't anything|was not anything|not much|little)\b[^.;]{0,20}\b(?:else|more|left|for me|I could)\b[^.;]{0,24}\b(?:do|done)\b/i,
  /\bI\b[^.;]{0,80}\b(?:handed|passed|gave|turned) (?!(?:[\w']+ ){0,3}(?:pagers?|phones?|shifts?|duty|rotation|on-?call|roles?) )(?:[\w']+ ){1,4}over\b(?! to (?:me|us)\b)|\b(?:in|into) (?:their|his|her) hands\b/i,
  /\bI (?:then |just |only )?waited (?:for|until) (?:them|their|the \w+(?: \w+)? (?:team|group|vendor|people))\b/i,
];

export const GIVEN_AWAY = new RegExp(
  `\\b(?:hand|pass|giv|gave|forward|escalat|reassign|transferr?|report|rais|sent|send|logg|open|fil|told|tell|inform|left|leav|turn|put|call|rang|ring|contact|refer)(?:ed|ing|en|e)?\\b[^.;]{0,60}\\b(?:to|with|over|on|for|at|a case|a ticket|${THEM})\\b`,
  'i',
);
export const ONLY_WAITED = new RegExp(
  [
    `\\b(?:wait(?:ed|ing)?|sat tight|stood by|sat back|held on|hoped|kept refreshing|hung on)\\b(?! (?:would|meant|cost))`,
    `\\b(?:all I could do|all that was left|nothing|wasn't anything|was not anything|not much|little)\\b[^.;]{0,24}\\b(?:else|more|left|for me|I could|was)\\b[^.;]{0,24}\\b(?:do|done|wait)\\b`,
    `\\b(?:in|into|with) (?:their|his|her|the (?:\\w+ )?hands of) ?(?:\\w+ )?(?:hands|court|queue|side)?\\b|\\bcourt\\b|\\bup to (?:them|him|her|the \\w+)\\b`,
    `\\boff my (?:plate|desk|hands)|\\bout of my hands\\b|\\bnot mine (?:any ?more|any longer)\\b|\\bmy (?:part|job|work) (?:ended|was (?:done|over))`,
    `\\bback to my (?:own )?(?:work|desk|tasks?)\\b|\\b(?:get|got|getting) on with it\\b|\\blet (?:them|${THEM}) (?:get|deal|handle|work|do)\\b|\\b(?:until|till) (?:they|he|she|the \\w+) (?:came|got|called|rang|answered|replied|responded|fixed|had)`,
    `\\b(?:handed|passed|gave|turned) (?!(?:[\\w']+ ){0,3}(?:pagers?|phones?|shifts?|duty|rotation|on-?call|roles?|list) )(?:[\\w']+ ){1,4}over\\b(?! to (?:me|us)\\b)|\\bleft (?:it|that|this|the rest|everything) (?:with|to|up to|in) (?!me|us)\\w+`,
  ].join('|'),
  'i',
);
/** That, said so that nobody need be named. */
export const OUT_OF_MY_HANDS =
  /\b(?:all (?:that )?I could do was (?:to )?wait|ball was in|in (?:their|his|her) (?:\w+ )?(?:hands|court)|out of my hands|off my (?:plate|desk)|nothing (?:else|more|left) (?:for me )?to do but wait|left to wait|matter of waiting)\b/i;
/** What says that the teller went on acting, or that nobody waited. */
export const WENT_ON =
  /\b(?:meanwhile|in the meantime|while (?:they|he|she|the \w+|I)|did(?:n't| not) wait|without waiting|instead of waiting|rather than wait\w*|not wait|I'd lead|I would lead|I(?:'d| would|'ll) (?:run|take|drive|own)|so that|pagers?|roles?|shifts?|rotation)\b|\bwaiting (?:for \w+ )?(?:would|meant|means|cost)\b|\b(?:each|every|per) (?:second|minute|hour)\b|\b(?:and|then|I) (?:then )?(?:moved|switched|rolled|turned|paused|stopped|opened an incident)\b/i;

const AUTHORITY =
  '(?:managers?|lead|boss|bosses|director|supervisor|chief|head|cto|ceo|vp|product owner|superior|principal|scrum master|leadership|management|higher-ups|tutor|client)';

export const ASSIGNED: readonly RegExp[] = [
  /\b(?:my|our|the) (?:manager|lead|boss|director|team lead|cto|vp|head)\b[^.;]{0,20}\b(?:(?:asked|told|assigned|instructed|ordered|tasked|wanted) (?:me|us) (?:to|with)|(?:gave|handed|set) (?:me|us))\b/i,
  /\b(?:I|we) (?:was|were|got|had been|have been) (?:assigned|tasked|told(?! (?:by the|that))|asked|instructed|ordered|given)\b/i,
  /\b(?:I|we) (?:got|received|was given|were given|was handed)\b[^.;]{0,60}\b(?:from|by) (?:my|our|the) (?:manager|lead|boss|director|team lead|cto|vp|head)\b/i,
  /\bas (?:a|my|our) (?:task|assignment|ticket|goal|objective)\b/i,
  /\b(?:ticket|task|issue|incident|work|bug|it) (?:was|got|had been) (?:assigned|given) to (?:me|us)\b/i,
];
export const PERHAPS_ASSIGNED: readonly RegExp[] = [
  new RegExp(
    `\\b${AUTHORITY}\\b[^.;]{0,40}\\b(?:put|asked|assigned|instructed|tasked|wanted|sent|made|picked|chose|tapped|nominated|named|appointed|gave|handed|set|requested|directed|charged|entrusted|delegated)\\b[^.;]{0,16}\\b(?:me|us)\\b|\\b${AUTHORITY}\\b[^.;]{0,20}\\b(?:told (?:me|us) to|said (?:that )?I (?:should|was to|had to))\\b`,
    'i',
  ),
  /\b(?:I|we|I'd|we'd)(?: was| were| got| had been| been)(?: \w+)? (?:picked|chosen|put (?:on|in)|appointed|named|selected|made responsible|sent|handed|charged|drafted|roped in|tasked|assigned|told to|asked (?:by|to))\b/i,
  /\b(?:on my plate|my (?:\w+ )?(?:assignment|sprint|goals?|objectives?|OKRs?|task)|(?:task|ticket|job) was (?:mine|ours)|(?:came|fell|landed) (?:to|on) (?:me|us|my desk) as)\b/i,
];
export const NOT_ASSIGNED =
  /\b(?:nobody|no one|not|never|without|before anyone|wasn't|weren't|hadn't|n't)\b[^.;]{0,30}\b(?:asked|assigned|told|given|tasked|plate)\b|\bI asked\b|\b(?:later|afterwards)\b/i;

export const NO_REGRETS: readonly RegExp[] = [
  /\b(?:would not|wouldn't|would never) (?:have )?(?:change|changed|do|done) (?:anything|a thing|much|it differently)\b(?! without| until| unless)/i,
  /\b(?:would|'d) (?:change|do) nothing\b/i,
  /\bnothing (?:that )?(?:I|we)(?:'d| would) (?:have )?(?:change|do|done|changed|want to change|do differently)\b/i,
  /\b(?:would|'d) do (?:it|everything|all of it) (?:exactly )?(?:the same|again|that way)\b/i,
  /\b(?:would|'d) do (?:exactly |precisely |just )?the same\b/i,
  /\b(?:did|done|got|handled) (?:everything|it all|all of it) (?:right|correctly|perfectly)\b/i,
  /\b(?:every|each|all)\b[^.;]{0,40}\b(?:decision|step|move|call|thing)s?\b[^.;]{0,30}\b(?:was|were) (?:the )?(?:right|correct|perfect)\b/i,
  /\b(?:I|we)\b[^.;?]{0,80}\b(?:no (?:need|reason|wish)|nothing|not|never|n't)\b[^.;?]{0,24}\b(?:differently|otherwise|another way)\b/i,
];

const WOULD = "(?:I|we)(?:'d| would|'ll| will)\\b";
export const PERHAPS_NO_REGRETS: readonly RegExp[] = [
  new RegExp(
    `\\b${WOULD}[^.;]{0,20}\\b(?:do|make|take|play|run|handle|go|choose|decide|act|tell)\\b[^.;]{0,20}\\b(?:(?:the )?same|exactly (?:like )?(?:that|so|this)|(?:it|this) (?:again|all))\\b`,
    'i',
  ),
  new RegExp(
    `\\b${WOULD}[^.;]{0,24}\\b(?:every|all|everything|each|any|whole)\\b[^.;]{0,40}\\bagain\\b|\\b${WOULD} repeat\\b|\\bwould (?:make|take|do|repeat) (?:all|each|every)\\b`,
    'i',
  ),
  /\b(?:nothing|not (?:a|one|any)(?: single)? (?:thing|step|bit)|no (?:single )?(?:thing|step|point|room|need|reason|wish|notes?|lessons?|complaints?|improvements?)|can(?:not|'t|’t) (?:think of|see|find|name)|could(?:n't| not) (?:think of|find|name)|(?:don't|do not) (?:think|believe|see|find)|see no|have no)\b[^.;?]{0,60}\b(?:improv\w+|alter\w*|chang\w+|different\w*|otherwise|better|correct|regrets?|lessons?|notes?|draw)\b/i,
  /\b(?:not a thing|not one thing|absolutely nothing|no notes|no regrets|any other way|no complaints)\b/i,
  /\b(?:flawless\w*|textbook|by the book|faultless\w*|impeccabl\w+|perfectly|was perfect|could(?:n't| not) have (?:gone|been|done|handled|run|asked)\b[^.;]{0,24}\bbetter|(?:got|made|did|called) (?:it|every\w*|all|each)\b[^.;]{0,24}\bright)\b/i,
  /\b(?:plan|timing|decisions?|calls?|response|reaction|handling|approach|judge?ment|choices?|sequence|order)\b[^.;]{0,20}\b(?:was|were|is) (?:\w+ )?(?:sound|right|correct|perfect|flawless|good|spot on)\b(?![^.;]*\bagain\b)/i,
  /\b(?:stand by|at peace with|entirely (?:satisfied|happy)|completely (?:satisfied|happy)|proud of) (?:each|every|all|how|my|it)\b/i,
];
export const BUT =
  /\b(?:but|only|except|apart from|save for|other than|however|although|though|sooner|earlier|faster|quicker|more than|without|had I|until|unless|was not|wasn't|were not)\b/i;

export const MORE_CAREFUL: readonly RegExp[] = [
  /\b(?:be|being|been) (?:much |far |a (?:lot|bit|little) )?(?:more|extra) (?:careful|cautious|attentive|vigilant|diligent|mindful)\b/i,
  /\b(?:pay|paying|paid) (?:\w+ )?(?:more|closer|better|greater) attention\b/i,
  /\bdouble-?check\b|\b(?:check|look|think|read)(?:ing)? (?:[\w']+ ){0,2}twice\b(?<!check runs twice)|\btry harder\b|\btake (?:more|better|greater) care\b|\bmore carefully (?:next time|in (?:the )?future)\b/i,
];
const RESOLVED =
  "(?:will|'ll|shall|going to|must|have to|has to|ha(?:s|ve) got to|needs? to|should|resol\\w+|promis\\w+|agree\\w*|told|asked|remind\\w*|instruct\\w*|lesson|learn\\w*|taught|everyone|everybody|people|all of us|we all|from now on|next time|in (?:the )?future|mailed|urged|vow\\w*|swor\\w+|intend|just)\\b";
const CARE =
  '(?:careful(?:ly)?|more care|caution|cautious\\w*|vigilan\\w+|attentive\\w*|attention|mindful\\w*|diligen\\w+|thorough\\w*|concentrat\\w+|(?:more )?focus(?:ed)?|stay(?:ing)? (?:alert|sharp|awake|focused)|on (?:my|our|their) (?:toes|guard)|eyes (?:open|peeled)|(?:look|check|think|read|count)(?:ing)? (?:\\w+ ){0,3}twice|(?:double|triple)-?check\\w*|think before|slow down|watch (?:what|out|my|our)|disciplin\\w+|keep (?:it |that )?in mind|conscientious\\w*|remember to|not (?:to )?forget)\\b';
export const PERHAPS_CAREFUL = new RegExp(
  `^(?=.*?\\b${RESOLVED})(?=.*?\\b${CARE})(?!.*\\b(?:instead of|rather than|beats|better (?:answer )?than|no guardrail|not enough|drew)\\b)`,
  'i',
);

export const ALONE =
  "(?:alone|on my own|by myself|by my lonesome|single-?handed\\w*|solo|just me|only me|the only one|nobody else (?:was )?(?:there|around|awake|on it|knew)|no ?one (?:else )?(?:there|around|awake|to help)|without (?:waking|calling|telling) (?:any\\w*|a soul)|did(?:n't| not) (?:want to )?(?:wake|call|ring) (?:any\\w*|a soul|them)|let (?:the others|everyone|them) sleep|(?:everyone|everybody) (?:else )?(?:was )?asleep|me and (?:the|my) \\w+)\\b";
export const THROUGH_NIGHT =
  "(?:(?:all|whole|entire|through(?:out)? the|over) night|(?:spent|worked) (?:the|that|a) (?:\\w+ )?night|all-?nighter|(?:un)?til(?:l)? (?:the )?(?:dawn|sunrise|daybreak|(?:early )?morning|birds|sun|light|it got light|it was light)|(?:un)?til(?:l)?\\b[^.;]{0,24}\\b(?:in the morning|am\\b|a\\.m)|(?:un)?til(?:l)? (?:about |around |half past |nearly )?(?:two|three|four|five|six|seven|[2-7](?::\\d\\d)?)\\b|(?:sun|light) (?:came|was) up|sunrise|dawn|small hours|without (?:any )?sleep|no sleep|(?:not|n't) (?:sleep|slept|close an eye)|(?:done|over|back|finished|up) (?:by|at) [4-7](?::\\d\\d)? ?(?:am|a\\.m)|from (?:2[0-3]|eleven|ten|midnight)[^.;]{0,12} (?:to|until|till) (?:0?[3-9]\\b|dawn|morning)|(?:\\d\\d|twelve|fifteen|twenty|thirty|nine|ten) hours (?:straight|without|in a row|on end)|without a break|no breaks|red-?eyed?)";
export const ALONE_AT_NIGHT: readonly RegExp[] = [
  /\ball-?nighter\b|\b(?:I|and) (?:\w+ )?(?:stayed|was|worked|been|sat) (?:up|awake|on)? ?(?:all|the whole|through the|the entire) night\b/i,
  /\bsingle-?handed(?:ly)? (?:saved|rescued|restored|kept)\b/i,
];
