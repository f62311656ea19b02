import { Option, type Command } from 'commander';
import {
  laneFieldNames,
  lanePolicyTable,
  type LaneChange,
  type LaneField,
} from '../change/index.ts';
import { durationWithin, onOrOff, orDefault, wholeNumber } from './values.ts';

/** A flag for each field of a lane's policy; "default" takes one back. */
export function withLaneFields(command: Command): Command {
  for (const name of laneFieldNames) command.addOption(optionOf(name, lanePolicyTable[name]));
  return command;
}

export type LaneFlags = Readonly<Record<string, unknown>>;

/** The fields that were given; null for those that go back to what holds otherwise. */
export function laneChangeOf(flags: LaneFlags): LaneChange {
  const entries = laneFieldNames.flatMap((name) => {
    const value = flags[name.replace(/Ms$/, '')];
    return value === undefined ? [] : [[name, value === 'default' ? null : value] as const];
  });
  return Object.fromEntries(entries);
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
