/** Scripts that run in the console's pages: what is measured there costs no way to the browser and back. */

/**
 * `holdfastVisit`: looks at each frame whether the overview is there. A moment counts once the next frame is drawn.
 * Figures that the stream has not told yet are shown as "…".
 */
export const VISIT_SCRIPT = `
{
  const visit = { shownAt: null, allFiguresAt: null };
  const tasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      tasks.push([startTime, startTime + duration]);
    }
  }).observe({ type: 'longtask', buffered: true });
  const isShown = () =>
    document.querySelector('main h1')?.textContent === 'Overview' &&
    document.querySelector('main figure [role=img] canvas') !== null &&
    document.querySelector('[aria-label=Loading]') === null;
  const hasAllFigures = () =>
    [...document.querySelectorAll('main p, main div')].every(({ textContent }) => textContent !== '…');
  const look = () => {
    const isFirst = visit.shownAt === null;
    if (isFirst ? isShown() : hasAllFigures()) {
      requestAnimationFrame(() => {
        if (isFirst) visit.shownAt = performance.now();
        else visit.allFiguresAt = performance.now();
        if (isFirst) look();
      });
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  visit.seen = () => ({
    shownAt: visit.shownAt,
    allFiguresAt: visit.allFiguresAt,
    tasks,
    resources: performance.getEntriesByType('resource').map(({ name, startTime, responseEnd }) =>
      ({ name, from: startTime, until: responseEnd })),
  });
  globalThis.holdfastVisit = visit;
}`;

/** `holdfastGrid`: scrolls the table of messages. */
export const GRID_SCRIPT = `
{
  const HEAD = 34;
  const GIVE_UP_MS = 60_000;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const gridOf = () => document.querySelector('[role=grid][aria-label=Messages]');
  const rowsIn = (grid) => [...grid.querySelectorAll('[role=row]')];
  /** Whether each row that is seen there is in the page. */
  const isCovered = (grid) => {
    const rows = rowsIn(grid).slice(1);
    const height = rows[0]?.getBoundingClientRect().height ?? 0;
    if (height === 0) return false;
    const there = new Set(rows.map((row) => Number(row.getAttribute('aria-rowindex')) - 2));
    const beyond = Math.floor((grid.scrollTop + grid.clientHeight - HEAD - 1) / height);
    for (let nth = Math.floor(grid.scrollTop / height); nth <= beyond; nth += 1) {
      if (!there.has(nth)) return false;
    }
    return true;
  };
  const scroll = async (steps, placeOf) => {
    const grid = gridOf();
    const stepsMs = [];
    let mostRows = 0;
    for (let nth = 0; nth < steps; nth += 1) {
      const place = placeOf(grid, nth);
      const startedAt = performance.now();
      // Where the rows of that place have not come yet, it cannot be scrolled to.
      do {
        grid.scrollTop = place;
        await frame();
        if (performance.now() - startedAt > GIVE_UP_MS) throw new Error('rows did not come');
      } while (Math.abs(grid.scrollTop - place) > 1 || !isCovered(grid));
      await frame();
      stepsMs.push(performance.now() - startedAt);
      mostRows = Math.max(mostRows, rowsIn(grid).length);
    }
    return { stepsMs, mostRows };
  };
  globalThis.holdfastGrid = {
    pageDown: (steps) => scroll(steps, (grid) => grid.scrollTop + grid.clientHeight - HEAD),
    jump: (steps) => scroll(steps, (grid, nth) =>
      Math.floor((grid.scrollHeight - grid.clientHeight) * (((nth + 1) * 0.618034) % 1))),
    /** In pixels: it grows with the rows that came. */
    height: () => gridOf()?.scrollHeight ?? 0,
    /** All of them; 0 while more are to come. */
    rows: () => Math.max(0, Number(gridOf()?.getAttribute('aria-rowcount') ?? 0) - 1),
  };
}`;
