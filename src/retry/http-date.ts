const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
const LONG_DAY = '(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)';
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';

/** The forms that a recipient must accept (RFC 9110 section 5.6.7): IMF-fixdate, RFC 850, asctime. */
const forms = [
  new RegExp(`^${DAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_DAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${DAY} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

const CENTURY_YEARS = 100;
const FARTHEST_AHEAD_YEARS = 50;

/** The moment of an HTTP-date, or undefined where it is none. `Date.parse` would take anything. */
export function parseHttpDate(text: string, now: number): number | undefined {
  const groups = forms.map((form) => form.exec(text)?.groups).find((each) => each !== undefined);
  if (groups === undefined) return undefined;
  const { year = '', month = '', day = '', hour, minute, second } = groups;
  const moment = new Date(0);
  moment.setUTCFullYear(fullYear(year, now), MONTHS.indexOf(month), Number(day));
  // 31 February rolls over to March; a date that does not exist is none.
  if (moment.getUTCDate() !== Number(day)) return undefined;
  return moment.setUTCHours(Number(hour), Number(minute), Number(second));
}

/** RFC 9110 section 5.6.7: two digits that seem more than 50 years ahead mean the past century. */
function fullYear(digits: string, now: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % CENTURY_YEARS) + Number(digits);
  return year > thisYear + FARTHEST_AHEAD_YEARS ? year - CENTURY_YEARS : year;
}
