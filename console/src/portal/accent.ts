/** Colours of a page that somebody else chose one of: what is written in it, or on it, can be read all the same. */
type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
/** Mantine's ground in dark, and what cards and fields stand on there. */
const DARK_GROUND: Rgb = [46, 46, 46];
/** What WCAG 2 asks of text. */
const READABLE = 4.5;
/** So that it can be read on the pale red of a warning too. */
const WELL_READABLE = 5.6;
/** Of a tinted ground, as behind the chosen entry of the navigation. */
const TINT = 0.12;

export type Accent = {
  /** As a filled ground that white can be read on. */
  readonly filled: string;
  readonly inLight: string;
  readonly inDark: string;
};

/** @param text three or six hexadecimal digits, `#` before them or not. Null for anything else. */
export function accentOf(text: string): Accent | null {
  const found = /^#?(?:([\da-f]{3})|([\da-f]{6}))$/i.exec(text.trim());
  const long = found?.[2] ?? found?.[1]?.replaceAll(/./g, '$&$&');
  if (long === undefined) return null;
  const given: Rgb = [
    Number.parseInt(long.slice(0, 2), 16),
    Number.parseInt(long.slice(2, 4), 16),
    Number.parseInt(long.slice(4, 6), 16),
  ];
  return {
    filled: hex(readable(given, WHITE, BLACK, READABLE)),
    inLight: hex(readable(given, WHITE, BLACK, WELL_READABLE)),
    inDark: hex(readable(given, DARK_GROUND, WHITE, WELL_READABLE)),
  };
}

/** The colour, moved towards another until it can be read on its ground, and on that ground tinted by itself. */
function readable(colour: Rgb, ground: Rgb, towards: Rgb, least: number): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const tried = mixed(colour, towards, share);
    const tinted = mixed(ground, tried, TINT);
    if (contrast(tried, ground) >= least && contrast(tried, tinted) >= READABLE) return tried;
  }
  return towards;
}

function mixed(one: Rgb, other: Rgb, share: number): Rgb {
  const part = (nth: 0 | 1 | 2): number => Math.round(one[nth] + (other[nth] - one[nth]) * share);
  return [part(0), part(1), part(2)];
}

/** WCAG 2: 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(part: number): number {
  const share = part / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function hex([red, green, blue]: Rgb): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
