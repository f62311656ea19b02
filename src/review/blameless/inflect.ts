/** Past and participle of verbs that do not end in -ed; where there is one form, both are it. */
const irregular: Readonly<Record<string, readonly string[]>> = {
  be: ['was', 'were', 'been', 'is', 'are', 'am'],
  break: ['broke', 'broken'],
  bring: ['brought'],
  catch: ['caught'],
  choose: ['chose', 'chosen'],
  cut: ['cut'],
  do: ['did', 'done', 'does'],
  drive: ['drove', 'driven'],
  fall: ['fell', 'fallen'],
  find: ['found'],
  forget: ['forgot', 'forgotten'],
  get: ['got', 'gotten'],
  give: ['gave', 'given'],
  go: ['went', 'gone', 'goes'],
  have: ['had', 'has'],
  hold: ['held'],
  keep: ['kept'],
  know: ['knew', 'known'],
  leave: ['left'],
  let: ['let'],
  lie: ['lay', 'lain', 'lying'],
  lose: ['lost'],
  make: ['made'],
  misread: ['misread'],
  misunderstand: ['misunderstood'],
  oversee: ['oversaw', 'overseen'],
  overlook: ['overlooked'],
  pay: ['paid'],
  put: ['put'],
  read: ['read'],
  run: ['ran', 'run'],
  say: ['said'],
  see: ['saw', 'seen'],
  send: ['sent'],
  set: ['set'],
  show: ['showed', 'shown'],
  shut: ['shut'],
  speak: ['spoke', 'spoken'],
  spend: ['spent'],
  stand: ['stood'],
  stay: ['stayed'],
  stick: ['stuck'],
  take: ['took', 'taken'],
  teach: ['taught'],
  tell: ['told'],
  think: ['thought'],
  understand: ['understood'],
  undo: ['undid', 'undone', 'undoes'],
  write: ['wrote', 'written'],
};

const VOWELS = 'aeiou';

/** All forms of an English verb: `skip` → skip, skips, skipped, skipping. Made for the verbs of the rules, not for all. */
export function inflect(verb: string): ReadonlySet<string> {
  const special = irregular[verb];
  return new Set([verb, thirdPerson(verb), gerund(verb), ...(special ?? [past(verb)])]);
}

/** Whether a form can follow "have": a participle, also of verbs that we do not know. */
export function isParticiple(word: string): boolean {
  return word.endsWith('ed') || participles.has(word);
}

const participles: ReadonlySet<string> = new Set([
  ...Object.values(irregular).flat(),
  ...'come become begun built bought cost dealt felt flown grown heard hit hurt led meant met quit risen sold shaken slept split spread swept thrown understood won worn wound woken'.split(
    ' ',
  ),
]);

function thirdPerson(verb: string): string {
  if (/(s|x|z|ch|sh|o)$/.test(verb)) return `${verb}es`;
  return /[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ies` : `${verb}s`;
}

function past(verb: string): string {
  if (verb.endsWith('e')) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return `${doubled(verb)}ed`;
}

function gerund(verb: string): string {
  if (/[^eoy]e$/.test(verb) && verb.length > 2) return `${verb.slice(0, -1)}ing`;
  return `${doubled(verb)}ing`;
}

/** skip → skipp, forget → forgett; not for "fix", "look", "visit". */
function doubled(verb: string): string {
  const [third = '', second = '', last = ''] = verb.slice(-3);
  const isShort = !VOWELS.includes(third) && VOWELS.includes(second) && !VOWELS.includes(last);
  const isStressed = verb.length <= 4 || /(?:get|mit|fer|put|set|cut)$/.test(verb);
  return isShort && isStressed && !'wxy'.includes(last) ? verb + last : verb;
}
