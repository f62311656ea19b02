import { Type } from 'typebox';
import { HoldfastError } from '../../core/index.ts';
import type { Application } from '../../change/index.ts';
import { findApplication, findApplicationOrNull } from '../resolve.ts';
import { route } from '../route.ts';
import { AppPortalAccessIn, AppPortalAccessOut } from '../application-shapes.ts';
import { createBrought } from '../application-draft.ts';

export const appPortalAccess = route({
  method: 'POST',
  path: '/api/v1/auth/app-portal-access/{app_id}',
  operationId: 'v1.authentication.app-portal-access',
  summary:
    "Get a link and a token for an application's owner; the token sees that application only, for a week.",
  access: 'organization',
  // The answer holds a token, and answers under a key are kept. Doing it again does no harm.
  keepsKey: true,
  body: AppPortalAccessIn,
  answers: { 200: AppPortalAccessOut },
  async handle({ path, body, principal, by }, parts) {
    const application = await find();
    const featureFlags = body.featureFlags ?? [];
    const token = await parts.portalTokens.issue({ appId: application.id, featureFlags });
    const base = parts.publicUrl();
    // The token stands behind "#": browsers do not send it, and no access log gets it.
    const key = Buffer.from(
      JSON.stringify({ appId: parts.idText.format('application', application.id), token }),
    );
    return {
      status: 200,
      value: { url: `${base}/portal#key=${key.toString('base64url')}`, token },
    };

    async function find(): Promise<Application> {
      const known = await findApplicationOrNull(parts, principal, path('app_id'));
      if (known !== null) return known;
      const given = body.application ?? null;
      if (given === null) return findApplication(parts, principal, path('app_id'));
      return createBrought(parts, path('app_id'), given, by());
    }
  },
});

export const logout = route({
  method: 'POST',
  path: '/api/v1/auth/logout',
  operationId: 'logout_api_v1_auth_logout__post',
  summary: 'End the token of this request, where it is one for an application.',
  access: 'portal',
  body: Type.Optional(Type.Unknown()),
  answers: { 204: null },
  async handle({ principal, by }, { configuration }) {
    // A service's own token is not ended by a client that logs out; it is revoked by its owner.
    if (principal.appId === null) return { status: 204 };
    try {
      await configuration.tokens.create(
        { name: 'portal', hash: principal.hash, scope: 'read', isRevoked: true },
        by(),
      );
    } catch (thrown) {
      // Another request has just ended the same token.
      if (!(thrown instanceof HoldfastError) || thrown.code !== 'conflict') throw thrown;
    }
    return { status: 204 };
  },
});
