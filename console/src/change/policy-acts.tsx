import { Button, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Act, Diff, paths } from '../ui/index.ts';
import { because } from './because.ts';
import { termsIn, type Policy } from './policy-draft.ts';
import { namedTerms } from './policy-versions.tsx';
import type { PolicyDrafting } from './use-policy-draft.ts';
import { usersWords } from './users-words.ts';

/** Stores what is typed, gives it up, or deletes the policy. */
export function PolicyActs({
  name,
  policy,
  drafting,
  users,
  whyNot,
}: {
  readonly name: string;
  readonly policy: Policy | null;
  readonly drafting: PolicyDrafting;
  readonly users: AnswerOf<'v1.policy.list-users'> | undefined;
  /** Why what is typed cannot be stored. */
  readonly whyNot: string | undefined;
}): ReactNode {
  const navigate = useNavigate();
  const { draft, description } = drafting;
  return (
    <>
      {drafting.isChanged && policy !== null && (
        <Button size="xs" variant="subtle" onClick={drafting.discard}>
          Discard
        </Button>
      )}
      <Act
        operation="v1.policy.update"
        request={(reason) => ({
          path: { policy_name: name },
          body: { description: description.trim(), ...termsIn(draft) },
          ...because(reason),
        })}
        changes={[
          'v1.policy.get',
          'v1.policy.list',
          'v1.policy.list-versions',
          'v1.endpoint.get-policy',
          'v1.change.list',
        ]}
        whyNot={
          drafting.isStale
            ? 'Somebody else saved it: choose whose is to go on.'
            : policy !== null && !drafting.isChanged
              ? 'It says so already: nothing is changed.'
              : whyNot
        }
        button={{ variant: 'filled' }}
        asksReason
        size="lg"
        verb={policy === null ? 'Make it' : 'Save it'}
        said={({ version }) => `Version ${version} of ${name} is in force.`}
        confirm={
          <Stack gap="sm">
            <Text size="sm">
              {policy === null
                ? 'Nobody stands under it until an application or an endpoint is put under it.'
                : `It takes effect with the next delivery that starts, for ${users === undefined ? 'all that stand under it' : usersWords(users.data, users.isWhole)}. It is a change, and can be taken back.`}
            </Text>
            <Diff
              before={policy === null ? {} : namedTerms(policy)}
              after={namedTerms({ description, ...termsIn(draft) })}
            />
          </Stack>
        }
      >
        {policy === null ? 'Make it' : 'Save'}
      </Act>
      {policy !== null && (
        <Act
          operation="v1.policy.delete"
          request={() => ({ path: { policy_name: name } })}
          changes={['v1.policy.list', 'v1.change.list']}
          isDisabled={users === undefined}
          whyNot={
            (users?.data.length ?? 0) > 0
              ? 'Somebody stands under it: put them under another first.'
              : undefined
          }
          button={{ color: 'red' }}
          confirm="Nobody stands under it. It is a change, and can be taken back."
          said={`${name} is deleted.`}
          onDone={() => void navigate({ to: paths.policies, ignoreBlocker: true })}
        >
          Delete
        </Act>
      )}
    </>
  );
}
