export type Series = {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** Lines differ by their dashes and, as bars, by their filling, so that no one depends on colour. */
  readonly look?: 'line' | 'dashed' | 'bars' | 'steps';
  readonly tone?: 'good' | 'bad' | 'warn' | 'main' | 'quiet';
};

export type Mark = { readonly at: number; readonly text: string };

export type ChartProps = {
  /** What is plotted: its name for those who hear the page. */
  readonly label: string;
  /** ms since 1970, ascending; or any number with `axis`. */
  readonly xs: readonly number[];
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** One sentence that says what the picture shows. */
  readonly summary: string;
  readonly height?: number;
  readonly marks?: readonly Mark[];
  readonly range?: readonly [number, number];
  /** Where x is no time. */
  readonly axis?: { readonly name: string; readonly format: (x: number) => string };
};
