// Builds the console, the web UI that Holdfast serves, into console/dist: each file also as gzip and as brotli, so that
// the service only sends bytes.
//
//   npm run console:build
//   node scripts/build-console.js --if-stale   only where the sources are others than those it was built from, and only
//                                              where there is what builds it: an install for running alone has no Vite

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { ROOT } from '../bin/runtime.js';

const CONSOLE = join(ROOT, 'console');
const DIST = join(CONSOLE, 'dist');
const STAMP = join(DIST, '.built-from');
const LARGEST_INITIAL_BYTES = 250_000;
/** What the two applications of the one build load first, beside the entry. */
const FIRST_PAGES = {
  console: ['src/shell/app.tsx', 'src/deliver/overview-page.tsx'],
  portal: ['src/portal/app.tsx'],
};
const COMPRESSED = /\.(js|css|svg|html)$/;

const isAsked = !process.argv.includes('--if-stale');
const isPossible =
  existsSync(join(CONSOLE, 'src')) && existsSync(join(ROOT, 'node_modules', 'vite'));
if (isAsked || isPossible) {
  const stamp = hashOfSources();
  const isStale = !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== stamp;
  if (isAsked || isStale) await build(stamp);
}

/** @param {string} stamp */
async function build(stamp) {
  const { build } = await import('vite');
  await build({
    configFile: join(CONSOLE, 'vite.config.ts'),
    logLevel: 'warn',
    build: { manifest: true },
  });
  for (const path of files(DIST).filter((path) => COMPRESSED.test(path))) {
    // The page is filled in for each answer, so it goes out as it is.
    if (path.endsWith('index.html')) continue;
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(
      `${path}.br`,
      brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
  }
  writeFileSync(STAMP, stamp);
  for (const [name, modules] of Object.entries(FIRST_PAGES)) {
    const initial = initialBytes(modules);
    console.error(
      `Holdfast: the ${name} is built; its first page loads ${(initial / 1000).toFixed(0)} kB of JavaScript (gzip).`,
    );
    if (initial > LARGEST_INITIAL_BYTES) {
      console.error(
        `That is more than ${LARGEST_INITIAL_BYTES / 1000} kB: load an area lazily, or find what grew.`,
      );
      process.exitCode = 1;
    }
  }
}

/**
 * gzip bytes of the scripts that a first page needs: the entry, the application's own start and the page.
 *
 * @param {readonly string[]} modules
 */
function initialBytes(modules) {
  /** @type {Record<string, { file: string, imports?: string[], isEntry?: boolean }>} */
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite', 'manifest.json'), 'utf8'));
  const wanted = new Set();
  /** @param {string} name */
  const add = (name) => {
    const chunk = manifest[name];
    if (chunk === undefined || wanted.has(chunk.file)) return;
    wanted.add(chunk.file);
    chunk.imports?.forEach(add);
  };
  for (const name of ['index.html', ...modules]) add(name);
  return [...wanted].reduce((sum, file) => sum + statSync(join(DIST, `${file}.gz`)).size, 0);
}

function hashOfSources() {
  const hash = createHash('sha256');
  const sources = [
    ...files(join(CONSOLE, 'src')),
    ...files(join(CONSOLE, 'public')),
    ...files(join(CONSOLE, 'snippets')),
    join(CONSOLE, 'index.html'),
    join(CONSOLE, 'vite.config.ts'),
    ...files(join(ROOT, 'client')),
    join(ROOT, 'package-lock.json'),
  ];
  for (const path of sources.toSorted()) {
    hash.update(path.slice(ROOT.length)).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function files(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}
