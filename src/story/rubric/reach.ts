import type { StoryText } from '../text/story-text.ts';
import { findSentence } from './elements.ts';
import { GROUP } from './words.ts';

/** Signs that more than one team was concerned, or took it over. */
const BEYOND_ONE_TEAM: readonly RegExp[] = [
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|both|all|other|more|most|\d+) (?:[a-z-]+ ){0,3}(?:teams|services|groups|platforms|products|departments|organi[sz]ations|squads|companies|brands|divisions|lines|suppliers|partners|units)\b/i,
  new RegExp(
    `\\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|both|all|other|another|different|further|more|most|\\d+) (?:[a-z-]+ ){0,3}(?:${GROUP}|channels\\b|subsidiaries\\b|data cent(?:re|er)s\\b|apps\\b)`,
    'i',
  ),
  new RegExp(`\\b[a-z]+ and [a-z]+ ${GROUP}`, 'i'),
  // Whose it was, where that is somebody else; and several who were called together.
  /\b(?:(?:belong|depend)\w* (?:to|on|with)|(?:owned|run|maintained|looked after) by) (?!me\b|us\b|my\b|our\b)/i,
  /\b(?:all|the) (?:two|three|four|five|six|seven)\b|\bto (?:the )?\w+, (?:to )?(?:the )?\w+,? and (?:to )?(?:the )?\w+/i,
  /\b(?:another|other) (?:team|service|group|platform|department|product|squad|brand|division)\b/i,
  /\bacross (?:the )?(?:\w+ )?(?:teams|services|company|organi[sz]ation|products|platforms)\b/i,
  /\bcompany-?wide\b|\bcompany's standard\b|\borg-?wide\b/i,
];
const TEAM_NAME =
  /\b(?!(?:my|our|the|a|one|same|whole|this|that|own)\b)([a-z]+) (?:team|group|squad|division|department|pod|org|crew|folks|people|guys)(?:'s)?\b/gi;

/** Whether a story reaches beyond the team that tells it. */
export function isBeyondOneTeam(story: StoryText): boolean {
  if (findSentence(story, { cues: BEYOND_ONE_TEAM }) !== undefined) return true;
  const teams = story.sentences.flatMap(({ text }) =>
    [...text.matchAll(TEAM_NAME)].map(([, name = '']) => name.toLowerCase()),
  );
  return new Set(teams).size >= 2;
}
