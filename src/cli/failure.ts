import { CommanderError } from 'commander';
import { fault, HoldfastError } from '../core/index.ts';
import { isInterruption } from './interruption.ts';

/** 128 + SIGINT, as shells have it. */
const INTERRUPTED = 130;

/**
 * What a command threw, on standard error: `holdfast: sentence (field) [code]`, or with --json one line
 * `{"code":…,"detail":…,"field":…}`. What has no code is our bug and is thrown on, stack and all.
 */
export function printError(thrown: unknown, isJson: boolean): void {
  if (isHelp(thrown) || isInterruption(thrown)) return;
  const error = faultOf(thrown);
  if (error === undefined) throw thrown;
  const { code, message, field, retryAfterSeconds } = error;
  if (isJson) {
    console.error(JSON.stringify({ code, detail: message, field, retryAfterSeconds }));
    return;
  }
  const place = field === undefined ? '' : ` (${field})`;
  const wait = retryAfterSeconds === undefined ? '' : ` Wait ${retryAfterSeconds} s.`;
  console.error(`holdfast: ${message}${wait}${place} [${code}]`);
}

/** Help and version come from commander as errors too, and have printed themselves. */
function isHelp(thrown: unknown): boolean {
  return (
    thrown instanceof CommanderError && (thrown.exitCode === 0 || thrown.code === 'commander.help')
  );
}

export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode;
  return isInterruption(thrown) ? INTERRUPTED : 1;
}

function faultOf(thrown: unknown): HoldfastError | undefined {
  if (thrown instanceof HoldfastError) return thrown;
  if (!(thrown instanceof CommanderError)) return undefined;
  // "error: unknown option '--prot'\n(Did you mean --port?)"
  const said = thrown.message
    .replace(/^error: /, '')
    .replace(/\.$/, '')
    .replaceAll('\n', ' ');
  return fault('validation', {
    field: /'(?:-\w, )?(--?[\w-]+|[\w-]+)/.exec(said)?.[1],
    detail: `${said.charAt(0).toUpperCase()}${said.slice(1)}. See "holdfast --help", and --help after a command.`,
  });
}
