import type { IdText } from '../core/index.ts';
import {
  anchorOf,
  createShownPlaces,
  factsUsed,
  postmortemBody,
  replacementsOf,
  type Fact,
  type PostmortemVersion,
  type ReadPostmortem,
} from '../review/index.ts';
import { momentText } from './moment.ts';

export function postmortemView(read: ReadPostmortem, idText: IdText): object {
  const { postmortem, version, values, text, lint, missing } = read;
  const { incidentId, comments, createdAt, changedAt, submittedAt, publishedAt, ...rest } =
    postmortem;
  return {
    ...rest,
    incidentId: idText.format('incident', incidentId),
    createdAt: momentText(createdAt),
    changedAt: momentText(changedAt),
    submittedAt: orNull(submittedAt),
    publishedAt: orNull(publishedAt),
    shown: versionView(version),
    text,
    facts: factsUsed(version.markdown, values).map(factView),
    comments: comments.map(({ nth, at, resolvedAt, ...comment }) => ({
      ...comment,
      comment: nth,
      at: momentText(at),
      resolvedAt: orNull(resolvedAt),
      anchor: anchorOf(comment.quote, text),
    })),
    missing,
    findings: lint.findings.map(({ isQuoted: _, ...finding }) => finding),
  };
}

export function previewView({ version, values, lint, missing }: ReadPostmortem): object {
  const { markdown } = version;
  const placeOf = createShownPlaces(markdown, values);
  return {
    html: postmortemBody(markdown, values),
    facts: factsUsed(markdown, values).map(factView),
    missing,
    findings: lint.findings.map(({ isQuoted: _, ...finding }) => ({
      ...finding,
      place: placeOf({ start: finding.start.offset, end: finding.end.offset }),
      replacements: replacementsOf(finding),
    })),
  };
}

export function versionView({ nth, by, at, note, markdown, frozen }: PostmortemVersion): object {
  return {
    version: nth,
    by,
    at: momentText(at),
    note,
    markdown,
    frozenAt: frozen === null ? null : momentText(frozen.at),
  };
}

export function factView({ at, ...fact }: Fact): object {
  return { ...fact, at: momentText(at) };
}

function orNull(at: number | null): string | null {
  return at === null ? null : momentText(at);
}
