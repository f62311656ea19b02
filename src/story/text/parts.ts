/** Parts that a story's headings may name, of all forms. */
const storyParts = [
  'situation',
  'task',
  'action',
  'result',
  'reflection',
  'context',
  'impact',
  'root-cause',
  'corrective-action',
  'lessons',
  'summary',
] as const;

export type StoryPart = (typeof storyParts)[number];

const names: readonly (readonly [StoryPart, RegExp])[] = [
  ['corrective-action', /^corrective action/],
  ['root-cause', /^(root )?causes?$|^contributing factors$/],
  ['situation', /^situation/],
  ['task', /^task/],
  ['action', /^actions?$/],
  ['result', /^results?$/],
  ['reflection', /^reflections?$|^learnings?$/],
  ['context', /^context$/],
  ['impact', /^impact$/],
  ['lessons', /^lessons?( learned)?$/],
  ['summary', /^summary$/],
];

/** The part that a heading names; undefined for another heading. */
export function partOf(heading: string): StoryPart | undefined {
  const name = heading.trim().toLowerCase();
  return names.find(([, pattern]) => pattern.test(name))?.[0];
}
