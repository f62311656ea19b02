import { createPayloadCheck, latestVersion } from '../contract/index.ts';
import { applyCorrection, parseCorrection } from '../correction/index.ts';
import { schemaOf } from './contract.ts';
import type { EventType } from './records.ts';

/** A payload as another version has it, or why there is none. `detail` names fields, and never what is in them. */
export type Converted =
  | { readonly kind: 'converted'; readonly text: string }
  | { readonly kind: 'failed'; readonly detail: string };

/** Makes a payload of one version from the payload as it was accepted. Pure. */
export type Conversion = (payload: string) => Converted;

/** A version's name goes out in a header: visible ASCII. */
const NAME = /^[\x21-\x7e]{1,64}$/;
/** Fields that are named where a payload does not follow its version. */
const MOST_NAMED = 3;

/** Whether endpoints can be pinned to a version of that name. */
export function isVersionName(version: string): boolean {
  return NAME.test(version);
}

export type ConversionBounds = {
  /** Of the result in UTF-8: what a message's payload may have. */
  readonly maxBytes: number;
  /** The version that payloads come in; the highest unless given, null for one that is not stored. */
  readonly inForce?: string | null | undefined;
};

/**
 * Prepares what makes payloads of a version: the conversion that its contract declares, where there is one and the
 * version is not itself in force; then the result must follow that version's schema, whatever the contract's mode.
 * A conversion whose conditions do not hold leaves the payload as it is.
 */
export function createConversion(
  { schemas, contract }: Pick<EventType, 'schemas' | 'contract'>,
  version: string,
  { maxBytes, inForce = latestVersion(schemas) }: ConversionBounds,
): Conversion {
  const schema = schemaOf(schemas, version);
  if (schema === undefined) {
    return () => failed(`The event type has no version "${version}".`);
  }
  const conversions = contract?.conversions ?? {};
  const declared = Object.hasOwn(conversions, version) ? conversions[version] : undefined;
  const correction =
    declared === undefined || version === inForce
      ? null
      : parseCorrection(declared.declaration);
  const check = createPayloadCheck(schema, `schemas.${version}`);
  return (payload) => {
    let text = payload;
    if (correction !== null) {
      const corrected = applyCorrection(correction, payload, { maxBytes });
      if (corrected.kind === 'corrected') ({ text } = corrected);
      else if (corrected.reason !== 'not_matched' && corrected.reason !== 'same') {
        const where = corrected.path === undefined ? '' : ` at ${corrected.path}`;
        return failed(
          `The conversion to version ${version} does not fit the payload: ${corrected.reason}${where}.`,
        );
      }
    }
    const problems = check.problems(text);
    if (problems.length === 0) return { kind: 'converted', text };
    const fields = [...new Set(problems.map(({ field }) => field))].slice(0, MOST_NAMED);
    return failed(
      `What was made for version ${version} does not follow it at ${fields.join(', ')}.`,
    );
  };
}

function failed(detail: string): Converted {
  return { kind: 'failed', detail };
}
