import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until, type Undo } from './processes.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Why there is no pseudo-terminal here; false where there is one. It is made by `script` of util-linux. */
export const lacksTerminal: string | false = spawnSync('script', ['--version'], {
  encoding: 'utf8',
}).stdout?.includes('util-linux')
  ? false
  : 'no script of util-linux';

export type Terminal = {
  /** All that was shown so far, the echo of what was typed with it. */
  readonly shown: () => string;
  /** Types this when a text has been shown once more than before. */
  readonly typeAfter: (text: string, keys: string) => Promise<void>;
  /** Resolves to the exit code. */
  readonly ended: Promise<number>;
};

export const ENTER = '\r';
export const END_OF_INPUT = '\u0004';

/** Runs a command in a pseudo-terminal, as at a keyboard. Arguments hold no quotes. */
export function openTerminal(context: Undo, args: readonly string[]): Terminal {
  const command = [process.execPath, MAIN, ...args].map((one) => `'${one}'`).join(' ');
  const child = spawn('script', ['-qefc', command, '/dev/null'], {
    env: { ...process.env, COLUMNS: '80' },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const ended = once(child, 'close').then(([code]): number =>
    typeof code === 'number' ? code : 1,
  );
  context.after(() => child.exitCode === null && child.kill('SIGKILL'));
  let from = 0;
  const typeAfter = async (text: string, keys: string): Promise<void> => {
    await until(() => shown.includes(text, from), `"${text}" in ${JSON.stringify(shown)}`);
    from = shown.indexOf(text, from) + text.length;
    child.stdin.write(keys);
  };
  return { shown: () => shown, typeAfter, ended };
}
