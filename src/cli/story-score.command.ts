import type { Command } from 'commander';
import { describeScore } from './describe-story.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { readText } from './read-text.ts';
import { MOST_STORY_BYTES, withLens, type LensFlags } from './story-flags.ts';

const NOTE = `Ten signals, each with the sentence that earned or lost it and the next edit; the grade by the rules
in docs/guide/story.md. Headings (Situation, Task, Action, Result, Reflection) let it measure the parts.
Ends with 0 whatever the grade is.`;

export function storyScoreCommand(): Command {
  return withLens(
    newCommand(
      'score',
      'grade a story as a reviewer would, and say what to edit next',
      [
        'holdfast story score story.md --level senior --company amazon',
        'holdfast story score - < story.md',
        'holdfast story score story.md --json | jq .signals[].edit',
      ],
      NOTE,
    ),
  )
    .argument('<file>', 'the story as text or Markdown; - for standard input')
    .action(async (file: string, flags: LensFlags & { readonly json?: true }) => {
      const { checkPace, promptsServed, readStory, scoreStory } = await import('../story/index.ts');
      const text = await readText(file, MOST_STORY_BYTES);
      const score = scoreStory(text, flags);
      const pace = checkPace(text, 'star', flags.level);
      const prompts = promptsServed(readStory(text)).filter(({ isServed }) => isServed);
      printResult(flags, { ...score, pace, prompts }, describeScore);
    });
}
