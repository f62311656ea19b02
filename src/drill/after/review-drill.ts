import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lint } from '../../review/index.ts';
import { withGaps } from '../../story/index.ts';
import { check, type Check, type Verdict } from '../drill.ts';
import { listAt, numberAt, textAt, type Json } from '../json.ts';
import type { Scene } from '../scene.ts';
import { apartCheck } from './apart.ts';
import { factDifferences, type Records } from './fact-differences.ts';
import { lessons } from './lesson.ts';
import { recountImpact } from './recount.ts';
import { takeToReview } from './take-to-review.ts';
import { describeTraced, tracePostmortem, traceStory } from './trace.ts';
import { writeReview, type Written } from './written.ts';

const MOST_ROWS = 5000;
const MOST_TOLD = 3;

/**
 * The review after a drill: takes its incident to where it can be told, writes postmortem and stories into the folder, and
 * judges them. Everything goes over the API, as any client would. Throws for a drill that nobody wrote a lesson of.
 */
export async function reviewDrill(
  scene: Scene,
  drill: string,
  verdict: Verdict,
  folder: string,
): Promise<readonly Check[]> {
  const lesson = lessons[drill];
  if (lesson === undefined) throw new Error(`there is no lesson of the drill ${drill}`);
  const id = await takeToReview(scene, drill, lesson, verdict);
  const written = await writeReview(scene, id, lesson);
  const timeline = await scene.api.list(`/incident/${id}/timeline?order=ascending`, MOST_ROWS);
  const records = await readRecords(scene, id);
  writeTo(folder, drill, written);
  return [
    ...languageChecks(written),
    ...traceChecks(written, timeline, records),
    apartCheck(written, records.incident),
  ];
}

async function readRecords({ api, record, clock }: Scene, id: string): Promise<Records> {
  const incident = await api.get(`/incident/${id}`);
  return {
    incident,
    alerts: await record.alerts(),
    changes: await record.changes(),
    items: await api.list(`/incident/${id}/action`, MOST_ROWS),
    recount: await recountImpact(api, incident, clock.now()),
    healed: numberAt(await api.get('/audit'), 'healed'),
  };
}

function writeTo(folder: string, drill: string, { markdown, json, stories, facts }: Written): void {
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): void =>
    writeFileSync(join(folder, `${drill}.${name}`), text.endsWith('\n') ? text : `${text}\n`);
  write('postmortem.md', markdown);
  write('postmortem.json', json);
  write('facts.json', JSON.stringify(facts, null, 2));
  for (const story of stories) {
    write(`story.${story.form}.md`, withGaps(story));
    write(`story.${story.form}.json`, JSON.stringify(story, null, 2));
  }
}

function languageChecks({ postmortem, published, stories }: Written): readonly Check[] {
  const findings = listAt(postmortem, 'findings');
  const blocking = findings.filter((row) => textAt(row, 'severity') === 'block');
  const ofStories = stories.map(({ form, text }) => ({ form, findings: lint(text).findings }));
  const told = ofStories.flatMap((story) =>
    story.findings.map(({ phrase, severity }) => `${story.form}: ${severity} "${phrase}"`),
  );
  const phrases = findings.map((row) => `${textAt(row, 'severity')} "${textAt(row, 'phrase')}"`);
  return [
    check(
      'the postmortem is complete and can be published',
      'published, nothing is missing',
      published.status < 300
        ? textAt(postmortem, 'state')
        : `${published.status} ${published.detail}`,
      published.status < 300 && textAt(postmortem, 'state') === 'published',
    ),
    check(
      'the language of the postmortem is blameless',
      '0 findings',
      `${blocking.length} that block, ${findings.length - blocking.length} warnings${listed(phrases)}`,
      findings.length === 0,
    ),
    check(
      'the language of the stories is blameless',
      '0 findings',
      `${told.length} in ${stories.length} stories${listed(told)}`,
      told.length === 0 && stories.every(({ text }) => text.length > 100),
    ),
  ];
}

function traceChecks(
  written: Written,
  timeline: readonly Json[],
  records: Records,
): readonly Check[] {
  const ofPostmortem = tracePostmortem(written, timeline);
  const ofStories = written.stories.map((story) => traceStory(story, written));
  const stories = {
    numbers: ofStories.reduce((sum, { numbers }) => sum + numbers, 0),
    untraced: ofStories.flatMap(({ untraced }) => untraced),
  };
  const { compared, differing } = factDifferences(written.facts, records);
  return [
    check(
      'every number of the postmortem leads to a fact or a row of the record',
      'all of them',
      describeTraced(ofPostmortem),
      ofPostmortem.numbers > 20 && ofPostmortem.untraced.length === 0,
    ),
    check(
      'every number of the stories leads to a fact with its evidence',
      'all of them',
      describeTraced(stories),
      stories.numbers > 10 && stories.untraced.length === 0,
    ),
    check(
      'the facts equal the rows of messages and attempts, and the records that they name',
      '0 differ',
      `${differing.length} of ${compared} differ${listed(differing)}`,
      compared > 15 && differing.length === 0,
    ),
  ];
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? '' : `: ${texts.slice(0, MOST_TOLD).join('; ')}`;
}
