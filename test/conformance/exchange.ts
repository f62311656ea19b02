/** A request and its answer as they went over the wire. */
export type Exchange = {
  readonly method: string;
  readonly url: URL;
  readonly requestHeaders: Headers;
  readonly requestText: string | null;
  readonly status: number;
  readonly responseText: string;
  /** Sent by the npm package `svix`, and not by our own fetch. */
  readonly isByClient: boolean;
};

export type Recorder = {
  readonly fetch: typeof fetch;
  readonly exchanges: readonly Exchange[];
};

/** A fetch that keeps what went through it; the npm client takes one as an option. */
export function createRecorder(): Recorder {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    async fetch(input, init) {
      const response = await fetch(input, init);
      const responseText = await response.text();
      const requestHeaders = new Headers(init?.headers);
      exchanges.push({
        method: init?.method ?? 'GET',
        url: new URL(input instanceof Request ? input.url : input),
        requestHeaders,
        requestText: typeof init?.body === 'string' ? init.body : null,
        status: response.status,
        responseText,
        isByClient: requestHeaders.get('user-agent')?.startsWith('svix-libs/') === true,
      });
      const { status, headers } = response;
      return new Response(responseText === '' ? null : responseText, { status, headers });
    },
  };
}
