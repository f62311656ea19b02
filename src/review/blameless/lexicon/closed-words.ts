import { wordSet } from './word-set.ts';

/** Words of which English has a fixed number; they show where a noun phrase begins and ends. */
export const determiners = wordSet(`
  a an the this that these those my your his her its our their whose every each either neither no some any all both
  another such what which one's other same
`);

/** May stand for the people or things of which they are a part: "none of the reviewers". */
export const quantifiers = wordSet(
  'none one two three some most all many each any both neither half either few several',
);

export const prepositions = wordSet(`
  of on in at from for with by behind under over after before during since until through between among within without
  about against across into onto upon via per to toward towards near inside outside off than like
`);

export const conjunctions = wordSet(`
  and or but nor so yet because although though while whereas when where if unless as that which who whom whose what how
  why whether
`);

export const auxiliaries = wordSet(`
  be am is are was were been being have has had having do does did will would shall should can could may might must
  haven't hasn't hadn't isn't aren't wasn't weren't don't doesn't didn't won't wouldn't shan't shouldn't can't cannot
  couldn't mightn't mustn't
`);

/** After these an act is possible, not told. */
export const possibilities = wordSet(
  "can could may might would cannot can't couldn't wouldn't will won't",
);

export const negations = wordSet(`
  not never no neither don't doesn't didn't haven't hasn't hadn't isn't aren't wasn't weren't won't wouldn't can't cannot
  couldn't shouldn't
`);

/** Between subject and verb, and no part of either. */
export const adverbs = wordSet(`
  also then still again never not simply just even once later soon always often only twice first finally too both
  already almost ever instead further well wrongly keep keeps kept
`);

/** Pronouns that mean people. */
export const personalPronouns = wordSet(`
  i we you he she they me us him them somebody someone everybody everyone anybody anyone nobody no-one noone whoever
  folks ourselves themselves himself herself
`);
