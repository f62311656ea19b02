/** Texts that this browser keeps for whoever writes them. Where it keeps nothing, they last as long as the page. */

/** A thousand answers of the quiz, or twice what a story is read of. */
const LONGEST = 400_000;

export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`holdfast.${name}`);
  } catch {
    return null;
  }
}

/** null forgets it. A longer text than the service reads is not kept. */
export function keep(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(`holdfast.${name}`);
    else if (text.length <= LONGEST) localStorage.setItem(`holdfast.${name}`, text);
  } catch {
    // private windows may refuse
  }
}
