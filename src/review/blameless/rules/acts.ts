import type { Rules } from './rule.ts';

const LOOKING =
  '~check|test|verify|notice|look|read|catch|ask|realise|realize|bother|review|monitor|escalate|spot|tell|inform|communicate|respond|react|consider|think|validate|question|raise|watch|see|confirm|anticipate|acknowledge|investigate|recognise|recognize|understand|document|own|care|inspect|report|warn';

const LOOKED =
  'checked|tested|verified|noticed|looked|caught|asked|realised|realized|bothered|reviewed|monitored|escalated|spotted|told|informed|communicated|responded|reacted|considered|thought|validated|questioned|raised|watched|saw|confirmed|anticipated|acknowledged|investigated|recognised|recognized|understood|cared|inspected|reported|warned|stepped|took|knew';

const BADNESS =
  'outage|incident|failure|failures|damage|loss|losses|delay|delays|error|errors|mess|problem|disaster|bug|breakage|mistake|breach|disruption|degradation|downtime|regression|impact';

const PROCESS =
  'process|processes|procedure|procedures|runbook|runbooks|playbook|checklist|protocol|policy|policies|guideline|guidelines|rule|rules|instructions|standard|standards|steps|approval|review|freeze|practice|practices|order|orders|convention|conventions';

/** What is told of people: that they did, or did not do. */
export const acts: readonly Rules[] = [
  {
    flag: 'person-failed',
    patterns: [
      {
        match: '~forget|ignore|neglect|disregard|overlook',
        subject: 'human',
        unlessBefore: ['to'],
      },
      {
        match: '~miss',
        subject: 'staff',
        unless: [
          '~miss ... objective|objectives|slo|slos|target|goal|goals',
          '~miss ... webhook|webhooks|delivery|deliveries|message|messages|notification|notifications',
        ],
      },
      {
        match: '~break',
        subject: 'staff',
        unless: ['~break ...6 into|down|even|apart', '~break ... rule|rules|freeze|policy'],
      },
      {
        match: '~cause|trigger|introduce|provoke',
        subject: 'staff',
        needs: [`~cause|provoke`, `~trigger|introduce ... ${BADNESS}`],
      },
      {
        match:
          '~botch|bungle|fumble|misread|misconfigure|mishandle|misjudge|mistype|misunderstand|misinterpret|blunder|misuse|underestimate|sabotage|wreck|ruin|mangle|misplace|misdiagnose',
        subject: 'human',
      },
      { match: '~mess|screw|foul|slip|muck ... up', subject: 'human' },
      { match: '~drop the ball', subject: 'human' },
      {
        match:
          '~take|bring|knock down|out ... production|prod|site|service|checkout|cluster|database|region|everything',
        subject: 'staff',
      },
      {
        match:
          '~take|bring|knock ... production|prod|site|service|checkout|cluster|database|everything down|out',
        subject: 'staff',
      },
      { match: '~let ...6 slip|through|lapse|expire', subject: 'human' },
      { match: '~make a|an|the|another grave? mistake|error|blunder|slip', subject: 'human' },
      { match: '~fail us|everyone|everybody', subject: 'human' },
      { match: '~be asleep|inattentive|distracted', subject: 'human' },
      "whoever ~write|deploy|merge|change|approve|push|configure|set ...6 not|never|didn't",
      {
        match:
          'wrongly|mistakenly|accidentally|incorrectly|inadvertently|erroneously|unwittingly %word',
        subject: 'human',
      },
      'by mistake ... by %human',
      'by %human by mistake|accident',
      '~cause|break|introduce|provoke|trigger by %staff',
      'broken|caused|botched|messed|missed|overlooked|forgotten|neglected|ignored|misconfigured|mishandled|misread|disregarded|introduced|dropped|removed|deleted|disabled up? ... by mistake|accident',
      'broken|caused|botched|overlooked|forgotten|neglected|ignored|misconfigured|mishandled|misread|disregarded|missed by %human',
      '~be forgotten|overlooked|neglected when|during',
      '%owner negligence|carelessness|forgetfulness',
    ],
  },
  {
    flag: 'failed-to',
    patterns: [
      { match: '~fail|neglect|omit to', subject: 'human' },
      { match: '~fail in', subject: 'human' },
      {
        match: LOOKING,
        subject: 'human',
        isNegated: true,
        isPossibleToo: false,
        unlessBefore: ['to'],
      },
      { match: '~be unable|unwilling to ~bother|be|check|see|notice|respond', subject: 'human' },
      {
        match: `nobody|no-one|noone ... had|has? ${LOOKED}`,
        unlessBefore: ['that|which', 'mean|means', 'where'],
        unless: ['nobody|no-one|noone is|was|were|are|gets|got|be'],
      },
      {
        match: `no one ... had|has? ${LOOKED}`,
        unlessBefore: ['that|which'],
        unless: ['no one is|was|were|are|gets|got|be'],
      },
      { match: `none of %human ... ${LOOKED}`, unlessBefore: ['that|which'] },
      { match: `not a single|one %human ... ${LOOKED}`, unlessBefore: ['that|which'] },
      { match: `not one of %human ... ${LOOKED}`, unlessBefore: ['that|which'] },
      `without anyone|anybody|someone|somebody ever? %ing`,
      'their|our|his|her|your|my failure|inability|refusal|unwillingness|omission to',
      'failure|inability|omission of|by|on %human to',
      'failure|inability|omission on the part of',
      '%human neither %word',
      { match: '~leave ... unchecked|untested|unattended|unread|unanswered', subject: 'human' },
      'went|gone|go unnoticed by %human',
    ],
  },
  {
    flag: 'human-error',
    patterns: [
      {
        match:
          'human|operator|user|pilot|administrator|admin|manual|people|engineer|developer|employee|operational error|mistake|mistakes|failure|slip|slip-up',
        unlessNext: [
          'message|messages|page|pages|code|codes|rate|rates|class|classes|handling|count|counts|response|responses|log|logs|budget',
        ],
      },
      {
        match: 'human|operator|pilot|administrator|admin|engineer|developer errors',
        unless: ['4xx|400|http'],
      },
      { match: 'user errors', unless: ['4xx|400|http|5xx', 'server errors|error', 'api'] },
      {
        match: 'fat-finger|fat-fingered|fat-fingers|fatfingered|fat-fingering|fat|butterfingers',
        unlessNext: ['jar|client|binary|tree|32|file|pointer|image'],
      },
      {
        match: 'mistake|error|slip|blunder|typo by|from|of|made ... %human',
        unlessBefore: ['the 4xx'],
        unlessNext: ['$'],
        unless: ['error of ... readers|service'],
      },
      'mistake|error|slip on the part of',
      'human factor',
    ],
  },
  {
    flag: 'process-not-followed',
    patterns: [
      {
        match: '~follow|observe|respect|use|complete',
        subject: 'human',
        isNegated: true,
        needs: [PROCESS, 'deploy|change|release|incident|escalation|rollback'],
      },
      { match: '~adhere|stick|keep|comply to|with', subject: 'human', isNegated: true },
      { match: '~bypass|skip|circumvent|sidestep|evade|dodge', subject: 'human' },
      {
        match: `~ignore|disregard|override ... ${PROCESS}`,
        subject: 'human',
        unless: ['~ignore ... instructions set'],
      },
      { match: '~deviate|depart|stray from', subject: 'human' },
      { match: '~go|work|get around|past|behind|outside ...', subject: 'human', needs: [PROCESS] },
      { match: '~cut corners|a|the corner?', subject: 'human', needs: ['corners|corner'] },
      `${PROCESS} was|were|been|be|is|are not|never ... followed|observed|respected|used|adhered|completed|obeyed|kept|applied`,
      `${PROCESS} was|were|wasn't|weren't|been ... not? followed|observed|adhered to? by %human`,
      `${PROCESS} wasn't|weren't followed|observed|respected|used|adhered|completed|obeyed|kept|applied`,
      `${PROCESS} was|were|been ... ignored|bypassed|skipped|circumvented|disregarded|sidestepped|violated`,
      {
        match: `not|never|without ~follow|adhere|stick|observe to? ... ${PROCESS}`,
        subject: 'not-system',
      },
      '~circumvent|bypass|skip|ignore by %human',
      `in|a violation|breach|disregard of ... ${PROCESS}`,
      `contrary to ... ${PROCESS}`,
      `outside ... ${PROCESS}`,
      'out of process',
    ],
  },
  {
    flag: 'disobedience',
    patterns: [
      { match: '~violate|disobey|defy|flout|rebel|contravene|transgress', subject: 'human' },
      { match: '~refuse', subject: 'human' },
      { match: '~decline to', subject: 'staff' },
      { match: '~insist on|that', subject: 'human' },
      { match: '~break ... rule|rules|freeze|policy', subject: 'human' },
      'against|despite|contrary|defiance ... to? explicit|clear|better|express|strict? instructions|instruction|orders|advice|warnings|directions',
      {
        match: '~act|go|deploy|merge|work against ... instructions|orders|advice|policy|rules',
        subject: 'human',
      },
      { match: 'was|were|been|is told|asked|instructed|ordered|warned not to', subject: 'human' },
      { match: 'in spite of ... warning|warnings|instructions|advice', subject: 'human' },
      'violation|breach ...9 by %human',
      'refusal|unwillingness of|by %human',
      'insubordinate|insubordination|disobedience|disobedient',
      { match: '~overrule|override ... warning|warnings|objection|objections', subject: 'human' },
    ],
  },
  {
    flag: 'guilt',
    patterns: [
      'fault|guilt|failing|failings of|on|with ... %human',
      "our|their|his|her|my|your|whose|somebody's|someone's own? fault",
      'the|a? %owner fault|guilt',
      { match: 'at fault', subject: 'not-system' },
      { match: 'to blame', subject: 'human', isPossibleToo: true },
      '%human was|were|is|are|be|been ... to blame',
      '%human was|were|is|are|be|been ... at fault',
      {
        match: 'blame lies|lie|falls|fall|rests|rest|goes|lay|fell|belongs',
        unlessNext: ['...'],
        unless: ['blame lies|falls|rests ... with|on %system'],
      },
      'blame|blames|blamed|blaming %human',
      { match: '~blame', subject: 'human', unless: ['~blame ... on? %system'] },
      {
        match: 'guilty|guilt|culpable|culpability|liable',
        subject: 'not-system',
        unlessNext: ['commit|version|change|node|process|by'],
      },
      'culprit|culprits|perpetrator|perpetrators|offender|offenders was|were|is|are %human',
      '%human was|were|is|are|as the|a culprit|culprits|perpetrator|offender',
      'perpetrator|perpetrators|wrongdoer|wrongdoers',
      { match: `responsible|accountable|answerable for ...6 ${BADNESS}`, subject: 'not-system' },
      `accountability|responsibility|blame for ...6 ${BADNESS}`,
      '%human ... have|has|had only themselves|himself|herself|ourselves|itself to',
      'this|that|it one? is|was on %human',
      { match: '~owe ... apology', subject: 'human' },
    ],
  },
  {
    flag: 'who-why',
    patterns: [
      '^ and|so|but? who ~approve|merge|push|deploy|remove|delete|change|break|cause|do|let|allow|forget|sign|press|switch|disable|write|commit|decide|authorise|authorize|own|miss|introduce|review',
      'who did|broke|caused this|that|the',
      {
        match:
          '~find|figure|know|determine|establish|ask|see|learn|discover out? who ~approve|merge|push|deploy|remove|delete|change|break|cause|do|let|allow|forget|press|switch|disable|write|commit|decide|introduce|be',
        unlessNext: ['on|able'],
      },
      'found|find out who',
      'whose idea|decision|change|mistake|job|brilliant',
      "why did|didn't|have|haven't|had|hadn't|was|were|would|wouldn't|do|don't not? %human",
      'why ... not? nobody|noone|no-one',
      'why ... no one',
      'why not? you',
      'what was|were %human thinking',
      'how could %human',
      'what made you think',
    ],
  },
];
