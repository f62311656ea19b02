import type { Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import { defaultSteps, type CanaryStep } from '../change/index.ts';
import { apiFrom, type AppFlags } from './client-options.ts';
import { describeCanary } from './describe-canary.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { collect, onOrOff, wholeNumber } from './values.ts';

type Flags = AppFlags & {
  readonly endpointUrl?: string;
  readonly header?: readonly string[];
  readonly secret?: string;
  readonly passTrace?: boolean;
  readonly policy?: string;
  readonly payloadVersion?: readonly string[];
  readonly step?: readonly string[];
  readonly deadline?: number;
  readonly peak?: number;
  readonly why?: string;
};

const STEP = /^(\d{1,2}(?:\.\d{1,2})?)%\/(\d{1,5})m\/(\d{1,7})$/;

export function canaryStartCommand(): Command {
  const schedule = defaultSteps
    .map(({ percent, minutes, atLeast }) => `${percent}%/${minutes}m/${atLeast}`)
    .join(', ');
  return withLane(
    newCommand(
      'start',
      'try a change of an endpoint on a share of its messages',
      [
        'holdfast canary start main --app acme --header "x-version: 2"',
        'holdfast canary start main --app acme --endpoint-url https://new.example/hook --peak 80',
        'holdfast canary start main --app acme --secret whsec_... --step 5%/30m/100 --step 50%/60m/2000',
      ],
      `Without --step: ${schedule}.`,
    ),
  )
    .option('--endpoint-url <url>', 'another URL')
    .option('--header <name: value>', 'all headers of the candidate; may be given again', collect)
    .option('--secret <secret>', 'another secret; it signs alone')
    .option('--pass-trace <on|off>', 'whether the receiver gets the trace', onOrOff('--pass-trace'))
    .option('--policy <name>', 'another policy; "none" for none of its own')
    .option(
      '--payload-version <event type=version>',
      'all pins of the candidate, such as invoice.paid=1; may be given again',
      collect,
    )
    .option(
      '--step <percent/time/attempts>',
      'such as 5%/30m/100: at least so long and so many first attempts; may be given again',
      collect,
    )
    .option(
      '--deadline <seconds>',
      'later than that is late (default 60)',
      wholeNumber('--deadline', 1, 86_400),
    )
    .option(
      '--peak <percent>',
      'of the busiest minute of the last seven days, before promotion',
      wholeNumber('--peak', 1, 1000),
    )
    .option('--why <text>', 'the reason, kept with the change')
    .action(async (endpoint: string, flags: Flags) => {
      const canary = await apiFrom(flags).startCanary(flags.app, endpoint, {
        url: flags.endpointUrl,
        headers: flags.header === undefined ? undefined : headersOf(flags.header),
        secret: flags.secret,
        passTrace: flags.passTrace,
        policy: flags.policy === 'none' ? null : flags.policy,
        payloadVersions:
          flags.payloadVersion === undefined ? undefined : pinsOf(flags.payloadVersion),
        steps: flags.step?.map(stepOf),
        deadlineSeconds: flags.deadline,
        peakPercent: flags.peak,
        reason: flags.why,
      });
      printResult(flags, canary, (shown) => describeCanary(shown, systemClock.now()));
    });
}

function headersOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((header) => {
      const at = header.indexOf(':');
      if (at > 0) return [header.slice(0, at).trim(), header.slice(at + 1).trim()] as const;
      throw fault('validation', {
        field: '--header',
        detail: `--header takes a name and a value, such as "x-version: 2"; not "${header}".`,
      });
    }),
  );
}

function pinsOf(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((pin) => {
      const at = pin.indexOf('=');
      if (at > 0 && at < pin.length - 1) return [pin.slice(0, at), pin.slice(at + 1)] as const;
      throw fault('validation', {
        field: '--payload-version',
        detail: `--payload-version takes an event type and a version, such as invoice.paid=1; not "${pin}".`,
      });
    }),
  );
}

function stepOf(text: string): CanaryStep {
  const [, percent, minutes, atLeast] = STEP.exec(text) ?? [];
  if (percent === undefined || minutes === undefined || atLeast === undefined) {
    throw fault('validation', {
      field: '--step',
      detail: `--step takes a share, a time and a count, such as 5%/30m/100; not "${text}".`,
    });
  }
  return { percent: Number(percent), minutes: Number(minutes), atLeast: Number(atLeast) };
}
