import { createRequire } from 'node:module';

export type GithubEvent = { readonly name: string; readonly payloads: readonly string[] };

/** GitHub's own example events, by event type: real payloads of a large product. */
export function githubEvents(): readonly GithubEvent[] {
  const definitions: unknown = createRequire(import.meta.url)('@octokit/webhooks-examples');
  if (!Array.isArray(definitions)) throw new TypeError('the examples are not a list');
  return definitions.map((definition: unknown): GithubEvent => {
    const { name, examples } = definition as { name: string; examples: readonly unknown[] };
    return { name, payloads: examples.map((example) => JSON.stringify(example)) };
  });
}
