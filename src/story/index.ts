export { grades, type Grade } from './rubric/grade.ts';
export { isLevel, levelLenses, levels, type Level } from './lenses/levels.ts';
export { companies, companyLenses, isCompany, type Company } from './lenses/companies.ts';
export { scoreStory, type StoryScore } from './rubric/score.ts';
export { isSignal, signalIds, signalTitles, type SignalId } from './rubric/signal.ts';
