import { Anchor, HoverCard, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { createElement, useMemo, type ReactNode } from 'react';
import type { AnswerOf } from '../api/index.ts';
import { Moment, paths } from '../ui/index.ts';
import styles from './postmortem-preview.module.css';

export type Fact = AnswerOf<'v1.incident.list-facts'>['data'][number];

const sourceWords: Readonly<Record<Fact['source'], string>> = {
  ledger: 'the ledger',
  alert: 'an alert',
  change: 'a change',
  person: 'a person',
  verification: 'a verification',
};

/** Elements that the service makes of Markdown. Whatever else there were is shown as its text. */
const known = new Set(
  'h1 h2 h3 h4 h5 h6 p blockquote ol ul li table thead tbody tr th td pre code hr br em strong div a data'.split(
    ' ',
  ),
);

/** The postmortem as people read it: each number leads to what says it. Headings stand below those of the page. */
export function PostmortemPreview({
  html,
  facts,
  incident,
}: {
  readonly html: string;
  readonly facts: readonly Fact[];
  readonly incident: string;
}): ReactNode {
  const shown = useMemo(() => {
    const byName = new Map(facts.map((fact) => [fact.name, fact]));
    const { body } = new DOMParser().parseFromString(html, 'text/html');
    return [...body.childNodes].map((node, nth) => rendered(node, nth, { byName, incident }));
  }, [html, facts, incident]);
  return <div className={styles['document']}>{shown}</div>;
}

type Context = { readonly byName: ReadonlyMap<string, Fact>; readonly incident: string };

function rendered(node: Node, key: number, context: Context): ReactNode {
  if (!(node instanceof Element)) return node.textContent;
  const tag = node.tagName.toLowerCase();
  const isBare = /^(?:table|thead|tbody|tr|ul|ol)$/.test(tag);
  const children = [...node.childNodes]
    .filter((child) => !isBare || child instanceof Element)
    .map((child, nth) => rendered(child, nth, context));
  if (tag === 'data') {
    const fact = context.byName.get(node.getAttribute('value') ?? '');
    return fact === undefined ? (
      children
    ) : (
      <LiveFact key={key} fact={fact} incident={context.incident} />
    );
  }
  if (tag === 'a') {
    return (
      <Anchor
        key={key}
        href={node.getAttribute('href') ?? undefined}
        rel="noreferrer"
        target="_blank"
        inherit
        underline="always"
      >
        {children}
      </Anchor>
    );
  }
  if (!known.has(tag)) return node.textContent;
  if (tag === 'br' || tag === 'hr') return createElement(tag, { key });
  const heading = /^h([1-6])$/.exec(tag)?.[1];
  if (heading !== undefined) {
    return createElement(`h${Math.min(6, Number(heading) + 2)}`, { key, 'data-of': tag }, children);
  }
  const more =
    tag === 'div'
      ? { className: styles['table'], tabIndex: 0, role: 'group', 'aria-label': 'Table' }
      : {};
  return createElement(tag, { key, ...more }, children);
}

/** A number with what it is, and the way to what says it. */
function LiveFact({
  fact,
  incident,
}: {
  readonly fact: Fact;
  readonly incident: string;
}): ReactNode {
  const { name, text, source, at, evidence } = fact;
  const to = placeOf(evidence, incident);
  return (
    <HoverCard openDelay={200} shadow="md" withinPortal>
      <HoverCard.Target>
        {evidence.url === undefined ? (
          <Link to={to} className={styles['fact']} title={`${name}, from ${sourceWords[source]}`}>
            {text}
          </Link>
        ) : (
          <a href={evidence.url} className={styles['fact']} rel="noreferrer" target="_blank">
            {text}
          </a>
        )}
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <Stack gap={2}>
          <Text size="xs" ff="monospace">
            {name}
          </Text>
          <Text size="xs">
            From {sourceWords[source]}, <Moment at={at} isAbsolute />
          </Text>
        </Stack>
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

function placeOf({ kind, id = '' }: Fact['evidence'], incident: string): string {
  switch (kind) {
    case 'alert':
      return paths.alert(id);
    case 'change':
      return paths.change(id);
    case 'action_item':
      return paths.actionItem(id);
    default:
      return paths.incident(incident);
  }
}
