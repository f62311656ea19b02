/** V8's CPU profile, as far as it is read here (Chrome DevTools Protocol, Profiler.Profile). Times are microseconds. */
export type CpuProfile = {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Time before each sample. */
  readonly timeDeltas: readonly number[];
};

type ProfileNode = {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
};

const TOP = 25;
const IDLE = '(idle)';

/**
 * Where a thread's time went between `skippedUs` after its profile began and `lengthUs` later: by function alone, and
 * by the package or file of ours that the time was spent for, Node's own functions counted to who called them.
 */
export function summaryOf(profile: CpuProfile, skippedUs: number, lengthUs: number): string {
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  const parents = new Map(
    profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const callersOf = function* (id: number): Generator<ProfileNode> {
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const node = byId.get(at);
      if (node !== undefined) yield node;
    }
  };
  const functions = new Map<string, number>();
  const owners = new Map<string, number>();
  let atUs = 0;
  let idleUs = 0;
  let busyUs = 0;
  profile.samples.forEach((id, index) => {
    const spentUs = profile.timeDeltas[index + 1] ?? 0;
    atUs += spentUs;
    if (atUs < skippedUs || atUs > skippedUs + lengthUs) return;
    const stack = [...callersOf(id)];
    if (stack[0]?.callFrame.functionName === IDLE) {
      idleUs += spentUs;
      return;
    }
    busyUs += spentUs;
    add(functions, functionOf(stack), spentUs);
    add(owners, ownerOf(stack), spentUs);
  });
  const share = (us: number): string => `${((100 * us) / busyUs).toFixed(1)} %`.padStart(8);
  const top = (times: ReadonlyMap<string, number>): readonly string[] =>
    [...times]
      .toSorted(([, left], [, right]) => right - left)
      .slice(0, TOP)
      .map(([name, us]) => `${share(us)}  ${name}`);
  return [
    `busy ${((100 * busyUs) / (busyUs + idleUs)).toFixed(0)} % of ${((busyUs + idleUs) / 1e6).toFixed(1)} s`,
    '  functions, by the time in themselves:',
    ...top(functions),
    '  packages and files, with what Node did for them:',
    ...top(owners),
  ].join('\n');
}

/** A function and its place; a native one also names who called it. */
function functionOf([leaf, ...callers]: readonly ProfileNode[]): string {
  if (leaf === undefined) return '(unknown)';
  const place = placeOf(leaf);
  const isEngine = leaf.callFrame.functionName.startsWith('('); // (program), (garbage collector)
  if (place !== '' || isEngine) return `${nameOf(leaf)} ${place}`;
  const caller = callers.find((node) => placeOf(node) !== '');
  return `${nameOf(leaf)} ← ${caller === undefined ? '' : `${nameOf(caller)} ${placeOf(caller)}`}`;
}

function ownerOf(stack: readonly ProfileNode[]): string {
  for (const { callFrame } of stack) {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(callFrame.url)?.[1];
    if (name !== undefined) return `node_modules/${name}`;
    const file = /\/(src\/.*)$/.exec(callFrame.url)?.[1];
    if (file !== undefined) return file;
  }
  const outermost = stack.findLast((node) => nameOf(node) !== '(root)');
  return outermost === undefined ? '(unknown)' : `Node: ${nameOf(outermost)} ${placeOf(outermost)}`;
}

function nameOf({ callFrame }: ProfileNode): string {
  return callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName;
}

function placeOf({ callFrame: { url, lineNumber } }: ProfileNode): string {
  const file = url.replace(/^file:\/\/.*?\/(?=src\/|node_modules\/)/, '');
  return file === '' ? '' : `${file}:${lineNumber + 1}`;
}

function add(times: Map<string, number>, name: string, us: number): void {
  times.set(name, (times.get(name) ?? 0) + us);
}
