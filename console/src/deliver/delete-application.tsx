import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Act, paths } from '../ui/index.ts';

export function DeleteApplication({
  app,
  name,
}: {
  readonly app: string;
  readonly name: string;
}): ReactNode {
  const navigate = useNavigate();
  return (
    <Act
      operation="v1.application.delete"
      request={() => ({ path: { app_id: app } })}
      changes={['v1.application.list']}
      confirm={`Deletes ${name} and all its endpoints. What is still scheduled is cancelled on record. The change can be reverted; what was cancelled stays cancelled.`}
      said={`${name} is deleted.`}
      onDone={() => void navigate({ to: paths.applications })}
      button={{ color: 'red', variant: 'light' }}
    >
      Delete application
    </Act>
  );
}
