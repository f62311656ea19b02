import type { OperationId } from './operations.ts';
import type { World } from './world.ts';

/** Sentences about one operation; each holds if its function does not throw. */
export type OperationChecks = Readonly<Record<string, (world: World) => Promise<void>>>;

export type Checks = { readonly [Id in OperationId]?: OperationChecks };
