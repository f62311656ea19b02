import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '../api/index.ts';
import { save } from './save-file.ts';

const formats = [
  ['markdown', 'Markdown, with notes of its sources'],
  ['html', 'Page that stands alone (HTML)'],
  ['json', 'JSON, for programs'],
] as const;

/** The document as a file, or on paper. */
export function PostmortemExport({ incident }: { readonly incident: string }): ReactNode {
  const navigate = useNavigate();
  const write = async (format: (typeof formats)[number][0]): Promise<void> => {
    const { name, type, text } = await api('v1.postmortem.export', {
      path: { incident_id: incident },
      query: { format },
    });
    save(name, type, text);
  };
  const print = async (): Promise<void> => {
    await navigate({ to: '.', search: {}, replace: true });
    // Once the text is shown.
    window.setTimeout(() => window.print(), 100);
  };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default">
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map(([format, text]) => (
          <Menu.Item
            key={format}
            onClick={() =>
              void write(format).catch((error: unknown) =>
                notifications.show({
                  color: 'red',
                  message: `Not exported: ${error instanceof Error ? error.message : String(error)}`,
                }),
              )
            }
          >
            {text}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => void print()}>Print, or save as PDF</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
