import { fault } from '../../core/index.ts';
import { tokenHash } from '../auth.ts';
import { findApplicationOrNull } from '../resolve.ts';
import { route } from '../route.ts';
import { StatusLinkIn, StatusLinkOut } from '../status-shapes.ts';

const TOKEN_BYTES = 32;

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
    const url = `${publicUrl()}/status/${text}`;
    const value = {
      id: idText.format('token', token.id),
      url,
      json: `${url}/status.json`,
      atom: `${url}/atom.xml`,
      rss: `${url}/rss.xml`,
      appId: appId === null ? null : idText.format('application', appId),
    };
    return { status: 201, value };
  },
});
