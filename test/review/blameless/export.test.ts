import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

test('another package imports holdfast/blameless from a linked clone', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-export-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'holdfast'), 'junction');
  const script = join(folder, 'use.mjs');
  writeFileSync(
    script,
    `import { lint } from 'holdfast/blameless';
     console.log(lint('The on-call engineer forgot the flag.').findings[0].flag);`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  assert.equal(stdout, 'person-failed\n', stderr);
});
