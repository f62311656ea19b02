import type { Command } from 'commander';
import { newGroup } from './new-command.ts';
import { storyDraftCommand } from './story-draft.command.ts';
import { storyPromptsCommand } from './story-prompts.command.ts';
import { storyScoreCommand } from './story-score.command.ts';

export function storyCommand(): Command {
  return newGroup(
    'story',
    'the story of an incident: drafted from facts, scored',
    [
      'holdfast story draft --incident latest > story.md',
      'holdfast story score story.md --level senior',
      'holdfast story prompts story.md',
    ],
    [storyScoreCommand(), storyDraftCommand(), storyPromptsCommand()],
  );
}
