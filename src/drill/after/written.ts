import {
  readRecordedFact,
  storyFacts,
  storyForms,
  tell,
  type IncidentFacts,
  type Narrative,
  type RecordedFact,
} from '../../story/index.ts';
import { listAt, textAt, type Json } from '../json.ts';
import type { Scene } from '../scene.ts';
import type { Lesson } from './lesson.ts';

/** All that was written of one incident, and the record that it was written from; read in one go, nothing moves any more. */
export type Written = {
  readonly id: string;
  /** What asking to publish it was answered. */
  readonly published: { readonly status: number; readonly detail: string };
  /** As the API shows it. */
  readonly postmortem: Json;
  /** As it is exported: each number with a note. */
  readonly markdown: string;
  /** The same as fields. */
  readonly json: string;
  readonly facts: readonly RecordedFact[];
  readonly storyFacts: IncidentFacts;
  readonly stories: readonly Narrative[];
};

/** What the record cannot say is written by a person: where luck helped, and whatever the draft leaves open. */
const NOT_WRITTEN = '*Not written yet.*';

/** Completes the postmortem that was drafted, publishes it, and tells the story in every form. */
export async function writeReview({ api }: Scene, id: string, { luck }: Lesson): Promise<Written> {
  const path = `/incident/${id}`;
  await api.post(`${path}/postmortem`, {});
  const draft = await api.get(`${path}/postmortem`);
  if (textAt(draft, 'state') === 'draft') {
    await api.put(`${path}/postmortem`, {
      markdown: completed(textAt(draft, 'shown', 'markdown'), textAt(draft, 'text'), luck),
      note: 'Where luck helped.',
    });
    await api.post(`${path}/postmortem/submit`, {});
  }
  const { status, json } = await api.call('POST', `${path}/postmortem/publish`, {});
  const [postmortem, markdown, exported, listed] = [
    await api.get(`${path}/postmortem`),
    textAt(await api.get(`${path}/postmortem/export?format=markdown`), 'text'),
    textAt(await api.get(`${path}/postmortem/export?format=json`), 'text'),
    await api.get(`${path}/fact`),
  ];
  const facts = listAt(listed, 'data').map(readRecordedFact);
  const told = storyFacts(facts);
  return {
    id,
    published: { status, detail: textAt(json, 'detail') },
    postmortem,
    markdown,
    json: exported,
    facts,
    storyFacts: told,
    stories: storyForms.map((form) => tell(form, told)),
  };
}

/** The draft with words for the sections that it leaves open. */
function completed(markdown: string, shown: string, luck: string): string {
  if (!shown.includes(NOT_WRITTEN)) return markdown;
  const isOpen = (title: string): boolean => {
    const [, section = ''] = shown.split(`## ${title}\n`);
    return section.trimStart().startsWith(NOT_WRITTEN);
  };
  const write = (text: string, title: string, list: string, words: string): string =>
    isOpen(title) ? text.replace(`{{list:${list}}}`, `- ${words}`) : text;
  const withLuck = write(markdown, 'Where luck helped', 'luck', luck);
  return write(withLuck, 'What went wrong', 'went_wrong', 'Nothing that the responders know of.');
}
