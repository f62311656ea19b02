import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { actAsPortal, onSessionEnded, sendWithSession, setCsrf } from '../api/index.ts';
import { takeKey } from './link-key.ts';

actAsPortal();

/** The session of one application. */
export type PortalSession = {
  readonly appId: string;
  readonly csrf: string;
  readonly expiresAt: string;
};

/** Why nobody is in: nothing was given · the link is cut · it was refused · it could not be tried · what was opened has ended · a browser keeps nothing for a frame. */
export type Outside = {
  readonly why: 'nothing' | 'broken' | 'refused' | 'untaken' | 'ended' | 'left' | 'unkept';
  readonly sentence: string | null;
  /** What it was tried with, where a page of its own may do better than a frame. */
  readonly token: string | null;
};

type Known = 'unknown' | Outside | PortalSession;
type Portal = {
  readonly known: Known;
  readonly enter: (token: string) => Promise<void>;
  /** Ends the session of this browser; the link opens another one. */
  readonly leave: () => Promise<void>;
};

const Context = createContext<Portal | null>(null);
const outside = (
  why: Outside['why'],
  sentence: string | null = null,
  token: string | null = null,
): Outside => ({ why, sentence, token });

export function PortalSessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [known, setKnown] = useState<Known>('unknown');
  const client = useQueryClient();
  const enter = useCallback(
    async (token: string): Promise<void> => {
      const next = await opened(token);
      // What another link has shown is not this one's to see.
      client.clear();
      setKnown(next);
    },
    [client],
  );
  useEffect(() => {
    const begin = (): void => {
      const key = takeKey();
      if (key === 'broken') setKnown(outside('broken'));
      else if (key !== null) void enter(key.token);
      else void present().then(setKnown);
    };
    // A second link that is opened in the same tab changes the fragment alone.
    const onHash = (): void => {
      if (location.hash.includes('key=')) begin();
    };
    begin();
    window.addEventListener('hashchange', onHash);
    const forget = onSessionEnded(() =>
      setKnown((before) => (isSession(before) ? outside('ended') : before)),
    );
    return () => {
      window.removeEventListener('hashchange', onHash);
      forget();
    };
  }, [enter]);
  const value = useMemo(
    (): Portal => ({
      known,
      enter,
      async leave() {
        await sendWithSession('/session', { method: 'DELETE' });
        client.clear();
        setKnown(outside('left'));
      },
    }),
    [known, enter, client],
  );
  return <Context value={value}>{children}</Context>;
}

export function usePortal(): Portal {
  const context = useContext(Context);
  if (context === null) throw new Error('the portal is asked for outside of its session');
  return context;
}

/** The application that this session sees; every page asks for it and for nothing else. */
export function useApp(): string {
  const { known } = usePortal();
  if (!isSession(known)) throw new Error('no application is open');
  return known.appId;
}

export function isSession(known: Known): known is PortalSession {
  return typeof known === 'object' && 'appId' in known;
}

async function opened(token: string): Promise<Known> {
  try {
    const response = await sendWithSession('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.status === 401) return outside('refused');
    if (!response.ok) return outside('untaken', sentenceOf(answer));
    // A browser may take a cookie and not send it, as some do in frames of other sites.
    const again = await present();
    return isSession(again) ? again : outside('unkept', null, token);
  } catch {
    return outside('untaken', 'Holdfast did not answer. Open the link again in a moment.');
  }
}

async function present(): Promise<Known> {
  try {
    // Whether there is a session is asked first: a refusal would stand in the browser's console.
    const means: unknown = await (await sendWithSession('/session/means')).json();
    if (!isRecord(means) || means['isSignedIn'] !== true) return outside('nothing');
    const answer: unknown = await (await sendWithSession('/session')).json();
    if (!isRecord(answer)) return outside('nothing');
    const { appId, csrf, expiresAt } = answer;
    if (typeof appId !== 'string' || typeof csrf !== 'string') return outside('nothing');
    setCsrf(csrf);
    return { appId, csrf, expiresAt: String(expiresAt) };
  } catch {
    return outside('nothing', 'Holdfast did not answer. Load this page again in a moment.');
  }
}

function sentenceOf(answer: unknown): string | null {
  const detail = isRecord(answer) ? answer['detail'] : null;
  return typeof detail === 'string' ? detail : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
