import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Act } from '../ui/index.ts';

type Application = AnswerOf<'v1.application.get'>;
type SignatureHeaders = NonNullable<Application['signatureHeaders']>;

/** Changes what is said of a customer. */
export function EditApplication({ application }: { readonly application: Application }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Edit
      </Button>
      <Modal opened={isOpen} onClose={close} title="Edit application" centered>
        <Form application={application} close={close} />
      </Modal>
    </>
  );
}

const headers: readonly { readonly value: SignatureHeaders; readonly label: string }[] = [
  { value: 'standard', label: 'webhook-… (Standard Webhooks)' },
  { value: 'svix', label: 'svix-…' },
  { value: 'both', label: 'both' },
];

function Form({
  application,
  close,
}: {
  readonly application: Application;
  readonly close: () => void;
}): ReactNode {
  const [name, setName] = useState(application.name);
  const [uid, setUid] = useState(application.uid ?? '');
  const [people, setPeople] = useState<number | string>(application.people ?? '');
  const [signature, setSignature] = useState<SignatureHeaders>(
    application.signatureHeaders ?? 'standard',
  );
  return (
    <Stack gap="sm">
      <TextInput
        label="Name"
        required
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Uid"
        description="Your own name for it in addresses and API calls."
        maxLength={256}
        value={uid}
        onChange={(event) => setUid(event.currentTarget.value)}
      />
      <NumberInput
        label="People"
        description="How many people stand behind it; it tells whom an incident concerns."
        min={0}
        value={people}
        onChange={setPeople}
      />
      <Select
        label="Signature headers"
        data={headers}
        value={signature}
        allowDeselect={false}
        onChange={(value) =>
          setSignature(headers.find((one) => one.value === value)?.value ?? signature)
        }
      />
      <Group justify="flex-end">
        <Act
          operation="patch_application"
          request={() => ({
            path: { app_id: application.id },
            body: {
              name: name.trim(),
              uid: uid.trim() === '' ? null : uid.trim(),
              people: typeof people === 'number' ? people : null,
              signatureHeaders: signature,
            },
          })}
          changes={['v1.application.get', 'v1.application.list']}
          isDisabled={name.trim() === ''}
          said="Saved. It is a change, and can be reverted."
          onDone={close}
          button={{ variant: 'filled', size: 'sm' }}
        >
          Save
        </Act>
      </Group>
    </Stack>
  );
}
