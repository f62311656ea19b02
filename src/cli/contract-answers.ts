import { boolean, fieldsOf, items, orNull, text } from './answers.ts';

export type DifferenceAnswer = {
  readonly path: string;
  readonly kind: string;
  readonly sentence: string;
  readonly breaks: string;
};

/** What a schema would be beside the version in force. */
export type ContractCheckAnswer = {
  /** null: there is no version to compare with. */
  readonly compatibility: {
    readonly from: string;
    readonly required: string;
    readonly isBackward: boolean;
    readonly isForward: boolean;
    readonly isCompatible: boolean;
    readonly differences: readonly DifferenceAnswer[];
    readonly consumers: readonly {
      readonly name: string;
      readonly differences: readonly DifferenceAnswer[];
    }[];
  } | null;
  readonly outcome: string | null;
};

export function readContractCheck(value: unknown): ContractCheckAnswer {
  const answer = fieldsOf(value);
  const given = answer['compatibility'];
  return {
    compatibility: given === null ? null : readCompatibility(given),
    outcome: orNull(text, answer, 'outcome'),
  };
}

function readCompatibility(value: unknown): ContractCheckAnswer['compatibility'] {
  const compatibility = fieldsOf(value);
  return {
    from: text(compatibility, 'from'),
    required: text(compatibility, 'required'),
    isBackward: boolean(compatibility, 'isBackward'),
    isForward: boolean(compatibility, 'isForward'),
    isCompatible: boolean(compatibility, 'isCompatible'),
    differences: items(compatibility, 'differences').map(readDifference),
    consumers: items(compatibility, 'consumers').map((one) => {
      const consumer = fieldsOf(one);
      return {
        name: text(consumer, 'name'),
        differences: items(consumer, 'differences').map(readDifference),
      };
    }),
  };
}

function readDifference(value: unknown): DifferenceAnswer {
  const difference = fieldsOf(value);
  return {
    path: text(difference, 'path'),
    kind: text(difference, 'kind'),
    sentence: text(difference, 'sentence'),
    breaks: text(difference, 'breaks'),
  };
}
