import type { Command } from 'commander';
import { describeFits, describePrompts } from './describe-story.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { readText } from './read-text.ts';
import { MOST_STORY_BYTES } from './story-flags.ts';

export function storyPromptsCommand(): Command {
  return newCommand('prompts', 'the eleven prompts, or which of them a story serves', [
    'holdfast story prompts',
    'holdfast story prompts story.md',
    'holdfast story prompts story.md --json | jq ".[] | select(.isServed) | .open"',
  ])
    .argument('[file]', 'a story; - for standard input')
    .action(async (file: string | undefined, flags: { readonly json?: true }) => {
      const { promptIds, prompts, promptsServed, readStory } = await import('../story/index.ts');
      if (file === undefined) {
        const all = promptIds.map((prompt) => {
          const { title, question, open } = prompts[prompt];
          return { prompt, title, question, open };
        });
        printResult(flags, all, describePrompts);
        return;
      }
      const story = readStory(await readText(file, MOST_STORY_BYTES));
      printResult(flags, promptsServed(story), describeFits);
    });
}
