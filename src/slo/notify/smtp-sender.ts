import { connect, type Socket } from 'node:net';
import type { NotifierSettings } from '../../change/index.ts';
import type { Email } from './email.ts';
import { wordsOf } from './http-sender.ts';
import type { SendResult } from './notification.ts';

const CONNECT_MS = 10_000;

/** One connection for one mail. The signal ends it at any moment: the socket is ours. */
export async function sendEmail(
  email: Email,
  { host = '', port = 587, tls = 'starttls', username }: NotifierSettings,
  password: string | null,
  signal: AbortSignal,
): Promise<SendResult> {
  const sockets = new Set<Socket>();
  const cut = (): void => {
    for (const socket of sockets) socket.destroy(new Error('No answer came in time.'));
  };
  // Loaded with the first mail: a sixth of a second that no command and no start should wait for.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(username === undefined ? {} : { auth: { user: username, pass: password ?? '' } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket(_options, done) {
      const socket = connect({ host, port });
      sockets.add(socket);
      const refuse = (thrown: Error): void => done(thrown);
      socket.once('error', refuse);
      socket.once('connect', () => {
        socket.off('error', refuse);
        done(null, { connection: socket });
      });
      if (signal.aborted) cut();
    },
  });
  signal.addEventListener('abort', cut);
  try {
    const { response } = await transport.sendMail({
      ...email,
      to: [...email.to],
      references: [...email.references],
      headers: { ...email.headers },
    });
    return { isSent: true, said: response };
  } catch (thrown) {
    return { isSent: false, isFinal: isFinal(thrown), said: wordsOf(thrown, signal) };
  } finally {
    signal.removeEventListener('abort', cut);
    cut();
    transport.close();
  }
}

/** RFC 5321 section 4.2.1: 5yz is permanent. A login that is refused may be the server's bad day. */
function isFinal(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || !('responseCode' in thrown)) return false;
  const code = Number(thrown.responseCode);
  return code >= 500 && code < 600 && !('code' in thrown && thrown.code === 'EAUTH');
}
