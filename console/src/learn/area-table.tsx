import type { ReactNode } from 'react';
import { useAnswer } from '../api/index.ts';
import { Answered, count, percent, Table, words } from '../ui/index.ts';
import { quizAnswers } from './tries.ts';

/** How each area of the quiz stands by the answers that are kept, the weakest first, as the service orders them. */
export function AreaTable(): ReactNode {
  const kept = quizAnswers.use();
  const answer = useAnswer(
    'v1.quiz.next-round',
    { body: { answers: [...kept] } },
    { keepsLast: true },
  );
  return (
    <Answered of={answer} rows={6}>
      {({ areas }) => (
        <Table
          label="Areas of the quiz"
          rows={areas}
          keyOf={({ area }) => area}
          rowHeight={32}
          columns={[
            { name: 'Area', width: 'minmax(140px, 2fr)', cell: ({ area }) => words(area) },
            { name: 'Asked', width: '90px', align: 'right', cell: ({ asked }) => count(asked) },
            { name: 'Right', width: '90px', align: 'right', cell: ({ right }) => count(right) },
            {
              name: 'Share',
              width: '100px',
              align: 'right',
              cell: ({ asked, right }) => (asked === 0 ? 'not asked' : percent(right / asked)),
            },
          ]}
        />
      )}
    </Answered>
  );
}
