import {
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { NONE, tried, type CanaryDraft } from './canary-draft.ts';

/** What a canary tries, and by which schedule. */
export function CanaryForm({
  draft,
  set,
  errors,
  url,
}: {
  readonly draft: CanaryDraft;
  readonly set: (draft: CanaryDraft) => void;
  /** What hinders it, by the field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly url: string;
}): ReactNode {
  const change = (more: Partial<CanaryDraft>): void => set({ ...draft, ...more });
  const policies = useAnswer('v1.policy.list', { query: { limit: 250 } });
  const isTried = (field: string): boolean => draft.fields.includes(field);
  return (
    <Stack gap="sm">
      <MultiSelect
        label="What it tries"
        description="Rates and concurrency are shared by both arms, so they cannot be tried."
        data={tried}
        value={[...draft.fields]}
        onChange={(fields) => change({ fields })}
        error={errors['fields']}
        required
      />
      {isTried('url') && (
        <TextInput
          label="URL"
          description={`It is ${url} now.`}
          value={draft.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
          error={errors['url']}
          required
        />
      )}
      {isTried('headers') && (
        <Textarea
          label="Headers"
          description="One a line, as name: value. They replace all headers that the endpoint has."
          autosize
          minRows={2}
          value={draft.headers}
          onChange={(event) => change({ headers: event.currentTarget.value })}
          error={errors['headers']}
        />
      )}
      {isTried('secret') && (
        <TextInput
          label="Secret"
          description="It signs alone for the candidate, so a receiver that does not know it yet is noticed."
          placeholder="whsec_…"
          value={draft.secret}
          onChange={(event) => change({ secret: event.currentTarget.value })}
          error={errors['secret']}
          required
        />
      )}
      {isTried('policy') && (
        <Select
          label="Policy"
          data={[NONE, ...(policies.data?.data.map(({ name }) => name) ?? [])]}
          value={draft.policy}
          allowDeselect={false}
          onChange={(policy) => change({ policy: policy ?? NONE })}
        />
      )}
      {isTried('passTrace') && (
        <Switch
          label="The receiver gets the trace (traceparent)"
          checked={draft.passTrace}
          onChange={(event) => change({ passTrace: event.currentTarget.checked })}
        />
      )}
      {isTried('payloadVersions') && (
        <Textarea
          label="Payload versions"
          description="All pins, one a line, as event type: version. Empty: none."
          autosize
          minRows={2}
          value={draft.pins}
          onChange={(event) => change({ pins: event.currentTarget.value })}
          error={errors['pins']}
        />
      )}
      <div>
        <Text size="sm" fw={500} mb={4}>
          Schedule
        </Text>
        <SegmentedControl
          size="xs"
          aria-label="Schedule"
          data={[
            { value: 'usual', label: 'As usual: 5 %, 25 %, 50 %' },
            { value: 'own', label: 'Its own' },
          ]}
          value={draft.schedule}
          onChange={(value) => change({ schedule: value === 'own' ? 'own' : 'usual' })}
        />
      </div>
      {draft.schedule === 'own' && (
        <Textarea
          label="Steps"
          description="One a line: share / at least so many minutes / and so many first attempts of the candidate."
          autosize
          minRows={3}
          value={draft.steps}
          onChange={(event) => change({ steps: event.currentTarget.value })}
          error={errors['steps']}
        />
      )}
      <Group grow align="flex-start">
        <NumberInput
          label="Late after, in seconds"
          min={1}
          max={86_400}
          allowDecimal={false}
          value={draft.deadline}
          onChange={(deadline) => change({ deadline })}
        />
        <NumberInput
          label="Peak to see, in %"
          description="Of the busiest minute of the last seven days, before promotion. Empty: none."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={1000}
          allowDecimal={false}
          value={draft.peak}
          onChange={(peak) => change({ peak })}
        />
      </Group>
    </Stack>
  );
}
