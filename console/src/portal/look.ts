import type { MantineColorsTuple } from '@mantine/core';
import type { Look } from '../shell/providers.tsx';
import { accentOf } from './accent.ts';

/** What a link says of how the portal looks. Whoever made it is not trusted with more: text and a colour, both bounded. */
export type Chosen = {
  /** Whose portal it is, in its head and in the window's title. */
  readonly name: string;
  readonly accent: string;
  readonly scheme: string;
};

const KEPT = 'holdfast.portal.look';
const LONGEST_NAME = 40;
const USUAL_NAME = 'Webhooks';
/** What has no place in a line of text: controls, and marks that turn its direction. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g;

/** From the address, or as it was in this tab before. */
export function chosenLook(): Chosen {
  const kept = readKept();
  const given = new URLSearchParams(location.search);
  const chosen = {
    name: tidy(given.get('name') ?? kept.get('name') ?? ''),
    accent: given.get('accent') ?? kept.get('accent') ?? '',
    scheme: given.get('scheme') ?? kept.get('scheme') ?? '',
  };
  try {
    sessionStorage.setItem(KEPT, new URLSearchParams(chosen).toString());
  } catch {
    // Some frames keep nothing; then it lasts as long as the address has it.
  }
  return chosen;
}

export function brandOf({ name }: Chosen): string {
  return name === '' ? USUAL_NAME : name;
}

export function lookOf({ accent, scheme }: Chosen): Look {
  const colours = accentOf(accent);
  const wanted = scheme === 'light' || scheme === 'dark' ? scheme : null;
  if (colours === null) return { theme: {}, variables: {}, scheme: wanted };
  const { filled, inLight, inDark } = colours;
  const ofScheme = (text: string): Readonly<Record<string, string>> => ({
    '--mantine-color-anchor': text,
    '--mantine-color-accent-light-color': text,
    '--mantine-color-accent-light': `color-mix(in srgb, ${text} 12%, transparent)`,
    '--mantine-color-accent-light-hover': `color-mix(in srgb, ${text} 16%, transparent)`,
    '--mantine-color-accent-text': text,
    '--mantine-color-accent-outline': text,
  });
  return {
    theme: { colors: { accent: tupleOf(filled) }, primaryColor: 'accent' },
    variables: { light: ofScheme(inLight), dark: ofScheme(inDark) },
    scheme: wanted,
  };
}

/** One colour in all its shades: those that differ by the scheme are set as variables. */
function tupleOf(colour: string): MantineColorsTuple {
  return [colour, colour, colour, colour, colour, colour, colour, colour, colour, colour];
}

function tidy(name: string): string {
  return Array.from(name.toWellFormed().replaceAll(UNSEEN, ' ').trim())
    .slice(0, LONGEST_NAME)
    .join('');
}

function readKept(): URLSearchParams {
  try {
    return new URLSearchParams(sessionStorage.getItem(KEPT) ?? '');
  } catch {
    return new URLSearchParams();
  }
}
