/**
 * Parameters of a fast-check property. A failure prints its seed and path; given back as PROPERTY_SEED and
 * PROPERTY_PATH they replay it, and PROPERTY_RUNS looks longer.
 */
export function runs(numRuns: number): { numRuns: number; seed?: number; path?: string } {
  const { PROPERTY_SEED: seed, PROPERTY_PATH: path, PROPERTY_RUNS: more } = process.env;
  return {
    numRuns: Number(more ?? numRuns),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}
