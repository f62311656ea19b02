import { Group, NumberInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { PickApplication } from './pick-place.tsx';
import { Revert } from './revert.tsx';

const USUAL_MINUTES = 30;
const MOST_MINUTES = 14 * 24 * 60;
const TYPING_MS = 400;

/** Takes all changes of the last minutes back: where it is clear that something was changed, and not what. */
export function RevertSpan({ app: first }: { readonly app: string }): ReactNode {
  const [minutes, setMinutes] = useState<number | string>(USUAL_MINUTES);
  const [app, setApp] = useState(first);
  const [settled] = useDebouncedValue(minutes, TYPING_MS);
  const isReady = typeof settled === 'number' && settled >= 1;
  return (
    <Revert
      which={{
        lastMinutes: isReady ? settled : USUAL_MINUTES,
        ...(app === '' ? {} : { appId: app }),
      }}
      isReady={isReady}
      above={
        <Group grow align="flex-start">
          <NumberInput
            label="All changes of the last minutes"
            min={1}
            max={MOST_MINUTES}
            allowDecimal={false}
            value={minutes}
            onChange={setMinutes}
          />
          <PickApplication label="Of one application" size="sm" value={app} onChange={setApp} />
        </Group>
      }
    >
      Take back the last minutes
    </Revert>
  );
}
