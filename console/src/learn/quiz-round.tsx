import { useState, type ReactNode } from 'react';
import { Put, type Question } from './quiz-question.tsx';
import { Result } from './quiz-result.tsx';
import { quizAnswers } from './tries.ts';

/** Question by question, to the result. */
export function Round({
  round,
  onEnd,
}: {
  readonly round: readonly Question[];
  readonly onEnd: () => void;
}): ReactNode {
  const [at, setAt] = useState(0);
  /** The choice of each question that was answered; null: it was skipped. */
  const [given, setGiven] = useState<readonly (number | null)[]>([]);
  const question = round[at];
  if (question === undefined) return <Result round={round} given={given} onEnd={onEnd} />;
  const isAnswered = given.length > at;
  const answer = (choice: number | null): void => {
    if (isAnswered) return;
    setGiven([...given, choice]);
    if (choice !== null) {
      quizAnswers.add([{ id: question.id, isRight: choice === question.right }]);
    }
  };
  return (
    <Put
      key={question.id}
      question={question}
      nth={at + 1}
      of={round.length}
      choice={isAnswered ? (given[at] ?? null) : undefined}
      onAnswer={answer}
      onNext={() => setAt(at + 1)}
    />
  );
}
