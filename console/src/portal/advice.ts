import type { Attempt } from '../ui/index.ts';

const byOutcome: Readonly<Record<string, string>> = {
  redirect: 'Give this endpoint the URL that the redirect leads to: redirects are not followed.',
  gone: 'Your endpoint said 410, so it was disabled. Mend it, enable it, then send what it missed.',
  throttled: 'Your endpoint gets more than it takes. Set a rate for it; what waits is sent then.',
  server_error:
    'Look into the log of your receiver at this moment. It is tried again by itself, and can be replayed.',
  unavailable:
    'See whether your receiver runs, and the proxy before it. It is tried again by itself.',
  timeout:
    'Answer first, and do the work afterwards: a receiver that stores the message and answers at once is never late.',
  dns_failure: 'See whether the host name in the URL is right, and is known to the public DNS.',
  connect_failure: 'See whether your receiver listens there, and whether a firewall lets us in.',
  tls_failure: 'Renew the certificate, and send the chain with it.',
  connection_reset:
    'Your receiver, or a proxy before it, closed the connection before it had answered.',
  address_refused: 'Give this endpoint a URL that is reached from the public internet.',
  invalid_response: 'See what your receiver writes: it must be valid HTTP, and not too long.',
  interrupted: 'Nothing: it is sent again by itself.',
  internal_error: 'Nothing: the fault is on the sender’s side, and it is sent again by itself.',
  conversion_failed: 'Tell whoever sends to you: the payload could not be made as you pinned it.',
};

/** What the owner of an endpoint can do about an attempt that failed. */
export function adviceOn({
  outcome,
  responseStatusCode,
}: Pick<Attempt, 'outcome' | 'responseStatusCode'>): string {
  if (outcome === 'client_error') {
    switch (responseStatusCode) {
      case 401:
      case 403:
        return 'Your receiver refused us. If it verifies signatures, compare its secret with the one of this endpoint, and verify the body as it came, before any parse.';
      case 404:
      case 405:
        return 'See whether the path in the URL is right: your receiver must take POST there.';
      case 413:
        return 'Let your receiver, or the proxy before it, take larger requests.';
      default:
        return 'Your receiver refused the request; its answer below may say why.';
    }
  }
  return byOutcome[outcome] ?? 'Look into the log of your receiver at this moment.';
}
