import type { Rules } from './rule.ts';

const AVERTED =
  'prevented|avoided|caught|noticed|tested|reviewed|seen|spotted|escalated|checked|anticipated|detected|found|foreseen|stopped|averted|rolled|reverted|known|told|documented|communicated|validated|verified|covered|considered|monitored|done|raised|read|asked|identified|discovered|recognised|recognized|removed|fixed|renewed|updated|staged|announced|paused|questioned|planned|thought|mitigated|handled';

/** What did not happen, what seems plain afterwards, and what is told without a size. */
export const hindsight: readonly Rules[] = [
  {
    flag: 'hindsight',
    patterns: [
      `should|could|might|ought|shouldn't|must to? not? have ... been ... ${AVERTED}`,
      `should've|could've|might've|shouldn't've been ... ${AVERTED}`,
      {
        match: "should|could|might|shouldn't not? ...3 have %participle",
        subject: 'not-system',
        unlessNext: ['up to'],
      },
      { match: "should've|could've|might've|shouldn't've %word", subject: 'not-system' },
      { match: 'ought not? to have', subject: 'not-system' },
      { match: 'need|needed|needs to have %participle', subject: 'not-system' },
      { match: `would ... have ...3 been ... ${AVERTED}`, unless: ['detector|replay|rule'] },
      `would've been ... ${AVERTED}`,
      `would|wouldn't not? have %participle`.replace(
        '%participle',
        'prevented|avoided|averted|foreseen',
      ),
      {
        match: 'would ...2 have seen|noticed|known|caught|spotted|realised|realized|checked|found',
        subject: 'human',
        isPossibleToo: true,
      },
      'would not|never have happened|occurred|broken|failed',
      "wouldn't have happened|occurred|broken|failed",
      'none of ...3 would have',
      'would have been averted|avoidable',
      'if only',
      "if %human had|'d not|only|just? %participle",
      "if we'd|they'd|he'd|she'd|i'd|you'd",
      'had %human not|only|just? %participle',
      'had ...3 been ...3 tested|reviewed|checked|noticed|followed|read',
      'in hindsight|retrospect',
      'with hindsight',
      'with ... benefit of hindsight',
      'looking back',
      'avoidable|preventable|foreseeable',
      'easily|readily ... prevented|avoided|caught|seen|spotted',
      '~be ... waiting to happen',
      'it was only a matter of time',
      'we|they|one|you wish|wished',
    ],
  },
  {
    flag: 'certainty',
    patterns: [
      {
        match:
          'obviously|evidently|undoubtedly|needless|indisputably|plainly|unquestionably|undeniably|manifestly|doubtless|self-evident|self-evidently|no-brainer|trivially|unsurprisingly|naturally',
        unlessNext: ['parallel|parallelisable|ordered|sorted|copyable'],
      },
      {
        match: 'clearly',
        unlessNext: [
          'labelled|labeled|label|stated|state|states|marked|visible|named|documented|written|separated|shown|defined|legible|, in',
          '$',
          ',',
          'in',
          'by',
          'as',
          'from',
        ],
        unlessBefore: [
          'stated|states|labelled|labeled|marked|named|written|documented|shown|speak|say|more|most',
        ],
      },
      { match: 'simply', unlessNext: ['%capital', 'typed|connected|linked'] },
      'of course',
      'no doubt',
      'without doubt',
      'knew or should',
      'should|must|ought to? have known',
      'everybody|everyone|anyone|anybody knows|knew|could|can|would ... tell|see|seen|know|known',
      'everybody|everyone knows|knew|understands',
      'common sense',
      'plain|plainly|there|clear|obvious|easy for? ...2 to see',
      'it is|was|should|seems|must be? ... obvious|evident|apparent|clear|trivial|self-evident ... that|to everyone|anyone|all',
      '^ it? is|was? ...2 obvious|evident|apparent|trivial',
      {
        match: 'a|an|the trivial|obvious|blatant|elementary|glaring',
        unlessNext: ['cast|solution|bound|case|group|proof|implementation'],
      },
      'only had|needed|has|needs to',
      'all that was|is needed',
      'all %human ... had|needed to do',
      'just|only|simply a matter|question of',
      {
        match: 'just|merely',
        subject: 'human',
        unlessBefore: ['had|has|have|is|was|were|are|not|be|been|i'],
        unlessNext: [
          'after|before|under|over|as|one|above|below|enough|like|now|then|the|two|a|an|in|in-time|at|%number|finished|started|begun|joined|left|been|left|changed|deployed|merged|arrived|shared',
        ],
      },
      {
        match: '^ just',
        unlessNext: [
          'after|before|under|over|as|one|above|below|like|then|two|in|in-time|at|%number|a|when|past|this|the',
        ],
      },
      'to just|simply|merely',
      'just needed|need|had|has|have|needs to',
      'should|could|can|would just|simply',
      'how hard|difficult',
      'by any standard',
      'any serious|competent|reasonable|sensible|experienced|decent review|reviewer|test|engineer|developer|team|operator|person',
      'anyone|anybody ... would have',
    ],
  },
  {
    flag: 'single-cause',
    patterns: [
      {
        match: 'root-cause',
        unlessNext: [
          'analysis|analyses|class|classes|category|categories|review|tool|template|field|labels|label',
        ],
      },
      {
        match: 'root cause',
        unlessNext: [
          'analysis|analyses|class|classes|category|categories|review|tool|template|field|s',
        ],
        unlessBefore: ['no|no single|not a|not one|not the'],
      },
      {
        match:
          'the|this|its|a|one and|only|underlying? single|sole|only|true|real|actual|ultimate|one|exact|singular cause|reason|culprit|explanation',
        unlessBefore: ['not|no'],
      },
      'one and only cause|reason',
      'due solely|entirely to',
      'solely|entirely|purely due|caused|because',
      'cause and nothing',
      'nothing but ... cause',
    ],
  },
  {
    flag: 'untimed',
    patterns: [
      {
        match: 'too|so|very|painfully|unacceptably|awfully slow|slowly|late|long',
        unlessMeasured: true,
        unlessNext: ['a'],
        needs: [
          'too|very|painfully|unacceptably|awfully|far|much|so slow|slowly|late',
          'too long',
          '~take so|very|too|painfully long',
        ],
      },
      { match: '~take forever|ages|an eternity', unlessMeasured: true },
      {
        match:
          'slow|late|sluggish to|in|with react|respond|responding|act|escalate|notice|answer|reacting|detect|communicate|recover|acting',
        unlessMeasured: true,
      },
      {
        match: 'slowly|belatedly|belated|tardily|tardy|sluggishly',
        needs: [
          'belated|belatedly|tardy|tardily|sluggishly',
          '~react|respond|act|escalate|communicate|answer ... slowly',
          'slowly ~react|respond|act|escalate|communicate|answer',
        ],
        unlessMeasured: true,
      },
      {
        match: 'not ...3 fast|quick|soon|quickly|early|promptly|prompt|swift|swiftly enough?',
        needs: ['enough', 'not promptly|prompt|swiftly'],
        unlessMeasured: true,
      },
      { match: 'timely manner|fashion|way', unlessMeasured: true },
      { match: "not|n't|never ... in time", unlessMeasured: true },
      {
        match:
          'long|considerable|significant|undue|excessive|great|unnecessary|huge delay|delays|wait|time',
        unlessMeasured: true,
        needs: ['delay|delays|wait'],
      },
      { match: 'far|way|much too late|slow|slowly|long', unlessMeasured: true },
      {
        match:
          'delayed|late response|reaction|escalation|communication|detection|acknowledgement|reply',
        unlessMeasured: true,
      },
      {
        match: 'eventually|finally',
        needs: ['%human'],
        unlessMeasured: true,
        unlessNext: ['consistent|$|block|blocks'],
        unless: ['eventually|finally'],
      },
    ],
  },
  {
    flag: 'exaggeration',
    patterns: [
      // However many marks there are: "!!!", "?!".
      '!!',
      {
        match: 'disaster|disasters|disastrous|disastrously',
        unlessNext: ['recovery|recoveries|area|drill|plan'],
      },
      {
        match: 'catastrophe|catastrophic|catastrophically',
        unlessNext: ['backtracking|cancellation|forgetting|failure|backtrack'],
      },
      'unbelievable|unbelievably|ridiculous|ridiculously|absurd|absurdly|insane|insanely|horrible|horribly|horrific|terrible|terribly|awful|awfully|shocking|shockingly|outrageous|outrageously|unacceptable|unacceptably|pathetic|appalling|appallingly|dreadful|nightmare|nightmares|nightmarish|embarrassing|embarrassingly|laughable|laughably|ludicrous|ludicrously|crazy|mind-boggling|mindboggling|incredible|incredibly|horrendous|horrendously|abysmal|abysmally|atrocious|scandalous|apocalyptic|epic|tragic|tragically|devastating|devastated|disgraceful|disgrace|shambles|fiasco|debacle|hell|hellish|ghastly|unforgivable|inconceivable|gigantic|humongous|massively|extremely|monstrous|insanity|madness|farce|joke',
      {
        match: 'chaos|chaotic',
        unlessNext: ['engineering|monkey|mesh|test|tests|drill|experiment|experiments'],
      },
      'a|total|complete|utter|real|such|big|huge mess',
      'total|complete|utter|absolute disaster|chaos|meltdown|mess|collapse',
      'everything ... on fire',
      'absolutely|totally|utterly|completely unacceptable|broken|wrong|useless|terrible',
      'worst ... ever',
    ],
  },
  {
    flag: 'partial-outage',
    patterns: [
      {
        match: 'the|this|that|our|an|a|partial|intermittent|minor ...2 outage|blackout',
        needs: [
          '%number percent|%',
          '%number ... percent|%',
          'some|several|subset|certain|few ... %word',
          'one|two|three|half|part|most|many of',
          'partial|intermittent|partially|intermittently|minor|small',
        ],
        unless: [
          '100 %',
          '100 percent',
          'no|not|without|neither an? outage',
          'full|complete|total|planned|scheduled|entire outage',
          'all requests|deliveries|customers|endpoints|three|of|shards',
          'every',
        ],
        unlessBefore: ['no', "provider's|zone's|region's"],
      },
      {
        match: '^ outage|blackout',
        needs: [
          '%number percent|%',
          '%number ... percent|%',
          'some|several|subset|certain|few ... %word',
          'one|two|three|half|part|most|many of',
          'partial|intermittent|partially|intermittently|minor|small',
        ],
        unless: [
          '100 %',
          '100 percent',
          'no|not|without|neither an? outage',
          'full|complete|total|planned|scheduled|entire outage',
          'all requests|deliveries|customers|endpoints|three|of|shards',
          'every',
        ],
        unlessBefore: ['no', "provider's|zone's|region's"],
      },
      {
        match:
          'down for|to|in a? subset|some|few|several|certain|part|half|%number|most|many|one ...',
        needs: [
          'down for|to|in a? subset|some|few|several|certain|part|half|most|many',
          'down for|to|in %number percent|%',
          'down for|to|in one|two|three of',
        ],
      },
      'partially|partly|intermittently down|unavailable',
    ],
  },
  {
    flag: 'luck',
    patterns: [
      'luckily|fortunately|lucky|luck|fortunate|serendipity|serendipitously|thankfully|coincidentally|fluke|providence|mercifully|blessing',
      'by|pure|sheer|happy chance|coincidence|accident|luck',
      'good fortune',
      'just|also|only happened to',
      '~happen to ~be|know|have|notice|see|look|sit|read|watch|stand|catch',
      'it so happened',
      'so happened that',
      'as luck would',
      'chanced|chance to|upon',
      'could|might have been|gone much? worse',
    ],
  },
];
