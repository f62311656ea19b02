import { wordSet } from './word-set.ts';

/** Nouns for people and groups of people, in the singular; plurals are made. */
const roles = wordSet(`
  administrator admin analyst apprentice architect assistant author builder colleague coder committer consultant
  contractor contributor coworker crew dba department designer developer dev director division employee engineer
  expert specialist founder freelancer group guy hire individual intern junior lead leader maintainer management manager
  member newcomer officer on-call oncall on-caller operator org organisation organization owner partner
  people person personnel pm producer programmer qa responder reviewer rotation  scientist scribe senior
  shift sre staff staffer squad submitter supervisor supplier  sysadmin sys-admin team teammate
  technician tester trainee tribe user vendor  writer customer merchant cto ceo vp stakeholder approver
  commander deployer newbie rookie novice human  professional coordinator firefighter
`);

/**
 * Some are parts of systems as often as people ("the lead", "the shift register", "the owner"); they count as people
 * when they are the head of a subject, which is how they are used in postmortems.
 */
const irregularPlurals = wordSet('people staff personnel management crew sales');

export const people: ReadonlySet<string> = new Set(
  [...roles].flatMap((role) => [role, irregularPlurals.has(role) ? role : pluralOf(role)]),
);

/** Outside the house: what they do wrong is told of them as blame too, but "customers missed 300 webhooks" is impact. */
export const outsiders = wordSet('customer customers user users merchant merchants');

/** Departments, people where they stand without an article: "Support failed to …", but "the support failed". */
export const departments = wordSet(`
  support operations ops marketing finance legal sales qa engineering leadership product management security
  procurement compliance infra devops
`);

function pluralOf(noun: string): string {
  return noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
