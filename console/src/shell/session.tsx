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
import { onSessionEnded, sendWithSession, setCsrf } from '../api/index.ts';

/** Who is signed in, as `GET /session` tells it. */
export type Session = {
  readonly actor: string;
  readonly scope: 'read' | 'write' | 'admin';
  /** One application's own session, as in the portal; null sees all. */
  readonly appId: string | null;
  readonly csrf: string;
  readonly expiresAt: string;
};

/** ended: it was signed in, and is refused now. */
type Known = Session | 'unknown' | 'nobody' | 'ended';
type SessionContext = {
  readonly known: Known;
  readonly signIn: (token: string) => Promise<void>;
  readonly signOut: () => Promise<void>;
};

const Context = createContext<SessionContext | null>(null);

class SignInError extends Error {}

export function SessionProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const [known, setKnown] = useState<Known>('unknown');
  const take = useCallback((session: Session): void => {
    setCsrf(session.csrf);
    setKnown(session);
  }, []);
  useEffect(() => {
    void (async () => {
      const response = await fetch('/session', { credentials: 'same-origin' });
      const answer: unknown = response.ok ? await response.json() : null;
      if (isSession(answer)) take(answer);
      else setKnown('nobody');
    })().catch(() => setKnown('nobody'));
    return onSessionEnded(() => setKnown((now) => (typeof now === 'string' ? now : 'ended')));
  }, [take]);
  const value = useMemo(
    (): SessionContext => ({
      known,
      async signIn(token) {
        const response = await fetch('/session', {
          method: 'POST',
          credentials: 'same-origin',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ token: token.trim() }),
        });
        const answer: unknown = await response.json().catch(() => null);
        if (!isSession(answer)) throw new SignInError(sentenceOf(answer));
        // It may be somebody else: what the one before has seen is not theirs.
        client.clear();
        take(answer);
      },
      async signOut() {
        await sendWithSession('/session', { method: 'DELETE' });
        setKnown('nobody');
      },
    }),
    [client, known, take],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSessionContext(): SessionContext {
  const context = useContext(Context);
  if (context === null) throw new Error('a session is asked for outside of SessionProvider');
  return context;
}

/** The session of a page that is only shown to somebody who is signed in. */
export function useSession(): Session {
  const { known } = useSessionContext();
  if (typeof known === 'string') throw new Error('nobody is signed in');
  return known;
}

/** What a session may do: an action that it may not do is not offered. */
export function useMay(): { readonly write: boolean; readonly admin: boolean } {
  const { scope } = useSession();
  return { write: scope !== 'read', admin: scope === 'admin' };
}

function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && 'csrf' in value && 'actor' in value;
}

function sentenceOf(answer: unknown): string {
  const detail: unknown =
    typeof answer === 'object' && answer !== null && 'detail' in answer ? answer.detail : null;
  return typeof detail === 'string' ? detail : 'Holdfast did not take this token.';
}
