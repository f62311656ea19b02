/** Families of words that the choice of a first step is told with: its way back, the opinion behind it, and both prices. */

const CAN =
  "(?:can|could|cannot|may|able to|easily|easy to|easiest to|simple to|simplest to|quick to|ready to|to|be|is|are|isn't|was|takes?|needs?|one|single|you|leaves?|means)";
const GO_BACK =
  "(?:(?:tak|flip|switch|turn|walk|go|gone|com|put|step|mak|get|bring|chang|set|mov|call|swap|point|giv|pull|roll|plug|retrac|return|slid|dial)\\w* (?:[\\w']+ ){0,5}?back|return\\w*|restor\\w+|lift\\w*|releas\\w+|re-?open\\w*|re-?enabl\\w+|back out|(?:chang|start|switch|turn|enabl|open|show|sell|add|cut|put|stop|mak|clos|resum|repeat|run)\\w* (?:[\\w']+ ){0,5}?again|again (?:with|in|by|any)|drop(?:ped)?|put right|abandon\\w*|redone|repeated)";

/** The way back, by words that say nothing else. */
const WAY_BACK =
  "(?:un-?do\\w*|unmak\\w+|un-?paus\\w+|un-?hid\\w+|un-?block\\w+|unfreez\\w+|revers\\w+|irreversible|retrac\\w+|revert(?:ible|able)|revert (?:it|that|this)|revo[kc]\\w+|rescind\\w*|roll\\w* (?:\\w+ )?back (?:any|in|with|if|when)|easily rolled back|both ways|two-way|one-way|(?:one|a single|the same|a|two) (?:click|switch|toggle|flag|flip|command|setting|button|line|checkbox|tick|keystroke|config|rule|menu|lever|key|variable)\\b|one-line|re-?add\\w*|toggled?|way back|way out|withdr[ae]w\\w*|change (?:your|my|our|one's) mind|nothing (?:permanent|final|drastic)|(?:isn't|not|nothing|never|n't) (?:permanent|final|for ever|forever)|temporar\\w+)";

/** An act that leaves the way back open. */
export const UNDO = `(?:${WAY_BACK}|${CAN} (?:[\\w'-]+ ){0,4}?${GO_BACK}|(?:${GO_BACK}|back) (?:[\\w'-]+ ){0,3}?(?:is|takes|needs|in|with|at|whenever|any)\\b)`;

/** The words that an opinion on what to do first is said with. */
export const PREFER =
  "(?:first|firstly|always|prefer\\w*|rather|rules?|belie\\w+|better|principle|maxim|motto|doctrine|credo|mantra|habit|in doubt|unsure|not sure|wins?|beats?|favou?r\\w*|lean\\w*|reach\\w* for|(?:my|the|our) (?:thing|line|way|idea|view|school)|taught|teacher|professor|mentor|told|policy|before|until|goes (?:before|ahead)|cho(?:o)?s(?:e|es|ing)|chosen|pick\\w*|went (?:for|with)|go(?:es)? for|opt\\w*|hold that|whatever|what(?:ever)? costs least|(?:cheap|small|safe|modest|mild|light|quick|easy|gentle|least|simpl)\\w*|clever|I (?:do|did|took|take|act|try|tried|want|like)|let us|let's|need not)\\b";

/** What an act is paid with. */
export const PRICE =
  "(?:cost\\w*|price\\w*|expens\\w+|fees?|worst|los(?:e|es|ing)|means?|meant|slow\\w*|stal\\w+|ugl\\w+|rough\\w*|coars\\w*|old(?:er)?|plain|dull|poor\\w*|less|fewer|worse|longer|later?|delay\\w*|wait\\w*|for free|at no|nothing but|no harm|sacrific\\w+|do(?:ing)? without|without|gives? up|giv(?:e|ing) up|downside|drawback|trade\\w*|holds? up|held up|ties? up|tied up|not coming in|don't (?:earn|get|see)|annoy\\w*|junk|by hand|manual\\w*|half|only|in place of|instead of|expense|queue\\w*|extra|additional|more|penalt\\w+|turn(?:s|ed)? away|miss\\w*|frees? up|burden|nuisance|inconvenien\\w+|grumbl\\w+|complain\\w*|accuracy|quality|comfort|empty|blank|pick|have to|had to)\\b";

const TIMES =
  '(?:seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|months?|quarters?|shifts?|(?:\\w+ )?quarter of an hour)\\b';
const NUMBER =
  '(?:[$€£]?\\d[\\d.,]*k?|zero|none|nothing|nil|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|(?:a |one )?hundred|thousands?|hundreds|dozens?|a few|several|some)';

/** Harm that grows while nothing is done. */
export const RATE = `(?:${NUMBER} (?:[\\w'%-]+ ){0,7}?(?:an?|per|each|every|the) (?:\\w+ ){0,2}?${TIMES}|(?:each|every|another|per|a|passing|further|with each) (?:\\w+ ){0,2}?${TIMES}[^.;]{0,60}(?:\\d|\\b${NUMBER}\\b)|[$€£]\\d[\\d.,]*k?[^.;]{0,24}?(?:an?|per|each|every) ${TIMES})`;

/** Doing nothing, or going on as before. */
export const WAITING =
  "(?:wait\\w*|leav\\w+|left|ke(?:ep|pt)(?:ing)?|stay\\w*|sit(?:ting)?|sat|stand(?:ing)? still|(?:do|doing|did) (?:nothing|not)|do(?:n't| not)|not (?:\\w+ )?\\w+ing|continu\\w+|carry\\w* on|go(?:es|ing)? on|proceed\\w*|otherwise|or|hold(?:ing)?|dig\\w*|investigat\\w+|search\\w*|debug\\w*|dither\\w*|hesitat\\w+|let(?:ting)?|inaction|no action|whereas|while|against|versus|vs|alternativ\\w+|the other|second|two|option \\w+|further|delay\\w*|rid(?:e|ing) it out|observ\\w+|look\\w* (?:on|for)|argu\\w+|if we|if nothing|without)\\b";
