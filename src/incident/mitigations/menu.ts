import { fault } from '../../core/index.ts';
import type { ConflictChoice } from '../../change/index.ts';
import type { ChangeBy } from '../../ledger/index.ts';
import type { AppliedMitigation } from '../incident.ts';
import { alternateUrl } from './alternate-url.ts';
import { interactions, type Interaction } from './interactions.ts';
import { lowerRate, raiseConcurrency } from './lane-limits.ts';
import { onJson } from './on-json.ts';
import { lengthenRetries } from './lengthen-retries.ts';
import {
  mitigationKinds,
  type Mitigation,
  type MitigationContext,
  type MitigationEffect,
  type MitigationKind,
  type MitigationParts,
  type MitigationTarget,
} from './mitigation.ts';
import { openCircuit } from './open-circuit.ts';
import { pauseEndpoint } from './pause-endpoint.ts';
import { drain, pauseApplication, pauseEventType } from './pauses.ts';
import { redrive } from './redrive.ts';
import { revertChanges, revertRecent } from './reverts.ts';
import { stopCanary } from './stop-canary.ts';

export type DescribedMitigation = Pick<
  Mitigation,
  'kind' | 'title' | 'does' | 'costs' | 'timeToEffect' | 'risk' | 'undo' | 'isReversible'
>;

const menu: Readonly<Record<MitigationKind, Mitigation>> = {
  stop_canary: onJson(stopCanary),
  revert_changes: onJson(revertChanges),
  revert_recent: onJson(revertRecent),
  alternate_url: onJson(alternateUrl),
  open_circuit: onJson(openCircuit),
  pause_endpoint: onJson(pauseEndpoint),
  pause_event_type: onJson(pauseEventType),
  pause_application: onJson(pauseApplication),
  drain: onJson(drain),
  lower_rate: onJson(lowerRate),
  raise_concurrency: onJson(raiseConcurrency),
  lengthen_retries: onJson(lengthenRetries),
  redrive: onJson(redrive),
};

/** What the menu says of each, the cheapest first. */
export const mitigationMenu: readonly DescribedMitigation[] = mitigationKinds
  .map((kind) => describedOf(menu[kind]))
  .toSorted(byCost);

/** One that makes sense now, with what it has in common with those in force. */
export type MitigationOffer = DescribedMitigation & {
  readonly target: MitigationTarget;
  readonly because: string;
  readonly touches: readonly string[];
  readonly interactions: readonly Interaction[];
};

export type Mitigations = {
  /** What makes sense for a failing slice: the cheapest first, then what can be undone, then the quickest. */
  offers(
    context: MitigationContext,
    applied: readonly AppliedMitigation[],
  ): Promise<readonly MitigationOffer[]>;
  /**
   * What it would touch, and how that stands to those in force. Throws `validation` for a kind that is none and for a
   * target that will not do.
   */
  look(
    kind: string,
    target: MitigationTarget,
    applied: readonly AppliedMitigation[],
  ): Promise<Looked>;
  /**
   * Applies one. Throws `state_conflict` where one in force alters the same setting, or all is so already; and as a
   * write of what it changes does.
   */
  apply(
    kind: string,
    target: MitigationTarget,
    applied: readonly AppliedMitigation[],
    by: ChangeBy,
  ): Promise<Looked & { readonly effect: MitigationEffect }>;
  /**
   * Takes back what it changed, in one change. Throws `state_conflict` where it cannot be undone, or was; and
   * `change_conflict` where somebody has altered the same since and the choice is to refuse.
   * @returns the changes that took it back; none where nothing of it was left.
   */
  undo(
    applied: Pick<AppliedMitigation, 'kind' | 'changeIds' | 'undoneAt' | 'isReversible'>,
    by: ChangeBy,
    choice?: ConflictChoice,
  ): Promise<readonly number[]>;
};

export type Looked = {
  readonly mitigation: DescribedMitigation;
  /** As it was read: what is kept of it. */
  readonly target: MitigationTarget;
  readonly touches: readonly string[];
  readonly interactions: readonly Interaction[];
};

export function createMitigations(parts: MitigationParts): Mitigations {
  async function look(
    kind: string,
    given: MitigationTarget,
    applied: readonly AppliedMitigation[],
  ): Promise<Looked> {
    const mitigation = mitigationOf(kind);
    const target = mitigation.read(given);
    const touches = await mitigation.touches(target, parts);
    return {
      mitigation: describedOf(mitigation),
      target,
      touches,
      interactions: interactions(applied, touches),
    };
  }

  return {
    async offers(context, applied) {
      const found = await Promise.all(
        mitigationKinds.map(async (kind) => {
          const candidates = await menu[kind].candidates(context, parts);
          return Promise.all(
            candidates.map(async ({ target, because }): Promise<MitigationOffer> => {
              const touches = await menu[kind].touches(target, parts);
              return {
                ...describedOf(menu[kind]),
                target,
                because,
                touches,
                interactions: interactions(applied, touches),
              };
            }),
          );
        }),
      );
      return found.flat().toSorted(byCost);
    },
    look,
    async apply(kind, given, applied, by) {
      const looked = await look(kind, given, applied);
      const refused = looked.interactions.find(({ verdict }) => verdict === 'refuse');
      if (refused !== undefined) throw fault('state_conflict', { detail: refused.words });
      const effect = await mitigationOf(kind).apply(looked.target, by, parts);
      return { ...looked, effect };
    },
    async undo({ kind, changeIds, undoneAt, isReversible }, by, choice = 'refuse') {
      const { undo, title } = mitigationOf(kind);
      if (undoneAt !== null) {
        throw fault('state_conflict', { detail: `"${title}" is undone already.` });
      }
      if (!isReversible || changeIds.length === 0) {
        throw fault('state_conflict', { detail: `"${title}" cannot be undone. ${undo}` });
      }
      const { changes } = parts.configuration;
      const { changeId } = await changes.revert({ ids: changeIds }, choice, by);
      return changeId === null ? [] : [changeId];
    },
  };
}

function mitigationOf(kind: string): Mitigation {
  const known = mitigationKinds.find((each) => each === kind);
  if (known !== undefined) return menu[known];
  throw fault('validation', {
    field: 'kind',
    detail: `There is no mitigation "${kind}". There are: ${mitigationKinds.join(', ')}.`,
  });
}

function describedOf(mitigation: Mitigation): DescribedMitigation {
  const { kind, title, does, costs, timeToEffect, risk, undo, isReversible } = mitigation;
  return { kind, title, does, costs, timeToEffect, risk, undo, isReversible };
}

/** What costs least first, then what can be undone, then what takes effect first. */
function byCost(one: DescribedMitigation, other: DescribedMitigation): number {
  return (
    one.costs.level - other.costs.level ||
    Number(other.isReversible) - Number(one.isReversible) ||
    one.timeToEffect.seconds - other.timeToEffect.seconds
  );
}
