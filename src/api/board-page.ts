import type { FastifyInstance, FastifyReply } from 'fastify';
import { fault } from '../core/index.ts';
import { alertOf, boardOf, type Board } from '../slo/index.ts';
import { tokenHash, type Authenticate } from './auth.ts';
import { boardHtml, boardPolicy } from './board-html.ts';
import { boardView } from './objective-view.ts';
import type { ApiParts } from './parts.ts';

type BoardParts = Pick<ApiParts, 'configuration' | 'evaluator' | 'ledger' | 'clock' | 'settings'>;

/** As many objectives as there may be. */
const EVERY = 1000;
/** Open alerts that are looked at for those of objectives, the newest. */
const MOST_ALERTS = 1000;
const LONGEST_TOKEN = 128;

/** The board of a team; of all teams for null. */
export async function readBoard(
  { configuration, evaluator, ledger, clock }: BoardParts,
  team: string | null,
): Promise<Board> {
  const objectives = await configuration.objectives.list({ limit: EVERY, descending: false });
  const open = await ledger.alerts({ isOpen: true, limit: MOST_ALERTS, descending: true });
  return boardOf(objectives, team, evaluator, clock.now(), open.map(alertOf));
}

/**
 * The board as a page: for tokens that see all applications at /board, and under a link that was given out for whoever
 * has it, of the link's team alone. A link is a token of its own scope, which opens nothing else; it stands in the path
 * since the page runs no script that could read it from elsewhere. The access log writes the route, not the path, and
 * the page sends no referrer.
 */
export function serveBoard(
  server: FastifyInstance,
  parts: BoardParts,
  authenticate: Authenticate,
): void {
  server.get('/board', async (request, reply) => {
    const { appId } = await authenticate(request.headers);
    if (appId !== null) {
      throw fault('insufficient_access', {
        detail: 'A token for one application does not reach this.',
      });
    }
    return sendPage(reply, await readBoard(parts, null));
  });
  server.get<{ Params: { token: string } }>('/board/:token', async ({ params }, reply) =>
    sendPage(reply, await readBoard(parts, await teamOf(params.token))),
  );
  server.get<{ Params: { token: string } }>('/board/:token/board.json', async (request, reply) => {
    const board = await readBoard(parts, await teamOf(request.params.token));
    return reply
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify(boardView(board, parts.settings.deliveryDeadlineMs)));
  });

  /** The team whose board a link shows. Throws `not_found` for what is no link, or one that was revoked. */
  async function teamOf(token: string): Promise<string | null> {
    const stored =
      token.length > LONGEST_TOKEN
        ? null
        : await parts.configuration.tokens.byHash(tokenHash(token));
    if (stored === null || stored.scope !== 'board' || stored.isRevoked) {
      throw fault('not_found', {
        field: 'token',
        detail: 'This link shows no board: it was revoked, or is not whole.',
      });
    }
    return stored.team ?? null;
  }
}

function sendPage(reply: FastifyReply, board: Board): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', boardPolicy())
    .send(boardHtml(board));
}
