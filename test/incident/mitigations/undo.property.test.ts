import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { HoldfastError } from '../../../src/core/index.ts';
import type { AppliedMitigation, MitigationKind } from '../../../src/incident/index.ts';
import { runs } from '../../support/ledger-property.ts';
import { openMitigationScene, type MitigationScene } from '../../support/mitigation-scene.ts';
import { somebody } from '../../support/somebody.ts';

type Step =
  | {
      readonly do: 'apply';
      readonly kind: MitigationKind;
      readonly draw: number;
      readonly more: number;
    }
  | { readonly do: 'undo'; readonly draw: number };

const kinds = [
  'revert_changes',
  'revert_recent',
  'alternate_url',
  'open_circuit',
  'pause_endpoint',
  'pause_event_type',
  'pause_application',
  'drain',
  'lower_rate',
  'raise_concurrency',
  'lengthen_retries',
] as const satisfies readonly MitigationKind[];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('apply' as const),
      kind: fc.constantFrom(...kinds),
      draw: fc.nat(),
      more: fc.integer({ min: 1, max: 64 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), draw: fc.nat() }) },
);

/** What can have been the cause: of each field that a mitigation alters, and of others. */
async function changeMuch({ configuration, endpoints, applications, move }: MitigationScene) {
  move(3_600_000);
  const made: number[] = [];
  const change = async (nth: number, fields: object): Promise<void> => {
    const known = await configuration.endpoints.byId(endpoints[nth]?.id ?? 0);
    assert.ok(known);
    const { endpoints: all } = configuration;
    made.push((await all.update(known, (now) => ({ ...now, ...fields }), somebody)).revision);
  };
  await change(0, { url: 'https://new.example/', description: 'moved' });
  await change(1, { lane: { adaptive: true, concurrency: 6 } });
  await change(1, { lane: { adaptive: true, concurrency: 7 }, metadata: { team: 'b', zone: 'b' } });
  await change(2, { policy: null, throttleRate: 5 });
  const patient = configuration.policies.byName('patient');
  assert.ok(patient);
  const { policies } = configuration;
  const policy = (known: typeof patient) => ({ ...known, retentionDays: 30 });
  made.push((await policies.update(patient, policy, somebody)).revision);
  const [acme] = applications;
  assert.ok(acme);
  const renamed = (known: typeof acme) => ({ ...known, name: 'Acme Inc' });
  made.push((await configuration.applications.update(acme, renamed, somebody)).revision);
  return made;
}

function targetOf(
  kind: MitigationKind,
  draw: number,
  more: number,
  { endpoints, applications }: MitigationScene,
  changeIds: readonly number[],
): Readonly<Record<string, unknown>> {
  const endpointId = endpoints[draw % endpoints.length]?.id;
  const appId = applications[draw % applications.length]?.id;
  switch (kind) {
    case 'revert_changes':
      return {
        changeIds: changeIds.filter(
          (_, place) => place === draw % changeIds.length || (place * more) % 7 === 1,
        ),
      };
    case 'revert_recent':
      return { minutes: more % 4 === 0 ? 120 : 30 };
    case 'pause_event_type':
      return { eventType: ['a.b', 'c/d'][draw % 2], ...(more % 2 === 0 ? { appId } : {}) };
    case 'pause_application':
      return { appId };
    case 'drain':
      return {};
    case 'lower_rate':
      return {
        endpointId,
        ...(more % 3 === 0 ? {} : { concurrency: more }),
        ...(more % 3 === 1 ? {} : { throttleRate: more }),
      };
    case 'raise_concurrency':
      return { endpointId, concurrency: 64 + more };
    case 'lengthen_retries':
      return more % 2 === 0 ? { endpointId, moreHours: more } : { appId };
    case 'open_circuit':
      return { endpointId, minutes: more % 2 === 0 ? null : more, withProbes: more % 3 === 0 };
    default:
      return { endpointId };
  }
}

test('whatever was applied and undone in whatever order: when all is undone, configuration is what it was', async (t) => {
  let [applications, refusals] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 16 }),
      fc.infiniteStream(fc.nat()),
      async (steps, draws) => {
        const scene = await openMitigationScene();
        try {
          const changeIds = await changeMuch(scene);
          const before = await scene.documents();
          const applied: AppliedMitigation[] = [];
          const undo = async (draw: number): Promise<void> => {
            const [one] = applied.splice(draw % applied.length, 1);
            assert.ok(one);
            await scene.mitigations.undo(one, somebody);
          };
          for (const next of steps) {
            if (next.do === 'undo') {
              if (applied.length > 0) await undo(next.draw);
              continue;
            }
            const own = applied.flatMap(({ changeIds: ids }) => ids);
            const target = {
              ...targetOf(next.kind, next.draw, next.more, scene, changeIds),
              ...(next.kind === 'revert_recent' ? { exceptIds: own } : {}),
            };
            try {
              const { mitigation, touches, effect, ...rest } = await scene.mitigations.apply(
                next.kind,
                target,
                applied,
                somebody,
              );
              applications += 1;
              applied.push({
                id: applications,
                kind: mitigation.kind,
                title: mitigation.title,
                isReversible: mitigation.isReversible,
                target: rest.target,
                touches,
                changeIds: effect.changeIds,
                actId: effect.actId,
                by: 'me',
                isAutomatic: false,
                at: scene.now(),
                undoneAt: null,
                undoneBy: null,
                undoChangeIds: [],
                keptBecause: null,
              });
            } catch (thrown) {
              assert.ok(thrown instanceof HoldfastError, String(thrown));
              assert.ok(
                ['state_conflict', 'change_conflict', 'conflict', 'not_found'].includes(
                  thrown.code,
                ),
                thrown.message,
              );
              refusals += 1;
            }
          }
          while (applied.length > 0) await undo(draws.next().value ?? 0);
          assert.deepEqual([...(await scene.documents())], [...before]);
        } finally {
          await scene.ledger.close();
        }
      },
    ),
    runs(60),
  );
  t.diagnostic(`${applications} were applied and undone, ${refusals} refused`);
});
