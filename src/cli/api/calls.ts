import { readPage, type PageAnswer } from '../answers.ts';
import type { ApiPath, Client, Query } from '../client.ts';

/** What all calls of the commands are made by. */
export type Calls = ReturnType<typeof createCalls>;

const PAGE = 250;

export function createCalls(client: Client) {
  const post = (path: ApiPath, value: object): Promise<unknown> =>
    client.post(path, { json: JSON.stringify(value) });

  /** Up to `limit` rows over as many pages as it takes. */
  async function list<Item>(
    path: ApiPath,
    query: Query,
    limit: number,
    readItem: (item: unknown) => Item,
  ): Promise<readonly Item[]> {
    const found: Item[] = [];
    let iterator: string | undefined;
    for (;;) {
      const wanted = Math.min(PAGE, limit - found.length);
      const answer = await client.get(path, { ...query, limit: wanted, iterator });
      const page: PageAnswer<Item> = readPage(answer, readItem);
      found.push(...page.data);
      if (page.done || page.iterator === null || found.length >= limit) {
        return found.slice(0, limit);
      }
      iterator = page.iterator;
    }
  }

  return { client, post, list };
}

/** An answer read for people, and all of it for programs. */
export type Whole<Answer> = { readonly answer: Answer; readonly json: unknown };

export function whole<Answer>(json: unknown, read: (json: unknown) => Answer): Whole<Answer> {
  return { answer: read(json), json };
}
