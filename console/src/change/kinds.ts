import type { ChangeItem } from '../ui/index.ts';

type Kind = ChangeItem['kind'];

/** What changes are of, in the order in which one looks for them. */
export const changeKinds = [
  'application',
  'endpoint',
  'event_type',
  'policy',
  'canary',
  'pause',
  'objective',
  'notifier',
  'route',
  'maintenance',
  'incident_rule',
  'token',
  'deploy',
  'certificate',
  'address',
  'server',
  'drift',
] as const satisfies readonly Kind[];

export function kindIn(text: string): Kind | undefined {
  return changeKinds.find((kind) => kind === text);
}

/** Through what a change was made. */
export const ways: Readonly<Record<string, string>> = {
  api: 'the API',
  cli: 'the command line',
  console: 'the console',
  portal: 'the portal',
  holdfast: 'Holdfast itself',
};
