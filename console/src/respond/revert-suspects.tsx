import { Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Act, Answered, Diff, itemWords, sidesOf } from '../ui/index.ts';
import { incidentAnswers, type Incident } from './incident.ts';

/** Takes suspected changes back as a mitigation, so that one call brings them again; what it would do is shown first. */
export function RevertSuspects({
  incident,
  changeIds,
  what,
  isTogether = false,
}: {
  readonly incident: Incident;
  readonly changeIds: readonly string[];
  readonly what: string;
  readonly isTogether?: boolean;
}): ReactNode {
  const [isSeen, setSeen] = useState(false);
  return (
    <Act
      operation="v1.incident.mitigate"
      request={() => ({
        path: { incident_id: incident.id },
        body: { kind: 'revert_changes' as const, target: { changeIds: [...changeIds] } },
      })}
      changes={[...incidentAnswers, 'v1.change.list', 'v1.change.get']}
      onOpen={() => setSeen(true)}
      name={`${isTogether ? 'Revert together' : 'Revert'}: ${what}`}
      said="Reverted. It stands among what was tried, and can be undone there."
      size="xl"
      confirm={isSeen ? <Preview changeIds={changeIds} /> : null}
    >
      {isTogether ? 'Revert together' : 'Revert'}
    </Act>
  );
}

function Preview({ changeIds }: { readonly changeIds: readonly string[] }): ReactNode {
  const preview = useAnswer('v1.change.preview-revert', { body: { changeIds: [...changeIds] } });
  return (
    <Answered of={preview} rows={3}>
      {({ items, conflicts, warnings }) => (
        <Stack gap="sm">
          <Text size="sm">
            {items.length === 0
              ? 'All of it is as it was before already.'
              : 'This is what it makes of the present configuration, within two seconds. Undoing it brings the change back.'}
          </Text>
          {items.map((item) => (
            <div key={`${item.kind} ${item.subjectId ?? item.subject}`}>
              <Text size="sm" fw={600}>
                {itemWords(item)}
              </Text>
              <Diff {...sidesOf(item.fields)} />
            </div>
          ))}
          {conflicts.map(({ field, subject, laterId }) => (
            <Text key={`${subject} ${field}`} size="sm" role="alert">
              <b>In the way:</b> {field} of {subject} was altered again later
              {laterId === null ? '' : ` by ${laterId}`}; a revert is refused until that one is
              taken back.
            </Text>
          ))}
          {warnings.map((warning) => (
            <Text key={warning} size="sm">
              <b>Careful:</b> {warning}
            </Text>
          ))}
        </Stack>
      )}
    </Answered>
  );
}
