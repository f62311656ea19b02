import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { duration, Moment, Section } from '../ui/index.ts';
import { useSecond } from './beat.ts';
import { isEnded, type Incident } from './incident.ts';

/** When word is due, and when it was last sent. */
export function UpdateClock({ incident }: { readonly incident: Incident }): ReactNode {
  const now = useSecond();
  const { updateDueAt, updatedAt, severity, isRetrospective } = incident;
  if (isRetrospective) return null;
  const left = updateDueAt === null ? null : Date.parse(updateDueAt) - now;
  return (
    <Section title="Updates" id="updates">
      <Paper
        withBorder
        p="sm"
        style={
          left !== null && left < 0
            ? { borderColor: 'var(--mantine-color-red-6)', borderWidth: 2 }
            : {}
        }
      >
        {left === null ? (
          <Text size="sm">
            {isEnded(incident)
              ? 'None is due any more.'
              : severity === 4
                ? 'At severity 4 nobody waits for word.'
                : 'None is due: the impact is over.'}
          </Text>
        ) : (
          <Text size="sm">
            {left < 0 ? (
              <b>! An update is overdue by {duration(-left)}.</b>
            ) : (
              <>
                Next update in{' '}
                <b style={{ fontVariantNumeric: 'tabular-nums' }}>{duration(left)}</b>.
              </>
            )}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {updatedAt === null ? (
            'None was sent yet.'
          ) : (
            <>
              The last was sent <Moment at={updatedAt} />.
            </>
          )}
        </Text>
      </Paper>
    </Section>
  );
}
