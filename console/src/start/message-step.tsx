import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Act, paths, To } from '../ui/index.ts';
import { Step } from './step.tsx';

const EXAMPLE = `{
  "invoice": "in_1",
  "amount": 4200,
  "currency": "EUR"
}`;

/** A message as a sender sends it. */
export function MessageStep({
  app,
  isReady,
  message,
  onSent,
}: {
  readonly app: string;
  readonly isReady: boolean;
  readonly message: string;
  readonly onSent: (id: string) => void;
}): ReactNode {
  const [eventType, setEventType] = useState('invoice.paid');
  const [text, setText] = useState(EXAMPLE);
  const payload = objectOf(text);
  return (
    <Step nth={3} title="A message: something happened" isDone={message !== ''} isOpen={isReady}>
      {message !== '' ? (
        <Stack gap="xs" align="flex-start">
          <Text size="sm">
            Accepted and stored: <To to={paths.message(app, message)}>{message}</To>
          </Text>
          <Button size="xs" variant="default" onClick={() => onSent('')}>
            Send another
          </Button>
        </Stack>
      ) : (
        <Stack gap="sm">
          <TextInput
            label="Event type"
            description="What happened, in a name of yours."
            value={eventType}
            w={{ base: '100%', xs: 280 }}
            onChange={(event) => setEventType(event.currentTarget.value)}
          />
          <Textarea
            label="Payload"
            description="A JSON object; it is sent as it is written."
            autosize
            minRows={4}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={text}
            error={payload === null ? 'This is no JSON object yet.' : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Act
            operation="v1.message.create"
            request={() => ({
              path: { app_id: app },
              body: { eventType: eventType.trim(), payload: payload ?? {} },
            })}
            changes={['v1.message.list']}
            isDisabled={payload === null || eventType.trim() === ''}
            said="Accepted: it and its delivery are stored."
            onDone={({ id }) => onSent(id)}
            button={{ variant: 'filled', size: 'sm' }}
          >
            Send message
          </Act>
        </Stack>
      )}
    </Step>
  );
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : null;
  } catch {
    return null;
  }
}
