import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Cleanup } from './service-scope.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What it does differently from now on; all of it as it should be, where it says nothing. */
export type Conduct = {
  /** Of the ID token, over those that belong there. */
  claims?: Claims;
  /** Of /userinfo; absent: it has none. */
  userInfo?: Claims;
  /** How far its clock is ahead. */
  clockAheadSeconds?: number;
  /** Signs with a key that it does not publish. */
  isForged?: true;
  /** Codes have expired when they come back. */
  areCodesExpired?: true;
  /** Instead of a code. */
  refuses?: { readonly error: string; readonly error_description: string };
  /** The state that it sends back. */
  state?: string;
  /** Answers every request so. */
  status?: number;
};

export type OpenIdProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  conduct: Conduct;
  /** Requests it saw, by path. */
  readonly seen: string[];
  close(): Promise<void>;
};

type Grant = {
  readonly redirectUri: string;
  readonly nonce: string;
  readonly challenge: string;
};

/** An OpenID provider over real HTTP: metadata, authorization, tokens with PKCE, keys. Whoever asks is Ada at once. */
export async function startOpenIdProvider(context: Cleanup): Promise<OpenIdProvider> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const { privateKey: forger } = await generateKeyPair('ES256');
  const jwk: JWK = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const grants = new Map<string, Grant>();
  const tokens = new Set<string>();
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const provider: OpenIdProvider = {
    issuer: `http://127.0.0.1:${port}`,
    clientId: 'holdfast',
    // Needs encoding in a basic header (RFC 6749 section 2.3.1).
    clientSecret: 's3cret/+&',
    conduct: {},
    seen: [],
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close').catch(() => undefined);
    },
  };
  context.after(() => (server.listening ? provider.close() : undefined));
  return provider;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', provider.issuer);
    provider.seen.push(url.pathname);
    const { status } = provider.conduct;
    if (status !== undefined) {
      json(response, status, { error: 'server_error' });
      return;
    }
    switch (url.pathname) {
      case '/.well-known/openid-configuration': {
        json(response, 200, metadata());
        return;
      }
      case '/jwks': {
        json(response, 200, { keys: [jwk] });
        return;
      }
      case '/authorize': {
        authorize(url.searchParams, response);
        return;
      }
      case '/token': {
        json(response, ...(await grant(request)));
        return;
      }
      case '/userinfo': {
        if (tokens.has(request.headers.authorization ?? '')) {
          json(response, 200, { sub: 'ada-1', ...provider.conduct.userInfo });
        } else json(response, 401, { error: 'invalid_token' });
        return;
      }
      default: {
        json(response, 404, { error: 'not_found' });
        return;
      }
    }
  }

  function metadata(): Claims {
    const { issuer } = provider;
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...(provider.conduct.userInfo === undefined
        ? {}
        : { userinfo_endpoint: `${issuer}/userinfo` }),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  function authorize(query: URLSearchParams, response: ServerResponse): void {
    const { conduct } = provider;
    const to = new URL(query.get('redirect_uri') ?? '');
    to.searchParams.set('state', conduct.state ?? query.get('state') ?? '');
    if (conduct.refuses === undefined) {
      const code = randomUUID();
      grants.set(code, {
        redirectUri: query.get('redirect_uri') ?? '',
        nonce: query.get('nonce') ?? '',
        challenge: query.get('code_challenge') ?? '',
      });
      to.searchParams.set('code', code);
    } else {
      for (const [name, value] of Object.entries(conduct.refuses)) to.searchParams.set(name, value);
    }
    response.writeHead(302, { location: to.href }).end();
  }

  async function grant(request: IncomingMessage): Promise<[number, Claims]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const pair = [provider.clientId, provider.clientSecret].map(encodeURIComponent).join(':');
    const basic = `Basic ${Buffer.from(pair).toString('base64')}`;
    if (request.headers.authorization !== basic) return [401, { error: 'invalid_client' }];
    const code = form.get('code') ?? '';
    const known = grants.get(code);
    grants.delete(code);
    const verifier = createHash('sha256').update(form.get('code_verifier') ?? '');
    const isGood =
      known !== undefined &&
      provider.conduct.areCodesExpired !== true &&
      known.redirectUri === form.get('redirect_uri') &&
      known.challenge === verifier.digest('base64url');
    if (!isGood) return [400, { error: 'invalid_grant' }];
    const accessToken = randomUUID();
    tokens.add(`Bearer ${accessToken}`);
    return [
      200,
      {
        access_token: accessToken,
        token_type: 'Bearer',
        expires_in: 60,
        id_token: await idToken(known.nonce),
      },
    ];
  }

  function idToken(nonce: string): Promise<string> {
    const { claims = {}, clockAheadSeconds = 0, isForged } = provider.conduct;
    const now = Math.floor(Date.now() / 1000) + clockAheadSeconds;
    const key: CryptoKey = isForged === true ? forger : privateKey;
    return new SignJWT({
      iss: provider.issuer,
      aud: provider.clientId,
      sub: 'ada-1',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      iat: now,
      nbf: now,
      exp: now + 300,
      nonce,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .sign(key);
  }
}

function json(response: ServerResponse, status: number, value: Claims): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
