import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environmentName, fault, type HoldfastError, type SettingName } from '../../core/index.ts';
import { readText } from '../answers.ts';

export type ServiceProcess = {
  readonly url: string;
  readonly token: string;
  /** Drains and waits for the end; kills where `signal` says that nobody waits any more. */
  stop(): Promise<void>;
};

type Start = {
  readonly dataDir: string;
  readonly settings: Readonly<Partial<Record<SettingName, string>>>;
  readonly signal: AbortSignal;
};

/** `holdfast serve` in a process of its own, on a free port and under the given settings alone. */
export async function startServiceProcess(start: Start): Promise<ServiceProcess> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const flags = ['serve', '--json', '--port', '0', '--data', start.dataDir, '--log-level', 'error'];
  const child = spawn(process.execPath, [main, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environmentWith(start.settings),
  });
  // Whatever ends this process must not leave that one behind.
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  start.signal.addEventListener('abort', kill);
  const exited = once(child, 'exit').finally(() => {
    process.removeListener('exit', kill);
    start.signal.removeEventListener('abort', kill);
  });
  // A child that fails closes its output, which ends the reading too.
  const { url, token } = await firstLine(child);
  return {
    url,
    token,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** None of the caller's own settings: the demo must run the same everywhere. */
function environmentWith(settings: Start['settings']): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (!name.startsWith('HOLDFAST_')) environment[name] = value;
  }
  for (const [name, value] of Object.entries(settings)) environment[environmentName(name)] = value;
  return environment;
}

async function firstLine(
  child: ChildProcess,
): Promise<{ readonly url: string; readonly token: string }> {
  if (child.stdout === null) throw new Error('the child has no standard output');
  for await (const line of createInterface({ input: child.stdout })) {
    const value: unknown = JSON.parse(line);
    return { url: readText(value, 'url'), token: readText(value, 'token') };
  }
  throw notStarted(child);
}

function notStarted({ exitCode }: ChildProcess): HoldfastError {
  return fault('service_unreachable', {
    detail: `The demo's own service did not start (exit code ${exitCode}); its reason stands above.`,
  });
}
