import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act, momentIn, paths, TimeInput } from '../ui/index.ts';

const blank = {
  service: '',
  version: '',
  environment: '',
  ref: '',
  link: '',
  at: '',
  note: '',
} as const;
type Draft = Readonly<Record<keyof typeof blank, string>>;

/** Tells of a deploy that was made elsewhere, so that whoever looks for a cause finds it. */
export function TellDeploy(): ReactNode {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>(blank);
  const field = (name: keyof Draft) => ({
    value: draft[name],
    maxLength: 256,
    onChange: (event: { readonly currentTarget: { readonly value: string } }): void =>
      setDraft({ ...draft, [name]: event.currentTarget.value }),
  });
  return (
    <Act
      operation="v1.change.mark-deploy"
      request={() => ({ body: bodyOf(draft) })}
      changes={['v1.change.list']}
      onOpen={() => setDraft(blank)}
      isReady={draft.service.trim() !== '' && draft.version.trim() !== ''}
      verb="Tell"
      said="It stands in the list of changes."
      onDone={({ id }) => void navigate({ to: paths.change(id) })}
      hotkey="d"
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            A deploy of your own service or of a receiver. It changes nothing here; it stands among
            the changes, and an incident that begins after it names it as a suspect. Pipelines tell
            of theirs by themselves: the guide has a step for each.
          </Text>
          <Group grow align="flex-start">
            <TextInput label="Service" required data-autofocus {...field('service')} />
            <TextInput label="Version" required {...field('version')} />
          </Group>
          <Group grow align="flex-start">
            <TextInput label="Environment" placeholder="production" {...field('environment')} />
            <TextInput label="Commit or tag" {...field('ref')} />
          </Group>
          <TextInput
            label="Link to it"
            placeholder="https://…"
            {...field('link')}
            maxLength={2048}
          />
          <TimeInput
            label="In force since"
            description="Empty: since now."
            value={draft.at}
            onChange={(at) => setDraft({ ...draft, at })}
          />
          <TextInput label="Note" {...field('note')} />
        </Stack>
      }
    >
      Tell of a deploy
    </Act>
  );
}

function bodyOf({ service, version, at, ...rest }: Draft) {
  const inForceAt = momentIn(at);
  const given = Object.entries(rest)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== '');
  return {
    service: service.trim(),
    version: version.trim(),
    ...Object.fromEntries(given),
    ...(inForceAt === null ? {} : { at: inForceAt }),
  };
}
