/**
 * The groups that a claim names: a list, or one text. A name with dots is looked for as it is, and then as a path
 * (`realm_access.roles`). Null: there is no such claim.
 */
export function groupsIn(
  claims: Readonly<Record<string, unknown>>,
  name: string,
): readonly string[] | null {
  const found = claims[name] ?? at(claims, name.split('.'));
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((group) => typeof group === 'string') : null;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (within, name) => (isRecord(within) && Object.hasOwn(within, name) ? within[name] : undefined),
    value,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
