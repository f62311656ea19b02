import { createHash } from 'node:crypto';
import { fault, type Settings } from '../core/index.ts';
import { tokenScopes, type TokenScope } from '../change/index.ts';

export type OpenIdSettings = Pick<
  Settings,
  | 'oidcIssuer'
  | 'oidcClientId'
  | 'oidcClientSecret'
  | 'oidcScopes'
  | 'oidcGroupsClaim'
  | 'oidcAdminGroups'
  | 'oidcWriteGroups'
  | 'oidcReadGroups'
>;

/** Who may sign in by OpenID Connect, and what they may then do. */
export type SignInRules = {
  readonly issuer: URL;
  readonly clientId: string;
  /** Empty: a public client, which proves itself by the code verifier alone. */
  readonly clientSecret: string;
  readonly scopes: string;
  readonly groupsClaim: string;
  readonly groups: Readonly<Record<TokenScope, readonly string[]>>;
  /** Of all of them: a session that was opened under other rules is over. */
  readonly digest: string;
};

/** Stands in `oidcReadGroups` for whoever the provider lets in. */
const EVERYBODY = '*';
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Null where `oidcIssuer` is empty. Throws `config_invalid`, naming the setting. */
export function signInRules(settings: OpenIdSettings): SignInRules | null {
  const { oidcIssuer, oidcClientId, oidcClientSecret, oidcScopes, oidcGroupsClaim } = settings;
  if (oidcIssuer === '') return null;
  const issuer = URL.canParse(oidcIssuer) ? new URL(oidcIssuer) : null;
  const isProtected =
    issuer?.protocol === 'https:' ||
    (issuer?.protocol === 'http:' && LOOPBACK.test(issuer.hostname));
  if (issuer === null || !isProtected) {
    throw invalid(
      'HOLDFAST_OIDC_ISSUER',
      'must be the https address of an OpenID provider; http is for one on this machine alone',
    );
  }
  if (oidcClientId === '') {
    throw invalid('HOLDFAST_OIDC_CLIENT_ID', 'must be given with HOLDFAST_OIDC_ISSUER');
  }
  const groups = {
    admin: namesIn(settings.oidcAdminGroups),
    write: namesIn(settings.oidcWriteGroups),
    read: namesIn(settings.oidcReadGroups),
  };
  if (groups.admin.includes(EVERYBODY) || groups.write.includes(EVERYBODY)) {
    throw invalid(
      'HOLDFAST_OIDC_ADMIN_GROUPS',
      'and HOLDFAST_OIDC_WRITE_GROUPS name groups; "*" is for HOLDFAST_OIDC_READ_GROUPS alone',
    );
  }
  if (Object.values(groups).flat().length === 0) {
    throw invalid(
      'HOLDFAST_OIDC_READ_GROUPS',
      'or one of the other lists of groups must be given, or nobody could sign in',
    );
  }
  const rules = {
    issuer,
    clientId: oidcClientId,
    clientSecret: oidcClientSecret,
    scopes: oidcScopes,
    groupsClaim: oidcGroupsClaim,
    groups,
  };
  const told = JSON.stringify({ ...rules, clientSecret: '' });
  return { ...rules, digest: createHash('sha256').update(told).digest('base64url') };
}

/** The widest scope that one of the groups gives; null: they give none. */
export function scopeOf(groups: readonly string[], rules: SignInRules): TokenScope | null {
  const gives = (scope: TokenScope): boolean => {
    const wanted = rules.groups[scope];
    return wanted.includes(EVERYBODY) || wanted.some((group) => groups.includes(group));
  };
  return tokenScopes.findLast(gives) ?? null;
}

function namesIn(list: string): readonly string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function invalid(field: string, sentence: string): Error {
  return fault('config_invalid', { field, detail: `${field} ${sentence}.` });
}
