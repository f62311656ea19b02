import { useEffect, useRef, useState } from 'react';

/** What this uses of the Web Speech API, which not every browser has. */
type Recognition = {
  continuous: boolean;
  interimResults: boolean;
  lang: string;
  addEventListener(type: 'result', listener: (event: ResultEvent) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly error: string }) => void): void;
  addEventListener(type: 'end', listener: () => void): void;
  start(): void;
  stop(): void;
};
type ResultEvent = {
  readonly resultIndex: number;
  readonly results: ArrayLike<
    ArrayLike<{ readonly transcript: string }> & { readonly isFinal: boolean }
  >;
};
type RecognitionClass = new () => Recognition;

function recognitionClass(): RecognitionClass | null {
  const found: unknown =
    Reflect.get(window, 'SpeechRecognition') ?? Reflect.get(window, 'webkitSpeechRecognition');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the class that the standard names so
  return typeof found === 'function' ? (found as RecognitionClass) : null;
}

export function hasDictation(): boolean {
  return recognitionClass() !== null;
}

const problems: Readonly<Record<string, string>> = {
  'not-allowed': 'The browser was not allowed to use the microphone. Allow it there, or type.',
  'service-not-allowed': 'The browser does not allow speech to be recognised here. Type instead.',
  'audio-capture': 'There is no microphone. Type instead.',
  network: 'The browser could not reach what recognises speech. Type instead.',
  'language-not-supported': 'The browser does not recognise English. Type instead.',
};

export type Dictation = {
  readonly isOn: boolean;
  /** What is being said, not yet sure. */
  readonly heard: string;
  readonly problem: string | null;
  readonly start: () => void;
  readonly stop: () => void;
};

/** Speech as text. @param take each piece once it is sure. */
export function useDictation(take: (text: string) => void): Dictation {
  const [isOn, setOn] = useState(false);
  const [heard, setHeard] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(take);
  latest.current = take;
  const running = useRef<Recognition | null>(null);
  const stop = (): void => {
    const before = running.current;
    running.current = null;
    before?.stop();
    setOn(false);
    setHeard('');
  };
  useEffect(
    () => () => {
      const before = running.current;
      running.current = null;
      before?.stop();
    },
    [],
  );
  const start = (): void => {
    const Class = recognitionClass();
    if (Class === null || running.current !== null) return;
    const recognition = new Class();
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.lang = 'en-US';
    recognition.addEventListener('result', ({ resultIndex, results }) => {
      let unsure = '';
      for (let nth = resultIndex; nth < results.length; nth += 1) {
        const result = results[nth];
        const text = result?.[0]?.transcript ?? '';
        if (result?.isFinal === true) latest.current(text);
        else unsure += text;
      }
      setHeard(unsure);
    });
    recognition.addEventListener('error', ({ error }) => {
      // Silence is none: it goes on.
      if (error === 'no-speech' || error === 'aborted') return;
      setProblem(problems[error] ?? `Speech was not recognised (${error}). Type instead.`);
      running.current = null;
      setOn(false);
      setHeard('');
    });
    // Browsers end it after a pause: as long as it is wanted, it goes on.
    recognition.addEventListener('end', () => {
      if (running.current === recognition) recognition.start();
    });
    running.current = recognition;
    setProblem(null);
    setOn(true);
    recognition.start();
  };
  return { isOn, heard, problem, start, stop };
}
