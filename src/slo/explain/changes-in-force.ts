import { idAt, timeOfId, type IdText } from '../../core/index.ts';
import type { Change, ChangeItem, Ledger } from '../../ledger/index.ts';
import { DAY_MS } from '../detect/bin.ts';
import type { EndpointFacts } from './endpoint-facts.ts';

/** Changes that are looked at, the newest. */
const MOST_CHANGES = 1000;
const PAGE = 100;
/** Changes so long before the span are in force in all of it, and are told apart from those of other endpoints. */
const BEFORE_MS = DAY_MS;
const LONGEST_ABOUT = 160;

type Dated = { readonly at: number; readonly id: string };

/** Whom a delivery belongs to, as changes name it. */
type Belongs = {
  readonly appId: number;
  readonly endpointId: number;
  readonly eventType: string | null;
};

/** The newest change that was in force for a delivery at a moment: configuration, what was seen at receivers, deploys. */
export class ChangesInForce {
  /** By what they touch, the newest first. */
  readonly #touching = new Map<string, Dated[]>();
  readonly #about = new Map<string, string>();

  static async read(
    ledger: Pick<Ledger, 'changes'>,
    { fromAt, beforeAt }: { readonly fromAt: number; readonly beforeAt: number },
    idText: IdText,
  ): Promise<ChangesInForce> {
    const made = new ChangesInForce();
    const span = { fromId: idAt(fromAt - BEFORE_MS), beforeId: idAt(beforeAt) };
    let afterId: number | undefined;
    for (let read = 0; read < MOST_CHANGES; read += PAGE) {
      const page = await ledger.changes({ ...span, limit: PAGE, descending: true, afterId });
      for (const change of page) made.#add(change, idText);
      if (page.length < PAGE) break;
      afterId = page.at(-1)?.id;
    }
    return made;
  }

  /** `none` where there is none, or it is older than what is looked at. */
  at(at: number, belongs: Belongs, facts: EndpointFacts | undefined): string {
    let newest: Dated | undefined;
    for (const key of keysOf(belongs, facts)) {
      const found = this.#touching.get(key)?.find((dated) => dated.at <= at);
      if (found !== undefined && (newest === undefined || found.at > newest.at)) newest = found;
    }
    return newest?.id ?? 'none';
  }

  about(id: string): string | null {
    return this.#about.get(id) ?? null;
  }

  #add(change: Change, idText: IdText): void {
    const dated = { at: timeOfId(change.id), id: idText.format('change', change.id) };
    let touches = false;
    for (const item of change.items) {
      const key = keyOf(item);
      if (key === null) continue;
      touches = true;
      const known = this.#touching.get(key);
      if (known === undefined) this.#touching.set(key, [dated]);
      else if (known.at(-1)?.id !== dated.id) known.push(dated);
    }
    if (touches) this.#about.set(dated.id, aboutOf(change, dated.at));
  }
}

function keysOf(
  { appId, endpointId, eventType }: Belongs,
  facts: EndpointFacts | undefined,
): readonly string[] {
  const keys = ['all', `application ${appId}`, `endpoint ${endpointId}`];
  if (eventType !== null) keys.push(`event_type ${eventType}`);
  if (facts !== undefined) keys.push(`peer ${facts.peer}`);
  if (facts !== undefined && facts.policy !== null) keys.push(`policy ${facts.policy}`);
  return keys;
}

/** null: it bears on no delivery. */
function keyOf(item: ChangeItem): string | null {
  switch (item.kind) {
    case 'endpoint':
      return `endpoint ${item.subjectId}`;
    case 'canary':
      return `endpoint ${endpointOf(item.after ?? item.before)}`;
    case 'application':
      return `application ${item.subjectId}`;
    case 'policy':
      return `policy ${item.subject}`;
    case 'event_type':
    case 'drift':
      return `event_type ${item.subject}`;
    case 'certificate':
    case 'address':
    case 'server':
      return `peer ${item.subject}`;
    case 'deploy':
      return item.appId === 0 ? 'all' : `application ${item.appId}`;
    default:
      return null;
  }
}

function endpointOf(doc: string | null): number | null {
  const canary: unknown = doc === null ? null : JSON.parse(doc);
  const isTold = typeof canary === 'object' && canary !== null && 'endpointId' in canary;
  return isTold && typeof canary.endpointId === 'number' ? canary.endpointId : null;
}

function aboutOf({ actor, reason, items }: Change, at: number): string {
  const [item] = items;
  const what = item === undefined ? '' : `${item.kind} ${item.subject} ${item.verb}`;
  const why = reason === '' ? '' : `: ${reason}`;
  return `${what} by ${actor} at ${new Date(at).toISOString()}${why}`.slice(0, LONGEST_ABOUT);
}
