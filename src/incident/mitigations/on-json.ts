import type { Mitigation, MitigationTarget } from './mitigation.ts';

/** A mitigation whose target is read wherever it comes from: a request, or an incident's record. */
export function onJson<Target extends MitigationTarget>(
  mitigation: Mitigation<Target>,
): Mitigation {
  return {
    ...mitigation,
    read: (target) => mitigation.read(target),
    touches: (target, parts) => mitigation.touches(mitigation.read(target), parts),
    candidates: (context, parts) => mitigation.candidates(context, parts),
    apply: (target, by, parts) => mitigation.apply(mitigation.read(target), by, parts),
  };
}
