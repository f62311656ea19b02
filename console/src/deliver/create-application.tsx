import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act, paths } from '../ui/index.ts';

/** Makes an application and goes to its page. */
export function CreateApplication(): ReactNode {
  const navigate = useNavigate();
  const [isOpen, { open, close }] = useDisclosure(false);
  const [name, setName] = useState('');
  const [uid, setUid] = useState('');
  const [people, setPeople] = useState<number | string>('');
  return (
    <>
      <Button size="xs" onClick={open}>
        New application
      </Button>
      <Modal opened={isOpen} onClose={close} title="New application" centered>
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="The customer, as people call it."
            required
            data-autofocus
            value={name}
            maxLength={256}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Uid"
            description="Your own name for it in addresses and API calls: letters, digits, - _ and dots. It may be left out."
            value={uid}
            maxLength={256}
            onChange={(event) => setUid(event.currentTarget.value)}
          />
          <NumberInput
            label="People"
            description="How many people stand behind it; it tells whom an incident concerns. It may be left out."
            value={people}
            min={0}
            onChange={setPeople}
          />
          <Group justify="flex-end">
            <Act
              operation="v1.application.create"
              request={() => ({
                body: {
                  name: name.trim(),
                  ...(uid.trim() === '' ? {} : { uid: uid.trim() }),
                  ...(typeof people === 'number' ? { people } : {}),
                },
              })}
              changes={['v1.application.list']}
              isDisabled={name.trim() === ''}
              said="The application is made."
              onDone={({ id }) => void navigate({ to: paths.application(id) })}
              button={{ variant: 'filled', size: 'sm' }}
            >
              Create application
            </Act>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
