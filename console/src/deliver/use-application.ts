import type { Crumb } from '../ui/index.ts';
import { paths } from '../ui/index.ts';
import { useAnswer } from '../api/index.ts';

/** The application a page is about: its answer, and the way to it. */
export function useApplication(app: string) {
  const application = useAnswer('v1.application.get', { path: { app_id: app } });
  const crumbs: readonly Crumb[] = [
    { text: 'Applications', to: paths.applications },
    { text: application.data?.name ?? app, to: paths.application(app) },
  ];
  return { application, crumbs };
}
