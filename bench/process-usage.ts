import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * CPU and memory of a process as the kernel counts them (proc(5)), so that nothing inside the process is touched.
 * Linux only; elsewhere the figures are NaN and print as "not measured".
 */
export type ProcessUsage = {
  /** User and system time of the whole process. */
  readonly cpuUs: number;
  /** Of it: the thread that runs the event loop. */
  readonly mainThreadUs: number;
  /** Of it: each worker thread, in the order they were started. */
  readonly workerThreadsUs: readonly number[];
  readonly residentBytes: number;
  readonly peakResidentBytes: number;
};

/** Linux counts in ticks of 10 ms (USER_HZ) on every platform that Node runs on. */
const TICK_US = 10_000;
const KIB = 1024;

export function usageOf(pid: number): ProcessUsage {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
      .map(Number)
      .toSorted((left, right) => left - right)
      .map((tid) => readStat(`/proc/${pid}/task/${tid}/stat`));
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      cpuUs: readStat(`/proc/${pid}/stat`).cpuUs,
      mainThreadUs: threads[0]?.cpuUs ?? Number.NaN,
      // Node names them "WorkerThread", or by the name that the program gave.
      workerThreadsUs: threads
        .slice(1)
        .filter(({ name }) => !ENGINE_THREAD.test(name))
        .map(({ cpuUs }) => cpuUs),
      residentBytes: bytesOf(status, 'VmRSS'),
      peakResidentBytes: bytesOf(status, 'VmHWM'),
    };
  } catch {
    return {
      cpuUs: Number.NaN,
      mainThreadUs: Number.NaN,
      workerThreadsUs: [],
      residentBytes: Number.NaN,
      peakResidentBytes: Number.NaN,
    };
  }
}

function bytesOf(status: string, name: string): number {
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * KIB;
}

/** CPU time of this process and of all its children that have ended; NaN where it cannot be read. */
export function ownTreeCpuUs(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? [];
    // User and system time are fields 14 and 15, those of ended children 16 and 17; the third comes first here.
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_US;
  } catch {
    return Number.NaN;
  }
}

/** Threads of V8 and libuv: garbage collection, compilation, file operations. */
const ENGINE_THREAD = /^(node|libuv|V8|DelayedTask|SignalInspect)/i;

function readStat(path: string): { readonly name: string; readonly cpuUs: number } {
  const stat = readFileSync(path, 'utf8');
  // The name stands in brackets and may hold anything; user and system time are fields 14 and 15.
  const nameEnd = stat.lastIndexOf(')');
  const fields = stat.slice(nameEnd + 2).split(' ');
  return {
    name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    cpuUs: (Number(fields[11]) + Number(fields[12])) * TICK_US,
  };
}

/**
 * CPU time that the machine has spent since it started, what its host took from it (steal) included. What is not the
 * bench's own of it is noise in a measurement.
 */
export function machineBusyUs(): number {
  try {
    const [, user, nice, system, , , irq, softirq, steal] = readFileSync('/proc/stat', 'utf8')
      .split('\n', 1)
      .flatMap((line) => line.split(/\s+/).map(Number));
    const ticks = [user, nice, system, irq, softirq, steal];
    return ticks.reduce<number>((sum, count) => sum + (count ?? 0), 0) * TICK_US;
  } catch {
    return Number.NaN;
  }
}

export const cores = availableParallelism();
