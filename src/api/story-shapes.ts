import { Type, type TSchema } from 'typebox';
import {
  companyLenses,
  difficulties,
  grades,
  isCompany,
  isLevel,
  levelLenses,
  MOST_QUIZ_ANSWERS,
  MOST_TRIES,
  promptIds,
  sections,
  signalIds,
  storyForms,
  type Company,
  type Level,
} from '../story/index.ts';

const oneOf = <Text extends string>(texts: readonly Text[]) =>
  Type.Unsafe<Text>(Type.Union(texts.map((text) => Type.Literal(text))));
const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()]);
const strict = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const share = Type.Number({ minimum: 0, maximum: 1 });

export const levels: readonly Level[] = Object.keys(levelLenses).filter(isLevel);
export const companies: readonly Company[] = Object.keys(companyLenses).filter(isCompany);

const level = oneOf(levels);
const company = oneOf(companies);
const prompt = oneOf(promptIds);
const section = oneOf(sections);
const grade = oneOf(grades);
const signal = oneOf(signalIds);
const form = oneOf(storyForms);

/** A story is read up to character 32,768; what is beyond is named as unread. */
const storyText = Type.String({ maxLength: 100_000 });

export const StoryDraftIn = Type.Object(
  {
    form,
    level: Type.Optional(level),
    /** Told from its facts; with a text, the text's numbers are linked to them. */
    incidentId: Type.Optional(Type.String({ maxLength: 256 })),
    text: Type.Optional(storyText),
  },
  strict,
);
export const StoryScoreIn = Type.Object(
  {
    text: storyText,
    /** Whose targets of length it is held against; star, unless given. */
    form: Type.Optional(form),
    level: Type.Optional(level),
    company: Type.Optional(company),
  },
  strict,
);

const Pace = Type.Array(
  Type.Object({
    name: Type.String(),
    measured: Type.Number(),
    unit: oneOf(['words', 's', 'share']),
    target: Type.String(),
    isMet: Type.Boolean(),
  }),
);
const Sentence = orNull(
  Type.Object({
    from: count,
    to: count,
    text: Type.String(),
    role: oneOf(['earned', 'lost', 'extend']),
  }),
);

export const StoryDraftOut = Type.Object({
  form,
  /** Markdown: a heading for each part. */
  text: Type.String(),
  numbers: Type.Array(
    Type.Object({
      from: count,
      to: count,
      text: Type.String(),
      fact: orNull(Type.String()),
      /** null: it was only typed. */
      evidence: orNull(Type.String()),
    }),
  ),
  /** What only a person can say, asked of the part where it is missing. */
  gaps: Type.Array(Type.Object({ part: Type.String(), ask: Type.String(), signal })),
  pace: Pace,
});

const Fault = Type.Object({
  id: Type.String(),
  title: Type.String(),
  sentence: Sentence,
  reason: Type.String(),
  edit: Type.String(),
});

const score = {
  grade,
  score: share,
  level,
  company: orNull(company),
  /** Every rule that had a say in the grade, the one that decided first. */
  rules: Type.Array(Type.Object({ grade, rule: Type.String() })),
  disqualifiers: Type.Array(Fault),
  /** What might disqualify: only the teller knows. */
  questions: Type.Array(Fault),
  signals: Type.Array(
    Type.Object({
      signal,
      nth: count,
      title: Type.String(),
      score: share,
      isEarned: Type.Boolean(),
      sentence: Sentence,
      reason: Type.String(),
      edit: Type.String(),
      elements: Type.Array(
        Type.Object({
          name: Type.String(),
          weight: share,
          share,
          sentence: Sentence,
          edit: Type.String(),
        }),
      ),
    }),
  ),
  weakest: orNull(signal),
  words: count,
  unreadFrom: orNull(count),
};

export const StoryScoreOut = Type.Object({
  ...score,
  pace: Pace,
  /** All eleven, the best served first. */
  prompts: Type.Array(
    Type.Object({
      prompt,
      title: Type.String(),
      fit: share,
      isServed: Type.Boolean(),
      open: Type.String(),
      sentence: Sentence,
    }),
  ),
});

export const PromptsOut = Type.Object({
  data: Type.Array(
    Type.Object({
      prompt,
      title: Type.String(),
      question: Type.String(),
      open: Type.String(),
    }),
  ),
  levels: Type.Array(
    Type.Object({
      level,
      title: Type.String(),
      wants: Type.String(),
      spokenSeconds: Type.Object({ min: count, max: count }),
    }),
  ),
  companies: Type.Array(Type.Object({ company, title: Type.String(), wants: Type.String() })),
  /** Of a told story, with the time that each may take. */
  sections: Type.Array(Type.Object({ section, seconds: count })),
});

/** A try as callers keep it: no text, only what it was worth. */
const Try = Type.Object(
  {
    at: Type.String({ format: 'date-time' }),
    prompt,
    level,
    company: orNull(company),
    grade,
    score: share,
    words: count,
    signals: Type.Record(Type.String({ maxLength: 64 }), share),
  },
  strict,
);
export const PracticeIn = Type.Object(
  {
    prompt,
    level,
    company: Type.Optional(company),
    told: Type.Array(
      Type.Object(
        {
          section,
          text: storyText,
          /** null: nobody took the time. */
          seconds: orNull(Type.Number({ minimum: 0, maximum: 86_400 })),
        },
        strict,
      ),
      { minItems: 1, maxItems: sections.length },
    ),
    /** The oldest first. The service keeps none: whoever practises does. */
    earlier: Type.Optional(Type.Array(Try, { maxItems: MOST_TRIES })),
  },
  strict,
);
export const PracticeOut = Type.Object({
  prompt,
  score: Type.Object(score),
  pace: Pace,
  clock: Type.Array(Type.Object({ section, seconds: orNull(Type.Number()), target: count })),
  followUps: Type.Array(Type.String()),
  aimedAt: signal,
  comparison: orNull(
    Type.Object({
      with: Type.String(),
      isSamePrompt: Type.Boolean(),
      grade,
      scoreChange: Type.Number(),
      better: Type.Array(signal),
      worse: Type.Array(signal),
    }),
  ),
  /** To be kept, and given with the next one. */
  attempt: Try,
});

export const QuizRoundIn = Type.Object(
  {
    difficulty: Type.Optional(oneOf(difficulties)),
    /** The same round again, while the answers are the same. */
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 4_294_967_295 })),
    /** The oldest first. The service keeps none. */
    answers: Type.Optional(
      Type.Array(
        Type.Object({ id: Type.String({ maxLength: 64 }), isRight: Type.Boolean() }, strict),
        { maxItems: MOST_QUIZ_ANSWERS },
      ),
    ),
  },
  strict,
);
export const QuizRoundOut = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String(),
      area: Type.String(),
      difficulty: oneOf(difficulties),
      question: Type.String(),
      choices: Type.Array(Type.String()),
      /** The place of the right one among the choices, from 0. */
      right: count,
      because: Type.String(),
    }),
  ),
  /** How each area stands by the answers that were given, the weakest first. */
  areas: Type.Array(Type.Object({ area: Type.String(), asked: count, right: count })),
});
