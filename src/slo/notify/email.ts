import {
  detailsOf,
  headlineOf,
  oneLine,
  shortened,
  summaryOf,
  textOf,
  type Notification,
} from './notification.ts';

/** A mail, as nodemailer takes it. */
export type Email = {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly inReplyTo: string;
  readonly references: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
};

const LONGEST_SUBJECT = 200;

/**
 * Every mail about an alert answers the same root, so a mail program shows them as one thread (RFC 5322 section
 * 3.6.4). Nothing in it that an alert says can begin a header: the subject is one line, the rest is body.
 */
export function emailOf(
  notification: Notification,
  { from, to }: { readonly from: string; readonly to: readonly string[] },
): Email {
  const domain = /@([A-Za-z0-9.-]+)>?$/.exec(from)?.[1] ?? 'holdfast.invalid';
  const roots = notification.entries.map(({ alertId }) => `<${alertId}@${domain}>`);
  return {
    from,
    to,
    subject: shortened(oneLine(summaryOf(notification)), LONGEST_SUBJECT),
    text: textOf(notification),
    html: htmlOf(notification),
    messageId: `<${notification.id}@${domain}>`,
    inReplyTo: roots[0] ?? '',
    references: roots.slice(0, 20),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

function htmlOf(notification: Notification): string {
  const parts = notification.entries.map((entry) => {
    const rows = detailsOf(entry)
      .map(([name, value]) => `<tr><td>${html(name)}</td><td>${html(value)}</td></tr>`)
      .join('');
    const text = html(entry.alert.text).replaceAll('\n', '<br>');
    return `<h2>${html(headlineOf(entry))}</h2><p>${text}</p><table>${rows}</table><p><a href="${html(entry.url)}">${html(entry.url)}</a></p>`;
  });
  const test = notification.isTest ? '<p>This is a test. Nothing is wrong.</p>' : '';
  return `<!doctype html><html><body>${test}${parts.join('<hr>')}</body></html>`;
}

function html(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
