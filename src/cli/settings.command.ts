import type { Command } from 'commander';
import {
  assertNever,
  environmentName,
  settingNames,
  settingTable,
  type Setting,
} from '../core/index.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';

export type SettingLine = {
  readonly name: string;
  readonly environment: string;
  readonly default: string | number;
  readonly bounds: string;
  readonly about: string;
};

export function settingsCommand(): Command {
  return newCommand('settings', 'list every setting, its default and bounds', [
    'holdfast settings',
    'holdfast settings --json',
    'HOLDFAST_PORT=9000 HOLDFAST_LOG_LEVEL=warn holdfast serve',
  ]).action((flags: { readonly json?: true }) => {
    const lines = settingNames.map((name) => lineOf(name, settingTable[name]));
    printResult(flags, { settings: lines }, () => lines.map(describe).join('\n'));
  });
}

function lineOf(name: string, setting: Setting): SettingLine {
  const { fallback, about } = setting;
  return {
    name,
    environment: environmentName(name),
    default: fallback,
    bounds: boundsOf(setting),
    about,
  };
}

function boundsOf(setting: Setting): string {
  switch (setting.kind) {
    case 'number':
      return `${setting.min} to ${setting.max}`;
    case 'choice':
      return setting.of.join(', ');
    case 'text':
      return setting.secret === true ? 'secret' : '';
    default:
      return assertNever(setting);
  }
}

function describe({ environment, default: fallback, bounds, about }: SettingLine): string {
  const value = fallback === '' ? 'empty' : String(fallback);
  const range = bounds === '' ? '' : `  (${bounds})`;
  return `${environment} = ${value}${range}\n    ${about}`;
}
