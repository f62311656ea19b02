import { GROUP } from './words.ts';

/** Families of words that tellers speak of themselves with: how it came to them, whose it was, their judgement and habits. */

/** Seeing something oneself. */
export const NOTICED =
  '(?:saw|see|seen|notic\\w+|spot(?:s|ted)?|caught|clocked|observ\\w+|detect\\w+|identif\\w+|discover\\w+|heard|reali[sz]\\w+|remark\\w*|constat\\w+|aware|came (?:across|upon)|stumbl\\w+|happened (?:up)?on|watching|picked up on|was (?:looking|reading|debugging|checking|testing|tidying))\\b';
/** Beginning by oneself. */
export const BEGAN =
  "(?:opened|declared|raised|rais\\w+ my hand|put up my hand|logged|reported|announced|began|started|contacted|called|rang|phoned|pinged|pulled|dragged|brought|gathered|got (?:\\w+ ){0,4}(?:on|out|into|together|going)|offer\\w*|volunteer\\w*|propos\\w+|owned|holding it|jumped (?:on|in)|stepp?ed (?:in|up|forward)|went (?:for it|to|over)|walked over|picked (?:it|this|up)|said (?:that )?I'd|asked if I (?:could|may)|t(?:ook|ake|aking) (?:it|this|that|on|over|charge|command|ownership|the \\w+|care|up)|(?:assum|tak)ed? (?:\\w+ ){0,2}(?:command|charge|lead|ownership|role)|run (?:this|it)|(?:am|I'm|was|became|be|made (?:it|myself)) (?:the |my )?(?:lead|coordinator|owner|commander|business|job)|had a crack|on (?:my|our) own (?:initiative|accord)|unasked|coordinat\\w+|steer\\w+|chair\\w+|messaged|made the call)\\b";
/** What comes to one's eye. */
export const CAME_TO_ME =
  /\b(?:caught|met|drew|came to) my (?:eye|attention|notice)\b|\bmy eye (?:fell|caught)|\b(?:struck|jumped out at|occurred to) me\b|\b(?:spotted|noticed|discovered|raised|found|opened) by me\b|\btaking it\b/i;

/** Nobody had, and nothing was there. */
export const NOBODY =
  "(?:nobody|noone|no[ -]one|naebody|no person|not a soul|none|neither|nor|nothing|no|(?:not|n't|without|wasnae) (?:yet )?(?:an?|any|been an?|raised|reported))\\b";
export const ASKED =
  '(?:ask\\w*|own\\w*|assign\\w*|report\\w*|rais\\w+|fil(?:ed|ing)|open\\w*|flag\\w*|pag(?:es?|ed|ing)|complain\\w*|complaints?|notic\\w+|signal\\w+|sa(?:y|id)|told|tell|seen|heard|looking|charge|responsible|tickets?|incidents?|alarms?|alerts?|cases?|bugs?|issue|entry|owner|backlog|announc\\w+|mention\\w*|warn\\w*|knew|known|particular|else|fault|designated|on it|there|or anything|anything|orders|list|put in|by anyone)\\b';

const NOT_US = '(?!me\\b|us\\b|my\\b|our\\b|mine\\b|ours\\b)';
/** Whose it was, where that is somebody else. */
export const SOMEBODY_ELSES: readonly RegExp[] = [
  new RegExp(
    `\\b(?:belong\\w*|depend\\w*|sits?|falls?|fell|lies|lives?|rests?) (?:\\w+ ){0,2}?(?:to|on|with|under|between|in) ${NOT_US}\\w+`,
    'i',
  ),
  new RegExp(
    `\\b(?:owned|run|maintained|managed|operated|looked after|kept|provided|shared) (?:by|between|with) ${NOT_US}\\w+`,
    'i',
  ),
  new RegExp(
    `\\b(?:it's|is|are|was|were|=|from|of|'s) (?:the |an? )?(?!my|our|same)[a-z]+ ${GROUP}(?:'s?)?(?=[,.;:]|$| and| or| again)`,
    'i',
  ),
  new RegExp(`\\b(?!my|our|their|its)[a-z]+ ${GROUP}'s\\b`, 'i'),
  new RegExp(
    `\\b(?:isn't|wasn't|aren't|not|nor|n't|none of|neither)\\b (?:\\w+ ){0,3}?(?:(?:with |of )?us(?=[,.;]| |$)(?! to)|mine|ours|(?:anyone|anybody)'s|on (?:duty|call|shift)|my (?:\\w+ )?(?:business|duty)|(?:my|our) (?:\\w+ )?(?:${GROUP}|apps?|service|area|patch|job|component|system|code|field|scanner|thing))`,
    'i',
  ),
  new RegExp(
    `\\b(?:another|a different|some other|a third|other|separate|(?:two|three|four|five|six|several) (?:other )?)(?: \\w+)? ?(?:${GROUP}|direction|services?|products?|area)`,
    'i',
  ),
  new RegExp(`\\b[A-Z]\\w+(?: \\w+)?: (?:the )?\\w+ (?:${GROUP})`),
  /\b(?:is|are|was|'s) (?:(?!my|our|its|their|it|that|there|what|let|one)[a-z-]+)'s(?=[,.;]| and| or)/i,
  /\b(?<!\bI )(?<!\bwe )(?!I\b|we\b)[a-z]+ (?:owns?|runs?|maintains?|looks? after) (?:it|that|this|the|its?)\b/i,
  /\b(?:unreported|unowned|ownerless|unassigned)\b|\bin nobody's \w+|\bbetween (?:two|three|the) (?:chairs|stools)\b/i,
];

/** How the teller's own judgement erred. */
export const ERRED =
  '(?:I (?:\\w+ )?(?:under(?:rat|estimat)\\w+|misjudg\\w+|misread|mistook|assumed|trusted|believed|clung|held on|chased|hesitat\\w+|dither\\w*|doubted|wasted|burn(?:ed|t)|stuck|polled|overlook\\w+|argued|blamed|feared|(?:took|needed) (?:too|so|far)|kept (?:\\w+ ){1,3}to myself|let \\w+ cost|convinced myself|tested like|(?:have )?learn(?:ed|t) (?:to|that)|(?:had |have )?(?:waited|answered|read|looked|searched|stared|dug|sat|spent|lost|asked|went|tried|called|doubt\\w*)\\b[^.;]{0,60}\\b(?:minutes?|hours?|half an hour|before|instead|although|though|rather than|and not|wrong|because))\\b|I was (?:\\w+ )?(?:slow|late|shy|wrong|proud|sure|quick|keen|certain|afraid|shy)|I got (?:it|that|this) wrong|(?:my|own) (?:mistake|error|bad|fault|misjudge?ment|judge?ment|slip|weak|blind|doubts?|regret|first (?:ten |five )?minutes)|mea culpa|(?:was|were) mine\\b|point was me|where I went wrong)';
/** What the teller would do another time. */
export const OTHERWISE =
  "(?:next time|another time|next occasion|the next one|were I\\b|if (?:I|it|this|that)\\b[^.;]{0,40}\\bagain|do-over|with what I know|in (?:retrospect|hindsight)|looking (?:back|at it)|had I to|should've|better I|I had to \\w+[^.;]{0,40}\\b(?:sooner|earlier|first|before)|I (?:personally )?(?:should|ought to|would|wish|could have)(?: have| had)?\\b(?! (?:say|like|love|recommend|guess|think so|done it|do (?:it all|every|all)))|I'd (?!\\w+ed\\b|been|seen|had\\b|got\\b|made\\b|found\\b|say\\b|like\\b|love\\b|recommend|do (?:every|all))|I'll|from now on|from the start|better I had|what I(?:'d| would) (?:do|change))";
/** What somebody does ever since. */
export const HABIT =
  '(?:now|nowadays|these days|since|since then|ever since|from then on|from now on|by now|today|already|any ?more|habit|(?:on|in|above|over|at the top of) my (?:\\w+ )?(?:list|notes?|screen|desk|wall|monitor|checklist|bench)|routine|practice|second nature|without thinking|sticky|pinned|card|checklist|runbook|standing|rule of thumb|first (?:move|step|question|call|thing|line|tab)|top line|threshold|every (?:incident|review|time|new|engagement)|each (?:incident|review|new|one|time|engagement)|stuck to|kept to|become|always|no longer|in (?:four|three|two|five) incidents|twice since|used it)\\b';
