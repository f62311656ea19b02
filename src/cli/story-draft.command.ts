import { Option, type Command } from 'commander';
import { fault } from '../core/index.ts';
import type { IncidentFacts, Narrative, StoryForm, SuggestedDraft } from '../story/index.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ClientFlags } from './client.ts';
import { describeDraft } from './describe-story.ts';
import { findIncidentId } from './find-incident.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { readText } from './read-text.ts';
import { MOST_STORY_BYTES, requireModel, withLens, type LensFlags } from './story-flags.ts';

type Flags = ClientFlags &
  LensFlags & {
    readonly json?: true;
    readonly form: StoryForm;
    readonly incident?: string;
    readonly facts?: string;
    readonly suggest?: true;
  };

const NOTE = `A file is facts (JSON, see docs/guide/story.md) or what you typed, under headings. What no fact says is
asked, never made up. With --suggest a language model (HOLDFAST_LLM_URL) writes a second draft beside
it: marked as such, not scored, with every number named that no fact says.`;

export function storyDraftCommand(): Command {
  return withLens(
    withClient(
      newCommand(
        'draft',
        'a story from an incident, from facts, or from what you typed',
        [
          'holdfast story draft --incident latest',
          'holdfast story draft facts.json --form circles',
          'holdfast story draft typed.md --facts facts.json   link its numbers to facts',
          'holdfast story draft --incident latest --json | jq -r .narrative.text > story.md',
        ],
        NOTE,
      ),
    ),
  )
    .argument('[file]', 'facts as JSON, or typed text; - for standard input')
    .option('--incident <incident>', 'its id, or latest')
    .option('--facts <file>', 'facts to which typed numbers are linked')
    .addOption(
      new Option('--form <form>', 'star, circles or timeline')
        .choices(['star', 'circles', 'timeline'])
        .default('star'),
    )
    .option('--suggest', 'ask the language model for a draft beside it')
    .action(async (file: string | undefined, flags: Flags) => {
      const { checkPace, suggestDraft } = await import('../story/index.ts');
      const { narrative, facts } = await draft(file, flags);
      const suggestion: SuggestedDraft | null =
        flags.suggest === true
          ? await suggestDraft(requireModel(process.env), narrative, facts)
          : null;
      const pace = checkPace(narrative.text, flags.form, flags.level);
      printResult(flags, { narrative, pace, suggestion }, describeDraft);
    });
}

type Drafted = { readonly narrative: Narrative; readonly facts: IncidentFacts };

async function draft(file: string | undefined, flags: Flags): Promise<Drafted> {
  const { fromTyped, readRecordedFact, storyFacts, tell } = await import('../story/index.ts');
  if ((file === undefined) === (flags.incident === undefined)) {
    throw fault('validation', {
      field: '--incident',
      detail: 'Give either a file or --incident.',
    });
  }
  if (file === undefined) {
    const api = apiFrom(flags);
    const id = await findIncidentId(api, flags.incident ?? '');
    const facts = storyFacts((await api.facts(id)).map(readRecordedFact));
    return { narrative: tell(flags.form, facts), facts };
  }
  const text = await readText(file, MOST_STORY_BYTES);
  if (text.trimStart().startsWith('{')) {
    const facts = await factsFrom(text);
    return { narrative: tell(flags.form, facts), facts };
  }
  const facts =
    flags.facts === undefined
      ? { incident: '', title: '', facts: [], moments: [] }
      : await factsFrom(await readText(flags.facts, MOST_STORY_BYTES));
  return { narrative: fromTyped(flags.form, text, facts.facts), facts };
}

async function factsFrom(text: string): Promise<IncidentFacts> {
  const { parseFacts } = await import('../story/index.ts');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw fault('validation', { field: '<file>', detail: 'The facts are not valid JSON.', cause });
  }
  return parseFacts(value);
}
