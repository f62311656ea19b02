/** PATCH: a field that is absent stays, null empties it (where it may be empty), anything else replaces it. */
export function patched<Value>(given: Value | undefined, present: Value): Value {
  // Not "??": null is a value here.
  if (given === undefined) return present;
  return given;
}
