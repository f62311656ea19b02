import { fault } from '../../core/index.ts';
import type { Notifier, NotifierKind, NotifierSettings } from '../../change/index.ts';
import { parseSecret } from '../../signature/index.ts';

type Field = keyof NotifierSettings;

type Traits = {
  readonly required: readonly Field[];
  readonly optional: readonly Field[];
  readonly secret: 'required' | 'optional';
  /** It groups by itself: each alert is told at once. */
  readonly groupsItself: boolean;
  /** It is told who acknowledged, too. */
  readonly hearsAcknowledged: boolean;
};

export const notifierTraits: Readonly<Record<NotifierKind, Traits>> = {
  slack: {
    required: [],
    optional: [],
    secret: 'required',
    groupsItself: false,
    hearsAcknowledged: false,
  },
  smtp: {
    required: ['host', 'from', 'to'],
    optional: ['port', 'tls', 'username'],
    secret: 'optional',
    groupsItself: false,
    hearsAcknowledged: false,
  },
  pagerduty: {
    required: [],
    optional: ['url'],
    secret: 'required',
    groupsItself: true,
    hearsAcknowledged: true,
  },
  alertmanager: {
    required: ['url'],
    optional: [],
    secret: 'optional',
    groupsItself: true,
    hearsAcknowledged: true,
  },
  webhook: {
    required: ['url'],
    optional: [],
    secret: 'required',
    groupsItself: false,
    hearsAcknowledged: true,
  },
};

/** One address, with a name before it or without: nothing that could begin another header or a second address. */
const ADDRESS =
  /^(?:[^<>,;:"\r\n]{0,200}<[^\s<>,;:"@]{1,64}@[A-Za-z0-9.-]{1,253}>|[^\s<>,;:"@]{1,64}@[A-Za-z0-9.-]{1,253})$/;

/** Throws `validation` naming the field that the kind needs, has not, or that is in no form. */
export function checkNotifier(
  kind: NotifierKind,
  settings: NotifierSettings,
  secret: string | null,
): void {
  const { required, optional, secret: needsSecret } = notifierTraits[kind];
  for (const field of required) {
    if (settings[field] === undefined) {
      throw refusal(`settings.${field}`, `A notifier of kind ${kind} needs this field.`);
    }
  }
  for (const field of Object.keys(settings)) {
    if (![...required, ...optional].some((known) => known === field)) {
      throw refusal(`settings.${field}`, `A notifier of kind ${kind} has no such field.`);
    }
  }
  if (secret === null && needsSecret === 'required') {
    throw refusal('secret', `A notifier of kind ${kind} needs a secret.`);
  }
  if (settings.url !== undefined) assertUrl('settings.url', settings.url);
  for (const [field, address] of [
    ['settings.from', settings.from],
    ...(settings.to ?? []).map((to) => ['settings.to', to]),
  ] as const) {
    if (address !== undefined && !ADDRESS.test(address)) {
      throw refusal(field, `"${address}" is no address of a mailbox.`);
    }
  }
  if (secret === null) return;
  if (kind === 'slack') assertUrl('secret', secret);
  if (kind === 'webhook') parseSecret(secret);
  if (kind !== 'slack' && kind !== 'webhook' && !/^[\x21-\x7e]{1,4096}$/.test(secret)) {
    throw refusal('secret', 'It must be visible ASCII without spaces.');
  }
}

/** Operators name these themselves, and may well mean a proxy of their own: any host is allowed (ADR 33). */
function assertUrl(field: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (url !== null && isHttp && url.username === '' && url.password === '') return;
  throw refusal(field, 'Give an absolute http or https URL without credentials.');
}

function refusal(field: string, detail: string): Error {
  return fault('validation', { field, detail });
}

/** What a notifier is sent through, its secret open. */
export type OpenNotifier = Pick<Notifier, 'name' | 'kind' | 'settings'> & {
  readonly secret: string | null;
};
