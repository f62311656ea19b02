export { drills } from './all.ts';
export { duration, type Check, type Drill } from './drill.ts';
export { quiet } from './drills/quiet.ts';
export { type DrillReport } from './report.ts';
export { runDrill, type RunOptions } from './run-drill.ts';
export { summarize, type DrillSummary } from './summary.ts';
export { replayFile, type ReplayReport } from './replay/replay-file.ts';
