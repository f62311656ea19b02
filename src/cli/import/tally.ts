import type { HoldfastError } from '../../core/index.ts';

/** What was done with the things of one kind; in a dry run, what would be. */
export type Result = 'copied' | 'updated' | 'equal' | 'failed';

export const kinds = ['eventTypes', 'applications', 'endpoints'] as const;
export type Kind = (typeof kinds)[number];

/** Something of the source that is not in the copy. */
export type Problem = {
  readonly kind: Kind;
  /** Of the source: an id, or an event type's name. */
  readonly id: string;
  readonly uid: string | null;
  /** Of the source, for endpoints: the application's uid, or its id where it has none. */
  readonly application: string | null;
  /** null: nothing of it was copied. Otherwise the part that is missing in the copy. */
  readonly part: string | null;
  readonly code: string;
  readonly detail: string;
};

export type Counts = Readonly<Record<Kind, Readonly<Record<Result, number>>>>;

export type Subject = Pick<Problem, 'kind' | 'id' | 'uid' | 'application'>;

/** Named in the report; all are counted. */
const MOST_NAMED = 10_000;
/** What a server says can be of any length and hold anything. */
const LONGEST_DETAIL = 500;
const LONGEST_PART = 200;

export class Tally {
  readonly #counts = new Map<string, number>();
  readonly #named: Problem[] = [];
  #problems = 0;

  add(kind: Kind, result: Result): void {
    const key = `${kind} ${result}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** A thing that could not be copied. */
  fail(subject: Subject, error: HoldfastError): void {
    this.add(subject.kind, 'failed');
    this.#name({ ...subject, part: null, ...saidBy(error) });
  }

  /** A part that is missing in what was copied. */
  lack(subject: Subject, part: string, error: HoldfastError): void {
    this.#name({ ...subject, part: part.slice(0, LONGEST_PART), ...saidBy(error) });
  }

  get counts(): Counts {
    const of = (kind: Kind): Readonly<Record<Result, number>> => {
      const count = (result: Result): number => this.#counts.get(`${kind} ${result}`) ?? 0;
      return {
        copied: count('copied'),
        updated: count('updated'),
        equal: count('equal'),
        failed: count('failed'),
      };
    };
    return {
      eventTypes: of('eventTypes'),
      applications: of('applications'),
      endpoints: of('endpoints'),
    };
  }

  /** Of all problems, named or not. */
  get problemCount(): number {
    return this.#problems;
  }

  get problems(): readonly Problem[] {
    return this.#named;
  }

  #name(problem: Problem): void {
    this.#problems += 1;
    if (this.#named.length < MOST_NAMED) this.#named.push(problem);
  }
}

function saidBy({ code, message }: HoldfastError): Pick<Problem, 'code' | 'detail'> {
  return { code, detail: message.slice(0, LONGEST_DETAIL) };
}
