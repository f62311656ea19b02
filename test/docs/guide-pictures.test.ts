import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../bin/runtime.js';
import { picturesKept, picturesOfGuide } from '../support/guide-pictures.ts';

test('each picture of the guide is there, is taken by a test, and none is left over', () => {
  const shown = [...picturesOfGuide()].toSorted();
  assert.ok(shown.length > 0, 'the guide shows pictures');
  assert.deepEqual([...picturesKept()].toSorted(), shown, 'npm run console:pictures takes them');
  const folder = join(ROOT, 'test', 'console');
  const tests = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  for (const name of shown) {
    const isTaken = tests.some((text) => text.includes(`'${name}'`));
    assert.ok(isTaken, `a test takes the picture ${name}`);
  }
});
