/**
 * The order of a contract's versions: runs of digits by their number, all else by its characters, so that "10" comes
 * after "9" and "v1.10" after "v1.9". What is added with a hyphen comes before, as in Semantic Versioning:
 * "2.0.0-beta", then "2.0.0".
 */
export function compareVersions(one: string, other: string): number {
  if (one.startsWith(`${other}-`)) return -1;
  if (other.startsWith(`${one}-`)) return 1;
  const ones = partsOf(one);
  const others = partsOf(other);
  for (let at = 0; at < Math.max(ones.length, others.length); at += 1) {
    const order = compareParts(ones[at] ?? '', others[at] ?? '');
    if (order !== 0) return order;
  }
  // "1" and "01" are the same number, and two versions.
  return compareTexts(one, other);
}

/** The version in force: the highest. Undefined where there is none. */
export function latestVersion(
  schemas: Readonly<Record<string, unknown>> | null,
): string | undefined {
  return versionsOf(schemas).at(-1);
}

/** Every version, the lowest first. */
export function versionsOf(schemas: Readonly<Record<string, unknown>> | null): readonly string[] {
  return Object.keys(schemas ?? {}).sort(compareVersions);
}

function partsOf(version: string): readonly string[] {
  return version.match(/\d+|\D+/g) ?? [];
}

function compareParts(one: string, other: string): number {
  if (!isNumber(one) || !isNumber(other)) return compareTexts(one, other);
  const [left, right] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return left.length - right.length || compareTexts(left, right);
}

function isNumber(part: string): boolean {
  return /^\d/.test(part);
}

function compareTexts(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
