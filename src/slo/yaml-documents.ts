import { parseAllDocuments, visit } from 'yaml';
import { fault, HoldfastError } from '../core/index.ts';

/**
 * What `read` makes of each document of a YAML or JSON text, without the empty ones. Throws `validation` that names the
 * document, and what `read` throws with the document before its sentence.
 */
export function readYamlDocuments<Result>(
  text: string,
  read: (value: unknown) => Result,
): readonly Result[] {
  // A key that is a list becomes a text; that is no news for the log.
  const parsed = parseAllDocuments(text, { logLevel: 'error' });
  const documents = Array.isArray(parsed) ? parsed : [];
  return documents.flatMap((document, nth) => {
    const [problem] = document.errors;
    if (problem !== undefined) throw noYaml(nth, `This is no YAML: ${firstLine(problem.message)}.`);
    // Nothing here needs them, they can be made to grow without end, and one may name what is not there.
    visit(document, {
      Alias(_key, { source }) {
        throw noYaml(
          nth,
          `Aliases are not read here: write out what "*${source.slice(0, 100)}" stands for.`,
        );
      },
    });
    const value: unknown = document.toJS();
    return value === null ? [] : [inPlace(nth, () => read(value))];
  });
}

function noYaml(nth: number, detail: string): HoldfastError {
  return fault('validation', { field: `document ${nth + 1}`, detail });
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
