import { Option, type Command } from 'commander';
import { fault, systemClock } from '../core/index.ts';
import {
  laneFieldNames,
  lanePolicyTable,
  type LaneField,
  type LaneChange,
} from '../change/index.ts';
import { apiFrom, type AppFlags } from './client-options.ts';
import { describeLane } from './describe-lane.ts';
import { withLane } from './lane-options.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { durationWithin, onOrOff, orDefault, wholeNumber } from './values.ts';

type Flags = AppFlags & Readonly<Record<string, number | boolean | 'default' | undefined>>;

export function laneSetCommand(): Command {
  const command = withLane(
    newCommand(
      'set',
      "change fields of a lane's policy for one endpoint",
      [
        'holdfast lane set main --app acme --concurrency 4',
        'holdfast lane set main --app acme --breaker-open 10s --breaker-longest-open 1m',
        'holdfast lane set main --app acme --concurrency default --ordered on',
      ],
      'Each takes "default" too: back to the service\'s setting.',
    ),
  );
  for (const name of laneFieldNames) command.addOption(optionOf(name, lanePolicyTable[name]));
  return command.action(async (endpoint: string, flags: Flags) => {
    const change = changeOf(flags);
    if (Object.keys(change).length === 0) {
      throw fault('validation', {
        field: 'lane set',
        detail: 'Name a field to change, such as --concurrency 4. See --help for all of them.',
      });
    }
    const lane = await apiFrom(flags).changeLane(flags.app, endpoint, change);
    printResult(flags, lane, (shown) => describeLane(shown, systemClock.now()));
  });
}

/** `breakerOpenMs` → `--breaker-open`: a time is given with its unit. */
function flagOf(name: string): string {
  const bare = name.replace(/Ms$/, '');
  return `--${bare.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function optionOf(name: string, field: LaneField): Option {
  const flag = flagOf(name);
  if (field.kind === 'switch') {
    return new Option(`${flag} <on|off>`, field.about).argParser(orDefault(onOrOff(flag)));
  }
  const { min, max, about } = field;
  return name.endsWith('Ms')
    ? new Option(`${flag} <time>`, about).argParser(orDefault(durationWithin(flag, min, max)))
    : new Option(`${flag} <number>`, `${about} ${min} to ${max}.`).argParser(
        orDefault(wholeNumber(flag, min, max)),
      );
}

function changeOf(flags: Flags): LaneChange {
  const entries = laneFieldNames.flatMap((name) => {
    const value = flags[name.replace(/Ms$/, '')];
    return value === undefined ? [] : [[name, value === 'default' ? null : value] as const];
  });
  return Object.fromEntries(entries);
}
