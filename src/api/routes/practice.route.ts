import { fault, seededRandom } from '../../core/index.ts';
import { judgePractice, nextRound, standings } from '../../story/index.ts';
import { momentText } from '../moment.ts';
import { route } from '../route.ts';
import { PracticeIn, PracticeOut, QuizRoundIn, QuizRoundOut } from '../story-shapes.ts';

export const judge = route({
  method: 'POST',
  path: '/api/v1/practice',
  operationId: 'v1.practice.judge',
  summary:
    'Judge what was told to a prompt: its score, its time by section, two further questions, and what moved since an earlier try; keeps nothing.',
  access: 'organization',
  changesNothing: true,
  body: PracticeIn,
  answers: { 200: PracticeOut },
  handle({ body: { prompt, level, company, told, earlier = [] } }, { clock }) {
    if (told.every(({ text }) => text.trim() === '')) {
      throw fault('validation', { field: 'told', detail: 'Nothing was told.' });
    }
    const at = momentText(clock.now());
    const value = judgePractice({ prompt, level, company, told, earlier, at });
    return Promise.resolve({ status: 200, value });
  },
});

export const nextQuizRound = route({
  method: 'POST',
  path: '/api/v1/quiz/round',
  operationId: 'v1.quiz.next-round',
  summary:
    'Give the ten questions of a round, each with its right choice and the reason, the weakest areas first; keeps nothing.',
  access: 'organization',
  changesNothing: true,
  body: QuizRoundIn,
  answers: { 200: QuizRoundOut },
  handle({ body: { difficulty, seed, answers = [] } }, { random: drawn }) {
    const random = seed === undefined ? drawn : seededRandom(seed);
    const value = {
      data: nextRound(answers, random, difficulty).map(({ question, choices, right }) => {
        const { id, area, difficulty: level, question: asked, because } = question;
        return { id, area, difficulty: level, question: asked, choices, right, because };
      }),
      areas: standings(answers),
    };
    return Promise.resolve({ status: 200, value });
  },
});
