import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useAnswer, type HoldfastApiError } from '../api/index.ts';
import { useMay } from '../shell/index.ts';
import { Answered, Fault, Page, paths, Section, State, useUnsaved } from '../ui/index.ts';
import { PolicyActs } from './policy-acts.tsx';
import { errorsIn, termsIn, type Policy } from './policy-draft.ts';
import {
  budgetFields,
  laneGroups,
  policyFields,
  retryFields,
  type PolicyField,
} from './policy-fields.ts';
import { PolicyForecast } from './policy-forecast.tsx';
import { PolicyForm } from './policy-form.tsx';
import { OutageForm, outageIn, PolicyLoad } from './policy-load.tsx';
import { PolicySchedule } from './policy-schedule.tsx';
import { PolicyUsers } from './policy-users.tsx';
import type { PolicyDraft } from './policy-values.ts';
import { PolicyVersions } from './policy-versions.tsx';
import { usePolicyDraft } from './use-policy-draft.ts';

const TYPING_MS = 400;
const usualOutage = { messagesPerSecond: 10, minutes: 60 } as const;

/** Writes a policy while showing what it would do: its schedule, its load, and what it would have made of the last day. */
export function PolicyEditor({
  name,
  policy,
}: {
  readonly name: string;
  readonly policy: Policy | null;
}): ReactNode {
  const may = useMay();
  const drafting = usePolicyDraft(policy);
  const { draft, description, isChanged, isStale } = drafting;
  useUnsaved(may.write && isChanged);
  const [outage, setOutage] =
    useState<Record<keyof typeof usualOutage, number | string>>(usualOutage);
  const errors = errorsIn(draft);
  const isGood = Object.keys(errors).length === 0;
  const [settled] = useDebouncedValue({ draft, outage }, TYPING_MS);
  const asked = outageIn(settled.outage);
  const base = useAnswer('v1.policy.validate', { body: {} });
  const users = useAnswer(
    'v1.policy.list-users',
    { path: { policy_name: name } },
    { isWanted: policy !== null },
  );
  const isSettledGood = Object.keys(errorsIn(settled.draft)).length === 0;
  const forecast = useAnswer(
    'v1.policy.validate',
    {
      body: {
        ...termsIn(settled.draft),
        ...(policy === null ? {} : { name }),
        ...(asked === null ? {} : { load: asked }),
      },
    },
    { isWanted: isSettledGood, keepsLast: true },
  );
  // While a field is refused, what was worked out last stays.
  const [last, setLast] = useState(forecast.data);
  if (forecast.data !== undefined && forecast.data !== last) setLast(forecast.data);
  const shown = { ...forecast, data: forecast.data ?? last };
  const refused = forecast.error === null ? {} : fieldError(forecast.error);
  const form = (fields: readonly PolicyField[], across: 2 | 4): ReactNode => (
    <PolicyForm
      fields={fields}
      draft={draft}
      base={base.data?.candidate.inForce}
      errors={{ ...refused, ...errors }}
      set={drafting.set}
      isReadOnly={!may.write}
      across={across}
    />
  );
  return (
    <Page
      title={name}
      crumbs={[{ text: 'Policies', to: paths.policies }]}
      badge={
        policy === null ? (
          <State of="not stored yet" tone="warn" />
        ) : (
          <State of="version">version {policy.version}</State>
        )
      }
      lead="What is left empty is left to whoever is asked next: the application’s policy, then the service. What an endpoint says itself comes first."
      actions={
        may.write && (
          <PolicyActs
            name={name}
            policy={policy}
            drafting={drafting}
            users={users.data}
            whyNot={
              !isGood
                ? 'A field is refused: mend it first.'
                : forecast.error !== null
                  ? 'Holdfast does not take it like this: the page says why.'
                  : undefined
            }
          />
        )
      }
    >
      {isStale && policy !== null && (
        <Alert color="orange" title={`Version ${policy.version} is in force by now`} role="status">
          <Text size="sm" mb="xs">
            Somebody else saved it while you typed. Yours is kept here.
          </Text>
          <Group gap="xs">
            <Button size="xs" onClick={drafting.goOn}>
              Go on with mine
            </Button>
            <Button size="xs" variant="default" onClick={drafting.discard}>
              Take theirs
            </Button>
          </Group>
        </Alert>
      )}
      <TextInput
        label="What it is for"
        value={description}
        maxLength={4096}
        disabled={!may.write}
        onChange={(event) => drafting.describe(event.currentTarget.value)}
      />
      {forecast.error !== null && Object.keys(refused).length === 0 && (
        <Fault error={forecast.error} />
      )}
      <Section title="Retries">
        <Stack gap="md">
          {form(retryFields, 2)}
          <Answered of={shown}>
            {({ candidate }) => <PolicySchedule plan={candidate.plan} />}
          </Answered>
        </Stack>
      </Section>
      <Section title="Load in an outage">
        <Stack gap="sm">
          {form(budgetFields, 2)}
          <OutageForm outage={outage} set={(change) => setOutage({ ...outage, ...change })} />
          {asked === null && (
            <Alert color="gray" title="No outage to look at">
              Say how many messages a second the endpoint gets, and for how long it is down: at most
              24 hours.
            </Alert>
          )}
          {asked !== null && (
            <Answered of={shown}>
              {({ load }) => load !== null && <PolicyLoad load={load} outage={asked} />}
            </Answered>
          )}
        </Stack>
      </Section>
      {laneGroups.map(({ title, fields }) => (
        <Section key={title} title={title}>
          {form(fields, 4)}
        </Section>
      ))}
      <Section title={policy === null ? 'What everybody would get under it' : 'What it would do'}>
        <Answered of={shown}>{(value) => <PolicyForecast of={value} />}</Answered>
      </Section>
      {policy !== null && (
        <>
          <Section title="Who stands under it">
            <Answered of={users} rows={1}>
              {(value) => <PolicyUsers users={value} />}
            </Answered>
          </Section>
          <Section title="Versions">
            <PolicyVersions name={name} />
          </Section>
        </>
      )}
    </Page>
  );
}

/** What the API refuses, at the field that it names; nothing where it names none of ours. */
function fieldError(error: HoldfastApiError): PolicyDraft {
  const named = (error.field ?? '').replace(/\[\d+\]$/, '');
  const field = policyFields.find(({ id }) => id === named || id.split('.').at(-1) === named);
  return field === undefined ? {} : { [field.id]: error.message };
}
