import { NumberInput, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act, paths } from '../ui/index.ts';

type Filter = {
  readonly endpointId?: string;
  readonly deadReason?: string;
  readonly since?: string;
  readonly until?: string;
};

const PER_SECOND = 50;
const changes = ['v1.dead-letter.list', 'v1.act.list'] as const;

/** What is done to all dead letters of a filter at once; each leads to the page of its progress. */
export function BulkActs({
  app,
  filter,
  which,
}: {
  readonly app: string;
  readonly filter: Filter;
  /** The dead letters that are meant, in words. */
  readonly which: string;
}): ReactNode {
  const navigate = useNavigate();
  const [rate, setRate] = useState<number | string>(PER_SECOND);
  const path = { app_id: app };
  const follow = ({ id }: { readonly id: string }): void => {
    void navigate({ to: paths.act(app, id) });
  };
  return (
    <>
      <Act
        operation="v1.redrive.create"
        request={(reason) => ({
          path,
          body: {
            ...filter,
            ...(reason === '' ? {} : { reason }),
            ...(typeof rate === 'number' ? { perSecond: rate } : {}),
          },
        })}
        changes={changes}
        asksReason
        confirm={
          <Stack gap="sm">
            <Text size="sm">
              Sends {which} again, each with all attempts anew. Mend what they failed of first, or
              they fail again.
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
        onDone={follow}
        button={{ variant: 'filled' }}
      >
        Redrive
      </Act>
      <Act
        operation="v1.dead-letter.cancel"
        request={(reason) => ({ path, body: { ...filter, reason } })}
        changes={changes}
        asksReason="must"
        confirm={`Cancels ${which}. No redrive sends them again; a replay of a single one still can.`}
        onDone={follow}
        button={{ color: 'red', variant: 'light' }}
      >
        Cancel all
      </Act>
    </>
  );
}
