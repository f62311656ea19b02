import { Button, FileButton, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useAct } from '../api/index.ts';
import { Fault } from '../ui/index.ts';
import type { Terms } from './objective.ts';

/** Reads a document of OpenSLO into the fields; nothing is stored by it. */
export function ImportOpenSlo({ onRead }: { readonly onRead: (terms: Terms) => void }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure(false);
  const [yaml, setYaml] = useState('');
  const [found, setFound] = useState<readonly Terms[]>([]);
  const [name, setName] = useState('');
  const take = (terms: Terms): void => {
    onRead(terms);
    close();
  };
  const read = useAct('v1.objective.read-openslo', {
    onDone: ({ objectives }) => {
      const [only, ...others] = objectives;
      if (only !== undefined && others.length === 0) take(only);
      setFound(objectives);
      setName(only?.name ?? '');
    },
  });
  const chosen = found.find((each) => each.name === name);
  const change = (text: string): void => {
    read.reset();
    setFound([]);
    setYaml(text);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          change('');
          open();
        }}
      >
        From OpenSLO
      </Button>
      <Modal opened={isOpen} onClose={close} title="From OpenSLO" size="lg" centered>
        <Stack gap="sm">
          <Text size="sm">
            A document of OpenSLO v1 in YAML or JSON fills the fields. What an objective cannot say
            is refused by its name. Nothing is stored before you save.
          </Text>
          <FileButton accept=".yaml,.yml,.json" onChange={(file) => void file?.text().then(change)}>
            {(props) => (
              <Button {...props} size="xs" variant="default" style={{ alignSelf: 'flex-start' }}>
                Choose a file
              </Button>
            )}
          </FileButton>
          <Textarea
            label="Document"
            autosize
            minRows={8}
            maxRows={18}
            maxLength={262_144}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
            value={yaml}
            onChange={(event) => change(event.currentTarget.value)}
            data-autofocus
          />
          {read.error !== null && <Fault error={read.error} />}
          {read.isSuccess && found.length === 0 && (
            <Text size="sm">There is no objective in it.</Text>
          )}
          {found.length > 1 && (
            <Select
              label="It has several; which one"
              data={found.map((each) => each.name)}
              value={name}
              onChange={(value) => setName(value ?? '')}
              allowDeselect={false}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            {chosen !== undefined && found.length > 1 ? (
              <Button onClick={() => take(chosen)}>Fill the fields</Button>
            ) : (
              <Button
                loading={read.isPending}
                disabled={yaml.trim() === ''}
                onClick={() => read.mutate({ body: { yaml } })}
              >
                Read it
              </Button>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
