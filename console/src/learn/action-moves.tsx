import { Stack, Text, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Act } from '../ui/index.ts';
import { bodyOf, draftOf, type ActionDraft } from './action-draft.ts';
import { ActionFields } from './action-fields.tsx';
import { actionAnswers, type ActionItem } from './action-item.ts';

/** What can be done with an action item by who may write. */
export function Moves({ item }: { readonly item: ActionItem }): ReactNode {
  const path = { item_id: item.id };
  const isHeld = item.verification === null || item.isVerified;
  return (
    <>
      {item.state === 'open' ? (
        <>
          <Act
            operation="v1.action.done"
            request={() => ({ path, body: {} })}
            changes={actionAnswers}
            said="Done."
            whyNot={isHeld ? undefined : 'It can be done once its verification held.'}
            button={{ variant: 'filled' }}
          >
            Done
          </Act>
          <Edit item={item} />
          <NotDoing item={item} />
        </>
      ) : (
        <Act
          operation="v1.action.reopen"
          request={() => ({ path, body: {} })}
          changes={actionAnswers}
          said="Open again."
        >
          Open again
        </Act>
      )}
    </>
  );
}

function Edit({ item }: { readonly item: ActionItem }): ReactNode {
  const [draft, setDraft] = useState<ActionDraft>(draftOf(item));
  const body = bodyOf(draft);
  return (
    <Act
      operation="v1.action.patch"
      request={() => ({ path: { item_id: item.id }, body: body ?? {} })}
      changes={actionAnswers}
      onOpen={() => setDraft(draftOf(item))}
      said="Changed."
      isReady={body !== null}
      verb="Save"
      hotkey="e"
      size="lg"
      confirm={
        <Stack gap="sm">
          <ActionFields draft={draft} set={setDraft} />
          {item.results.length > 0 && (
            <Text size="sm" c="dimmed">
              Another end or verification forgets the results so far: they were of another item.
            </Text>
          )}
        </Stack>
      }
    >
      Edit
    </Act>
  );
}

function NotDoing({ item }: { readonly item: ActionItem }): ReactNode {
  const [reason, setReason] = useState('');
  return (
    <Act
      operation="v1.action.not-doing"
      request={() => ({ path: { item_id: item.id }, body: { reason: reason.trim() } })}
      changes={actionAnswers}
      onOpen={() => setReason('')}
      said="Not doing, with its reason."
      isReady={reason.trim() !== ''}
      confirm={
        <Textarea
          label="Why it is not done"
          description="It shows wherever the item does."
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          data-autofocus
        />
      }
    >
      Not doing
    </Act>
  );
}
