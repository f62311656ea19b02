import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../bin/runtime.js';

/** The package that holds each tool, where the two differ in name. */
const PACKAGES = new Map([
  ['depcruise', 'dependency-cruiser'],
  ['tsc', 'typescript'],
]);

/**
 * The script behind an installed command, to be run by this very Node: the shell wrappers in
 * node_modules/.bin differ by platform and look for whichever Node comes first.
 * @param {string} tool
 */
export function toolPath(tool) {
  const folder = join(ROOT, 'node_modules', PACKAGES.get(tool) ?? tool);
  /** @type {{ bin: string | Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin[tool];
  if (file === undefined) throw new Error(`the package of ${tool} has no such command`);
  return join(folder, file);
}
