import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api, HoldfastApiError } from '../../api/index.ts';
import type { Reach } from './reach.ts';

/** Goes to a message by its id or by its event id. */
export function FindMessage({ reach }: { readonly reach: Reach }): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const find = async (): Promise<void> => {
    const wanted = text.trim();
    if (wanted === '') return;
    try {
      const { id } = await api('v1.message.get', {
        path: { app_id: reach.app, msg_id: wanted },
        query: { with_content: false },
      });
      await navigate({ to: reach.to.message(id) });
    } catch (thrown) {
      setError(
        thrown instanceof HoldfastApiError && thrown.status < 500
          ? 'No message here has that id or event id.'
          : 'Holdfast could not look: try again.',
      );
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void find();
      }}
    >
      <TextInput
        size="xs"
        w={280}
        aria-label="Find a message by its id or event id"
        placeholder="Id or event id, then Enter"
        value={text}
        error={error}
        onChange={(event) => {
          setError(null);
          setText(event.currentTarget.value);
        }}
      />
    </form>
  );
}
