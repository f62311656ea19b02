import type { Weights } from './lens.ts';

/** What a level asks of a story. */
export type LevelLens = {
  readonly title: string;
  /** What a reviewer wants to hear, in a sentence. */
  readonly wants: string;
  readonly weights: Weights;
  /** Whether a story within one team disqualifies. */
  readonly isWideScope: boolean;
  /** How long it is told, in seconds. */
  readonly spokenSeconds: { readonly min: number; readonly max: number };
};

export const levelLenses = {
  junior: {
    title: 'junior',
    wants: 'your own task, told with figures, and the technical lesson',
    weights: { reflection: 1.5, 'follow-through': 1.25, reversible: 0.75, result: 0.75 },
    isWideScope: false,
    spokenSeconds: { min: 90, max: 130 },
  },
  mid: {
    title: 'mid',
    wants: 'from the first sign to the weeks after, beyond your own team, with measured impact',
    weights: { result: 1.25, 'follow-through': 1.25 },
    isWideScope: false,
    spokenSeconds: { min: 120, max: 180 },
  },
  senior: {
    title: 'senior',
    wants: 'several teams, a fix of the system, the trade-offs, and others who learned from it',
    weights: { prevention: 1.25, reversible: 1.25, ownership: 1.25, result: 1.25 },
    isWideScope: true,
    spokenSeconds: { min: 150, max: 180 },
  },
  staff: {
    title: 'staff',
    wants: 'several products, and a change in how the company works',
    weights: { prevention: 1.5, result: 1.5, ownership: 1.25, reversible: 1.25, timeline: 0.75 },
    isWideScope: true,
    spokenSeconds: { min: 150, max: 180 },
  },
} as const satisfies Readonly<Record<string, LevelLens>>;

export type Level = keyof typeof levelLenses;

export function isLevel(name: string): name is Level {
  return Object.hasOwn(levelLenses, name);
}
