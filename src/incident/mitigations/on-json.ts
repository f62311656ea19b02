import type { Mitigation, MitigationTarget } from './mitigation.ts';

/** A mitigation whose target is read wherever it comes from: a request, or an incident's record. */
export function onJson<Target extends MitigationTarget>(
  mitigation: Mitigation<Target>,
): Mitigation {
  const { read, touches, candidates, apply } = mitigation;
  return {
    ...mitigation,
    read: (target) => read(target),
    touches: (target, parts) => touches(read(target), parts),
    candidates: (context, parts) => candidates(context, parts),
    apply: (target, by, parts) => apply(read(target), by, parts),
  };
}
