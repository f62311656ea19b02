export {
  isSection,
  lint,
  sections,
  toSarif,
  type Finding,
  type LintOptions,
  type LintReport,
  type Section,
  type Unread,
} from './blameless/index.ts';
