export type { Interaction } from './interactions.ts';
export {
  createMitigations,
  mitigationMenu,
  type DescribedMitigation,
  type Looked,
  type MitigationOffer,
  type Mitigations,
} from './menu.ts';
export {
  mitigationKinds,
  type MitigationContext,
  type MitigationCost,
  type MitigationEffect,
  type MitigationKind,
  type MitigationParts,
  type MitigationTarget,
} from './mitigation.ts';
