import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, Fields, Id, Moment, paths, peerOf, Section, State, To } from '../ui/index.ts';

/** The certificate that an endpoint showed last. */
export function EndpointCertificate({ url }: { readonly url: string }): ReactNode {
  const peer = peerOf(url);
  const certificates = useAnswer(
    'v1.certificate.list',
    { query: { limit: 250 } },
    { isWanted: peer !== null },
  );
  return (
    <Section title="Certificate">
      {peer === null ? (
        <Text size="sm">
          Its URL begins with http: there is no certificate, and what is sent can be read on the
          way.
        </Text>
      ) : (
        <Answered of={certificates} rows={1}>
          {({ data }) => {
            const own = data
              .filter((one) => one.peer === peer)
              .toSorted((a, b) => Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt))[0];
            if (own === undefined) {
              return (
                <Text size="sm">
                  None was seen of {peer} yet. It is kept with the first delivery over TLS.
                </Text>
              );
            }
            return (
              <Fields
                of={[
                  [
                    'Ends',
                    <>
                      <Moment at={own.expiresAt} isAbsolute />{' '}
                      {own.isExpiring && <State of="expiring">renew it</State>}
                    </>,
                  ],
                  ['Issued by', own.chain[0]?.issuer ?? '–'],
                  ['Fingerprint', <Id key="fingerprint">{own.fingerprint}</Id>],
                  ['Last seen', <Moment key="seen" at={own.lastSeenAt} />],
                  [
                    'All of them',
                    <To key="all" to={paths.certificates}>
                      Certificates
                    </To>,
                  ],
                ]}
              />
            );
          }}
        </Answered>
      )}
    </Section>
  );
}
