import { Button, Paper, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Diff, Moment, paths, To } from '../ui/index.ts';
import { draftOf } from './policy-draft.ts';
import { policyFields } from './policy-fields.ts';

const SHOWN = 3;

/** What each version of a policy changed, who made it and why; the change has the way back. */
export function PolicyVersions({ name }: { readonly name: string }): ReactNode {
  const [isAll, setAll] = useState(false);
  const versions = useAnswer('v1.policy.list-versions', { path: { policy_name: name } });
  return (
    <Answered of={versions} rows={2}>
      {({ data }) => (
        <Stack gap="xs">
          {(isAll ? data : data.slice(0, SHOWN)).map((version, nth) => {
            const before = data[nth + 1];
            return (
              <Paper key={version.version} withBorder p="sm">
                <Text size="sm" component="div" mb={4}>
                  <To to={paths.change(version.changeId)}>Version {version.version}</To>, by{' '}
                  {version.actor}, <Moment at={version.updatedAt} />
                  {version.reason === '' ? '' : `: “${version.reason}”`}
                </Text>
                {before === undefined ? (
                  <Text size="sm" c="dimmed">
                    The first that is known.
                  </Text>
                ) : (
                  <Diff before={namedTerms(before)} after={namedTerms(version)} />
                )}
              </Paper>
            );
          })}
          {data.length > SHOWN && (
            <Button variant="subtle" size="xs" onClick={() => setAll(!isAll)}>
              {isAll ? 'Only the newest' : `${data.length - SHOWN} more`}
            </Button>
          )}
        </Stack>
      )}
    </Answered>
  );
}

/** What a policy says, under the labels of its fields; what it leaves out is left out. */
export function namedTerms(terms: {
  readonly description?: string;
}): Readonly<Record<string, string>> {
  const draft = draftOf(terms);
  const named = policyFields.flatMap(({ id, label }) => {
    const text = draft[id] ?? '';
    return text === '' ? [] : [[label, text] as const];
  });
  const { description = '' } = terms;
  return {
    ...(description === '' ? {} : { Description: description }),
    ...Object.fromEntries(named),
  };
}
