import { classOfCode } from './error-codes.ts';
import type { OutcomeClass } from './outcome.ts';

/** Errors wrap errors: `fetch failed` wraps undici's, happy eyeballs gather one for each address. */
const DEEPEST_WRAPPING = 5;

/**
 * The class of an attempt that ended in a throw, by the first code that says something: the error's
 * own, then its cause's, then those of the addresses that were tried. A throw that nobody knows is
 * our bug: `internal_error`.
 */
export function classifyError(error: unknown): OutcomeClass {
  return classOfThrow(error, DEEPEST_WRAPPING) ?? 'internal_error';
}

function classOfThrow(error: unknown, depth: number): OutcomeClass | undefined {
  if (!(error instanceof Error) || depth === 0) return undefined;
  // DOMException of AbortSignal.timeout; its code is a number.
  if (error.name === 'TimeoutError') return 'timeout';
  // With several addresses the code is that of the first one; a timeout of any tells more.
  if (error instanceof AggregateError) {
    return classOfAll(error.errors, depth - 1) ?? classOfOwn(error);
  }
  const own = classOfOwn(error);
  const cause = classOfThrow(error.cause, depth - 1);
  // An abort is only the messenger where it carries why it was aborted.
  return own === 'interrupted' ? (cause ?? own) : (own ?? cause);
}

function classOfAll(errors: readonly unknown[], depth: number): OutcomeClass | undefined {
  const classes = errors
    .map((each) => classOfThrow(each, depth))
    .filter((each) => each !== undefined);
  return classes.includes('timeout') ? 'timeout' : classes[0];
}

function classOfOwn(error: Error): OutcomeClass | undefined {
  if ('code' in error && typeof error.code === 'string') return classOfCode(error.code);
  return error.name === 'AbortError' ? 'interrupted' : undefined;
}
