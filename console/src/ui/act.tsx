import {
  Button,
  Group,
  Menu,
  Modal,
  Stack,
  Text,
  TextInput,
  Tooltip,
  type ButtonProps,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { DotsVerticalIcon } from '@radix-ui/react-icons';
import { useRef, useState, type ReactNode } from 'react';
import {
  asCurl,
  useAct,
  type AnswerOf,
  type HoldfastApiError,
  type OperationId,
  type Operations,
  type RequestOf,
} from '../api/index.ts';
import { useKey } from './keys.tsx';
import { Fault } from './states.tsx';

type Props<Id extends OperationId> = {
  readonly operation: Id;
  /** Made when it is pressed, with the reason where one is asked for. */
  readonly request: (reason: string) => RequestOf<Operations[Id]>;
  /** Answers to be asked for again afterwards. */
  readonly changes?: readonly OperationId[];
  readonly children: string;
  /** What it does, before it is done. Without one it is done at once: only for what harms nothing. */
  readonly confirm?: ReactNode;
  /** must: the API refuses it without one. */
  readonly asksReason?: boolean | 'must';
  /** What is said when it is done. */
  readonly said?: string | ((answer: AnswerOf<Id>) => string);
  readonly onDone?: (answer: AnswerOf<Id>) => void;
  readonly button?: ButtonProps;
  readonly isDisabled?: boolean;
  /** Why it cannot be pressed now, and what would let it. Where it is given the button says it, and is found by the keyboard. */
  readonly whyNot?: string | undefined;
  /** What is needed has been filled in. */
  readonly isReady?: boolean;
  /** Where several on a page read the same: what this one is about too. */
  readonly name?: string;
  /** What the button of its dialog reads, where that is more than the button that opened it. */
  readonly verb?: string;
  /** Presses it from the keyboard. */
  readonly hotkey?: string;
  readonly size?: 'md' | 'lg' | 'xl';
  /** What can be chosen once it was refused, as where something else has changed since. */
  readonly whenRefused?: (error: HoldfastApiError) => ReactNode;
  /** Before it is asked for: where its fields begin anew. */
  readonly onOpen?: () => void;
};

const touchToo = { hover: true, focus: true, touch: true } as const;

/** One call to the API as a button: says what it will do, does it, says what came of it; or gives it as a curl command. */
export function Act<Id extends OperationId>({
  operation,
  request,
  changes = [],
  children,
  confirm,
  asksReason = false,
  said,
  onDone,
  button = {},
  isDisabled: isGivenDisabled = false,
  whyNot,
  isReady = true,
  name = children,
  verb = children,
  hotkey,
  size = 'md',
  whenRefused,
  onOpen,
}: Props<Id>): ReactNode {
  const isDisabled = isGivenDisabled || whyNot !== undefined;
  const pressed = useRef<HTMLButtonElement>(null);
  useKey(isDisabled ? undefined : hotkey, name, () => pressed.current?.click());
  const [isOpen, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const act = useAct(operation, {
    changes,
    onDone: (answer) => {
      close();
      setReason('');
      if (said !== undefined) {
        notifications.show({
          message: typeof said === 'string' ? said : said(answer),
          color: 'teal',
        });
      }
      onDone?.(answer);
    },
  });
  const isWhole = isReady && (asksReason !== 'must' || reason.trim() !== '');
  const isAsked = confirm !== undefined || asksReason !== false;
  const run = (): void => act.mutate(request(reason.trim()));
  const copy = (): void => {
    void navigator.clipboard.writeText(asCurl(operation, request(reason.trim()))).then(
      () => notifications.show({ message: 'Copied: the same as a curl command.' }),
      // As in a frame whose page does not allow it.
      () => notifications.show({ message: 'The browser does not let this page copy.' }),
    );
  };
  return (
    <>
      <Button.Group>
        <Tooltip label={whyNot} disabled={whyNot === undefined} events={touchToo}>
          <Button
            size="xs"
            variant="default"
            loading={act.isPending}
            disabled={isDisabled && whyNot === undefined}
            {...button}
            {...(whyNot === undefined ? {} : { 'data-disabled': true, 'aria-disabled': true })}
            ref={pressed}
            aria-label={name === children ? undefined : name}
            aria-description={whyNot}
            onClick={() => {
              if (isDisabled) return;
              act.reset();
              onOpen?.();
              if (isAsked) open();
              else act.mutate(request(''), { onError: open });
            }}
          >
            {children}
          </Button>
        </Tooltip>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button
              size="xs"
              variant="default"
              px={4}
              {...(button.size === undefined ? {} : { size: button.size })}
              aria-label={`${name}: more`}
            >
              <DotsVerticalIcon />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={copy}>Copy as curl</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
      <Modal opened={isOpen} onClose={close} title={name} size={size} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isWhole) run();
          }}
        >
          <Stack gap="sm">
            {typeof confirm === 'string' ? <Text size="sm">{confirm}</Text> : confirm}
            {asksReason !== false && (
              <TextInput
                label="Reason"
                required={asksReason === 'must'}
                description="It is kept with the change, for whoever looks later."
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.currentTarget.value)}
                data-autofocus
              />
            )}
            {act.error !== null && <Fault error={act.error} />}
            {act.error !== null && whenRefused?.(act.error)}
            <Group justify="space-between">
              <Button variant="subtle" size="compact-sm" onClick={copy} disabled={!isWhole}>
                Copy as curl
              </Button>
              <Group gap="sm">
                <Button variant="default" onClick={close}>
                  Cancel
                </Button>
                <Button
                  type="submit"
                  loading={act.isPending}
                  disabled={!isWhole}
                  {...(button.color === undefined ? {} : { color: button.color })}
                >
                  {verb}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
