import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import type { useDictation } from './dictation.ts';
import { hasDictation } from './dictation.ts';

/** Offered where the browser recognises speech; and not before it was said where the sound goes. */
export function Voice({
  dictation,
}: {
  readonly dictation: ReturnType<typeof useDictation>;
}): ReactNode {
  const [isAllowed, setAllowed] = useState(false);
  const [isAsked, { open, close }] = useDisclosure(false);
  if (!hasDictation()) {
    return (
      <Text size="sm" c="dimmed">
        This browser does not recognise speech: type.
      </Text>
    );
  }
  return (
    <>
      <Button
        size="xs"
        variant={dictation.isOn ? 'filled' : 'default'}
        aria-pressed={dictation.isOn}
        onClick={() => {
          if (dictation.isOn) dictation.stop();
          else if (isAllowed) dictation.start();
          else open();
        }}
      >
        {dictation.isOn ? 'Stop listening' : 'Speak'}
      </Button>
      <Modal opened={isAsked} onClose={close} title="Speak instead of typing" centered>
        <Stack gap="sm">
          <Text size="sm">
            Your browser turns speech into text, and Holdfast gets the text alone. Many browsers do
            not do it on this machine:{' '}
            <b>
              Chrome, Edge and others built on Chromium may send the sound of your voice to their
              maker’s servers.
            </b>{' '}
            Of incidents that are confidential, type.
          </Text>
          <Text size="sm">
            What was recognised stands in the section, and can be corrected there.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Type instead
            </Button>
            <Button
              onClick={() => {
                setAllowed(true);
                close();
                dictation.start();
              }}
            >
              Listen to me
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
