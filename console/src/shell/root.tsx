import { createRootRoute } from '@tanstack/react-router';
import { Empty, Fault, Page, paths, To } from '../ui/index.ts';
import { Frame } from './frame.tsx';

/** Every page of the console stands under this route. */
export const root = createRootRoute({
  component: Frame,
  notFoundComponent: () => (
    <Page title="No such page">
      <Empty title="There is nothing at this address">
        It may have been cut when it was copied. <To to={paths.overview}>Go to the overview</To>, or
        press Ctrl K and type what you look for.
      </Empty>
    </Page>
  ),
  errorComponent: ({ error, reset }) => (
    <Page title="This page has a fault">
      <Fault error={error} again={reset} />
    </Page>
  ),
});
