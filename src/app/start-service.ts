import type { Log, Settings } from '../core/index.ts';
import type { Service, Surroundings } from './service.ts';

/** Its parts are loaded here and not before: whoever only rotates a key need not wait a second for them. */
export async function startService(
  settings: Settings,
  log: Log,
  surroundings: Surroundings = {},
): Promise<Service> {
  const service = await import('./service.ts');
  return service.startService(settings, log, surroundings);
}
