import { parseAllDocuments, stringify } from 'yaml';
import { fault, HoldfastError } from '../core/index.ts';
import { fromOpenSlo, toOpenSlo, type PlainObjective } from './openslo.ts';

/** An objective as a document of OpenSLO v1 in YAML. */
export function writeOpenSlo(objective: PlainObjective): string {
  return stringify(toOpenSlo(objective), { lineWidth: 0 });
}

/** OpenSLO documents, in YAML or JSON. Throws `validation` that names the document and the field. */
export function readOpenSlo(text: string): readonly PlainObjective[] {
  const parsed = parseAllDocuments(text);
  const documents = Array.isArray(parsed) ? parsed : [];
  return documents.flatMap((document, nth) => {
    const [problem] = document.errors;
    if (problem !== undefined) {
      throw fault('validation', {
        field: `document ${nth + 1}`,
        detail: `This is no YAML: ${firstLine(problem.message)}.`,
      });
    }
    // Aliases are not needed here, and can be made to grow without end.
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return value === null ? [] : [inPlace(nth, () => fromOpenSlo(value))];
  });
}

function inPlace<Result>(nth: number, read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof HoldfastError)) throw thrown;
    throw fault(thrown.code, {
      field: thrown.field,
      detail: `Document ${nth + 1}: ${thrown.message}`,
    });
  }
}

/** The rest of it shows the place in the text. */
function firstLine(message: string): string {
  const [line = ''] = message.split('\n');
  return line.replace(/[:.]$/, '');
}
