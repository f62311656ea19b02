import { useSyncExternalStore } from 'react';

/** Something a person chose for this browser. Kept where the browser keeps things; where it keeps nothing, for as long as the page stays. */
export type Setting<Value extends string> = { use(): Value; get(): Value; set(value: Value): void };

export function createSetting<Value extends string>(
  name: string,
  usual: Value,
  parse: (text: string) => Value,
): Setting<Value> {
  const key = `holdfast.${name}`;
  const listeners = new Set<() => void>();
  let value = usual;
  try {
    const kept = localStorage.getItem(key);
    if (kept !== null) value = parse(kept);
  } catch {
    // private windows may refuse
  }
  return {
    use: () =>
      useSyncExternalStore(
        (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        () => value,
      ),
    get: () => value,
    set(next) {
      value = next;
      try {
        localStorage.setItem(key, next);
      } catch {
        // as above
      }
      for (const listener of listeners) listener();
    },
  };
}
