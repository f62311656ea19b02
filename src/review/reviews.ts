import { fault, type IdSource, type Log } from '../core/index.ts';
import { bySystem, SYSTEM, type Incident, type Incidents } from '../incident/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { actionBounds, moveActionItem, type ActionItem, type ActionMove } from './action-item.ts';
import { lint, type LintReport } from './blameless/index.ts';
import { NOT_WRITTEN } from './lists.ts';
import {
  movePostmortem,
  postmortemBounds,
  type Frozen,
  type Postmortem,
  type PostmortemMove,
  type PostmortemVersion,
} from './postmortem.ts';
import { readFactsInput, valuesOf, type FactsParts } from './read-facts.ts';
import { unknownReferences, type ReferenceValues } from './references.ts';
import { missingParts } from './required.ts';
import { reachedMarkers } from './review-markers.ts';
import { shownText } from './shown.ts';
import {
  actionItemOf,
  postmortemOf,
  storedActionItem,
  storedPostmortem,
  storedVersion,
  versionOf,
} from './stored.ts';
import { templateFor, templateText, type TemplateName } from './templates.ts';
import { isRunElsewhere, verifyItem, type VerifyParts } from './verify/verify.ts';

export type ReviewsParts = FactsParts &
  VerifyParts & {
    readonly ledger: Pick<
      Ledger,
      'storeReview' | 'postmortem' | 'postmortemVersions' | 'actionItem' | 'actionItems'
    >;
    readonly incidents: Pick<Incidents, 'byId' | 'move'>;
    readonly ids: IdSource;
    readonly log: Log;
  };

/** A postmortem as people read it. */
export type ReadPostmortem = {
  readonly postmortem: Postmortem;
  readonly version: PostmortemVersion;
  readonly values: ReferenceValues;
  /** Its text with references filled in. */
  readonly text: string;
  /** Of that text. */
  readonly lint: LintReport;
  /** What the checks ask for before it can be published; empty: nothing. */
  readonly missing: readonly string[];
};

/** What people may ask for; the rest follows from what is recorded. */
export type PostmortemRequest =
  | Extract<PostmortemMove, { readonly kind: 'edit' | 'submit' | 'resolve' }>
  | { readonly kind: 'publish' }
  | { readonly kind: 'return'; readonly reason: string }
  | { readonly kind: 'comment'; readonly quote: string; readonly comment: string };

export type ActionItemDraft = Pick<
  ActionItem,
  'type' | 'text' | 'owner' | 'dueAt' | 'end' | 'verification'
>;

export type Reviews = {
  /**
   * Begins an incident's postmortem from its record; the one that is there, where there is one. A short one that was
   * drafted by itself, and that nobody edited, is drafted anew where every section is needed. Throws `not_found`.
   */
  draft(incidentId: number, actor: string, template?: TemplateName): Promise<Postmortem>;
  /** null: there is none yet. Throws `not_found` where there is no such incident. */
  read(incidentId: number, nth?: number): Promise<ReadPostmortem | null>;
  /** Throws `not_found`, `state_conflict` where its state forbids it, `validation` naming the field. */
  move(incidentId: number, request: PostmortemRequest, actor: string): Promise<ReadPostmortem>;
  /** As it would read with another text; keeps nothing. null: there is none yet. */
  preview(incidentId: number, markdown: string): Promise<ReadPostmortem | null>;
  /** What closing the incident lacks; empty: nothing. Only severities 1 and 2 are asked. */
  missingToClose(incident: Incident): Promise<readonly string[]>;
  addItem(incidentId: number, draft: ActionItemDraft, actor: string): Promise<ActionItem>;
  moveItem(id: number, move: ActionMove, actor: string): Promise<ActionItem>;
  /** Runs its verification here, and keeps the result. Throws `state_conflict` where it runs elsewhere. */
  verify(id: number, actor: string): Promise<ActionItem>;
  /** Keeps a result that was come to elsewhere. Throws `state_conflict` where it is run here. */
  tell(id: number, isHeld: boolean, text: string, actor: string): Promise<ActionItem>;
  item(id: number): Promise<ActionItem>;
};

/** The one way to write reviews: one write after another. */
export function createReviews(parts: ReviewsParts): Reviews {
  const { ledger, incidents, clock, ids, log } = parts;
  let chain: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = chain.then(work);
    chain = turn.catch(() => undefined);
    return turn;
  }

  async function incidentOf(id: number): Promise<Incident> {
    const incident = await incidents.byId(id);
    if (incident !== null) return incident;
    throw fault('not_found', { field: 'incident_id' });
  }

  async function versionAt(incidentId: number, nth: number): Promise<PostmortemVersion> {
    const [stored] = await ledger.postmortemVersions({
      incidentId,
      beforeNth: nth + 1,
      limit: 1,
    });
    const version = stored === undefined ? null : versionOf(stored);
    if (version?.nth === nth) return version;
    throw fault('not_found', { field: 'version', detail: `There is no version ${nth}.` });
  }

  async function valuesFor(
    incident: Incident,
    { frozen }: Pick<PostmortemVersion, 'frozen'>,
  ): Promise<ReferenceValues> {
    if (frozen === null) return valuesOf(await readFactsInput(incident, parts));
    return {
      facts: new Map(frozen.facts.map((fact) => [fact.name, fact])),
      lists: new Map(Object.entries(frozen.lists)),
    };
  }

  async function shown(
    incident: Incident,
    postmortem: Postmortem,
    version: PostmortemVersion,
  ): Promise<ReadPostmortem> {
    const values = await valuesFor(incident, version);
    const text = shownText(version.markdown, values);
    const report = lint(text);
    const missing = missingParts({
      incident,
      text,
      lint: report,
      unknown: unknownReferences(version.markdown, values),
      actionItems: await itemsOf(incident.id),
    });
    return { postmortem, version, values, text, lint: report, missing };
  }

  async function itemsOf(incidentId: number): Promise<readonly ActionItem[]> {
    const limit = actionBounds.ofIncident;
    return (await ledger.actionItems({ incidentId, limit })).map(actionItemOf);
  }

  async function findItem(id: number): Promise<ActionItem> {
    const stored = await ledger.actionItem(id);
    if (stored !== null) return actionItemOf(stored);
    throw fault('not_found', { field: 'item_id' });
  }

  async function store(
    postmortem: Postmortem | null,
    version: PostmortemVersion | null,
    items: readonly ActionItem[] = [],
  ): Promise<void> {
    await ledger.storeReview({
      postmortems: postmortem === null ? [] : [storedPostmortem(postmortem)],
      versions: version === null ? [] : [storedVersion(version)],
      actionItems: items.map(storedActionItem),
    });
  }

  /** Markers of the review, as far as the record bears them out; one that is set stays. */
  async function mark(incidentId: number, actor: string): Promise<void> {
    try {
      const incident = await incidentOf(incidentId);
      if (incident.state === 'declined' || incident.state === 'merged') return;
      const postmortem = postmortemOf(await ledger.postmortem(incidentId));
      for (const reached of reachedMarkers(postmortem, await itemsOf(incidentId))) {
        if (incident.reviewMarkers[reached.marker] !== undefined) continue;
        const move = { kind: 'mark_review', at: clock.now(), ...reached } as const;
        await incidents.move(incidentId, move, reached.source === 'person' ? actor : bySystem);
      }
    } catch (thrown) {
      // What was written is written; the next write marks it.
      log.error({ err: thrown }, 'a marker of a review could not be set');
    }
  }

  async function moveItem(id: number, move: ActionMove, actor: string): Promise<ActionItem> {
    const moved = await inTurn(async () => {
      const known = await findItem(id);
      const result = moveActionItem(known, move, { actor, now: clock.now() });
      if (result.kind === 'refused') throw refusal(result);
      await store(null, null, [result.item]);
      return result.item;
    });
    await mark(moved.incidentId, actor);
    return moved;
  }

  const reviews: Reviews = {
    draft: (incidentId, actor, template) =>
      inTurn(async () => {
        const known = postmortemOf(await ledger.postmortem(incidentId));
        const incident = await incidentOf(incidentId);
        const name = template ?? templateFor(incident.severity);
        if (known !== null && !(name === 'full' && isShortOfSystem(known))) return known;
        const now = clock.now();
        const nth = (known?.version ?? 0) + 1;
        const values = valuesOf(await readFactsInput(incident, parts));
        const markdown = draftText(templateText(name), incident, values);
        const postmortem: Postmortem = {
          incidentId,
          state: 'draft',
          template: name,
          version: nth,
          publishedVersion: null,
          createdAt: known?.createdAt ?? now,
          changedAt: now,
          changedBy: actor,
          submittedAt: null,
          publishedAt: null,
          comments: known?.comments ?? [],
        };
        const note =
          known === null ? 'Drafted from the record.' : 'Drafted anew, with every section.';
        const by = { by: actor, at: now, note };
        await store(postmortem, { incidentId, nth, markdown, ...by, frozen: null });
        return postmortem;
      }),
    async read(incidentId, nth) {
      const incident = await incidentOf(incidentId);
      const postmortem = postmortemOf(await ledger.postmortem(incidentId));
      if (postmortem === null) return null;
      return shown(incident, postmortem, await versionAt(incidentId, nth ?? postmortem.version));
    },
    async preview(incidentId, markdown) {
      const incident = await incidentOf(incidentId);
      const postmortem = postmortemOf(await ledger.postmortem(incidentId));
      if (postmortem === null) return null;
      const present = await versionAt(incidentId, postmortem.version);
      return shown(incident, postmortem, { ...present, markdown });
    },
    async move(incidentId, request, actor) {
      const moved = await inTurn(async () => {
        const incident = await incidentOf(incidentId);
        const postmortem = postmortemOf(await ledger.postmortem(incidentId));
        if (postmortem === null) {
          throw fault('not_found', {
            field: 'incident_id',
            detail: 'It has no postmortem yet: one is drafted when its impact is over.',
          });
        }
        const version = await versionAt(incidentId, postmortem.version);
        const move = moveOf(request, await shown(incident, postmortem, version));
        const result = movePostmortem(postmortem, move, { actor, now: clock.now() });
        if (result.kind === 'refused') throw refusal(result);
        await store(result.postmortem, result.version);
        return { incident, postmortem: result.postmortem, version: result.version ?? version };
      });
      if (request.kind === 'publish') await mark(incidentId, actor);
      return shown(moved.incident, moved.postmortem, moved.version);
    },
    async missingToClose(incident) {
      if (incident.severity > 2) return [];
      const postmortem = postmortemOf(await ledger.postmortem(incident.id));
      if (postmortem === null) return ['there is no postmortem'];
      const version = await versionAt(incident.id, postmortem.version);
      const { missing } = await shown(incident, postmortem, version);
      const { state } = postmortem;
      return [
        ...(state === 'published'
          ? []
          : [`the postmortem is not published, it is ${state.replace('_', ' ')}`]),
        ...missing,
      ];
    },
    async addItem(incidentId, draft, actor) {
      const item = await inTurn(async () => {
        await incidentOf(incidentId);
        if ((await itemsOf(incidentId)).length >= actionBounds.ofIncident) {
          throw fault('state_conflict', {
            detail: `An incident holds at most ${actionBounds.ofIncident} action items.`,
          });
        }
        const made: ActionItem = {
          ...draft,
          id: ids.next(),
          incidentId,
          state: 'open',
          by: actor,
          at: clock.now(),
          closedAt: null,
          closedBy: null,
          reason: '',
          results: [],
          remindedAt: null,
          reminders: 0,
        };
        await store(null, null, [made]);
        return made;
      });
      await mark(incidentId, actor);
      return item;
    },
    moveItem,
    async verify(id, actor) {
      const item = await findItem(id);
      const incident = await incidentOf(item.incidentId);
      const { isHeld, text } = await verifyItem(item, incident, parts, clock.now());
      return moveItem(id, { kind: 'result', isHeld, text, of: item.verification }, actor);
    },
    async tell(id, isHeld, text, actor) {
      const item = await findItem(id);
      const { verification } = item;
      if (verification === null || !isRunElsewhere(verification, parts.runDrill)) {
        throw fault('state_conflict', {
          detail: 'Its verification runs here. Run it: holdfast action verify.',
        });
      }
      return moveItem(id, { kind: 'result', isHeld, text, of: verification }, actor);
    },
    item: findItem,
  };

  function moveOf(
    request: PostmortemRequest,
    { version, values, missing, text }: ReadPostmortem,
  ): PostmortemMove {
    const { markdown } = version;
    switch (request.kind) {
      case 'edit':
        assertReadable(request.markdown);
        return request;
      case 'publish': {
        const frozen: Frozen = {
          at: clock.now(),
          facts: [...values.facts.values()],
          lists: Object.fromEntries(values.lists),
        };
        return { kind: 'publish', markdown, frozen, missing };
      }
      case 'return':
        return { ...request, markdown };
      case 'comment':
        return { ...request, text };
      default:
        return request;
    }
  }

  return reviews;
}

/** Drafted by itself while its incident seemed small, and edited by nobody. */
function isShortOfSystem({ state, template, version, changedBy }: Postmortem): boolean {
  return state === 'draft' && template === 'short' && version === 1 && changedBy === SYSTEM;
}

function refusal({
  field,
  detail,
}: {
  readonly field: string | null;
  readonly detail: string;
}): Error {
  return field === null
    ? fault('state_conflict', { detail })
    : fault('validation', { field, detail });
}

/** A text that is too deep or too marked up to be read for its language is too much to be shown, too. Throws `validation`. */
function assertReadable(markdown: string): void {
  if (markdown.length > postmortemBounds.markdown) {
    throw fault('validation', {
      field: 'markdown',
      detail: `A postmortem holds at most ${postmortemBounds.markdown} characters.`,
    });
  }
  const [first] = lint(markdown).unread;
  if (first === undefined) return;
  throw fault('validation', {
    field: 'markdown',
    detail: `From line ${first.start.line} on: ${first.reason}`,
  });
}

/** Of an incident that was never followed nothing was counted: somebody has to say it. */
function draftText(
  template: string,
  { isRetrospective }: Pick<Incident, 'isRetrospective'>,
  values: ReferenceValues,
): string {
  if (!isRetrospective) return template;
  return template
    .split('\n\n')
    .map((paragraph) => (unknownReferences(paragraph, values).length > 0 ? NOT_WRITTEN : paragraph))
    .join('\n\n');
}
