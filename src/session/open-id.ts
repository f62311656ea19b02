import * as openid from 'openid-client';
import { fault, monotonicMs, type HoldfastError, type Log } from '../core/index.ts';
import type { TokenScope } from '../change/index.ts';
import { groupsIn } from './groups.ts';
import type { SignIn } from './session.ts';
import { scopeOf, type SignInRules } from './sign-in-rules.ts';

/** Whom the provider named. */
export type Person = {
  readonly subject: string;
  /** How changes name them: with where the name comes from, so that it is no token's name. */
  readonly actor: string;
  readonly name: string;
  readonly scope: TokenScope;
};

/** Signs in by OpenID Connect: the authorization code flow with PKCE, state and nonce. */
export type OpenId = {
  /** Of the provider, as a button names it. */
  readonly name: string;
  /** Throws `identity_provider_failed`. */
  begin(next: string): Promise<{ readonly url: string; readonly signIn: SignIn }>;
  /**
   * Takes what the provider sent back. Throws `sign_in_failed` where it names nobody who may come in, and
   * `identity_provider_failed` where it cannot be asked or understood.
   *
   * @param url the whole address that the provider sent the browser to.
   */
  finish(url: URL, signIn: SignIn): Promise<Person>;
};

export type OpenIdParts = {
  readonly rules: SignInRules;
  /** Where the provider sends browsers back to. */
  readonly callbackUrl: () => string;
  readonly log: Log;
};

/** Of one request to the provider. */
const TIMEOUT_SECONDS = 10;
/** Clocks that are wrong by more are wrong. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** The provider's metadata are read again so often. */
const METADATA_MS = 3_600_000;
const LONGEST_NAME = 200;
// oxlint-disable-next-line no-control-regex -- they have no place in a name
const CONTROLS = /[\x00-\x1f\x7f-\x9f]+/g;

export function createOpenId({ rules, callbackUrl, log }: OpenIdParts): OpenId {
  let known: { readonly config: openid.Configuration; readonly at: number } | null = null;

  return {
    name: rules.issuer.host,
    async begin(next) {
      const config = await provider();
      const signIn = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        codeVerifier: openid.randomPKCECodeVerifier(),
        next,
      };
      const url = openid.buildAuthorizationUrl(config, {
        redirect_uri: callbackUrl(),
        scope: rules.scopes,
        state: signIn.state,
        nonce: signIn.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(signIn.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, signIn };
    },
    async finish(url, { state, nonce, codeVerifier }) {
      const config = await provider();
      let claims: Claims;
      try {
        claims = await claimsOf(config, url, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
        });
      } catch (thrown) {
        throw failureOf(thrown);
      }
      const scope = scopeOf(groupsIn(claims, rules.groupsClaim) ?? [], rules);
      const email = claims['email_verified'] === false ? undefined : claims['email'];
      const actor = textOf(email ?? claims['preferred_username'] ?? claims['sub']);
      if (scope !== null) {
        const name = textOf(claims['name'] ?? claims['preferred_username'] ?? actor);
        return { subject: textOf(claims['sub']), actor: `oidc:${actor}`, name, scope };
      }
      log.info({ subject: textOf(claims['sub']) }, 'somebody without a group did not get in');
      throw fault('sign_in_failed', {
        detail: `The provider knows you as ${actor}, but none of your groups may come in here. Ask whoever keeps this service for one.`,
      });
    },
  };

  /** Their metadata. Throws `identity_provider_failed`; the next one asks again. */
  async function provider(): Promise<openid.Configuration> {
    const now = monotonicMs();
    if (known !== null && now - known.at < METADATA_MS) return known.config;
    const { issuer, clientId, clientSecret } = rules;
    try {
      const config = await openid.discovery(
        issuer,
        clientId,
        {
          [openid.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
          ...(clientSecret === '' ? {} : { client_secret: clientSecret }),
        },
        clientSecret === '' ? openid.None() : bySecret(clientSecret),
        {
          timeout: TIMEOUT_SECONDS,
          // Tokens are proved by their signature too, and not by the connection that brought them alone.
          execute: [
            openid.enableNonRepudiationChecks,
            // oxlint-disable-next-line typescript/no-deprecated -- the rules let it be on this machine alone
            ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
          ],
        },
      );
      known = { config, at: now };
      return config;
    } catch (thrown) {
      throw failureOf(thrown);
    }
  }

  /** Of the ID token, and of the provider's word on the user where the groups are not in it. */
  async function claimsOf(
    config: openid.Configuration,
    url: URL,
    checks: openid.AuthorizationCodeGrantChecks,
  ): Promise<Claims> {
    const tokens = await openid.authorizationCodeGrant(config, url, checks);
    const claims: Claims = tokens.claims() ?? {};
    const subject = textOf(claims['sub']);
    const { userinfo_endpoint: more } = config.serverMetadata();
    if (groupsIn(claims, rules.groupsClaim) !== null || more === undefined) return claims;
    return { ...(await openid.fetchUserInfo(config, tokens.access_token, subject)), ...claims };
  }

  /** Of the provider's or the browser's making it is; the log has all of it, and the user a sentence. */
  function failureOf(thrown: unknown): HoldfastError {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    log.warn({ err: thrown, code }, 'a sign-in by OpenID Connect failed');
    const sentence = refusals[code];
    if (thrown instanceof openid.AuthorizationResponseError) {
      const said = textOf(thrown.error_description ?? thrown.error);
      return fault('sign_in_failed', {
        detail: `The provider refused: ${said}. Sign in again, or ask whoever keeps it.`,
        cause: thrown,
      });
    }
    if (thrown instanceof openid.ResponseBodyError && thrown.error === 'invalid_grant') {
      return fault('sign_in_failed', {
        detail: 'The code of this sign-in was used already, or has expired. Sign in again.',
        cause: thrown,
      });
    }
    if (sentence !== undefined) {
      return fault('sign_in_failed', { detail: sentence, cause: thrown });
    }
    return fault('identity_provider_failed', {
      detail: `The OpenID provider at ${rules.issuer.host} gave no usable answer. Sign in by a token until it does; the log says what came.`,
      cause: thrown,
    });
  }
}

type Claims = Readonly<Record<string, unknown>>;

/** What openid-client finds wrong in an answer that did come, in words for whoever waits before the door. */
const refusals: Readonly<Record<string, string>> = {
  OAUTH_INVALID_RESPONSE:
    "The provider's answer does not belong to this sign-in, or is not signed by it. Sign in again.",
  OAUTH_JWT_CLAIM_COMPARISON_FAILED:
    "The provider's token was not made for this sign-in. Sign in again.",
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED:
    "The provider's token is not valid at this moment. Compare the clocks of the provider and of this machine.",
  OAUTH_KEY_SELECTION_FAILED:
    "The provider's token is signed by a key that it does not publish. Sign in again.",
};

/** In the way that the provider takes it. */
function bySecret(secret: string): openid.ClientAuth {
  const [posted, basic] = [openid.ClientSecretPost(secret), openid.ClientSecretBasic(secret)];
  return (server, client, body, headers) => {
    const takes = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const prove = takes.includes('client_secret_basic') ? basic : posted;
    prove(server, client, body, headers);
  };
}

/** What somebody else wrote, as one line of bounded length. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  return text.replaceAll(CONTROLS, ' ').slice(0, LONGEST_NAME).toWellFormed();
}
