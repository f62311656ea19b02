import type { Clock } from '../core/index.ts';

/** How far long work has come. It is written to standard error, so that standard output holds the result alone. */
export type Progress = {
  show(line: string): void;
  /** A line that stays. */
  note(line: string): void;
  /** Takes the moving line away. */
  end(): void;
};

/** Of a line that moves, a log or a pipe gets one state in this time. */
const LINE_EVERY_MS = 1000;
const CLEAR_LINE = '\r\u001B[K';

export const silentProgress: Progress = { show() {}, note() {}, end() {} };

/** On a terminal one line that is written over, elsewhere a new line now and then. */
export function createProgress(stream: NodeJS.WriteStream, clock: Clock): Progress {
  return stream.isTTY ? movingLine(stream) : fewLines(stream, clock);
}

function movingLine(stream: NodeJS.WriteStream): Progress {
  return {
    show: (line) => stream.write(CLEAR_LINE + line.slice(0, stream.columns - 1)),
    note: (line) => stream.write(`${CLEAR_LINE}${line}\n`),
    end: () => stream.write(CLEAR_LINE),
  };
}

function fewLines(stream: NodeJS.WriteStream, clock: Clock): Progress {
  let written = '';
  let latest = '';
  let writtenAt = -Infinity;
  const write = (line: string): void => {
    stream.write(`${line}\n`);
    written = line;
    writtenAt = clock.now();
  };
  return {
    show(line) {
      latest = line;
      if (line !== written && clock.now() - writtenAt >= LINE_EVERY_MS) write(line);
    },
    note: (line) => stream.write(`${line}\n`),
    end() {
      if (latest !== written) write(latest);
    },
  };
}
