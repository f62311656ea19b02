/** Ways to write the IPv4 address that a number of 32 bits stands for. */
export type Spelling = (value: number) => string;

const octetsOf = (value: number): readonly number[] =>
  [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const dotted: Spelling = (value) => octetsOf(value).join('.');
const hex = (value: number): string => value.toString(16);
const octal = (value: number): string => `0${value.toString(8)}`;
const halves: Spelling = (value) => `${hex(value >>> 16)}:${hex(value & 0xffff)}`;
const middle = (value: number, keep: number): string => octetsOf(value).slice(0, keep).join('.');

/** What inet_aton understands, and with it much of the world's software. */
export const numeric: Readonly<Record<string, Spelling>> = {
  dotted,
  decimal: (value) => String(value),
  hexadecimal: (value) => `0x${hex(value)}`,
  'hexadecimal in capitals': (value) => `0X${hex(value).toUpperCase()}`,
  octal,
  'octal with zeros': (value) => `000${octal(value)}`,
  'two parts': (value) => `${middle(value, 1)}.${value & 0xffffff}`,
  'three parts': (value) => `${middle(value, 2)}.${value & 0xffff}`,
  'hexadecimal octets': (value) =>
    octetsOf(value)
      .map((octet) => `0x${hex(octet)}`)
      .join('.'),
  'octal octets': (value) => octetsOf(value).map(octal).join('.'),
  'mixed octets': (value) => {
    const [first = 0, second = 0, third = 0, fourth = 0] = octetsOf(value);
    return `0x${hex(first)}.${octal(second)}.${third}.0x00${hex(fourth)}`;
  },
  'with a dot at the end': (value) => `${dotted(value)}.`,
};

/** IPv6 addresses that hold it, by which a gateway or the system itself would connect to it. */
export const embedding: Readonly<Record<string, Spelling>> = {
  'mapped, dotted': (value) => `::ffff:${dotted(value)}`,
  'mapped, in halves': (value) => `::ffff:${halves(value)}`,
  'mapped, in full': (value) => `0000:0000:0000:0000:0000:FFFF:${halves(value)}`,
  compatible: (value) => `::${halves(value)}`,
  'translated (RFC 6145)': (value) => `::ffff:0:${halves(value)}`,
  'NAT64, dotted': (value) => `64:ff9b::${dotted(value)}`,
  'NAT64, in halves': (value) => `64:ff9b::${halves(value)}`,
  'local NAT64': (value) => `64:ff9b:1::${halves(value)}`,
  '6to4': (value) => `2002:${halves(value)}::`,
  '6to4, some host': (value) => `2002:${halves(value)}:1::abcd`,
  'Teredo, server': (value) => `2001:0:${halves(value)}::1`,
  'Teredo, client': (value) => `2001:0:4136:e378:8000:63bf:${halves(~value >>> 0)}`,
};
