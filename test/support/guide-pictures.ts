import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../../bin/runtime.js';

const GUIDE = join(ROOT, 'docs', 'guide');
const FOLDER = join(ROOT, 'docs', 'images', 'console');
const QUALITY = 70;
/** Of the words on the page and in the picture so many are the same: what differs by the run, such as a table that is empty yet, is less. */
const ALIKE = 0.65;

/** Pictures that pages of the guide show, by name. */
export function picturesOfGuide(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of readdirSync(GUIDE)) {
    const text = readFileSync(join(GUIDE, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/images\/console\/([\w-]+)\.jpg/g)) names.add(name);
  }
  return names;
}

/** Pictures that are there, each with the words that were on its page. */
export function picturesKept(): ReadonlySet<string> {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const names = (ending: string): readonly string[] =>
    files.filter((file) => file.endsWith(ending)).map((file) => file.slice(0, -ending.length));
  assert.deepEqual(names('.jpg'), names('.txt'), 'each picture has its words beside it');
  return new Set(names('.jpg'));
}

/**
 * Of a page that the guide shows: the picture is taken anew where PICTURES=write says so; otherwise the page still has
 * the headings, columns, labels and buttons that it had when the picture was taken.
 */
export async function keepForGuide(page: Page, name: string): Promise<void> {
  if (!picturesOfGuide().has(name)) return;
  const words = await wordsOf(page);
  const file = join(FOLDER, `${name}.txt`);
  if (process.env['PICTURES'] === 'write') {
    mkdirSync(FOLDER, { recursive: true });
    const path = join(FOLDER, `${name}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: QUALITY, animations: 'disabled' });
    writeFileSync(file, `${words.join('\n')}\n`);
    return;
  }
  assert.ok(existsSync(file), `the guide shows ${name}, which was not taken: ${HOW}`);
  const kept = readFileSync(file, 'utf8').trimEnd().split('\n');
  const all = new Set([...kept, ...words]);
  const same = words.filter((word) => kept.includes(word)).length;
  const gone = kept.filter((word) => !words.includes(word));
  const come = words.filter((word) => !kept.includes(word));
  assert.ok(
    same >= ALIKE * all.size,
    `the picture ${name} of the guide is stale: ${HOW}. Gone: ${gone.join(', ')}. New: ${come.join(', ')}.`,
  );
}

const HOW = 'npm run console:pictures takes it';

/** Headings, columns, labels and buttons that are seen, without numbers and ids: each once, in their order. */
async function wordsOf(page: Page): Promise<readonly string[]> {
  const elements = page
    .locator('main')
    .locator('h1, h2, h3, th, [role=columnheader], [role=tab], button, label')
    .filter({ visible: true });
  const seen = await elements.allTextContents();
  const words = seen.map((text) =>
    text
      .replace(/\b\w+_\w{8,}\b/g, '#')
      .replace(/[\d.,:]*\d/g, '#')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return [...new Set(words.filter((text) => text !== '' && text.length <= 80))];
}
