import { detailsOf, headlineOf, shortened, summaryOf, type Notification } from './notification.ts';

/** Limits of Slack's Block Kit reference and of chat.postMessage; of the text, where Slack cuts it. */
const slackBounds = {
  text: 40_000,
  blocks: 50,
  header: 150,
  section: 3000,
  field: 2000,
  fields: 10,
};

const MOST_ENTRIES = 12;

/** The body of an incoming webhook: blocks, and the text that notifications and old clients show. */
export function slackBody(notification: Notification): object {
  const { isTest, entries } = notification;
  const shown = entries.slice(0, MOST_ENTRIES);
  const blocks: object[] = [
    {
      type: 'header',
      text: {
        type: 'plain_text',
        text: shortened(summaryOf(notification), slackBounds.header),
        emoji: false,
      },
    },
  ];
  if (isTest) blocks.push(section('This is a test. Nothing is wrong.'));
  for (const entry of shown) {
    const headline = `*<${linkOf(entry.url)}|${escaped(headlineOf(entry), 1000)}>*`;
    const text = escaped(entry.alert.text, slackBounds.section - headline.length - 1);
    const fields = detailsOf(entry)
      .slice(0, slackBounds.fields)
      .map(([name, value]) => ({
        type: 'mrkdwn',
        text: `*${name}*\n${escaped(value, slackBounds.field - name.length - 3)}`,
      }));
    blocks.push(section(`${headline}\n${text}`), { type: 'section', fields }, { type: 'divider' });
  }
  const hidden = entries.length - shown.length;
  if (hidden > 0) blocks.push(section(`…and ${hidden} more.`));
  return { text: escaped(summaryOf(notification), slackBounds.text), blocks };
}

function section(text: string): object {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/**
 * The three characters that control mrkdwn ("Formatting text for app surfaces"), so that no text of an alert can
 * mention a channel or fake a link. Cut before an escape, never within.
 */
function escaped(text: string, most: number): string {
  let written = '';
  for (const character of text) {
    const next = entities[character] ?? character;
    if (written.length + next.length > most - 1) return `${written}…`;
    written += next;
  }
  return written;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Within <…|…> a bar or a bracket would end the link. */
function linkOf(url: string): string {
  return url.replaceAll('&', '&amp;').replaceAll(/[<>|]/g, encodeURIComponent);
}
