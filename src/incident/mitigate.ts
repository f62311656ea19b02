import { fault, idAt, type Clock, type IdSource, type IdText } from '../core/index.ts';
import type { Configuration, ConflictChoice } from '../change/index.ts';
import type { ChangeBy, Ledger } from '../ledger/index.ts';
import { scopeOf, type Scope } from '../slo/index.ts';
import { findSuspects, readCounts } from './find-suspects.ts';
import {
  bySystem,
  incidentBounds,
  inForce,
  isEnded,
  presentEpisode,
  type AppliedMitigation,
  type Incident,
  type IncidentSlice,
  type IntendedMitigation,
  type Mover,
} from './incident.ts';
import type { Incidents } from './incidents.ts';
import type {
  Interaction,
  MitigationContext,
  MitigationOffer,
  Mitigations,
  MitigationTarget,
} from './mitigations/index.ts';

export type Mitigated = {
  readonly incident: Incident;
  readonly mitigation: AppliedMitigation;
  /** With others in force, which it does not exclude. */
  readonly interactions: readonly Interaction[];
};

/** Applies mitigations for incidents, one after another, and keeps with each incident what was done for it. */
export type Mitigate = {
  /**
   * Closes what an earlier life left open: a mitigation whose change was made and that no incident holds, and one that was
   * taken back and is held as in force. Before anything else moves incidents.
   */
  load(): Promise<void>;
  /** What makes sense for it now, the cheapest first. */
  offers(incident: Incident): Promise<readonly MitigationOffer[]>;
  /** Throws `not_found`, `validation`, and `state_conflict` naming what stands in its way. */
  apply(given: {
    readonly incidentId: number;
    readonly kind: string;
    readonly target: MitigationTarget;
    readonly by: ChangeBy;
    readonly isAutomatic: boolean;
  }): Promise<Mitigated>;
  /** Throws `not_found`, `state_conflict`; `change_conflict` where the same was altered since and the choice is to refuse. */
  undo(given: {
    readonly incidentId: number;
    readonly mitigationId: number;
    readonly by: ChangeBy;
    readonly choice: ConflictChoice;
  }): Promise<Mitigated>;
};

export type MitigateParts = {
  readonly incidents: Incidents;
  readonly mitigations: Mitigations;
  readonly configuration: Configuration;
  readonly ledger: Ledger;
  readonly ids: IdSource;
  readonly idText: IdText;
  readonly clock: Clock;
};

/** Changes since it was begun among which the one of a mitigation is looked for: the service ended at once after it. */
const RECOVERED_AMONG = 1000;

export function createMitigate(parts: MitigateParts): Mitigate {
  const { incidents, mitigations, idText, ids, clock } = parts;
  let chain: Promise<unknown> = Promise.resolve();

  /** Two at once could both find that nothing stands in their way. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = chain.then(work);
    chain = turn.catch(() => undefined);
    return turn;
  }

  async function find(incidentId: number): Promise<Incident> {
    const incident = await incidents.byId(incidentId);
    if (incident !== null) return incident;
    throw fault('not_found', { field: 'incident_id' });
  }

  function intend(
    incidentId: number,
    intended: IntendedMitigation | null,
    actor: Mover,
    note = '',
  ): Promise<Incident> {
    return incidents.move(incidentId, { kind: 'intend_mitigation', intended, note }, actor);
  }

  /** What an earlier life was about to apply: its change is found by who made it and why, or there is none. */
  async function recoverIntended({ id, intended }: Incident): Promise<void> {
    if (intended === undefined) return;
    const { mitigation, by } = intended;
    const page = { fromId: idAt(mitigation.at), limit: RECOVERED_AMONG, descending: false };
    const changeIds = (await parts.ledger.changes(page))
      .filter(({ actor, via, reason }) => {
        return actor === by.actor && via === by.via && reason === by.reason;
      })
      .map((change) => change.id);
    if (changeIds.length > 0) {
      const found = { ...mitigation, changeIds };
      await incidents.move(id, { kind: 'add_mitigation', mitigation: found }, moverOf(by));
      return;
    }
    const whether = mitigation.isReversible
      ? 'was not applied'
      : 'was perhaps begun, perhaps not: look before it is begun again';
    await intend(
      id,
      null,
      bySystem,
      `"${mitigation.title}" ${whether}: the service ended meanwhile.`,
    );
  }

  /** What an earlier life took back, without having written it down. */
  async function recoverUndone(incident: Incident): Promise<void> {
    for (const { id, changeIds } of inForce(incident)) {
      if (changeIds.length === 0) continue;
      const changes = await parts.ledger.changesOf({ ids: changeIds });
      const undoChangeIds = changes.flatMap(({ revertedBy }) => revertedBy ?? []);
      if (changes.length === 0 || undoChangeIds.length < changes.length) continue;
      const move = { kind: 'undo_mitigation', id, undoChangeIds } as const;
      await incidents.move(incident.id, move, bySystem);
    }
  }

  return {
    load: () =>
      inTurn(async () => {
        for (const incident of incidents.current()) {
          await recoverIntended(incident);
          await recoverUndone(incident);
        }
      }),
    async offers(incident) {
      return mitigations.offers(await contextOf(incident, parts), inForceAnywhere(incident, parts));
    },
    apply: ({ incidentId, kind, target, by, isAutomatic }) =>
      inTurn(async () => {
        // One before it was applied, or not, and could not be written down.
        await recoverIntended(await find(incidentId));
        const incident = await find(incidentId);
        if (isEnded(incident)) {
          throw fault('state_conflict', { detail: `The incident is ${incident.state}.` });
        }
        if (incident.mitigations.length >= incidentBounds.mitigations) {
          throw fault('state_conflict', {
            detail: `An incident holds at most ${incidentBounds.mitigations} mitigations.`,
          });
        }
        const others = inForceAnywhere(incident, parts);
        const looked = await mitigations.look(kind, target, others);
        const name = await nameOf(looked.target, parts);
        const title = name === '' ? looked.mitigation.title : `${looked.mitigation.title}: ${name}`;
        const reason = by.reason === '' ? reasonOf(title, incident, idText) : by.reason;
        const mitigation: AppliedMitigation = {
          id: ids.next(),
          kind,
          title,
          target: looked.target,
          touches: looked.touches,
          by: by.actor,
          isAutomatic,
          at: clock.now(),
          changeIds: [],
          actId: null,
          undoneAt: null,
          undoneBy: null,
          undoChangeIds: [],
          isReversible: looked.mitigation.isReversible,
          keptBecause: null,
        };
        const recorded = { ...by, reason };
        await intend(incidentId, { mitigation, by: recorded }, moverOf(by));
        let done;
        try {
          done = await mitigations.apply(kind, looked.target, others, recorded);
        } catch (thrown) {
          await intend(incidentId, null, moverOf(by));
          throw thrown;
        }
        const { changeIds, actId } = done.effect;
        const applied = { ...mitigation, changeIds, actId, at: clock.now() };
        const move = { kind: 'add_mitigation', mitigation: applied } as const;
        const moved = await incidents.move(incidentId, move, moverOf(by));
        return { incident: moved, mitigation: applied, interactions: done.interactions };
      }),
    undo: ({ incidentId, mitigationId, by, choice }) =>
      inTurn(async () => {
        const incident = await find(incidentId);
        const known = incident.mitigations.find(({ id }) => id === mitigationId);
        if (known === undefined) throw fault('not_found', { field: 'mitigation_id' });
        const reason =
          by.reason === '' ? reasonOf(`Undone: ${known.title}`, incident, idText) : by.reason;
        const undoChangeIds = await mitigations.undo(known, { ...by, reason }, choice);
        const move = { kind: 'undo_mitigation', id: mitigationId, undoChangeIds } as const;
        const moved = await incidents.move(incidentId, move, moverOf(by));
        const mitigation = moved.mitigations.find(({ id }) => id === mitigationId) ?? known;
        return { incident: moved, mitigation, interactions: [] };
      }),
  };
}

/** What the service applies by itself goes no way that anybody else may go. */
function moverOf({ actor, via }: ChangeBy): Mover {
  return via === 'holdfast' ? bySystem : actor;
}

/** Those of other incidents alter the same settings as well as its own do. */
function inForceAnywhere(
  incident: Incident,
  { incidents }: Pick<MitigateParts, 'incidents'>,
): readonly AppliedMitigation[] {
  const others = incidents.current().filter(({ id }) => id !== incident.id);
  return [incident, ...others].flatMap(inForce).filter(({ isReversible }) => isReversible);
}

async function contextOf(incident: Incident, parts: MitigateParts): Promise<MitigationContext> {
  const { ledger, clock } = parts;
  const { markers } = presentEpisode(incident);
  const impactStartAt = markers.impactStart?.at ?? incident.openedAt;
  const [counts, suspects, isOfSlice] = await Promise.all([
    readCounts(ledger, impactStartAt, clock.now() + 1),
    findSuspects(incident, parts),
    rowsOf(incident.slice, parts),
  ]);
  return {
    slice: incident.slice,
    counts: counts.filter(isOfSlice),
    suspects,
    impactStartAt,
    ownChangeIds: inForceAnywhere(incident, parts).flatMap(({ changeIds }) => changeIds),
  };
}

async function rowsOf(
  { objective, appIds, endpointIds, eventTypes }: IncidentSlice,
  parts: Pick<MitigateParts, 'configuration' | 'idText'>,
): Promise<
  (row: {
    readonly appId: number;
    readonly endpointId: number;
    readonly eventType: string;
  }) => boolean
> {
  const known = objective === null ? null : await parts.configuration.objectives.byName(objective);
  const scope: Scope | null = known === null ? null : await scopeOf(known.slice, parts);
  const isIn = <Value>(list: readonly Value[], value: Value): boolean =>
    list.length === 0 || list.includes(value);
  return ({ appId, endpointId, eventType }) =>
    isIn(appIds, appId) &&
    isIn(endpointIds, endpointId) &&
    isIn(eventTypes, eventType) &&
    (scope?.apps?.has(appId) ?? true) &&
    (scope?.endpoints?.has(endpointId) ?? true) &&
    (scope?.eventTypes?.has(eventType) ?? true);
}

function reasonOf(title: string, incident: Incident, idText: IdText): string {
  return `${title} (incident ${idText.format('incident', incident.id)})`.slice(0, 500);
}

/** What a target names, as people call it; empty: nothing in particular. */
async function nameOf(
  { endpointId, appId, eventType, changeIds, minutes }: MitigationTarget,
  { configuration, idText }: Pick<MitigateParts, 'configuration' | 'idText'>,
): Promise<string> {
  if (typeof endpointId === 'number') {
    const endpoint = await configuration.endpoints.byId(endpointId);
    return endpoint?.uid ?? idText.format('endpoint', endpointId);
  }
  if (typeof eventType === 'string') return eventType;
  if (typeof appId === 'number') {
    const application = await configuration.applications.byId(appId);
    return application?.uid ?? idText.format('application', appId);
  }
  if (Array.isArray(changeIds)) {
    return changeIds.map((id) => idText.format('change', Number(id))).join(', ');
  }
  return typeof minutes === 'number' ? `of the last ${minutes} minutes` : '';
}
