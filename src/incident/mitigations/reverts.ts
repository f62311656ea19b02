import { fault, idAt, timeOfId } from '../../core/index.ts';
import { differences, fieldsOf, isRevertible } from '../../change/index.ts';
import type { Change, ChangeBy, ChangeItem } from '../../ledger/index.ts';
import { laneKey, settingKey } from './keys.ts';
import {
  effectOf,
  type Mitigation,
  type MitigationEffect,
  type MitigationParts,
} from './mitigation.ts';
import { percent } from './failing.ts';
import { idOrNullIn, idsIn, wholeIn } from './target-fields.ts';

const MOST = 3;
/** What is in force over less of the failures than this did not cause them. */
const LEAST_COVERED = 0.5;
const MOST_CHANGES = 1000;
const MINUTES = { min: 1, max: 1440 } as const;
const MINUTE_MS = 60_000;

const changeWords = ({ items }: Change): string => {
  const [item] = items;
  return item === undefined ? 'a change' : `${item.verb} ${item.kind} ${item.subject}`.trim();
};

/** The settings that going back would alter, and the lanes of those that they belong to. */
function touchedBy(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap(({ items }) => items.flatMap(keysOf)))];
}

function keysOf({ kind, subjectId, appId, before, after }: ChangeItem): readonly string[] {
  if (subjectId === null) return [];
  const lane = laneKey(
    kind === 'application' ? subjectId : appId,
    kind === 'endpoint' ? subjectId : undefined,
  );
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  // A field that holds named values is one setting: going back may take all of it away.
  const settings =
    old === null || now === null
      ? [settingKey(kind, subjectId)]
      : differences(old, now).map(({ path: [name = ''] }) => settingKey(kind, subjectId, name));
  return [...settings, lane];
}

async function changesOf(
  { ledger }: MitigationParts,
  ids: readonly number[],
): Promise<readonly Change[]> {
  const found = await ledger.changesOf({ ids: [...new Set(ids)] });
  if (found.length < new Set(ids).size) throw fault('not_found', { field: 'changeIds' });
  return found;
}

async function revert(
  parts: MitigationParts,
  ids: readonly number[],
  by: ChangeBy,
): Promise<MitigationEffect> {
  const { changeId } = await parts.configuration.changes.revert({ ids }, 'refuse', by);
  if (changeId === null) {
    throw fault('state_conflict', { detail: 'All of it is as it was before already.' });
  }
  return effectOf(changeId);
}

/** Those that stand, can be taken back, and may have been a cause. */
const stands = (change: Change): boolean =>
  change.revertedBy === null &&
  change.reverts.length === 0 &&
  isRevertible(change) &&
  change.items.every(({ kind }) => !nobodysCause.has(kind));

export const revertChanges: Mitigation<{ readonly changeIds: readonly number[] }> = {
  kind: 'revert_changes',
  title: 'Revert a change',
  does: 'Puts back what a change altered, field by field; changes that are suspected together go back together.',
  costs: { level: 1, words: 'What the change was made for is gone until it is made again.' },
  timeToEffect: { seconds: 2, words: 'At once.' },
  risk: 'Low where later changes altered other fields; otherwise it is refused.',
  undo: 'Reverts the revert: the change is in force again.',
  isReversible: true,
  read: (target) => ({ changeIds: idsIn(target, 'changeIds') }),
  touches: async ({ changeIds }, parts) => touchedBy(await changesOf(parts, changeIds)),
  async candidates({ suspects, ownChangeIds }, parts) {
    const found = [];
    const seen = new Set<string>();
    for (const suspect of suspects) {
      const { changeId, together, bad } = suspect;
      if (!suspect.isRevertible || bad.covered < bad.of * LEAST_COVERED) continue;
      const all = [changeId, ...together].filter((id) => !ownChangeIds.includes(id));
      const changes = (await parts.ledger.changesOf({ ids: all })).filter(stands);
      const changeIds = changes.map(({ id }) => id).toSorted((one, other) => one - other);
      const key = changeIds.join();
      if (!changeIds.includes(changeId) || seen.has(key)) continue;
      seen.add(key);
      const covered = percent(bad.of === 0 ? 0 : bad.covered / bad.of);
      const what = changes.map(changeWords).join(' and ');
      const because = `${what}: in force over ${covered} of the failures.`;
      found.push({ target: { changeIds }, because });
      if (found.length === MOST) break;
    }
    return found;
  },
  apply: ({ changeIds }, by, parts) => revert(parts, changeIds, by),
};

type Recent = {
  readonly minutes: number;
  /** Counted back from here, ms since the epoch; null: from now. */
  readonly beforeAt: number | null;
  readonly appId: number | null;
  /** Changes that stay: those of mitigations in force. */
  readonly exceptIds: readonly number[];
};

export const revertRecent: Mitigation<Recent> = {
  kind: 'revert_recent',
  title: 'Revert all changes of the last minutes',
  does: 'Puts back all that was changed in a span of time, of one application or of all, in one change.',
  costs: { level: 3, words: 'Whatever else was changed in that time is gone too.' },
  timeToEffect: { seconds: 2, words: 'At once.' },
  risk: 'Takes back changes that had no part in it.',
  undo: 'Reverts the revert: all of them are in force again.',
  isReversible: true,
  read(target) {
    const { exceptIds } = target;
    return {
      minutes: wholeIn(target, 'minutes', MINUTES),
      beforeAt: idOrNullIn(target, 'beforeAt'),
      appId: idOrNullIn(target, 'appId'),
      exceptIds: Array.isArray(exceptIds) && exceptIds.length > 0 ? idsIn(target, 'exceptIds') : [],
    };
  },
  touches: async (target, parts) => touchedBy(await recent(target, parts)),
  async candidates({ suspects, impactStartAt, ownChangeIds }, parts) {
    const now = parts.clock.now();
    const near = suspects.filter(
      ({ isRevertible: can, beforeImpactMs }) => can && beforeImpactMs <= 60 * MINUTE_MS,
    );
    const earliest = Math.min(...near.map(({ at }) => at));
    const minutes = Math.ceil((now - earliest) / MINUTE_MS);
    if (near.length < 2 || minutes > MINUTES.max || now < impactStartAt) return [];
    const target = { minutes, beforeAt: null, appId: null, exceptIds: ownChangeIds };
    const { length } = await recent(target, parts);
    if (length < 2) return [];
    const because = `${length} changes in ${minutes} minutes, the first ${Math.max(0, Math.round((impactStartAt - earliest) / MINUTE_MS))} min before the impact began.`;
    return [{ target, because }];
  },
  async apply(target, by, parts) {
    const changes = await recent(target, parts);
    if (changes.length === 0) {
      const detail = 'Nothing that could be taken back was changed in that time.';
      throw fault('state_conflict', { detail });
    }
    return revert(
      parts,
      changes.map(({ id }) => id),
      by,
    );
  },
};

async function recent(
  { minutes, beforeAt, appId, exceptIds }: Recent,
  { ledger, clock }: MitigationParts,
): Promise<readonly Change[]> {
  const until = beforeAt ?? clock.now();
  const changes = await ledger.changes({
    fromId: idAt(until - minutes * MINUTE_MS),
    ...(appId === null ? {} : { appId }),
    limit: MOST_CHANGES,
    descending: true,
  });
  return changes.filter(
    (change) => timeOfId(change.id) <= until && stands(change) && !exceptIds.includes(change.id),
  );
}

/** None of an incident's causes; and with one of them that admins alone take back, all would be refused. */
const nobodysCause: ReadonlySet<string> = new Set([
  'notifier',
  'route',
  'incident_rule',
  'token',
  'objective',
  'maintenance',
]);
