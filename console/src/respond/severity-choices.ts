export const severityChoices = [
  { value: '1', label: '1: most deliveries, or much money' },
  { value: '2', label: '2: many deliveries of what it hits' },
  { value: '3', label: '3: some deliveries' },
  { value: '4', label: '4: few' },
];
