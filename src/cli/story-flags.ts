import { Option, type Command } from 'commander';
import { environmentName, fault, type HoldfastError } from '../core/index.ts';
import type { Company, Level, ModelSettings } from '../story/index.ts';

/** More than a story is read of, however it is encoded: the score names the rest as unread. */
export const MOST_STORY_BYTES = 1024 * 1024;

/** As in the story's own tables, which are loaded only by the commands that need them. */
const LEVELS = ['junior', 'mid', 'senior', 'staff'] as const satisfies readonly Level[];
const COMPANIES = ['amazon', 'google', 'meta', 'microsoft'] as const satisfies readonly Company[];

export type LensFlags = { readonly level: Level; readonly company?: Company };

/** Options of every command that looks at a story as a reviewer would. */
export function withLens(command: Command): Command {
  return command
    .addOption(new Option('--level <level>', 'of whom it is told').choices(LEVELS).default('mid'))
    .addOption(new Option('--company <company>', 'whose reviewers listen').choices(COMPANIES));
}

/** The language model, if one is set. */
function modelFrom(
  environment: Readonly<Record<string, string | undefined>>,
): ModelSettings | undefined {
  const of = (name: string): string => environment[environmentName(name)]?.trim() ?? '';
  const url = of('llmUrl');
  return url === '' ? undefined : { url, key: of('llmKey'), model: of('llmModel') };
}

/** Throws `validation` where none is set. */
export function requireModel(
  environment: Readonly<Record<string, string | undefined>>,
): ModelSettings {
  const model = modelFrom(environment);
  if (model !== undefined) return model;
  throw noModel();
}

function noModel(): HoldfastError {
  return fault('validation', {
    field: '--suggest',
    detail: `No language model is set. Set ${environmentName('llmUrl')}, or go without --suggest.`,
  });
}
