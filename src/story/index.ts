export {
  parseFacts,
  type Fact,
  type FactName,
  type FactUnit,
  type IncidentFacts,
  type Moment,
  type MomentKind,
} from './facts.ts';
export { storyFacts } from './facts-of-record.ts';
export { readRecordedFact, type RecordedFact } from './recorded-fact.ts';
export { companyLenses, isCompany, type Company } from './lenses/companies.ts';
export { isLevel, levelLenses, type Level } from './lenses/levels.ts';
export { askModel, type ModelSettings, type Suggestion } from './model/model.ts';
export { suggestDraft, suggestQuestions, type SuggestedDraft } from './model/suggest.ts';
export {
  storyForms,
  type Gap,
  type LinkedNumber,
  type Narrative,
  type StoryForm,
} from './narrative/narrative.ts';
export { checkPace, sectionSeconds, type PaceCheck } from './narrative/pace.ts';
export { tell } from './narrative/tell.ts';
export { fromTyped } from './narrative/typed.ts';
export { withGaps } from './narrative/with-gaps.ts';
export {
  judgePractice,
  sections,
  type PracticeReport,
  type PracticeSection,
  type ToldSection,
  type Try,
} from './practice/practice.ts';
export { MOST_QUIZ_ANSWERS, MOST_TRIES, parseQuizAnswers, parseTries } from './practice/tries.ts';
export { isPrompt, promptIds, prompts, type PromptId } from './prompts/prompts.ts';
export { promptsServed, type PromptFit } from './prompts/serves.ts';
export { difficulties, type Difficulty, type Question, type QuizArea } from './quiz/question.ts';
export {
  nextRound,
  questions,
  QUESTIONS_A_ROUND,
  standings,
  type AreaStanding,
  type PutQuestion,
  type QuizAnswer,
} from './quiz/quiz.ts';
export { type Disqualifier, type DisqualifierId } from './rubric/disqualifiers.ts';
export { grades, type Grade, type GradeRule } from './rubric/grade.ts';
export { scoreStory, type ScoreOptions, type StoryScore } from './rubric/score.ts';
export {
  isSignal,
  signalIds,
  type CitedSentence,
  type SignalId,
  type SignalScore,
} from './rubric/signal.ts';
export { readStory, type StoryText } from './text/story-text.ts';
