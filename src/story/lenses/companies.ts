import type { Weights } from './lens.ts';

/** What a company listens for. */
export type CompanyLens = {
  readonly title: string;
  readonly wants: string;
  readonly weights: Weights;
};

export const companyLenses = {
  amazon: {
    title: 'Amazon',
    wants: 'ownership, the long term, and the trade-off with its price',
    weights: { ownership: 1.5, prevention: 1.25, reversible: 1.5, result: 1.25 },
  },
  google: {
    title: 'Google',
    wants: 'depth, data, and fast detection with little information',
    weights: { timeline: 1.5, 'follow-through': 1.5, result: 1.25, blameless: 1.25 },
  },
  meta: {
    title: 'Meta',
    wants: 'speed, iteration, and prevention that is automated',
    weights: { timeline: 1.25, reversible: 1.25, prevention: 1.5 },
  },
  microsoft: {
    title: 'Microsoft',
    wants: 'customers first, and open communication',
    weights: { result: 1.25, blameless: 1.5, reflection: 1.25, voice: 1.25 },
  },
} as const satisfies Readonly<Record<string, CompanyLens>>;

export type Company = keyof typeof companyLenses;

export function isCompany(name: string): name is Company {
  return Object.hasOwn(companyLenses, name);
}
