import { fault } from '../../core/index.ts';
import type { Token } from '../../change/index.ts';
import { SYSTEM } from '../../incident/index.ts';
import { tokenHash } from '../auth.ts';
import { ledgerPage, pageById, pageJson } from '../paging.ts';
import { route } from '../route.ts';
import { listOf, PageQuery } from '../page-shapes.ts';
import { TokenCreatedOut, TokenIn, TokenOut } from '../token-shapes.ts';
import { tokenView } from '../views.ts';

const TOKEN_BYTES = 32;

export const createToken = route({
  method: 'POST',
  path: '/api/v1/token',
  operationId: 'v1.token.create',
  summary: 'Create a token. It is shown in this answer only; the ledger keeps its hash.',
  access: 'admin',
  // The answer holds the token, and answers under a key are kept.
  keepsKey: true,
  body: TokenIn,
  answers: { 201: TokenCreatedOut },
  async handle({ body, by }, { configuration, random, idText }) {
    const text = `hf_${Buffer.from(random.bytes(TOKEN_BYTES)).toString('base64url')}`;
    const { name, scope } = body;
    if (name.normalize('NFKC').trim().toLowerCase() === SYSTEM) {
      throw fault('validation', {
        field: 'name',
        detail: `"${SYSTEM}" is what the service calls itself wherever it says who did something. Name the token for who holds it.`,
      });
    }
    const draft = { name, scope, hash: tokenHash(text), isRevoked: false };
    const token = await configuration.tokens.create(draft, by());
    return { status: 201, value: { ...tokenView(token, idText), token: text } };
  },
});

export const listTokens = route({
  method: 'GET',
  path: '/api/v1/token',
  operationId: 'v1.token.list',
  summary: 'List tokens, without the tokens themselves.',
  access: 'admin',
  query: PageQuery,
  answers: { 200: listOf(TokenOut) },
  async handle({ query }, { configuration, idText }) {
    const page = pageById(query, false, 'token', idText);
    const tokens = await configuration.tokens.list(ledgerPage(page));
    const write = (row: Token): string => JSON.stringify(tokenView(row, idText));
    return {
      status: 200,
      json: pageJson(tokens, page, ({ id }) => idText.format('token', id), write),
    };
  },
});

export const revokeToken = route({
  method: 'DELETE',
  path: '/api/v1/token/{token_id}',
  operationId: 'v1.token.revoke',
  summary: 'Revoke a token. It is refused within two seconds.',
  access: 'admin',
  answers: { 204: null },
  async handle({ path, by }, { configuration, idText }) {
    const id = idText.parse('token', path('token_id'));
    const token = id === undefined ? null : await configuration.tokens.byId(id);
    if (token === null) throw fault('not_found', { field: 'token_id' });
    await configuration.tokens.update(token, (known) => ({ ...known, isRevoked: true }), by());
    return { status: 204 };
  },
});
