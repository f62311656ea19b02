import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';
import { createLog, readSettings, type SettingName, type Settings } from '../core/index.ts';
import type { Service } from '../app/index.ts';
import { newCommand } from './new-command.ts';

type Flags = {
  readonly port?: string;
  readonly host?: string;
  readonly data?: string;
  readonly logLevel?: string;
  readonly json?: true;
};

export function serveCommand(): Command {
  return newCommand(
    'serve',
    'run the service',
    [
      'holdfast serve',
      'holdfast serve --port 9000 --data /var/lib/holdfast',
      'HOLDFAST_ALLOWED_SUBNETS=127.0.0.0/8 holdfast serve    deliver to this machine too',
    ],
    'Every setting can also come from the environment; "holdfast settings" lists them.',
  )
    .option('--port <number>', 'port to listen on (default 8071)')
    .option('--host <address>', 'address to listen on (default 127.0.0.1)')
    .option('--data <folder>', 'folder of the ledger (default ./data)')
    .option('--log-level <level>', 'debug, info, warn, error or silent')
    .action(async (flags: Flags) => serve(flags));
}

async function serve(flags: Flags): Promise<void> {
  const settings = settingsFrom(flags);
  // Loaded only here: the service's parts take a second, and the other commands need none of them.
  const { startService } = await import('../app/index.ts');
  const service = await startService(settings, createLog(settings.logLevel));
  stopOnSignals(service, flags.json === true);
  if (flags.json === true) {
    console.log(JSON.stringify({ url: service.url, token: service.token, pid: process.pid }));
  } else console.log(greeting(service, settings));
}

/** What the environment and the flags say together. Throws `config_invalid`. */
export function settingsFrom(flags: Flags): Settings {
  const { port, host, data: dataDir, logLevel } = flags;
  const given: Partial<Record<SettingName, string>> = {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(logLevel === undefined ? {} : { logLevel }),
  };
  return readSettings(process.env, nearest, given);
}

function nearest(name: string, known: readonly string[]): string {
  return known.toSorted((left, right) => distance(name, left) - distance(name, right))[0] ?? '';
}

/** The first signal drains, the second one ends at once: the ledger bears that too. */
function stopOnSignals(service: Service, isQuiet: boolean): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    if (!isQuiet) {
      console.log(
        '\nDraining: attempts under way end, then the ledger closes. Ctrl-C again ends at once.',
      );
    }
    service.stop().then(
      () => {
        if (!isQuiet) console.log('Stopped. Nothing was left half-done.');
        process.exit(0);
      },
      (thrown: unknown) => {
        console.error(thrown);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function greeting({ url, token }: Service, settings: Settings): string {
  const auth = `-H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json'`;
  return `Holdfast listens on ${url}; its ledger is in ${settings.dataDir}
Token: ${token}

Try it, in another terminal:

1. Create an application and an endpoint
   curl -s ${url}/api/v1/app ${auth} -d '{"name":"Acme","uid":"acme"}'; curl -s ${url}/api/v1/app/acme/endpoint ${auth} -d '{"url":"https://example.com/webhook","uid":"main"}'

2. Send a message
   curl -s ${url}/api/v1/app/acme/msg ${auth} -d '{"eventType":"invoice.paid","payload":{"id":"in_1","amount":4200}}'

3. List its attempts
   curl -s ${url}/api/v1/app/acme/attempt/endpoint/main ${auth}

Ctrl-C drains and stops.`;
}
