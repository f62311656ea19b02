import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { fault } from '../core/index.ts';
import type { ClientFlags } from './client.ts';
import { apiFrom, withClient } from './client-options.ts';
import type { ContractCheckAnswer } from './contract-answers.ts';
import { newCommand } from './new-command.ts';
import { printResult } from './output.ts';
import { counted } from './table.ts';

type Flags = ClientFlags & { readonly json?: true };

export function contractCheckCommand(): Command {
  return withClient(
    newCommand(
      'check',
      "compare a schema with an event type's version in force; nothing is stored",
      [
        'holdfast contract check invoice.paid schemas/invoice.paid.json',
        'holdfast contract check invoice.paid schema.json --json',
      ],
      'Ends with 1 where it breaks the compatibility that the event type asks for, or a\nconsumer: for a step of your CI.',
    ),
  )
    .argument('<event type>', 'name of the event type, such as invoice.paid')
    .argument('<schema file>', 'a file that holds the JSON Schema')
    .action(async (eventType: string, file: string, flags: Flags) => {
      const answer = await apiFrom(flags).checkContract(eventType, readSchema(file));
      printResult(flags, answer, (shown) => describe(eventType, shown));
      if (isBreaking(answer)) process.exitCode = 1;
    });
}

/** Throws `validation` for a file that cannot be read, `malformed_json` for one that holds no JSON. */
function readSchema(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw fault('validation', {
      field: '<schema file>',
      detail: `The schema cannot be read: ${reason}.`,
      cause,
    });
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (cause) {
    throw fault('malformed_json', {
      field: '<schema file>',
      detail: `${file} holds no JSON. Nothing was compared.`,
      cause,
    });
  }
}

function isBreaking({ compatibility }: ContractCheckAnswer): boolean {
  if (compatibility === null || compatibility.required === 'none') return false;
  return !compatibility.isCompatible || compatibility.consumers.length > 0;
}

function describe(eventType: string, answer: ContractCheckAnswer): string {
  const { compatibility } = answer;
  if (compatibility === null) {
    return `${eventType} has no version yet: there is nothing that this schema could break.`;
  }
  const { from, required, differences, consumers } = compatibility;
  const isRequired = (breaks: string): boolean =>
    required === 'full' || breaks === 'both' || breaks === required;
  const breaking = differences.filter(({ breaks }) => required !== 'none' && isRequired(breaks));
  const others = differences.filter((difference) => !breaking.includes(difference));
  const list = (title: string, of: typeof differences): readonly string[] =>
    of.length === 0
      ? []
      : [title, ...of.map(({ sentence, breaks }) => `  ${sentence} [breaks ${breaks}]`)];
  return [
    isBreaking(answer)
      ? `This schema BREAKS version ${from} of ${eventType}, which asks for ${required} compatibility.`
      : `This schema goes with version ${from} of ${eventType}, which asks for ${required} compatibility.`,
    ...list(`${counted(breaking.length, 'breaking difference')}:`, breaking),
    ...list(`${counted(others.length, 'difference')} that may be:`, others),
    ...consumers.flatMap(({ name, differences: theirs }) => list(`It breaks ${name}:`, theirs)),
  ].join('\n');
}
