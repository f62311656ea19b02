/** Stands for whatever host we are reached at; a text that leads to another one leads away. */
const HERE = 'http://here.invalid';
const HOME = '/console/';
const LONGEST = 2000;

/**
 * Where a browser goes after it signed in: a path of the console, and nowhere else whatever a link asks for.
 * What is none becomes the console's first page.
 */
export function nextPath(given: unknown): string {
  if (typeof given !== 'string' || given.length > LONGEST || !URL.canParse(given, HERE)) {
    return HOME;
  }
  const url = new URL(given, HERE);
  if (url.origin !== HERE || !url.pathname.startsWith(HOME)) return HOME;
  return `${url.pathname}${url.search}${url.hash}`;
}
