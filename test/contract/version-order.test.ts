import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, latestVersion, versionsOf } from '../../src/contract/index.ts';

test('versions are ordered by their numbers', () => {
  const ordered = ['1', '2', '9', '10', '1000000000000000000000', 'v1.9', 'v1.10', 'v1.10.1'];
  const mixed = Object.fromEntries(ordered.toReversed().map((version) => [version, {}]));
  assert.deepEqual(versionsOf(mixed), ordered);
  assert.equal(latestVersion({ 9: {}, 10: {} }), '10');
  assert.equal(latestVersion(null), undefined);
});

test('a version before the release is lower, and two texts are never equal', () => {
  assert.ok(compareVersions('2.0.0-beta', '2.0.0') < 0);
  assert.ok(compareVersions('2.0.0-beta', '1.9.9') > 0);
  assert.ok(compareVersions('2.0.0-beta.2', '2.0.0-beta.10') < 0);
  assert.ok(compareVersions('1', '01') !== 0);
  assert.equal(compareVersions('01', '1'), -compareVersions('1', '01'));
});
