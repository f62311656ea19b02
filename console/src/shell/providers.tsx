import {
  createTheme,
  Drawer,
  MantineProvider,
  mergeThemeOverrides,
  Modal,
  Notification,
  type CSSVariablesResolver,
  type MantineThemeOverride,
} from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import type { ReactNode } from 'react';
import { HoldfastApiError } from '../api/index.ts';

const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
setNonce(nonce);

/** Its icon says nothing to those who hear the page. */
const closeButtonProps = { 'aria-label': 'Close' };

const theme = createTheme({
  primaryColor: 'cyan',
  // White on it, and it on white, by 4.5 to 1 and more.
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  respectReducedMotion: true,
  components: {
    Modal: Modal.extend({ defaultProps: { closeButtonProps } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps } }),
  },
});

/** Mantine's dimmed text is 3.3 to 1 on white; WCAG asks for 4.5. */
const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5c636a',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#0b7285',
    '--mantine-color-red-light-color': '#b02525',
    '--mantine-color-orange-light-color': '#a83d00',
    '--mantine-color-teal-light-color': '#04674b',
    '--mantine-color-gray-light-color': '#495057',
    '--mantine-color-blue-light-color': '#145a9c',
    '--mantine-color-cyan-light-color': '#095c6b',
    '--mantine-color-placeholder': '#6c737a',
  },
  dark: {
    '--mantine-color-dimmed': '#a6a7ab',
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#66d9e8',
    '--mantine-color-placeholder': '#909296',
  },
});

const MOST_TRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 300_000,
      // What the API refuses, it refuses again.
      retry: (tries, error) =>
        tries < MOST_TRIES && !(error instanceof HoldfastApiError && error.status < 500),
    },
    mutations: { retry: false },
  },
});

/** How a page that stands within another's differs from the console. */
export type Look = {
  readonly theme: MantineThemeOverride;
  readonly variables: Partial<Record<'light' | 'dark', Readonly<Record<string, string>>>>;
  /** null: as the browser's user likes it. */
  readonly scheme: 'light' | 'dark' | null;
};

export function Providers({
  look,
  children,
}: {
  readonly look?: Look;
  readonly children: ReactNode;
}): ReactNode {
  const resolver: CSSVariablesResolver = (of) => {
    const usual = variables(of);
    return {
      ...usual,
      light: { ...usual.light, ...look?.variables.light },
      dark: { ...usual.dark, ...look?.variables.dark },
    };
  };
  const scheme = look?.scheme ?? null;
  return (
    <MantineProvider
      theme={look === undefined ? theme : mergeThemeOverrides(theme, look.theme)}
      defaultColorScheme="auto"
      {...(scheme === null ? {} : { forceColorScheme: scheme })}
      cssVariablesResolver={resolver}
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" autoClose={5000} />
        {children}
      </QueryClientProvider>
    </MantineProvider>
  );
}
