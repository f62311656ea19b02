import { factsOf, readFactsInput } from '../../review/index.ts';
import {
  checkPace,
  companyLenses,
  fromTyped,
  levelLenses,
  promptIds,
  prompts,
  promptsServed,
  readRecordedFact,
  readStory,
  scoreStory,
  sections,
  sectionSeconds,
  storyFacts,
  tell,
  type IncidentFacts,
} from '../../story/index.ts';
import { findIncident } from '../incident-resolve.ts';
import type { ApiParts } from '../parts.ts';
import { factView } from '../postmortem-view.ts';
import { route } from '../route.ts';
import {
  companies,
  levels,
  PromptsOut,
  StoryDraftIn,
  StoryDraftOut,
  StoryScoreIn,
  StoryScoreOut,
} from '../story-shapes.ts';

export const listPrompts = route({
  method: 'GET',
  path: '/api/v1/story/prompt',
  operationId: 'v1.story.list-prompts',
  summary:
    'List the eleven prompts, with what levels and companies listen for, and the time of each section.',
  access: 'organization',
  answers: { 200: PromptsOut },
  handle() {
    const value = {
      data: promptIds.map((prompt) => {
        const { title, question, open } = prompts[prompt];
        return { prompt, title, question, open };
      }),
      levels: levels.map((level) => {
        const { title, wants, spokenSeconds } = levelLenses[level];
        return { level, title, wants, spokenSeconds };
      }),
      companies: companies.map((company) => {
        const { title, wants } = companyLenses[company];
        return { company, title, wants };
      }),
      sections: sections.map((section) => ({ section, seconds: sectionSeconds[section] })),
    };
    return Promise.resolve({ status: 200, value });
  },
});

export const draftStory = route({
  method: 'POST',
  path: '/api/v1/story/draft',
  operationId: 'v1.story.draft',
  summary:
    'Draft the story of an incident from its facts, or link the numbers of a text to them; keeps nothing.',
  access: 'organization',
  changesNothing: true,
  body: StoryDraftIn,
  answers: { 200: StoryDraftOut },
  async handle({ body: { form, level = 'mid', incidentId, text } }, parts) {
    const facts = incidentId === undefined ? noFacts : await factsFor(incidentId, parts);
    const narrative = text === undefined ? tell(form, facts) : fromTyped(form, text, facts.facts);
    const value = { ...narrative, pace: checkPace(narrative.text, form, level) };
    return { status: 200, value };
  },
});

const noFacts: IncidentFacts = { incident: '', title: '', facts: [], moments: [] };

async function factsFor(text: string, parts: ApiParts): Promise<IncidentFacts> {
  const incident = await findIncident(parts, text, 'incidentId');
  const facts = factsOf(await readFactsInput(incident, parts));
  return storyFacts(facts.map((fact) => readRecordedFact(factView(fact))));
}

export const scoreStoryText = route({
  method: 'POST',
  path: '/api/v1/story/score',
  operationId: 'v1.story.score',
  summary:
    'Score a story as a reviewer would: ten signals, each with its sentence and the next edit, and the prompts that it serves; keeps nothing.',
  access: 'organization',
  changesNothing: true,
  body: StoryScoreIn,
  answers: { 200: StoryScoreOut },
  handle({ body: { text, form = 'star', level = 'mid', company } }) {
    const value = {
      ...scoreStory(text, { level, ...(company === undefined ? {} : { company }) }),
      pace: checkPace(text, form, level),
      prompts: promptsServed(readStory(text)),
    };
    return Promise.resolve({ status: 200, value });
  },
});
