export {
  flags,
  isSection,
  lint,
  sections,
  toSarif,
  type Finding,
  type FlagId,
  type LintOptions,
  type LintReport,
  type Section,
  type Unread,
} from './blameless/index.ts';
