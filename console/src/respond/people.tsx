import { Group, Paper, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMay, useSession } from '../shell/index.ts';
import { Act, Section } from '../ui/index.ts';
import {
  causeClasses,
  incidentAnswers,
  isEnded,
  roleNames,
  roleWords,
  type Incident,
  type RoleName,
} from './incident.ts';
import { severityChoices } from './severity-choices.ts';
import { Severity } from './severity.tsx';

/** Who looks after it, who does what, how severe it is, whose it is. */
export function People({ incident }: { readonly incident: Incident }): ReactNode {
  const may = useMay();
  const { markers, owner, consumers, isSeverityByHand, causeClass, openedBy } = incident;
  const canAct = may.write && !isEnded(incident);
  return (
    <Section title="People and severity" id="people">
      <Paper withBorder p="sm">
        <Stack gap={8}>
          <Line name="Acknowledged">
            <Text size="sm">
              {markers.acknowledged === undefined
                ? 'by nobody yet'
                : `by ${markers.acknowledged.by}`}
            </Text>
          </Line>
          {roleNames.map((role) => (
            <Line key={role} name={roleWords[role].text}>
              <Text size="sm">{incident.roles[role] ?? 'nobody'}</Text>
              {canAct && <Role incident={incident} role={role} />}
            </Line>
          ))}
          <Line name="Severity">
            <Severity of={incident.severity} />
            {canAct && <SetSeverity incident={incident} />}
          </Line>
          <Text size="xs" c="dimmed" ta="right" mt={-6}>
            {isSeverityByHand ? 'set by hand' : 'follows the impact upwards'}
          </Text>
          <Line name="Owner">
            <Text size="sm">{owner === '' ? 'nobody' : owner}</Text>
            {canAct && <Describe incident={incident} />}
          </Line>
          {consumers.length > 0 && (
            <Line name="Consumers">
              <Text size="sm">{consumers.join(', ')}</Text>
            </Line>
          )}
          <Line name="Class of causes">
            <Text size="sm">{causeClass}</Text>
          </Line>
          <Line name="Opened by">
            <Text size="sm">{openedBy}</Text>
          </Line>
        </Stack>
      </Paper>
    </Section>
  );
}

function Line({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text size="sm" c="dimmed" style={{ flexShrink: 0 }}>
        {name}
      </Text>
      <Group gap="xs" justify="flex-end" style={{ minWidth: 0 }}>
        {children}
      </Group>
    </Group>
  );
}

function Role({
  incident,
  role,
}: {
  readonly incident: Incident;
  readonly role: RoleName;
}): ReactNode {
  const { actor } = useSession();
  const { text, does } = roleWords[role];
  const [who, setWho] = useState('');
  return (
    <Act
      operation="v1.incident.role"
      request={() => ({
        path: { incident_id: incident.id },
        body: { role, who: who.trim() === '' ? null : who.trim() },
      })}
      changes={incidentAnswers}
      onOpen={() => setWho(incident.roles[role] ?? actor)}
      name={`Assign: ${text}`}
      said={who.trim() === '' ? `Nobody has the role ${text} now.` : `${text}: ${who.trim()}.`}
      {...(role === 'lead' ? { hotkey: 'l' } : {})}
      confirm={
        <TextInput
          label={text}
          description={`${does} Empty: nobody.`}
          value={who}
          maxLength={256}
          onChange={(event) => setWho(event.currentTarget.value)}
          data-autofocus
        />
      }
      button={{ size: 'compact-xs' }}
    >
      Assign
    </Act>
  );
}

function SetSeverity({ incident }: { readonly incident: Incident }): ReactNode {
  const [severity, setSeverity] = useState('3');
  const [reason, setReason] = useState('');
  return (
    <Act
      operation="v1.incident.severity"
      request={() => ({
        path: { incident_id: incident.id },
        body: { severity: Number(severity), reason: reason.trim() },
      })}
      changes={incidentAnswers}
      onOpen={() => {
        setSeverity(String(incident.severity));
        setReason('');
      }}
      name="Set the severity"
      said={`Severity ${severity}. From now on the impact does not move it.`}
      isReady={reason.trim() !== '' && severity !== String(incident.severity)}
      hotkey="s"
      button={{ size: 'compact-xs' }}
      confirm={
        <Stack gap="sm">
          <Select
            label="Severity"
            data={severityChoices}
            value={severity}
            onChange={(value) => setSeverity(value ?? severity)}
            allowDeselect={false}
          />
          <Textarea
            label="Why"
            description="It follows the impact upwards until somebody sets it."
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            required
          />
        </Stack>
      }
    >
      Set
    </Act>
  );
}

function Describe({ incident }: { readonly incident: Incident }): ReactNode {
  const [draft, setDraft] = useState({ title: '', summary: '', owner: '', causeClass: 'unknown' });
  const change = (more: Partial<typeof draft>): void => setDraft({ ...draft, ...more });
  const { title, summary, owner } = draft;
  const causeClass = causeClasses.find((each) => each === draft.causeClass) ?? 'unknown';
  return (
    <Act
      operation="v1.incident.patch"
      request={() => ({
        path: { incident_id: incident.id },
        body: { title: title.trim(), summary: summary.trim(), owner: owner.trim(), causeClass },
      })}
      changes={incidentAnswers}
      onOpen={() =>
        setDraft({
          title: incident.title,
          summary: incident.summary,
          owner: incident.owner,
          causeClass: incident.causeClass,
        })
      }
      name="Edit the description"
      said="Described anew."
      isReady={title.trim() !== ''}
      size="lg"
      button={{ size: 'compact-xs' }}
      confirm={
        <Stack gap="sm">
          <TextInput
            label="What is broken"
            value={title}
            maxLength={300}
            onChange={(event) => change({ title: event.currentTarget.value })}
            required
          />
          <Textarea
            label="More about it"
            autosize
            minRows={2}
            value={summary}
            onChange={(event) => change({ summary: event.currentTarget.value })}
          />
          <TextInput
            label="Owner"
            value={owner}
            onChange={(event) => change({ owner: event.currentTarget.value })}
          />
          <Select
            label="Class of causes"
            description="The figures tell each class apart."
            data={[...causeClasses]}
            value={causeClass}
            onChange={(value) => change({ causeClass: value ?? 'unknown' })}
            allowDeselect={false}
          />
        </Stack>
      }
    >
      Edit
    </Act>
  );
}
