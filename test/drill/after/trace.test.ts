import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { apartCheck } from '../../../src/drill/after/apart.ts';
import { factDifferences } from '../../../src/drill/after/fact-differences.ts';
import type { Recount } from '../../../src/drill/after/recount.ts';
import { tracePostmortem, traceStory } from '../../../src/drill/after/trace.ts';
import { storyFacts, tell, type RecordedFact } from '../../../src/story/index.ts';

const START = Date.UTC(2026, 0, 5, 12, 3);

function fact(
  name: string,
  value: number | string,
  unit: RecordedFact['unit'],
  text: string,
): RecordedFact {
  return { name, value, unit, text, evidence: 'inc_1' };
}

const facts: readonly RecordedFact[] = [
  fact('incident.id', 'inc_1', 'text', 'inc_1'),
  fact(
    'incident.slice',
    'deliveries to the endpoint shop/main',
    'text',
    'deliveries to the endpoint shop/main',
  ),
  fact('incident.detected_by', 'an alert', 'text', 'an alert'),
  fact('impact.failed', 8, 'count', '8'),
  fact('impact.late', 108, 'count', '108'),
  fact('impact.deliveries', 456, 'count', '456'),
  fact('marker.impact_start', START, 'moment', '2026-01-05 12:03 UTC'),
  fact('marker.detected', START + 120_000, 'moment', '2026-01-05 12:05 UTC'),
  fact('marker.mitigated', START + 420_000, 'moment', '2026-01-05 12:10 UTC'),
  fact('time.to_detect', 120_000, 'ms', '2 min'),
  fact('alert.1.title', 'ep_1: 4.2 % failed', 'text', 'ep_1: 4.2 % failed'),
];

const NOTES = [
  '',
  '[^1]: `impact.failed`, from the ledger, 2026-01-05T12:10:00.000Z; incident inc_1.',
  '[^2]: `alert.1.title`, from an alert, 2026-01-05T12:05:00.000Z; alert alert_1.',
].join('\n');

const timeline = [{ at: '2026-01-05T12:05:00Z', kind: 'alert', text: 'ep_1: 4.2 % failed' }];

function untraced(line: string): readonly string[] {
  return tracePostmortem({ markdown: `${line}\n${NOTES}`, facts }, timeline).untraced;
}

describe('numbers of a postmortem', () => {
  test('lead to the fact that their note names, word by word', () => {
    assert.deepEqual(untraced('8[^1] failed. It said: ep\\_1: 4.2 % failed[^2].'), []);
    assert.equal(untraced('9[^1] failed.').length, 2);
    assert.equal(untraced('ep\\_1: 4.3 % failed[^2].').length, 2);
  });

  test('are untraced without a note, but for ids and names', () => {
    assert.deepEqual(untraced('The endpoint customer-1-0, change `chg_12`.'), []);
    assert.deepEqual(untraced('Some 8 failed.'), ['8: Some 8 failed.']);
    assert.equal(untraced('It cost €8.').length, 1);
  });

  test('stand in rows of the timeline as the record has them', () => {
    assert.deepEqual(
      untraced('| 12:05 | alert | ep\\_1: 4.2 % failed | holdfast | the record |'),
      [],
    );
    for (const row of [
      '| 12:06 | alert | ep\\_1: 4.2 % failed | holdfast | the record |',
      '| 12:05 | alert | ep\\_1: 4.1 % failed | holdfast | the record |',
      '| 12:05 | note | ep\\_1: 4.2 % failed | holdfast | the record |',
    ]) {
      assert.equal(untraced(row).length, 1, row);
    }
  });
});

describe('numbers of a story', () => {
  const told = storyFacts(facts);

  test('lead to facts with their evidence, and times since T+0 to moments', () => {
    const narrative = tell('star', told);
    assert.match(narrative.text, /8 failed first attempts and 108 late deliveries, of 456 in all/);
    assert.match(narrative.text, /An alert found it at T\+2\./);
    assert.match(narrative.text, /over at T\+7\./);
    const { numbers, untraced: without } = traceStory(narrative, { facts, storyFacts: told });
    assert.ok(numbers >= 6, String(numbers));
    assert.deepEqual(without, []);
  });

  test('are untraced where the record says another', () => {
    const narrative = tell('star', told);
    const moved = facts.map((each) =>
      each.name === 'impact.late' ? { ...each, value: 109, text: '109' } : each,
    );
    const { untraced: wrong } = traceStory(narrative, { facts: moved, storyFacts: told });
    assert.deepEqual(
      wrong.map((each) => each.split(':')[0]),
      ['108'],
    );
    const later = { ...told, moments: told.moments.map((each) => ({ ...each, at: each.at * 2 })) };
    assert.ok(traceStory(narrative, { facts, storyFacts: later }).untraced.length >= 2);
  });
});

describe('facts held against the record', () => {
  const recount: Recount = {
    deliveries: 456,
    failed: 8,
    late: 108,
    dead: 0,
    messages: 108,
    endpoints: 1,
    applications: 1,
    people: null,
    money: new Map(),
    carried: new Map(),
  };
  const marker = (at: number) => ({ at: new Date(at).toISOString() });
  const incident = {
    episodes: [
      { markers: { impactStart: marker(START), detected: marker(START + 120_000) }, alerts: [] },
    ],
  };
  const records = { incident, alerts: [], changes: [], items: [], recount, healed: 0 };

  test('are equal, or named with both figures', () => {
    const { compared, differing } = factDifferences(facts, records);
    assert.ok(compared >= 6, String(compared));
    assert.deepEqual(differing, []);
    const other = { ...records, recount: { ...recount, late: 107 } };
    assert.deepEqual(factDifferences(facts, other).differing, [
      'impact.late is 108, the record has 107',
    ]);
  });

  test('are missed where there are none', () => {
    const without = facts.filter(({ name }) => name !== 'impact.failed');
    assert.deepEqual(factDifferences(without, records).differing, ['there is no impact.failed']);
  });
});

describe('mitigation, fix and prevention', () => {
  const incident = {
    mitigations: [{ title: 'Route to the alternate URL' }],
    fixes: [{ text: 'The build was rolled back.' }],
    preventions: [{ text: 'A canary goes first.' }],
  };
  const markdown = (fix: string): string =>
    `## Mitigation\n\n- Route to the alternate URL\n\n## Fix\n\n- ${fix}\n\n## Prevention\n\n- A canary goes first.\n`;

  test('are apart where each stands in its own section alone', () => {
    assert.equal(
      apartCheck({ markdown: markdown('The build was rolled back.') }, incident).isShown,
      true,
    );
    const mixed = markdown('The build was rolled back. Route to the alternate URL.');
    assert.equal(apartCheck({ markdown: mixed }, incident).isShown, false);
  });

  test('are not where two lists say the same', () => {
    const same = { ...incident, preventions: [{ text: 'The build is rolled back.' }] };
    const said = markdown('The build was rolled back.').replace(
      'A canary goes first.',
      'The build is rolled back.',
    );
    assert.equal(apartCheck({ markdown: said }, same).isShown, false);
  });
});
