import { Type, type Static } from 'typebox';
import { fault, HoldfastError, type IdText } from '../../core/index.ts';
import type { Token } from '../../change/index.ts';
import { tokenHash } from '../auth.ts';
import { findApplicationOrNull } from '../resolve.ts';
import { route } from '../route.ts';
import { StatusLinkIn, StatusLinkOut, StatusOut } from '../status-shapes.ts';
import { statusSourceOf } from '../status-source.ts';
import { statusView } from '../status-view.ts';

const TOKEN_BYTES = 32;
const MOST_NAME = 128;

export const createStatusLink = route({
  method: 'POST',
  path: '/api/v1/status/link',
  operationId: 'v1.status.create-link',
  summary:
    'Create a link that shows whether deliveries are as they should be, of one application or of all, to whoever has it, and nothing else. It is shown in this answer only; revoking its token ends it.',
  access: 'admin',
  // The answer holds the link, and answers under a key are kept.
  keepsKey: true,
  body: StatusLinkIn,
  answers: { 201: StatusLinkOut },
  async handle({ body, by, principal }, parts) {
    const { configuration, random, idText, publicUrl } = parts;
    const { name, appId: given = null } = body;
    const application =
      given === null ? null : await findApplicationOrNull(parts, principal, given);
    if (given !== null && application === null) {
      throw fault('not_found', {
        field: 'appId',
        detail: `No application has the id or uid "${given}".`,
      });
    }
    const text = `hfs_${Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')}`;
    const appId = application?.id ?? null;
    const token = await configuration.tokens.create(
      { name, scope: 'status', appId, hash: tokenHash(text), isRevoked: false },
      by(),
    );
    return { status: 201, value: linkView(token, text, publicUrl(), idText) };
  },
});

export const getStatusOfApplication = route({
  method: 'GET',
  path: '/api/v1/app/{app_id}/status',
  operationId: 'v1.status.get-of-application',
  summary:
    "Show whether deliveries of an application are as they should be, as its status feed tells its endpoints' owners.",
  access: 'portal',
  answers: { 200: StatusOut },
  async handle({ application }, parts) {
    const feed = await statusSourceOf(parts)((await application()).id);
    return { status: 200, value: statusView(feed, parts.idText) };
  },
});

export const linkStatusOfApplication = route({
  method: 'POST',
  path: '/api/v1/app/{app_id}/status/link',
  operationId: 'v1.status.link-of-application',
  summary:
    "Get the link of an application's status feed, for its owner: the same each time. Revoking its token ends it for good.",
  access: 'portal',
  // The answer holds the link, and answers under a key are kept.
  keepsKey: true,
  body: Type.Optional(Type.Unknown()),
  answers: { 200: StatusLinkOut },
  async handle({ application, by }, parts) {
    const { configuration, portalTokens, publicUrl, idText } = parts;
    const { id: appId, name } = await application();
    const text = portalTokens.statusLink(appId);
    const hash = tokenHash(text);
    const find = (): Promise<Token | null> => configuration.tokens.byHash(hash);
    const make = async (): Promise<Token | null> => {
      const draft = { name: `status of ${name}`.slice(0, MOST_NAME).toWellFormed(), appId, hash };
      try {
        return await configuration.tokens.create(
          { ...draft, scope: 'status', isRevoked: false },
          by(),
        );
      } catch (thrown) {
        // Another request has just made the same one.
        if (thrown instanceof HoldfastError && thrown.code === 'conflict') return find();
        throw thrown;
      }
    };
    const token = (await find()) ?? (await make());
    if (token === null || token.isRevoked) {
      throw fault('state_conflict', {
        detail: 'This link was revoked. Ask whoever keeps the service for another one.',
      });
    }
    return { status: 200, value: linkView(token, text, publicUrl(), idText) };
  },
});

function linkView(
  { id, appId = null }: Token,
  text: string,
  publicUrl: string,
  idText: IdText,
): Static<typeof StatusLinkOut> {
  const url = `${publicUrl}/status/${text}`;
  return {
    id: idText.format('token', id),
    url,
    json: `${url}/status.json`,
    atom: `${url}/atom.xml`,
    rss: `${url}/rss.xml`,
    appId: appId === null ? null : idText.format('application', appId),
  };
}
