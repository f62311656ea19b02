import { tokenHash } from '../auth.ts';
import { readBoard } from '../board-page.ts';
import { BoardLinkIn, BoardLinkOut, BoardOut, BoardQuery } from '../objective-shapes.ts';
import { boardView } from '../objective-view.ts';
import { route } from '../route.ts';

const TOKEN_BYTES = 32;

export const getBoard = route({
  method: 'GET',
  path: '/api/v1/board',
  operationId: 'v1.board.get',
  summary:
    'Show all objectives with their budgets, by the teams that keep them and those that rely on them; of one team with team=NAME.',
  access: 'organization',
  query: BoardQuery,
  answers: { 200: BoardOut },
  async handle({ query }, parts) {
    const board = await readBoard(parts, query.team ?? null);
    return { status: 200, value: boardView(board, parts.settings.deliveryDeadlineMs) };
  },
});

export const createBoardLink = route({
  method: 'POST',
  path: '/api/v1/board/link',
  operationId: 'v1.board.create-link',
  summary:
    'Create a link that shows the board of one team, or of all, to whoever has it, and nothing else. It is shown in this answer only; revoking its token ends it.',
  access: 'admin',
  // The answer holds the link, and answers under a key are kept.
  keepsKey: true,
  body: BoardLinkIn,
  answers: { 201: BoardLinkOut },
  async handle({ body, by }, { configuration, random, idText, publicUrl }) {
    const text = `hfb_${Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')}`;
    const { name, team = null } = body;
    const token = await configuration.tokens.create(
      { name, scope: 'board', team, hash: tokenHash(text), isRevoked: false },
      by(),
    );
    const value = {
      id: idText.format('token', token.id),
      url: `${publicUrl()}/board/${text}`,
      team,
    };
    return { status: 201, value };
  },
});
