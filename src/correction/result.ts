/** One field as it was and as it is now: JSON texts as they are written; null where there is none. */
export type FieldChange = {
  /** A JSON Pointer. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * Why a payload was not corrected.
 * not_matched: the conditions do not hold · path_missing: nothing is where the correction points · same: nothing would
 * change · not_a_number · number_too_long: longer than is computed with · needs_rounding: an integer would get
 * decimals, and no rounding was declared · too_many_changes · test_failed: of a JSON Patch · not_an_object: a payload
 * must stay one · payload_too_large.
 */
export type RefusalReason =
  | 'not_matched'
  | 'path_missing'
  | 'same'
  | 'not_a_number'
  | 'number_too_long'
  | 'needs_rounding'
  | 'too_many_changes'
  | 'test_failed'
  | 'not_an_object'
  | 'payload_too_large';

export type Refusal = {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  /** Where, as a JSON Pointer. */
  readonly path?: string;
};

export type Corrected =
  | { readonly kind: 'corrected'; readonly text: string; readonly changes: readonly FieldChange[] }
  | Refusal;

/** The text after one operation. */
export type Operated =
  | {
      readonly kind: 'done';
      readonly text: string;
      /** Its path leads somewhere. */
      readonly isFound: boolean;
      /** And the conditions hold there. */
      readonly isMeant: boolean;
      readonly changes: readonly FieldChange[];
    }
  | Refusal;
