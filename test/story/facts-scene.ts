import type { Fact, FactName, IncidentFacts, MomentKind } from '../../src/story/index.ts';

const AT = Date.parse('2026-03-01T14:03:00Z');
const MINUTE_MS = 60_000;

const say = (name: FactName, text: string): Fact => ({
  name,
  value: text,
  unit: 'text',
  text,
  evidence: `inc_1#${name}`,
});

const moment = (kind: MomentKind, minutes: number, text: string) => ({
  at: AT + minutes * MINUTE_MS,
  kind,
  text,
  evidence: `inc_1#markers.${kind}`,
});

/** All that a narrative could ask for. */
export const FULL: IncidentFacts = {
  incident: 'inc_1',
  title: 'checkout fails',
  moments: [
    moment('began', 0, 'refused connections rose'),
    moment('detected', 4, 'the detector fired for 3 endpoints'),
    moment('mitigated', 9, 'the release was rolled back'),
    moment('fixed', 1500, 'the scope gives connections back'),
    moment('prevented', 20_000, 'the lint rule was on in 5 services'),
  ],
  facts: [
    say('service', 'the checkout API'),
    say('scope', 'two other teams share its pool'),
    say('noticed', 'saw free connections fall while reading a board'),
    say('unasked', 'there was no ticket'),
    {
      name: 'impact.failed',
      value: 1204,
      unit: 'count',
      text: '1,204 requests',
      evidence: 'inc_1#impact',
    },
    { name: 'impact.share', value: 0.021, unit: 'share', text: '2.1 %', evidence: 'inc_1#impact' },
    {
      name: 'impact.people',
      value: 800,
      unit: 'count',
      text: '800 people',
      evidence: 'inc_1#impact',
    },
    {
      name: 'impact.money',
      value: 812_000,
      unit: 'money',
      text: '$8,120.00',
      evidence: 'inc_1#impact',
    },
    say('mitigation.options', 'restart the pods, or roll the release back'),
    say('mitigation', 'rolled the release back'),
    say('mitigation.undo', 'it is a change with a way back'),
    say('mitigation.cost', 'an afternoon of features'),
    say('waiting.cost', '$900 a minute'),
    say('suspected', 'locks'),
    say('refuted', 'forcing 64 locks moved nothing'),
    say(
      'cause',
      'an early return skipped the release of the connection, because no test covered 100 parallel requests',
    ),
    say('reproduced', 'reproduced the leak with 100 parallel requests'),
    say('fix', 'wrote a scope that always gives connections back'),
    say('fix.tests', 'a regression test'),
    say('fix.deployed', 'behind a canary of 5 %'),
    say('watched', 'the pool for 7 days'),
    say('prevention', 'a lint rule refuses a bare acquire'),
    say('prevention.at', '14 March'),
    say('result.before', '2.1 % failed'),
    say('result.after', '0.03 %'),
    say('result.value', '$40,000 a quarter'),
    say('result.adopted', '5 teams have adopted the rule'),
    say('reflection', 'I would set the alert on the slope sooner'),
    say('habit', 'I now ask of every pool what its growth looks like'),
  ],
};
