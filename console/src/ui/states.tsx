import { Alert, Button, Code, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useContext, type ReactNode } from 'react';
import { HoldfastApiError } from '../api/index.ts';
import { HeadingLevel } from './page.tsx';

/** While the first answer is on its way: as tall as what comes, so that nothing jumps. */
export function Loading({ rows = 4 }: { readonly rows?: number }): ReactNode {
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_none, nth) => (
        <Skeleton key={nth} height={34} radius="sm" />
      ))}
    </Stack>
  );
}

/** Nothing is there: why, and what to do next. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <Stack align="center" gap="xs" py="xl" px="md">
      <Title order={useContext(HeadingLevel)} size="h4">
        {title}
      </Title>
      {children !== undefined && (
        <Text c="dimmed" ta="center" maw={520}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}

/** What went wrong in a sentence, its code for a search in the docs, and what can be done about it. */
export function Fault({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: () => void;
}): ReactNode {
  const { title, sentence, code } = said(error);
  return (
    <Alert color="red" title={title} role="alert">
      <Text size="sm">{sentence}</Text>
      <Group mt="xs" gap="sm">
        {code !== null && <Code>{code}</Code>}
        {again !== undefined && (
          <Button size="xs" variant="default" onClick={again}>
            Try again
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function said(error: unknown): {
  readonly title: string;
  readonly sentence: string;
  readonly code: string | null;
} {
  if (error instanceof HoldfastApiError) {
    const { status, message, code, field } = error;
    const title =
      status === 403
        ? 'Not allowed'
        : status === 404
          ? 'Not found'
          : status >= 500
            ? 'Holdfast could not answer'
            : 'Refused';
    return { title, sentence: message, code: field === undefined ? code : `${code}: ${field}` };
  }
  if (
    error instanceof TypeError ||
    (error instanceof DOMException && error.name === 'TimeoutError')
  ) {
    return {
      title: 'No answer',
      sentence:
        'Holdfast did not answer. It may be starting again, or the network is away; what was accepted is kept.',
      code: null,
    };
  }
  return {
    title: 'Something went wrong',
    sentence: error instanceof Error ? error.message : String(error),
    code: null,
  };
}

type Answer<Value> = {
  readonly data: Value | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
};

/** An answer in each of its states. */
export function Answered<Value>({
  of,
  rows,
  children,
}: {
  readonly of: Answer<Value>;
  readonly rows?: number;
  readonly children: (value: Value) => ReactNode;
}): ReactNode {
  if (of.data !== undefined) return children(of.data);
  if (of.isPending && of.error === null) {
    return <Loading {...(rows === undefined ? {} : { rows })} />;
  }
  return <Fault error={of.error} again={() => void of.refetch()} />;
}
