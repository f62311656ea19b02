import type { Answered, TestService } from './service.ts';

/**
 * As much of a browser as signing in needs: it keeps cookies with their attributes, says where a request comes from,
 * and follows redirects only when told to.
 */
export type Browser = {
  readonly cookies: Map<string, string>;
  /** The attributes that a cookie was set with last, in lower case. */
  readonly attributes: Map<string, readonly string[]>;
  send(method: string, path: string, options?: BrowserOptions): Promise<Answered>;
  /** Signs in, and sends `x-csrf-token` from then on. */
  signIn(token: string): Promise<Answered>;
  csrf: string | null;
};

export type BrowserOptions = {
  readonly body?: unknown;
  /** null leaves it away. */
  readonly headers?: Readonly<Record<string, string | null>>;
};

export function createBrowser({ url }: Pick<TestService, 'url'>): Browser {
  const browser: Browser = {
    cookies: new Map(),
    attributes: new Map(),
    csrf: null,
    async send(method, path, { body, headers = {} } = {}) {
      const given: Readonly<Record<string, string | null>> = {
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') || null,
        'sec-fetch-site': 'same-origin',
        'x-csrf-token': method === 'GET' ? null : browser.csrf,
        'content-type': body === undefined ? null : 'application/json',
        ...headers,
      };
      const sent = Object.entries(given).flatMap(([name, value]): [string, string][] =>
        value === null ? [] : [[name, value]],
      );
      const response = await fetch(new URL(path, url), {
        method,
        redirect: 'manual',
        headers: sent,
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      for (const line of response.headers.getSetCookie()) keep(line);
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parsed(text) };
    },
    async signIn(token) {
      const answer = await browser.send('POST', '/session', { body: { token } });
      browser.csrf = answer.json?.csrf ?? null;
      return answer;
    },
  };
  return browser;

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const equals = pair.indexOf('=');
    const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
    const words = attributes.map((attribute) => attribute.toLowerCase());
    browser.attributes.set(name, words);
    if (value === '' || words.includes('max-age=0')) browser.cookies.delete(name);
    else browser.cookies.set(name, value);
  }
}

function parsed(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
