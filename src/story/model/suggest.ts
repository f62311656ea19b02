import type { IncidentFacts } from '../facts.ts';
import type { Gap, LinkedNumber, Narrative } from '../narrative/narrative.ts';
import { findFacts, linkNumbers } from '../narrative/numbers.ts';
import { signalTitles, type SignalId } from '../rubric/signal.ts';
import { askModel, type ModelSettings, type Suggestion } from './model.ts';

/** A draft that a model wrote; numbers that no fact says are named, since they may be made up. */
export type SuggestedDraft = Suggestion & { readonly unlinked: readonly LinkedNumber[] };

const DRAFT =
  'You help an engineer to tell an incident in the first person. Use only the facts given; copy every number exactly as it is written and add none. Where something is asked that no fact says, write [to say: …]. Blame nobody. Answer with the story only, under the same headings.';

/** Asks for a smoother draft of a narrative. */
export async function suggestDraft(
  settings: ModelSettings,
  narrative: Narrative,
  facts: IncidentFacts,
): Promise<SuggestedDraft> {
  const known = facts.facts.map(({ name, text }) => `- ${name}: ${text}`).join('\n');
  const asked = narrative.gaps.map(({ ask }: Gap) => `- ${ask}`).join('\n');
  const user = `Facts:\n${known}\n\nDraft:\n${narrative.text}\n\nStill asked:\n${asked}`;
  const suggestion = await askModel(settings, DRAFT, user);
  return { ...suggestion, unlinked: unlinkedIn(suggestion.text, narrative, facts) };
}

const QUESTION =
  'You interview an engineer about an incident. Ask two short follow-up questions about the aspect named, one a line, and nothing else.';

/** Asks for follow-up questions beside our own. */
export function suggestQuestions(
  settings: ModelSettings,
  story: string,
  signal: SignalId,
): Promise<Suggestion> {
  return askModel(settings, QUESTION, `Aspect: ${signalTitles[signal]}\n\nStory:\n${story}`);
}

function unlinkedIn(
  text: string,
  narrative: Narrative,
  { facts }: IncidentFacts,
): readonly LinkedNumber[] {
  const said = new Set(
    narrative.numbers.filter(({ evidence }) => evidence !== null).map((one) => one.text),
  );
  return linkNumbers(text, findFacts(text, facts)).filter(
    (one) => one.evidence === null && !said.has(one.text),
  );
}
