/** Whether a page's filters leave anything out. */
export function isFiltered<Name extends string>(
  view: Readonly<Record<Name, string>>,
  usual: Readonly<Record<Name, string>>,
): boolean {
  for (const name in usual) if (view[name] !== usual[name]) return true;
  return false;
}
