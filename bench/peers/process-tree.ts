import { readdirSync, readFileSync } from 'node:fs';

/** A process and those it has started, as proc(5) shows them. Linux only; elsewhere it is the process alone. */
export function treeOf(pid: number): readonly number[] {
  const pids = [pid];
  // Children are appended while the loop goes on, so theirs follow.
  for (const each of pids) pids.push(...childrenOf(each));
  return pids;
}

/**
 * Microseconds of CPU that the tree has spent so far, those of processes that ended included; NaN where there is no
 * proc(5). In ticks of 10 ms.
 */
export function treeCpuUs(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + cpuUsOf(each), 0);
}

const TICK_US = 10_000;

function childrenOf(pid: number): readonly number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((tid) =>
      readFileSync(`/proc/${pid}/task/${tid}/children`, 'utf8')
        .split(' ')
        .filter(Boolean)
        .map(Number),
    );
  } catch {
    return [];
  }
}

function cpuUsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; fields 14 to 17 are its own time and its ended children's.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_US;
  } catch {
    return process.platform === 'linux' ? 0 : Number.NaN; // it has just ended
  }
}
