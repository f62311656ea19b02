import type { Shape } from './shape.ts';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One of the 42: how it is called, what it answers, and what it must refuse. */
export type Operation = {
  readonly id: string;
  /** Svix's document gives GET and HEAD of its health one name: one operation. */
  readonly methods: readonly Method[];
  readonly path: string;
  /** The npm client's method. `fetch` where version 2.5.0 has none. */
  readonly client: string;
  /** Whose token may call. own: an application's for that application, 404 for another · any: an application's too ·
   * organization: 403 for an application's · none: no token is asked for. */
  readonly token: 'own' | 'any' | 'organization' | 'none';
  /** By success status; null where there is no body. Each must be seen. */
  readonly answers: Readonly<Record<number, Shape | null>>;
  /** Each must be seen too, and none beside them. */
  readonly refusals: readonly number[];
  /** A body that is right. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** What must be answered 422, with the field that must be named. */
  readonly wrong?: readonly Wrong[];
  /** PUT: what the last name in the path stands for is made where it is not there. */
  readonly isUpsert?: true;
};

export type Wrong = {
  readonly field: string;
  /** Members to lay over the right body; undefined takes one away. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly query?: string;
};

/** The names in a path: `app_id`, `msg_id`. */
export function pathNames({ path }: Operation): readonly string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

export function isTo({ methods, path }: Operation, method: string, pathname: string): boolean {
  const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  return methods.some((known) => known === method) && pattern.test(pathname.replace(/\/$/, ''));
}
