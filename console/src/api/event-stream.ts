import { sendWithSession } from './client.ts';

type Listener = {
  readonly onOpen: () => void;
  /** It broke off, or was refused; it is tried again. */
  readonly onAway: () => void;
  readonly onEvent: (event: string, data: string) => void;
};

const AGAIN_MS = 3000;
/** After a refusal that says no time of its own. */
const REFUSED_MS = 15_000;

/**
 * Server-sent events with the session of this page, until the answer is called. The browser's own EventSource sends no
 * headers, so it could not say which of the two sessions is meant.
 */
export function openEventStream(
  address: string,
  { onOpen, onAway, onEvent }: Listener,
): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let timer: number | undefined;
  const connect = async (): Promise<void> => {
    let againMs = AGAIN_MS;
    try {
      const { ok, body, headers } = await sendWithSession(address, { signal });
      if (ok && body !== null) {
        onOpen();
        await readEvents(body, onEvent);
      } else {
        await body?.cancel();
        againMs = Number(headers.get('retry-after')) * 1000 || REFUSED_MS;
      }
    } catch {
      // The network went away, or the service ended: as when the stream ends.
    }
    if (signal.aborted) return;
    onAway();
    timer = window.setTimeout(() => void connect(), againMs);
  };
  void connect();
  return () => {
    controller.abort();
    window.clearTimeout(timer);
  };
}

/** Events as Holdfast writes them: a line `event:` and a line `data:`, then an empty one. Others are passed over. */
async function readEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEvent: Listener['onEvent'],
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(block) ?? [];
      if (event !== undefined && data !== undefined) onEvent(event, data);
    }
  }
}
