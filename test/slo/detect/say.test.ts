import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectorKinds, sayFinding, type Finding } from '../../../src/slo/index.ts';

const at = Date.UTC(2026, 0, 5, 12);
const finding: Omit<Finding, 'detector'> = {
  severity: 'page',
  seenAt: at + 3_600_000,
  sinceAt: at,
  observed: { unit: 'share', value: 0.003_07, bad: 37, of: 12_052 },
  against: { unit: 'share', value: 0.000_2, bad: 0, of: null },
  sure: { kind: 'false_alarms', perYear: 0.1 },
};

test('every detector has a sentence that names the slice and says how sure it is', () => {
  for (const detector of detectorKinds) {
    const sentence = sayFinding({ ...finding, detector }, 'objective payments');
    assert.match(sentence, /^objective payments: .*\(chance says so once in 10 years at most\)\.$/);
    assert.doesNotMatch(sentence, /NaN|undefined|Infinity|\n/);
  }
});

test('a small step is said with its counts, since when, and what is usual', () => {
  assert.equal(
    sayFinding({ ...finding, detector: 'small_step' }, 'objective payments'),
    'objective payments: 0.31 % failed (37 of 12,052) since 2026-01-05T12:00Z, where 0.02 % is usual; endpoints count once in 6 h, so it is not one endpoint alone (chance says so once in 10 years at most).',
  );
});

test('a burn rate is said in times the budget', () => {
  const burn: Finding = {
    ...finding,
    detector: 'burn_rate',
    against: { unit: 'burn_rate', value: 14.4 },
    sure: { kind: 'rule', name: 'burn rate over 1 h' },
  };
  assert.match(
    sayFinding(burn, 'all'),
    /spends the budget 14\.4 times too fast \(burn rate over 1 h\)/,
  );
});
