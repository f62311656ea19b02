import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { questions, scoreStory } from '../../src/story/index.ts';
import { TestScope } from '../support/service-scope.ts';
import { countRows, startTestService, type TestService } from '../support/service.ts';
import { STRONG } from '../story/strong-story.ts';

const scope = new TestScope();
let service: TestService;
/** Of scope read: all of this changes nothing. */
let token = '';

before(async () => {
  service = await startTestService(scope);
  const made = await service.call('POST', '/api/v1/token', { name: 'reader', scope: 'read' });
  token = made.json.token;
});
after(() => scope.end());

async function ask(method: string, path: string, body?: unknown) {
  const answer = await service.call(method, `/api/v1${path}`, body, { token });
  assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.json;
}

type Drafted = {
  readonly text: string;
  readonly numbers: readonly {
    readonly from: number;
    readonly to: number;
    readonly text: string;
    readonly evidence: string | null;
  }[];
  readonly gaps: readonly unknown[];
};
type Previewed = {
  readonly html: string;
  readonly facts: readonly { readonly name: string }[];
  readonly findings: readonly {
    readonly phrase: string;
    readonly place: { readonly start: number; readonly end: number };
    readonly replacements: readonly string[];
  }[];
  readonly missing: readonly string[];
};

async function anIncident(): Promise<string> {
  const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  const { json } = await service.call('POST', '/api/v1/incident', {
    title: 'Invoices were late',
    impactStartAt: ago(30),
    detectedAt: ago(28),
    isRetrospective: true,
    markers: [{ marker: 'mitigated', at: ago(10), note: 'the failures ended' }],
  });
  return json.id;
}

describe('a story over the API', () => {
  test('is drafted from the facts of an incident, each number with its evidence', async () => {
    const incidentId = await anIncident();
    const { text, numbers, gaps }: Drafted = await ask('POST', '/story/draft', {
      form: 'star',
      incidentId,
    });
    assert.match(text, /^## Situation/);
    assert.ok(gaps.length > 0);
    assert.ok(numbers.length > 0);
    for (const { from, to, text: said, evidence } of numbers) {
      assert.equal(text.slice(from, to), said);
      assert.ok(String(evidence).startsWith(incidentId), String(evidence));
    }
  });

  test('links typed numbers to the facts of an incident, and names the others', async () => {
    const incidentId = await anIncident();
    const text = 'It took 18 min until the impact was over, and cost 4,000 EUR.';
    const { numbers }: Drafted = await ask('POST', '/story/draft', {
      form: 'star',
      incidentId,
      text,
    });
    assert.ok(numbers.some(({ evidence }) => evidence === null));
    const { gaps }: Drafted = await ask('POST', '/story/draft', { form: 'star' });
    assert.ok(gaps.length > 0, 'of nothing, everything is asked');
  });

  test('is scored as the library scores it', async () => {
    const options = { level: 'senior', company: 'google' } as const;
    const { pace, prompts, ...score } = await ask('POST', '/story/score', {
      text: STRONG,
      ...options,
    });
    assert.deepEqual(score, JSON.parse(JSON.stringify(scoreStory(STRONG, options))));
    assert.equal(prompts.length, 11);
    assert.equal(pace[0].name, 'words');
  });

  test('has prompts, and says what levels and companies listen for', async () => {
    const { data, levels, companies, sections } = await ask('GET', '/story/prompt');
    assert.deepEqual([data.length, levels.length, companies.length], [11, 4, 4]);
    assert.deepEqual(sections[0], { section: 'situation', seconds: 30 });
  });
});

describe('practice over the API', () => {
  test('asks two questions, holds sections against the clock, and compares with earlier tries', async () => {
    const told = [
      { section: 'situation', text: 'At T+0 12 % of payments failed.', seconds: 41 },
      { section: 'action', text: 'I rolled it back at T+4.', seconds: 12 },
    ];
    const asked = { prompt: 'outage', level: 'mid', told };
    const first = await ask('POST', '/practice', asked);
    assert.equal(first.comparison, null);
    assert.equal(first.followUps.length, 2);
    assert.deepEqual(first.clock[0], { section: 'situation', seconds: 41, target: 30 });
    const second = await ask('POST', '/practice', { ...asked, earlier: [first.attempt] });
    assert.deepEqual([second.comparison.isSamePrompt, second.comparison.scoreChange], [true, 0]);
    assert.notDeepEqual(second.followUps, first.followUps);
  });

  test('refuses a try of which nothing was told', async () => {
    const told = [{ section: 'task', text: ' ', seconds: null }];
    const { status, json } = await service.call(
      'POST',
      '/api/v1/practice',
      { prompt: 'outage', level: 'mid', told },
      { token },
    );
    const [{ loc }]: [{ loc: string[] }] = json.detail;
    assert.deepEqual([status, loc.at(-1)], [422, 'told']);
  });
});

describe('the quiz over the API', () => {
  test('gives ten questions, the weakest area first, each with its right choice', async () => {
    const wrong = questions.filter(({ area }) => area === 'voice').slice(0, 3);
    const rows = countRows(service.dataDir);
    const { data, areas } = await ask('POST', '/quiz/round', {
      seed: 7,
      answers: wrong.map(({ id }) => ({ id, isRight: false })),
    });
    assert.equal(data.length, 10);
    assert.equal(data[0].area, 'voice');
    assert.deepEqual(areas[0], { area: 'voice', asked: wrong.length, right: 0 });
    for (const { id, choices, right } of data) {
      assert.equal(choices[right], questions.find((one) => one.id === id)?.choices[0]);
    }
    const hard: { data: { difficulty: string }[] } = await ask('POST', '/quiz/round', {
      difficulty: 'hard',
    });
    assert.ok(hard.data.every(({ difficulty }) => difficulty === 'hard'));
    assert.deepEqual(countRows(service.dataDir), rows);
  });
});

describe('a postmortem that is being written', () => {
  test('shows its numbers, its language by places in the Markdown, and what it lacks, and keeps nothing', async () => {
    const id = await anIncident();
    await service.call('POST', `/api/v1/incident/${id}/postmortem`, {});
    const path = `/incident/${id}/postmortem`;
    const markdown = [
      '## Summary',
      '',
      'Found after {{fact:time.to_detect}} <script>x</script>.',
      '',
      '## Contributing factors',
      '',
      '{{list:timeline}}',
      '',
      'The engineer on call failed to notice the alert.',
    ].join('\n');
    const { html, facts, findings, missing }: Previewed = await ask('POST', `${path}/preview`, {
      markdown,
    });
    assert.match(html, /Found after <data value="time.to_detect">2 min<\/data> &lt;script&gt;/);
    assert.ok(facts.some(({ name }) => name === 'time.to_detect'));
    const [finding] = findings;
    assert.ok(finding);
    assert.equal(markdown.slice(finding.place.start, finding.place.end), finding.phrase);
    assert.deepEqual(finding.replacements, ['No check existed for …']);
    assert.ok(missing.some((one) => one.includes('blocking language')));
    const { version } = await ask('GET', path);
    assert.equal(version, 1);
  });
});
