import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));

/** Prose that was not written for the corpus: the documentation, but for the page that quotes what is flagged. */
export function documentation(): { readonly words: number; readonly texts: readonly string[] } {
  const texts = readdirSync(DOCS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.includes('blameless'))
    .map((name) => readFileSync(join(DOCS, name), 'utf8'));
  const words = texts.reduce((sum, text) => sum + (text.match(/\p{L}+/gu)?.length ?? 0), 0);
  return { words, texts };
}
