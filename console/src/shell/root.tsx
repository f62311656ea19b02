import { createRootRoute } from '@tanstack/react-router';
import { Empty, Page, paths, To } from '../ui/index.ts';
import { Frame } from './frame.tsx';
import { PageFault } from './page-fault.tsx';

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
  // Of the frame itself.
  errorComponent: PageFault,
});
