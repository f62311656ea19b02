import { stringify } from 'yaml';
import { fromOpenSlo, toOpenSlo, type PlainObjective } from './openslo.ts';
import { readYamlDocuments } from './yaml-documents.ts';

/** An objective as a document of OpenSLO v1 in YAML. */
export function writeOpenSlo(objective: PlainObjective): string {
  return stringify(toOpenSlo(objective), { lineWidth: 0 });
}

/** OpenSLO documents, in YAML or JSON. Throws `validation` that names the document and the field. */
export function readOpenSlo(text: string): readonly PlainObjective[] {
  return readYamlDocuments(text, fromOpenSlo);
}
