import type { AnswerOf, OperationId } from '../api/index.ts';

export type Postmortem = AnswerOf<'v1.postmortem.get'>;
export type Preview = AnswerOf<'v1.postmortem.preview'>;
export type Finding = Preview['findings'][number];

/** What any move of a postmortem may alter. */
export const postmortemAnswers: readonly OperationId[] = [
  'v1.postmortem.get',
  'v1.postmortem.preview',
  'v1.postmortem.list-versions',
  'v1.incident.get',
  'v1.incident.list-timeline',
];

export function openComments({ comments }: Postmortem): number {
  return comments.filter(({ resolvedAt }) => resolvedAt === null).length;
}
