import { createHash } from 'node:crypto';
import { escapeMarkup, type IdText } from '../core/index.ts';
import { momentText } from './moment.ts';
import { eventsOf, type StatusEvent, type StatusFeed } from './status-feed.ts';
import { statusTitle, withoutDirections } from './status-words.ts';

/** Entries in one feed, the newest. */
const MOST_ENTRIES = 100;

export type FeedPlace = {
  /** Where the page stands. */
  readonly page: string;
  /** Where this document stands. */
  readonly self: string;
};

/** Atom 1.0 (RFC 4287): one entry for each thing that happened, so that readers tell of each. */
export function atomOf(feed: StatusFeed, { page, self }: FeedPlace, idText: IdText): string {
  const events = newest(feed);
  const entries = events.map(
    (event) => `<entry>
<id>${idOf(event, idText)}</id>
<title>${xml(titleOf(event))}</title>
<published>${momentText(event.at)}</published>
<updated>${momentText(event.at)}</updated>
<link rel="alternate" type="text/html" href="${xml(linkOf(event, page, idText))}"/>
<content type="text">${xml(event.text)}</content>
</entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${feedId(feed, idText)}</id>
<title>${xml(statusTitle)}</title>
<updated>${momentText(feed.changedAt ?? 0)}</updated>
<author><name>Holdfast</name></author>
<link rel="self" type="application/atom+xml" href="${xml(self)}"/>
<link rel="alternate" type="text/html" href="${xml(page)}"/>
${entries.join('\n')}
</feed>
`;
}

/** RSS 2.0 of the same. */
export function rssOf(feed: StatusFeed, { page, self }: FeedPlace, idText: IdText): string {
  const items = newest(feed).map(
    (event) => `<item>
<title>${xml(titleOf(event))}</title>
<link>${xml(linkOf(event, page, idText))}</link>
<guid isPermaLink="false">${idOf(event, idText)}</guid>
<pubDate>${new Date(event.at).toUTCString()}</pubDate>
<description>${xml(xml(event.text))}</description>
</item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${xml(statusTitle)}</title>
<link>${xml(page)}</link>
<description>Whether deliveries are as they should be.</description>
<language>en</language>
<lastBuildDate>${new Date(feed.changedAt ?? 0).toUTCString()}</lastBuildDate>
<atom:link rel="self" type="application/rss+xml" href="${xml(self)}"/>
${items.join('\n')}
</channel>
</rss>
`;
}

function newest({ entries }: StatusFeed): readonly StatusEvent[] {
  return entries
    .flatMap(eventsOf)
    .toSorted((one, other) => other.at - one.at)
    .slice(0, MOST_ENTRIES);
}

function titleOf({ kind, entry }: StatusEvent): string {
  const since = `${new Date(entry.sinceAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  switch (kind) {
    case 'began':
      return `Disturbance of ${since}: it began`;
    case 'mitigated':
      return `Disturbance of ${since}: deliveries are as they should be again`;
    case 'resolved':
      return `Disturbance of ${since}: the cause is removed`;
    case 'update':
      return `Disturbance of ${since}: how it stands`;
    default:
      return kind;
  }
}

function linkOf({ entry }: StatusEvent, page: string, idText: IdText): string {
  return `${page}#${idText.format('incident', entry.id)}`;
}

function feedId({ appId }: StatusFeed, idText: IdText): string {
  return urnOf(`status of ${idText.format('application', appId ?? 0)}`);
}

function idOf({ entry, key }: StatusEvent, idText: IdText): string {
  return urnOf(`${idText.format('incident', entry.id)} ${key}`);
}

/** A UUID of version 8 (RFC 9562) that follows from the name: the same wherever the feed is moved to. */
function urnOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What XML 1.0 has no place for, however it is written. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const NO_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

function xml(text: string): string {
  return escapeMarkup(withoutDirections(text).replaceAll(NO_XML, '\ufffd'));
}
