import { fault, HoldfastError } from '../../core/index.ts';
import { checkHeaders } from '../../change/index.ts';
import type { HeadersRecord } from './records.ts';

/** What makes the copy's headers those of the source, as far as they can be known. */
export type HeadersChange = {
  /** Values by name; null takes a header away. */
  readonly set: Readonly<Record<string, string | null>>;
  /** Headers of the source that the copy cannot have. */
  readonly lacking: readonly { readonly name: string; readonly error: HoldfastError }[];
};

/** Names differ by more than case only to people; of two that do not, requests carry the last. */
export function headersChange(wanted: HeadersRecord, present: HeadersRecord): HeadersChange {
  const set = new Map<string, string | null>();
  const lacking: { readonly name: string; readonly error: HoldfastError }[] = [];
  const visible = new Map(
    Object.entries(wanted.headers).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  const isWanted = (name: string): boolean =>
    visible.has(name.toLowerCase()) || hasName(wanted.sensitive, name);

  for (const { name, value } of visible.values()) {
    const error = refusalOf(name, value);
    if (error !== undefined) lacking.push({ name, error });
    else if (present.headers[name] !== value) set.set(name, value);
  }
  for (const name of wanted.sensitive) {
    // Somebody has set it by hand already, as the report of an earlier import said.
    if (hasName(present.sensitive, name) || hasName(Object.keys(present.headers), name)) continue;
    lacking.push({ name, error: untold(name) });
  }
  for (const name of [...Object.keys(present.headers), ...present.sensitive]) {
    if (!isWanted(name)) set.set(name, null);
  }
  return { set: Object.fromEntries(set), lacking };
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}

function refusalOf(name: string, value: string): HoldfastError | undefined {
  try {
    checkHeaders({ [name]: value });
    return undefined;
  } catch (thrown) {
    if (thrown instanceof HoldfastError) return thrown;
    throw thrown;
  }
}

function untold(name: string): HoldfastError {
  return fault('source_invalid', {
    field: `headers.${name}`,
    detail: `The source does not tell the value of the header ${name}. Set it by hand: PATCH the headers of the endpoint.`,
  });
}
