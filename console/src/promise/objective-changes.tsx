import type { ReactNode } from 'react';
import { usePages } from '../api/index.ts';
import { Empty, Fault, Loading, Moment, paths, Section, Table, To } from '../ui/index.ts';

/** How the promise itself was changed: a target that was lowered is seen here. */
export function ObjectiveChanges({ name }: { readonly name: string }): ReactNode {
  const pages = usePages('v1.change.list', { query: { limit: 100, kind: 'objective' } });
  const rows = pages.rows.flatMap((change) => {
    const item = change.items.find((each) => each.kind === 'objective' && each.subject === name);
    return item === undefined ? [] : [{ ...change, item }];
  });
  return (
    <Section title="How it was changed">
      {pages.error !== null ? (
        <Fault error={pages.error} again={pages.again} />
      ) : pages.isLoading ? (
        <Loading rows={1} />
      ) : (
        <Table
          label={`Changes of ${name}`}
          {...pages}
          rows={rows}
          rowHeight={38}
          keyOf={({ id }) => id}
          columns={[
            { name: 'When', width: '110px', cell: ({ at }) => <Moment at={at} /> },
            { name: 'Who', width: '130px', cell: ({ actor }) => actor },
            {
              name: 'What',
              width: 'minmax(240px, 3fr)',
              cell: ({ id, item }) => (
                <To to={paths.change(id)}>
                  {item.verb === 'updated'
                    ? `changed ${item.fields.map(({ field }) => field).join(', ')}`
                    : item.verb}
                </To>
              ),
            },
            {
              name: 'Why',
              width: 'minmax(160px, 2fr)',
              cell: ({ reason }) => (reason === '' ? '–' : reason),
            },
          ]}
          {...(pages.hasMore
            ? {}
            : { empty: <Empty title="No change is kept">Changes are forgotten in time.</Empty> })}
        />
      )}
    </Section>
  );
}
