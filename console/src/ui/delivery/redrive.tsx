import { NumberInput, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act } from '../act.tsx';
import type { Reach } from './reach.ts';
import { deadLetterAnswers, type DeadLetters } from './use-dead-letters.ts';

/** Sends all dead letters that the filters show again, and leads to the page of its progress. */
export function Redrive({
  reach,
  of: { body },
  which,
  perSecond,
  children,
}: {
  readonly reach: Reach;
  readonly of: Pick<DeadLetters, 'body'>;
  /** Those that are meant, in words. */
  readonly which: string;
  /** How fast, unless somebody chooses another rate. */
  readonly perSecond: number;
  readonly children: string;
}): ReactNode {
  const navigate = useNavigate();
  const [rate, setRate] = useState<number | string>(perSecond);
  return (
    <Act
      operation="v1.redrive.create"
      request={(reason) => ({
        path: { app_id: reach.app },
        body: {
          ...body,
          ...(reason === '' ? {} : { reason }),
          ...(typeof rate === 'number' ? { perSecond: rate } : {}),
        },
      })}
      changes={deadLetterAnswers}
      asksReason
      confirm={
        <Stack gap="sm">
          <Text size="sm">
            Sends {which} again, each with all attempts anew. To send a span of time only, close
            this and set the filters. Mend what they failed of first, or they fail again.
          </Text>
          <NumberInput
            label="A second, at most"
            description="So that the endpoint is not flooded by what it missed."
            min={1}
            max={10_000}
            value={rate}
            onChange={setRate}
          />
        </Stack>
      }
      onDone={({ id }) => void navigate({ to: reach.to.act(id) })}
      button={{ variant: 'filled' }}
    >
      {children}
    </Act>
  );
}
