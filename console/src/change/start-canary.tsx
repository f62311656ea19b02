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
import { useState, type ReactNode } from 'react';
import { useAnswer, type Operations } from '../api/index.ts';
import { Act } from '../ui/index.ts';
import { canaryAnswers, type CanaryPath } from './canary.ts';
import { stepsIn, stepsText } from './canary-schedule.ts';

type Body = Operations['v1.canary.start']['body'];

const tried = [
  { value: 'url', label: 'URL' },
  { value: 'headers', label: 'Headers' },
  { value: 'secret', label: 'Secret' },
  { value: 'policy', label: 'Policy' },
  { value: 'passTrace', label: 'Passing the trace' },
  { value: 'payloadVersions', label: 'Payload versions' },
];
const NONE = '(none of its own)';

type Draft = {
  readonly fields: readonly string[];
  readonly url: string;
  readonly headers: string;
  readonly secret: string;
  readonly policy: string;
  readonly passTrace: boolean;
  readonly pins: string;
  readonly schedule: 'usual' | 'own';
  readonly steps: string;
  readonly deadline: number | string;
  readonly peak: number | string;
};

const blank: Draft = {
  fields: ['url'],
  url: '',
  headers: '',
  secret: '',
  policy: NONE,
  passTrace: true,
  pins: '',
  schedule: 'usual',
  steps: stepsText,
  deadline: 60,
  peak: '',
};

/** Begins a canary of an endpoint: what it tries, and by which schedule. */
export function StartCanary({ path }: { readonly path: CanaryPath }): ReactNode {
  const [draft, setDraft] = useState(blank);
  const endpoint = useAnswer('v1.endpoint.get', { path });
  const body = bodyOf(draft);
  return (
    <Act
      operation="v1.canary.start"
      request={(reason) => ({ path, body: { ...body, ...(reason === '' ? {} : { reason }) } })}
      changes={canaryAnswers}
      button={{ variant: 'filled' }}
      onOpen={() => setDraft({ ...blank, url: endpoint.data?.url ?? '' })}
      isReady={body !== null}
      asksReason
      size="lg"
      said="The canary begins with the next messages."
      confirm={
        <Form
          draft={draft}
          set={setDraft}
          isReadable={body !== null}
          url={endpoint.data?.url ?? ''}
        />
      }
    >
      Start a canary
    </Act>
  );
}

function Form({
  draft,
  set,
  isReadable,
  url,
}: {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly isReadable: boolean;
  readonly url: string;
}): ReactNode {
  const change = (more: Partial<Draft>): void => set({ ...draft, ...more });
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
        required
      />
      {isTried('url') && (
        <TextInput
          label="URL"
          description={`It is ${url} now.`}
          value={draft.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
          error={draft.url === url ? 'This is the URL that it has.' : undefined}
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
        />
      )}
      {isTried('secret') && (
        <TextInput
          label="Secret"
          description="It signs alone for the candidate, so a receiver that does not know it yet is noticed."
          placeholder="whsec_…"
          value={draft.secret}
          onChange={(event) => change({ secret: event.currentTarget.value })}
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
          error={stepsIn(draft.steps) === null ? 'Write each like 5% / 30 / 100.' : undefined}
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
      {!isReadable && (
        <Text size="sm" role="status">
          Fill in what it tries, one thing at least.
        </Text>
      )}
    </Stack>
  );
}

/** null: something is missing, or cannot be read. */
function bodyOf(draft: Draft): Body | null {
  const { fields } = draft;
  if (fields.length === 0) return null;
  const headers = pairsIn(draft.headers);
  const pins = pairsIn(draft.pins);
  const steps = draft.schedule === 'own' ? stepsIn(draft.steps) : undefined;
  const isWhole =
    steps !== null &&
    headers !== null &&
    pins !== null &&
    (!fields.includes('url') || draft.url.trim() !== '') &&
    (!fields.includes('secret') || draft.secret.trim() !== '');
  if (!isWhole) return null;
  return {
    ...(fields.includes('url') ? { url: draft.url.trim() } : {}),
    ...(fields.includes('headers') ? { headers } : {}),
    ...(fields.includes('secret') ? { secret: draft.secret.trim() } : {}),
    ...(fields.includes('policy') ? { policy: draft.policy === NONE ? null : draft.policy } : {}),
    ...(fields.includes('passTrace') ? { passTrace: draft.passTrace } : {}),
    ...(fields.includes('payloadVersions') ? { payloadVersions: pins } : {}),
    ...(steps === undefined ? {} : { steps: [...steps] }),
    ...(typeof draft.deadline === 'number' ? { deadlineSeconds: draft.deadline } : {}),
    ...(typeof draft.peak === 'number' ? { peakPercent: draft.peak } : {}),
  };
}

/** Lines of `name: value`; null: one is none. */
function pairsIn(text: string): Record<string, string> | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => {
    const at = line.indexOf(':');
    return at <= 0 ? null : ([line.slice(0, at).trim(), line.slice(at + 1).trim()] as const);
  });
  return pairs.includes(null) ? null : Object.fromEntries(pairs.filter((pair) => pair !== null));
}
