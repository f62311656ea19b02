import { Box, Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';

type Line = {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

const MOST_LINES = 500;

/** What differs between two values, field by field: the way there, what it was, what it is. */
export function Diff({
  before,
  after,
}: {
  readonly before: unknown;
  readonly after: unknown;
}): ReactNode {
  const lines = differences(before, after);
  if (lines.length === 0) {
    return (
      <Text c="dimmed" size="sm">
        No field differs.
      </Text>
    );
  }
  return (
    <Box
      component="table"
      style={{ borderCollapse: 'collapse', width: '100%', fontSize: 13, tableLayout: 'fixed' }}
    >
      <thead>
        <tr style={{ textAlign: 'left' }}>
          <th scope="col" style={{ width: '28%' }}>
            Field
          </th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {lines.slice(0, MOST_LINES).map(({ path, before, after }) => (
          <tr
            key={path}
            style={{
              borderTop: '1px solid var(--mantine-color-default-border)',
              verticalAlign: 'top',
            }}
          >
            <td style={{ padding: '4px 8px 4px 0', overflowWrap: 'anywhere' }}>
              {path === '' ? '(all of it)' : path}
            </td>
            <td style={{ padding: '4px 8px 4px 0' }}>
              <Side text={before} sign="−" />
            </td>
            <td style={{ padding: '4px 0' }}>
              <Side text={after} sign="+" />
            </td>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}

function Side({
  text,
  sign,
}: {
  readonly text: string | null;
  readonly sign: '−' | '+';
}): ReactNode {
  if (text === null) {
    return (
      <Text span c="dimmed" size="sm">
        nothing
      </Text>
    );
  }
  return (
    <Code style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      <span aria-hidden>{sign} </span>
      {text}
    </Code>
  );
}

function differences(before: unknown, after: unknown, path = ''): readonly Line[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      differences(before[name], after[name], path === '' ? name : `${path}.${name}`),
    );
  }
  const [one, other] = [textOf(before), textOf(after)];
  return one === other ? [] : [{ path, before: one, after: other }];
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
