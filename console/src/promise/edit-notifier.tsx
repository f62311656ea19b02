import {
  Group,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Operations } from '../api/index.ts';
import { Act } from '../ui/index.ts';
import { notifierAnswers, notifierKindNames, notifierKinds, type Notifier } from './notifier.ts';

type Body = Operations['v1.notifier.update']['body'];
type Tls = 'none' | 'starttls' | 'tls';

type Draft = {
  readonly name: string;
  readonly kind: Notifier['kind'];
  readonly description: string;
  readonly url: string;
  readonly host: string;
  readonly port: number | '';
  readonly tls: Tls;
  readonly username: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Empty: the one that is there stays. */
  readonly secret: string;
  readonly fallback: readonly string[];
};

const blank: Draft = {
  name: '',
  kind: 'slack',
  description: '',
  url: '',
  host: '',
  port: 587,
  tls: 'starttls',
  username: '',
  from: '',
  to: [],
  secret: '',
  fallback: [],
};

const tlsChoices: readonly { readonly value: Tls; readonly label: string }[] = [
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'tls', label: 'TLS from the start' },
  { value: 'none', label: 'none' },
];

const kinds = notifierKindNames.map((value) => ({ value, label: notifierKinds[value].text }));

const nameForm = /^[\w.-]{1,64}$/;

/** Makes a way to tell, or alters one. Its secret is typed in and never shown again. */
export function EditNotifier({
  notifier,
  names,
}: {
  readonly notifier: Notifier | null;
  readonly names: readonly string[];
}): ReactNode {
  const [draft, setDraft] = useState(blank);
  const props = {
    changes: notifierAnswers,
    onOpen: () => setDraft(notifier === null ? blank : draftOf(notifier)),
    isReady: nameForm.test(draft.name.trim()),
    size: 'lg',
    confirm: (
      <Fields
        draft={draft}
        change={(more) => setDraft({ ...draft, ...more })}
        notifier={notifier}
        others={names.filter((name) => name !== draft.name)}
      />
    ),
  } as const;
  if (notifier === null) {
    return (
      <Act
        operation="v1.notifier.create"
        request={() => ({ body: { name: draft.name.trim(), ...bodyOf(draft) } })}
        said={`${draft.name.trim()} is there. Test it before it is needed.`}
        button={{ variant: 'filled' }}
        {...props}
      >
        Add a notifier
      </Act>
    );
  }
  return (
    <Act
      operation="v1.notifier.update"
      request={() => ({ path: { notifier_name: draft.name }, body: bodyOf(draft) })}
      said={`${draft.name} is as you said.`}
      name={`Edit: ${notifier.name}`}
      verb="Save"
      {...props}
    >
      Edit
    </Act>
  );
}

function draftOf({ name, kind, description, settings, fallback }: Notifier): Draft {
  return { ...blank, name, kind, description, ...settings, secret: '', fallback };
}

function bodyOf(draft: Draft): Body {
  const { kind, secret } = draft;
  return {
    kind,
    description: draft.description.trim(),
    settings: settingsOf(draft),
    fallback: [...draft.fallback],
    ...(secret === '' ? {} : { secret: secret.trim() }),
  };
}

function settingsOf(draft: Draft): NonNullable<Body['settings']> {
  const url = draft.url.trim();
  switch (draft.kind) {
    case 'slack':
      return {};
    case 'smtp':
      return {
        ...(draft.host.trim() === '' ? {} : { host: draft.host.trim() }),
        ...(draft.port === '' ? {} : { port: draft.port }),
        tls: draft.tls,
        ...(draft.username.trim() === '' ? {} : { username: draft.username.trim() }),
        ...(draft.from.trim() === '' ? {} : { from: draft.from.trim() }),
        ...(draft.to.length === 0 ? {} : { to: [...draft.to] }),
      };
    default:
      return url === '' ? {} : { url };
  }
}

type FieldsProps = {
  readonly draft: Draft;
  readonly change: (more: Partial<Draft>) => void;
  readonly notifier: Notifier | null;
  readonly others: readonly string[];
};

function Fields({ draft, change, notifier, others }: FieldsProps): ReactNode {
  const { secret, secretHint, isSecretNeeded } = notifierKinds[draft.kind];
  const keeps = notifier !== null && notifier.kind === draft.kind && notifier.hasSecret;
  return (
    <Stack gap="sm">
      <Group grow align="flex-start">
        <TextInput
          label="Name"
          value={draft.name}
          disabled={notifier !== null}
          onChange={(event) => change({ name: event.currentTarget.value })}
          required
          data-autofocus
        />
        <Select
          label="Kind"
          data={kinds}
          value={draft.kind}
          onChange={(value) => {
            const found = kinds.find((each) => each.value === value);
            if (found !== undefined) change({ kind: found.value });
          }}
          allowDeselect={false}
        />
      </Group>
      <TextInput
        label="What it is for"
        value={draft.description}
        maxLength={4096}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      {draft.kind === 'smtp' ? (
        <MailFields draft={draft} change={change} />
      ) : (
        draft.kind !== 'slack' && (
          <TextInput
            label="URL"
            description={
              draft.kind === 'pagerduty'
                ? 'Only where it is not PagerDuty’s own.'
                : draft.kind === 'alertmanager'
                  ? 'Without /api/v2/alerts.'
                  : 'What is posted there is signed.'
            }
            value={draft.url}
            onChange={(event) => change({ url: event.currentTarget.value })}
            required={draft.kind !== 'pagerduty'}
          />
        )
      )}
      <PasswordInput
        label={secret}
        description={
          keeps
            ? 'One is kept, and never shown. Empty: it stays.'
            : `${secretHint} It is sealed, and never shown again.`
        }
        value={draft.secret}
        autoComplete="off"
        onChange={(event) => change({ secret: event.currentTarget.value })}
        required={isSecretNeeded && !keeps}
      />
      <TagsInput
        label="If it fails, tell by"
        description="Other notifiers, by name; each ended by Enter."
        data={[...others]}
        value={[...draft.fallback]}
        onChange={(fallback) => change({ fallback })}
      />
      {draft.fallback.length === 0 && (
        <Text size="sm" c="dimmed">
          Without another way nobody hears that this one fails; its alert stands on the page of
          alerts alone.
        </Text>
      )}
    </Stack>
  );
}

function MailFields({ draft, change }: Pick<FieldsProps, 'draft' | 'change'>): ReactNode {
  return (
    <>
      <Group grow align="flex-start">
        <TextInput
          label="Mail server"
          placeholder="smtp.example.com"
          value={draft.host}
          onChange={(event) => change({ host: event.currentTarget.value })}
          required
        />
        <NumberInput
          label="Port"
          allowDecimal={false}
          min={1}
          max={65_535}
          value={draft.port}
          onChange={(value) => change({ port: value === '' ? '' : Number(value) })}
        />
        <Select
          label="Encryption"
          data={[...tlsChoices]}
          value={draft.tls}
          onChange={(value) => {
            const found = tlsChoices.find((each) => each.value === value);
            if (found !== undefined) change({ tls: found.value });
          }}
          allowDeselect={false}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput
          label="From"
          placeholder="holdfast@example.com"
          value={draft.from}
          onChange={(event) => change({ from: event.currentTarget.value })}
          required
        />
        <TextInput
          label="User name"
          value={draft.username}
          autoComplete="off"
          onChange={(event) => change({ username: event.currentTarget.value })}
        />
      </Group>
      <TagsInput
        label="To"
        description="Addresses; each ended by Enter."
        value={[...draft.to]}
        onChange={(to) => change({ to })}
        required
      />
    </>
  );
}
