/** What a link to the portal carries behind its "#": browsers send that nowhere. */
export type LinkKey = { readonly appId: string; readonly token: string };

/**
 * Takes the key out of the address bar, so that it is not copied with it nor kept in the history. null: there is none;
 * `broken`: what is there is not whole.
 */
export function takeKey(): LinkKey | 'broken' | null {
  const text = new URLSearchParams(location.hash.slice(1)).get('key');
  if (text === null) return null;
  history.replaceState(history.state, '', location.pathname + location.search);
  return keyIn(text) ?? 'broken';
}

function keyIn(text: string): LinkKey | null {
  try {
    const bytes = Uint8Array.from(
      // As the API writes it, and as others write base64; a "+" in a fragment is read as a space.
      atob(text.replaceAll('-', '+').replaceAll('_', '/').replaceAll(' ', '+')),
      (letter) => letter.codePointAt(0) ?? 0,
    );
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value !== 'object' || value === null) return null;
    if (!('appId' in value) || !('token' in value)) return null;
    const { appId, token } = value;
    return typeof appId === 'string' && typeof token === 'string' ? { appId, token } : null;
  } catch {
    return null;
  }
}

/** What somebody pasted: a link, the key of one, or a token as it is. Null: nothing of these. */
export function tokenIn(pasted: string): string | null {
  const text = pasted.trim();
  const key = /#(?:.*&)?key=([^&\s]+)/.exec(text)?.[1];
  if (key !== undefined) return keyIn(decodeURIComponent(key))?.token ?? null;
  return /^[\w.~+/=-]{20,4096}$/.test(text) ? text : null;
}
