import { Button, Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';

type Key = { readonly key: string; readonly does: string; readonly run: () => void };

/** Between g and the letter of a place: that letter is the place's, not the page's. */
const GO_MS = 1500;

let keys: readonly Key[] = [];
const listeners = new Set<() => void>();
let goAt = -Infinity;

function setKeys(next: readonly Key[]): void {
  if (keys.length === 0 && next.length > 0) window.addEventListener('keydown', onKey);
  if (next.length === 0) window.removeEventListener('keydown', onKey);
  keys = next;
  for (const listener of listeners) listener();
}

function onKey(event: KeyboardEvent): void {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  ) {
    return;
  }
  const isGoing = event.timeStamp - goAt < GO_MS;
  goAt = key === 'g' && !isGoing ? event.timeStamp : -Infinity;
  if (isGoing || document.querySelector('[role=dialog],[role=menu]') !== null) return;
  const found = keys.find((each) => each.key === key);
  if (found === undefined) return;
  event.preventDefault();
  found.run();
}

/** A key of this page, as long as nobody types and nothing is asked. undefined: none. */
export function useKey(key: string | undefined, does: string, run: () => void): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    if (key === undefined) return undefined;
    const entry: Key = { key, does, run: () => latest.current() };
    setKeys([...keys, entry]);
    return () => setKeys(keys.filter((each) => each !== entry));
  }, [key, does]);
}

function useKeys(): readonly Key[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => keys,
  );
}

/** What can be done on this page by a key: a button, and `?`. */
export function KeyHelp(): ReactNode {
  const [isOpen, { open, close }] = useDisclosure(false);
  useKey('?', 'Show these keys', open);
  const known = useKeys();
  return (
    <>
      <Button variant="default" size="xs" onClick={open} rightSection={<Kbd size="xs">?</Kbd>}>
        Keys
      </Button>
      <Modal opened={isOpen} onClose={close} title="Keys of this page" centered>
        <Stack gap={6}>
          {[
            ...known,
            { key: 'Ctrl K', does: 'Find a page, or do something' },
            { key: 'g', does: 'Then a letter: go to a place (g i: incidents)' },
            { key: '↑ ↓ Enter', does: 'In a table: move, and open' },
          ].map(({ key, does }) => (
            <Group key={key} justify="space-between" wrap="nowrap">
              <Text size="sm">{does}</Text>
              <Kbd>{key}</Kbd>
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
}
