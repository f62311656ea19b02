import { ActionIcon, Box, Button, Code, CopyButton, Group, Text, Tooltip } from '@mantine/core';
import { CheckIcon, CopyIcon } from '@radix-ui/react-icons';
import { useState, type ReactNode } from 'react';
import { bytes } from './format.ts';

/** More than this is shown on request only: a browser lays megabytes of text out slowly. */
const SHOWN_CHARACTERS = 40_000;

/** Text as it is: a payload, a body, headers. JSON is set out in lines. */
export function Payload({
  text,
  label = 'Payload',
}: {
  readonly text: string;
  readonly label?: string;
}): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const [isRaw, setRaw] = useState(false);
  const pretty = isRaw ? text : prettyOf(text);
  const shown = isWhole ? pretty : pretty.slice(0, SHOWN_CHARACTERS);
  return (
    <Box>
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          {label} · {bytes(new TextEncoder().encode(text).length)}
        </Text>
        <Group gap={4}>
          <Button size="compact-xs" variant="subtle" onClick={() => setRaw(!isRaw)}>
            {isRaw ? 'In lines' : 'As it was sent'}
          </Button>
          <Copy text={text} what={label} />
        </Group>
      </Group>
      <Code
        block
        tabIndex={0}
        style={{
          maxHeight: 420,
          overflow: 'auto',
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
        }}
      >
        {shown}
      </Code>
      {shown.length < pretty.length && (
        <Button mt={4} size="compact-xs" variant="default" onClick={() => setWhole(true)}>
          Show all {bytes(pretty.length)}
        </Button>
      )}
    </Box>
  );
}

function prettyOf(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    // Numbers that a double can't hold would come out as others: then the text stays as it was sent.
    return /\d{16}/.test(text) ? text : JSON.stringify(value, null, 2);
  } catch {
    return text;
  }
}

export function Copy({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy ${what.toLowerCase()}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            onClick={copy}
            aria-label={copied ? 'Copied' : `Copy ${what.toLowerCase()}`}
          >
            {copied ? <CheckIcon /> : <CopyIcon />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** A command or an id that will be pasted elsewhere. */
export function Snippet({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): ReactNode {
  return (
    <Box pos="relative">
      <Code block tabIndex={0} style={{ overflow: 'auto', paddingRight: 40 }}>
        {text}
      </Code>
      <Box
        pos="absolute"
        top={6}
        right={6}
        // Long lines pass below it.
        style={{ background: 'var(--mantine-color-body)', borderRadius: 4 }}
      >
        <Copy text={text} what={label} />
      </Box>
    </Box>
  );
}

/** A short id in a fixed-width face. */
export function Id({ children }: { readonly children: string }): ReactNode {
  return (
    <Text span ff="monospace" fz="0.92em">
      {children}
    </Text>
  );
}
