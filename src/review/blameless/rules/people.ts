import type { Rules } from './rule.ts';

const CARE =
  'attention|care|diligence|discipline|ownership|experience|knowledge|focus|concentration|rigour|rigor|communication|competence|understanding|skill|skills|commitment|vigilance|professionalism|responsibility|caution|foresight|thoroughness|expertise|motivation|interest|curiosity|accountability|seniority|thought|preparation|training|common';

const TECHNICAL_LAZY =
  'loading|load|loads|evaluation|quantifier|initialisation|initialization|init|connection|connections|import|imports|propagation|delete|deletion|expiry|match|matching|allocation|binding|creation|replication|migration|mode|write|writes|compilation|pool|worker|workers|migration|fetch|fetching|image|images|sequence|seq|proxy';

/** What is said of people: their character, their lacks, their merits, their punishment. */
export const persons: readonly Rules[] = [
  {
    flag: 'insult',
    patterns: [
      'careless|carelessly|carelessness|negligent|negligently|negligence|incompetent|incompetence|incompetently|stupid|stupidly|stupidity|irresponsible|irresponsibly|reckless|recklessly|recklessness|amateurish|amateur|amateurs|thoughtless|thoughtlessly|unprofessional|foolish|foolishly|idiot|idiots|idiotic|moron|morons|clueless|ignorant|unthinking|shoddy|slapdash|half-hearted|half-assed|brain-dead|braindead|inept|ineptitude|imprudent|lackadaisical|sloppily|sloppiness|laziness|halfhearted|dumbest|silly|cowboy|cowboys|blatant|inexcusable|bone-headed|boneheaded|brainless|hopeless|incautious|irresponsibility|unqualified|rash|rashly|hasty|hastily|ham-fisted|cavalier',
      {
        match: 'lazy',
        subject: 'not-system',
        unlessNext: [TECHNICAL_LAZY, '%system', 'in the sense', 'by default'],
      },
      { match: 'lazily', subject: 'human' },
      {
        match: 'sloppy',
        unlessNext: ['quorum|quorums|phrase|match|matching|query|counter|counting', '$'],
      },
      { match: 'sloppy $', subject: 'not-human' },
      {
        match: 'dumb',
        unlessNext: ['terminal|terminals|pipe|pipes|proxy|client|bus|hub|switch|http|mode'],
      },
      {
        match: 'naive|naively',
        needs: ['%human'],
        unlessNext: [
          'timestamp|timestamps|datetime|bayes|algorithm|implementation|approach|search|query|time|date|local',
        ],
      },
    ],
  },
  {
    flag: 'deficit',
    patterns: [
      {
        match: `lack|want|absence|shortage|deficit|dearth of ... ${CARE}`,
        unless: ['absence|lack of ... ~thread|pool'],
      },
      `insufficient|inadequate|missing|poor|bad|little|too ${CARE}|judgement|judgment|planning|coordination|communication|attitude|decision-making|airmanship|oversight`,
      { match: `~lack|want|need|miss ... ${CARE}`, subject: 'human' },
      {
        match: `~lose ... awareness|focus|concentration|overview|patience|nerve|control`,
        subject: 'human',
      },
      'situational awareness',
      'inexperienced|inexperience|complacent|complacency|complacently|inattention|inattentive|inattentiveness|overconfident|overconfidence|over-confidence|over-confident|unmotivated|indifferent|indifference|unfamiliarity|tunnel-vision|wishful|hubris|arrogance|arrogant|untrained|unskilled|laxity|lax|forgetful|forgetfulness|absent-minded|disinterest|apathy|apathetic',
      'ignorance of|about|on|among',
      'error|errors|mistake|mistakes|lapse|lapses of|in judgement|judgment|concentration|attention|memory|discipline',
      {
        match: 'oversight',
        needs: [
          'an oversight',
          'oversight of|by|on ... %human',
          'oversight $',
          'our|their|his|her oversight',
          'through oversight',
        ],
        unlessNext: ['board|committee|body|group|council'],
      },
      '%owner oversight',
      '~have no|little|not idea|clue what|how',
      'no|little idea|clue what %human',
      { match: '~show|take ... interest', subject: 'human', isNegated: true },
      { match: '~show|take no interest', subject: 'human' },
      "did|does|do not|n't? know what %human ... doing",
      "didn't|doesn't know what %human ... doing",
      'not know what he|she|they|we',
      {
        match:
          '~be not|too? unfamiliar|inexperienced|unprepared|tired|junior|green|overwhelmed|incapable|unwilling',
        subject: 'human',
        isNegated: false,
      },
      'not|never ... take|took|taken|taking ... seriously',
    ],
  },
  {
    flag: 'heroics',
    patterns: [
      {
        match:
          '~work|debug|toil|slog|labour|labor through|all ... the night|nights|weekend|holidays|holiday',
        subject: 'not-system',
      },
      { match: '~work all night|weekend', subject: 'not-system' },
      { match: '~work late into', subject: 'not-system' },
      'all-nighter|all-nighters|allnighter',
      'single-handed|single-handedly|singlehandedly|singlehanded',
      'heroic|heroically|heroics|heroism|superhuman|tireless|tirelessly',
      {
        match: 'hero|heroes|heroine',
        unlessNext: ['image|images|section|banner|banners|component|unit|video'],
      },
      '~save the day|launch|company|quarter|sale|situation $',
      { match: '~save the|our day|launch|weekend|quarter|company|release', subject: 'human' },
      '~stay up|awake until|till|all|past',
      {
        match:
          '~give up|sacrifice ... weekend|weekends|holiday|holidays|night|nights|sleep|evening',
        subject: 'not-system',
      },
      {
        match:
          '~sacrifice|cancel ... weekend|weekends|holiday|holidays|night|nights|sleep|evening|vacation',
        subject: 'human',
      },
      "without %human ... would|could|might|we|'d ...6 lost|have|be|still",
      'above and beyond',
      'extra mile',
      'up|awake|working for ... hours straight|without|nonstop|non-stop',
      'hours straight|nonstop|non-stop',
      { match: 'around|round the clock', subject: 'human' },
      '~rescue us|everyone|everybody',
      'hats off',
      'without sleep',
      'no sleep',
    ],
  },
  {
    flag: 'punishment',
    patterns: [
      {
        match:
          'fired|dismissed|reprimanded|disciplined|suspended|demoted|sanctioned|sacked|terminated|punished|rebuked|admonished|laid-off|censured',
        subject: 'human',
        needs: ['~be|get|have'],
        unless: ['fired ... alert|twice'],
      },
      { match: '~be let go', subject: 'human' },
      'written warning|warnings',
      'formal|official|final|verbal|oral warning|warnings|reprimand',
      'disciplinary|reprimand|reprimands|reprimanding',
      '~hold %human ... accountable|responsible|liable',
      { match: 'held accountable|responsible|liable', subject: 'not-system' },
      'consequences for ... %human',
      'consequences for those|anyone|whoever',
      '~face ... consequences',
      '~take ... access ... away from',
      '~revoke|remove|withdraw|restrict %owner ...',
      '~revoke|withdraw|restrict|remove ... access|rights|permissions of|for|from the|this|that %human',
      '~talk|speak|discuss to|with? %human ... about his|her|their|the ...9 performance|conduct|behaviour|behavior|attitude|mistake|mistakes|failure',
      'performance improvement|review plan',
      '~punish|reprimand|discipline|fire|dismiss|demote|sack|penalise|penalize the|those|that|this|our ... %human',
      { match: 'removed|taken from|off the|on-call team|rotation|rota|project', subject: 'human' },
      { match: 'taken off', subject: 'human' },
      'warned|spoken|talked to? ... by his|her|their manager|lead',
      'zero tolerance',
    ],
  },
];
