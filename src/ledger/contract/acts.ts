import type { Act, ActKind, DeliveryKey, DeliveryState } from '../records.ts';
import type { Page } from './paging.ts';

export type ActWrites = {
  /** Makes one delivery due again, or creates it for an endpoint that was not matched at first. */
  replay(request: ActOnOne & { readonly dueAt: number }): Promise<ActOnOneResult>;
  /** Ends a scheduled or dead delivery by somebody's decision. */
  cancel(request: ActOnOne): Promise<ActOnOneResult>;
  /** Records an act on many deliveries; `stepAct` carries it out. */
  startAct(act: Omit<Act, 'done' | 'touched'> & { readonly dueFrom: number }): Promise<void>;
  /** Carries an act on by up to `limit` deliveries: dead letters become due, spaced at the act's rate. */
  stepAct(request: {
    readonly actId: number;
    readonly limit: number;
    readonly now: number;
  }): Promise<Act>;
};

export type ActReads = {
  act(id: number): Promise<ActProgress | null>;
  runningActs(request: Record<never, never>): Promise<readonly number[]>;
  acts(request: { readonly appId: number } & Page): Promise<readonly Act[]>;
};

export type ActOnOne = DeliveryKey & {
  readonly appId: number;
  readonly act: {
    readonly id: number;
    readonly kind: ActKind;
    readonly actor: string;
    readonly reason: string;
  };
};

export type ActOnOneResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'conflict'; readonly state: DeliveryState };

export type ActProgress = Act & { readonly states: Readonly<Record<DeliveryState, number>> };
