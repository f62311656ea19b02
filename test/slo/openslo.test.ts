import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';

import { HoldfastError } from '../../src/core/index.ts';
import { readObjectives, writeObjectives } from '../../src/cli/slo-files.ts';
import type { PlainObjective } from '../../src/slo/index.ts';
import { runs } from '../support/ledger-property.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const name = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/);
const metadata = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  text,
  { maxKeys: 3, noNullPrototype: true },
);

const objective: fc.Arbitrary<PlainObjective> = fc.record({
  name,
  description: text,
  indicator: fc.constantFrom('on_time', 'first_attempt', 'accounted'),
  target: fc.integer({ min: 1, max: 99_999 }).map((parts) => parts / 100_000),
  deadlineMs: fc.option(fc.integer({ min: 1, max: 86_400_000 })),
  periodDays: fc.integer({ min: 1, max: 90 }),
  owner: text,
  consumers: fc.array(text, { maxLength: 3 }),
  slice: fc.record({
    appIds: fc.array(text, { maxLength: 2 }),
    endpointIds: fc.array(text, { maxLength: 2 }),
    eventTypes: fc.array(text, { maxLength: 2 }),
    applicationMetadata: metadata,
    endpointMetadata: metadata,
  }),
  value: fc.option(
    fc.record({
      valuePerDelivery: fc.nat(),
      currency: fc.constantFrom('EUR', 'USD', 'JPY'),
    }),
  ),
});
const objectives = fc.uniqueArray(objective, { selector: (one) => one.name, maxLength: 4 });

describe('objectives in files', () => {
  for (const isOpenSlo of [true, false]) {
    test(`come back as they were ${isOpenSlo ? 'from OpenSLO' : 'from our own form'}`, () => {
      fc.assert(
        fc.property(objectives, (drawn) => {
          const given = structuredClone(drawn); // with the usual prototypes
          assert.deepEqual(readObjectives(writeObjectives(given, { isOpenSlo })), given);
        }),
        { seed: Date.now(), verbose: true },
      );
    });
  }

  const slo = (change: (yaml: string) => string): string => {
    const [given] = fc.sample(objective, { numRuns: 1, seed: 7 });
    assert.ok(given !== undefined);
    return change(writeObjectives([{ ...given, periodDays: 28 }], { isOpenSlo: true }));
  };
  const refusals: readonly (readonly [string, (yaml: string) => string, RegExp])[] = [
    [
      'another budgeting method',
      (yaml) => yaml.replace('Occurrences', 'Timeslices'),
      /Occurrences/,
    ],
    ['a fixed window', (yaml) => yaml.replace('isRolling: true', 'isRolling: false'), /rolling/],
    [
      'a calendar',
      (yaml) => yaml.replace('isRolling: true', 'isRolling: true\n      calendar: {}'),
      /rolling/,
    ],
    [
      'alert policies',
      (yaml) => yaml.replace('spec:', 'spec:\n  alertPolicies: []'),
      /no place for "spec.alertPolicies"/,
    ],
    [
      'an indicator by reference',
      (yaml) => yaml.replace('holdfast/indicator', 'other/indicator'),
      /not read from a query/,
    ],
    [
      'an annotation of ours that is none',
      (yaml) => yaml.replace('holdfast/owner', 'holdfast/ownre'),
      /no annotation of ours/,
    ],
    [
      'another kind',
      (yaml) => yaml.replace('kind: SLO', 'kind: Service'),
      /Only documents of kind "SLO"/,
    ],
    ['another version', (yaml) => yaml.replace('openslo/v1', 'openslo/v2'), /Only "openslo\/v1"/],
    ['two documents of one name', (yaml) => yaml + yaml, /there twice/],
    ['no YAML', () => '{', /no YAML/],
    ['aliases', () => 'a: &a [1]\nb: *a\n', /write out what "\*a"/],
    ['an alias of nothing', () => '*a', /Aliases are not read/],
  ];
  for (const [what, change, words] of refusals) {
    test(`name ${what} that cannot be said`, () => {
      assert.throws(() => readObjectives(slo(change)), { name: 'HoldfastError', message: words });
    });
  }

  test('answer whatever text with objectives or with a fault of their own', () => {
    const piece = fc.oneof(
      fc.constantFrom('*a', '&a ', '<<: ', '!!set ', '!!binary ', '!x ', '---\n', '...'),
      fc.stringMatching(/^[a1?:[\]{},"|>%#~'\n\t\0 -]$/),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        try {
          readObjectives(pieces.join(''));
        } catch (thrown) {
          if (!(thrown instanceof HoldfastError)) throw thrown;
        }
      }),
      runs(2_000),
    );
  });

  test('take weeks and a target in percent', () => {
    const [read] = readObjectives(
      slo((yaml) => yaml.replace('28d', '4w').replace(/target: .*/, 'targetPercent: 99.9')),
    );
    assert.deepEqual([read?.periodDays, read?.target], [28, 0.999]);
  });
});
