import { assertNever, type IdText } from '../core/index.ts';
import type { Incident } from '../incident/index.ts';
import type { Fact } from './fact.ts';
import { postmortemHtml } from './postmortem-html.ts';
import { factsUsed } from './references.ts';
import type { ReadPostmortem } from './reviews.ts';
import { notedMarkdown } from './shown.ts';

export const exportFormats = ['markdown', 'html', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export type Exported = { readonly type: string; readonly name: string; readonly text: string };

/** A postmortem as a document that stands alone; each number in it with where it is known from. */
export function exportPostmortem(
  read: ReadPostmortem,
  incident: Pick<Incident, 'id' | 'title' | 'severity'>,
  format: ExportFormat,
  idText: Pick<IdText, 'format'>,
): Exported {
  const { postmortem, version, values, text } = read;
  const id = idText.format('incident', incident.id);
  const name = `postmortem-${id}`;
  switch (format) {
    case 'markdown':
      return {
        type: 'text/markdown; charset=utf-8',
        name: `${name}.md`,
        text: notedMarkdown(version.markdown, values, evidenceWords),
      };
    case 'html':
      return {
        type: 'text/html; charset=utf-8',
        name: `${name}.html`,
        text: postmortemHtml(incident.title, postmortem, version, values, evidenceWords),
      };
    case 'json': {
      const document = {
        format: 'holdfast-postmortem/1',
        incident: id,
        title: incident.title,
        severity: incident.severity,
        state: postmortem.state,
        version: version.nth,
        by: version.by,
        at: new Date(version.at).toISOString(),
        frozenAt: version.frozen === null ? null : new Date(version.frozen.at).toISOString(),
        markdown: version.markdown,
        text,
        facts: factsUsed(version.markdown, values).map(({ at, ...fact }) => ({
          ...fact,
          at: new Date(at).toISOString(),
        })),
        comments: postmortem.comments,
      };
      return {
        type: 'application/json; charset=utf-8',
        name: `${name}.json`,
        text: `${JSON.stringify(document, null, 2)}\n`,
      };
    }
    default:
      return assertNever(format);
  }
}

/** Where a fact's evidence is, in words. */
function evidenceWords({ evidence }: Fact): string {
  return evidence.kind === 'url' ? evidence.url : `${evidence.kind} ${evidence.id}`;
}
