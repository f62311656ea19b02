import { Drawer, Group, Select, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { usePages, type RowOf } from '../api/index.ts';
import {
  ago,
  Empty,
  Fault,
  Fields,
  Id,
  Loading,
  Moment,
  Page,
  Section,
  State,
  Table,
  useNow,
  useView,
} from '../ui/index.ts';

type Certificate = RowOf<'v1.certificate.list'>;
const usual = { within: 'any', id: '' } as const;
const spans: Readonly<Record<string, string>> = {
  any: 'at any time',
  '7': 'within 7 days',
  '21': 'within 21 days',
  '90': 'within 90 days',
};

/** The certificates that receivers showed, and when they end. */
export function CertificatesPage(): ReactNode {
  const [view, setView] = useView(usual);
  const now = useNow();
  const pages = usePages('v1.certificate.list', {
    query: {
      limit: 250,
      ...(view.within === 'any' ? {} : { expiring_within_days: Number(view.within) }),
    },
  });
  const open = pages.rows.find(({ id }) => id === view.id);
  return (
    <Page
      title="Certificates"
      lead="What receivers showed when a connection was made, from deliveries that were sent anyway. One that ends within three weeks is warned of."
    >
      <Group>
        <Select
          size="xs"
          label="It ends"
          data={Object.entries(spans).map(([value, label]) => ({ value, label }))}
          value={view.within}
          allowDeselect={false}
          onChange={(within) => setView({ within: within ?? 'any' })}
        />
      </Group>
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading />
      ) : (
        <Table
          label="Certificates"
          {...pages}
          keyOf={({ id }) => id}
          onOpen={({ id }) => setView({ id })}
          columns={[
            {
              name: 'Receiver',
              width: 'minmax(180px, 1.4fr)',
              cell: ({ peer }) => <Id>{peer}</Id>,
            },
            { name: 'State', width: '130px', cell: (row) => <Ends of={row} now={now} /> },
            {
              name: 'Ends',
              width: '190px',
              cell: ({ expiresAt }) => <Moment at={expiresAt} isAbsolute />,
            },
            {
              name: 'Issued by',
              width: 'minmax(160px, 1.4fr)',
              cell: ({ chain }) => chain[0]?.issuer ?? '–',
            },
            {
              name: 'First seen',
              width: '100px',
              cell: ({ firstSeenAt }) => <Moment at={firstSeenAt} />,
            },
            {
              name: 'Last seen',
              width: '100px',
              cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} />,
            },
          ]}
          empty={
            view.within === 'any' ? (
              <Empty title="No certificate yet">
                Each is kept from the first delivery to an endpoint whose URL begins with https.
              </Empty>
            ) : (
              <Empty title="None ends so soon">Nothing has to be renewed in that time.</Empty>
            )
          }
        />
      )}
      <Drawer
        opened={open !== undefined}
        onClose={() => setView({ id: '' })}
        position="right"
        size="lg"
        title={open?.peer ?? ''}
      >
        {open !== undefined && <Chain of={open} />}
      </Drawer>
    </Page>
  );
}

function Ends({
  of: { expiresAt, isExpiring },
  now,
}: {
  readonly of: Certificate;
  readonly now: number;
}): ReactNode {
  const at = Date.parse(expiresAt);
  if (at <= now) return <State of="ended" tone="bad" />;
  return isExpiring ? (
    <State of="expiring">ends {ago(at, now)}</State>
  ) : (
    <State of="valid" tone="good" />
  );
}

function Chain({ of: { fingerprint, chain } }: { readonly of: Certificate }): ReactNode {
  return (
    <Stack gap="sm">
      <Fields of={[['Fingerprint of the chain', <Id key="fingerprint">{fingerprint}</Id>]]} />
      {chain.map((link, nth) => (
        <Section key={link.fingerprint} title={nth === 0 ? 'The receiver’s own' : `Issuer ${nth}`}>
          <Fields
            of={[
              ['Subject', link.subject],
              ['Issued by', link.issuer],
              ['Valid from', <Moment key="from" at={link.validFrom} isAbsolute />],
              ['Valid until', <Moment key="to" at={link.validTo} isAbsolute />],
              ['Fingerprint', <Id key="fingerprint">{link.fingerprint}</Id>],
            ]}
          />
        </Section>
      ))}
    </Stack>
  );
}
