import { fault } from '../../core/index.ts';

/** Checks a signature with somebody else's code: the npm library `standardwebhooks`. Throws where it does not hold. */
export type VerifySignature = (payload: Buffer, headers: Readonly<Record<string, string>>) => void;

export type Example = { readonly eventType: string; readonly payload: string };

/** What the package says it holds; the summary says so where it holds another number. */
export const EXPECTED_EXAMPLES = 329;

export async function loadVerifier(): Promise<(secret: string) => VerifySignature> {
  const { Webhook } = await orExplain('standardwebhooks', () => import('standardwebhooks'));
  return (secret) => {
    const webhook = new Webhook(secret);
    return (payload, headers) => {
      webhook.verify(payload, { ...headers }, { jsonParse: false });
    };
  };
}

/** GitHub's own example events, the bytes of half of them indented: a receiver must get them exactly so. */
export async function loadExamples(): Promise<readonly Example[]> {
  const loaded: { readonly default: unknown } = await orExplain(
    '@octokit/webhooks-examples',
    () => import('@octokit/webhooks-examples', { with: { type: 'json' } }),
  );
  const definitions = loaded.default;
  if (!Array.isArray(definitions)) throw new TypeError('the examples are not a list');
  return definitions
    .flatMap((definition: unknown) => examplesOf(definition))
    .map(({ eventType, event }, index) => ({
      eventType,
      payload: JSON.stringify(event, null, index % 2 === 0 ? undefined : 1),
    }));
}

function examplesOf(
  definition: unknown,
): readonly { readonly eventType: string; readonly event: unknown }[] {
  if (typeof definition !== 'object' || definition === null) return [];
  if (!('name' in definition) || !('examples' in definition)) return [];
  const { name, examples } = definition;
  if (typeof name !== 'string' || !Array.isArray(examples)) return [];
  return examples.map((event: unknown) => ({ eventType: eventTypeOf(name, event), event }));
}

/** `issues` with the action `opened` is `issues.opened`, as GitHub's documents write it. */
function eventTypeOf(name: string, event: unknown): string {
  const hasAction = typeof event === 'object' && event !== null && 'action' in event;
  return hasAction && typeof event.action === 'string' ? `${name}.${event.action}` : name;
}

async function orExplain<Loaded>(name: string, load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load();
  } catch (cause) {
    throw fault('config_invalid', {
      cause,
      detail: `The demo needs the package ${name}, which only a clone of the repository has. Run "npm run demo" in one.`,
    });
  }
}
