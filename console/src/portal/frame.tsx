import { ActionIcon, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { PersonIcon } from '@radix-ui/react-icons';
import { useLocation } from '@tanstack/react-router';
import { useContext, type ReactNode } from 'react';
import { useAct, useAnswer } from '../api/index.ts';
import { Brand, Moment, PageFrame, PlaceLink, SchemeSwitch, ZoneSwitch } from '../ui/index.ts';
import { chosenLook } from './look.ts';
import { navigation, places } from './places.ts';
import { isSession, useApp, usePortal } from './session.tsx';

const isSchemeGiven = ['light', 'dark'].includes(chosenLook().scheme);

/** What stands around every page of the portal. */
export function Frame(): ReactNode {
  const { pathname } = useLocation();
  const application = useAnswer('v1.application.get', { path: { app_id: useApp() } });
  const name = application.data?.name ?? '';
  return (
    <PageFrame
      name={useContext(Brand)}
      home={places.endpoints}
      beside={
        <Text size="sm" c="dimmed" truncate visibleFrom="xs">
          {name}
        </Text>
      }
      tools={
        <>
          <ZoneSwitch />
          {!isSchemeGiven && <SchemeSwitch />}
          <Session name={name} />
        </>
      }
      navigation={navigation.map(({ text, to }) => (
        <PlaceLink key={to} text={text} to={to} isHere={isAt(to, pathname)} />
      ))}
      widest={1120}
    />
  );
}

function isAt(to: string, pathname: string): boolean {
  return to === places.endpoints
    ? pathname === '/' || pathname.startsWith('/endpoint/')
    : pathname === to || pathname.startsWith(`${to}/`);
}

/** What the session is, and the two ways to end it: here, or with its link everywhere. */
function Session({ name }: { readonly name: string }): ReactNode {
  const { known, leave } = usePortal();
  const end = useAct('logout_api_v1_auth_logout__post', { onDone: () => void leave() });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label="This session">
          <PersonIcon />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {name}
          {isSession(known) && (
            <>
              {' '}
              · signed out <Moment at={known.expiresAt} />
            </>
          )}
        </Menu.Label>
        <Menu.Item component="a" href="/docs" target="_blank" rel="noopener">
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>Sign out here</Menu.Item>
        <Menu.Item
          color="red"
          onClick={() =>
            end.mutate(
              { body: {} },
              { onError: ({ message }) => notifications.show({ message, color: 'red' }) },
            )
          }
        >
          End this link for everybody
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
