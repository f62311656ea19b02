import { Select, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Act } from '../ui/index.ts';
import { because } from './because.ts';
import { compatibilities, modes, type Contract } from './contract-words.ts';

const modeNames = ['off', 'warn', 'reject'] as const;
const compatibilityNames = ['backward', 'forward', 'full', 'none'] as const;

/** What the schemas of an event type are good for. */
export function ContractMode({ contract }: { readonly contract: Contract }): ReactNode {
  const [mode, setMode] = useState<Contract['mode']>(contract.mode);
  const [compatibility, setCompatibility] = useState<Contract['compatibility']>(
    contract.compatibility,
  );
  return (
    <Act
      operation="v1.contract.put"
      request={(reason) => ({
        path: { event_type_name: contract.eventType },
        body: { mode, compatibility },
        ...because(reason),
      })}
      changes={['v1.contract.get', 'v1.change.list']}
      onOpen={() => {
        setMode(contract.mode);
        setCompatibility(contract.compatibility);
      }}
      asksReason
      verb="Save"
      said="The contract is in force. It is a change, and can be taken back."
      confirm={
        <Stack gap="sm">
          <Select
            label="Mode"
            data={modeNames}
            value={mode}
            allowDeselect={false}
            onChange={(value) => setMode(modeNames.find((one) => one === value) ?? mode)}
          />
          <Text size="sm">{modes[mode]}</Text>
          <Select
            label="A new version has to be compatible"
            data={compatibilityNames.map((value) => ({
              value,
              label: `${value}: ${compatibilities[value]}`,
            }))}
            value={compatibility}
            allowDeselect={false}
            onChange={(value) =>
              setCompatibility(compatibilityNames.find((one) => one === value) ?? compatibility)
            }
          />
        </Stack>
      }
    >
      Contract
    </Act>
  );
}
