/** Words between white space; a table of hosts reads better without its quotes. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** IANA's IPv4 special-purpose registry, multicast, and Azure's host services; not read from the code. */
export const specialIpv4 = words(`
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24
  198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 255.255.255.255/32
  168.63.129.16/32
`);

/** First and last of IANA's special-purpose IPv6 blocks, and some of what is not assigned at all. */
export const specialIpv6 = words(`
  :: ::1 ::2 ::7f00:1 ::ffff:ffff ::ffff:0:0 ::ffff:8.8.8.8 ::ffff:ffff:ffff ::ffff:0:7f00:1
  64:ff9b:: 64:ff9b::7f00:1 64:ff9b::ffff:ffff 64:ff9b:1:: 64:ff9b:1:ffff:ffff:ffff:ffff:ffff
  100:: 100::ffff:ffff:ffff:ffff 100:0:0:1:: 200::1 400::1 1000::1
  2001:: 2001:0:ffff:ffff:ffff:ffff:ffff:ffff 2001:1::1 2001:2:: 2001:2:0:ffff:: 2001:3::1
  2001:4:112::1 2001:10:: 2001:1f:ffff:: 2001:20:: 2001:2f:ffff:: 2001:30:: 2001:1ff:ffff::
  2001:db8:: 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff 2002:: 2002:7f00:1:: 2002:808:808::
  2620:4f:8000::1 3fff:: 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff 4000::1 5f00:: 5f00:ffff::
  8000::1 c000::1 fc00:: fd00:ec2::254 fdff:ffff:: fe00::1 fe80:: fe80::1 febf:ffff::
  fec0:: feff:ffff:: ff00:: ff02::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
`);

/** Public ones, most of them next door to a special range. */
export const publicAddresses = words(`
  93.184.216.34 1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
  169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255
  192.169.0.0 198.17.255.255 198.20.0.0 223.255.255.255 168.63.129.15 168.63.129.17
  2000:: 2001:200::1 2001:4860:4860::8888 2001:db7:ffff:: 2001:db9:: 2003::1 2606:4700:4700::1111
  2620:4f:7fff:: 2620:4f:8001:: 2a00:1450::1 3ffe:ffff:: 3fff:1000::
`);

export const hostileHosts: readonly string[] = [
  ...words(`
    127.0.0.1 127.1 127.0.1 127.255.255.254 2130706433 017700000001 0x7f000001 0X7F.1 0x7f.0.0x0.0x1
    0177.0.0.1 0177.0.0.01 127.0.0.01 127.0.0.1. 127.0.0.1:80 0 0x0 0x 00 1 8.8.8.010 0100.1
    256.256.256.256 1.2.3.4.5 1..2 .127.0.0.1 127.0.0.1%00 a.1 example.0x1 example.com.127
    169.254.169.254 169.254.43518 2852039166 0xA9FEA9FE 100.100.100.200 192.0.0.192 168.63.129.16
    [::1] [::] ::1 [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [fd00:ec2::254]
    fe80::1%eth0 [fe80::1%25eth0] 2606:4700:4700::1111%eth0 [::ffff:0177.0.0.1]
    [::1 ::1] [] [[::1]] [127.0.0.1] [example.com]
    . .. a..b .a a/b a@b a\\b a#b a?b a%2eb a:80 a,b
    １２７.0.0.1 127。0。0。1 ①②⑦.0.0.1 bücher.example ${'a'.repeat(64)}.com ${'a.'.repeat(127)}aa
  `),
  '',
  ' ',
  'a b',
  '127.0.0.1 ',
  ' 127.0.0.1',
  '127.0.0.1\n',
  '127.0.0.1\0.test',
  'a\t.test',
];

export const hostileUrls: readonly string[] = [
  ...words(`
    http://127.0.0.1/ http://127.1 http://2130706433/ http://0x7f000001/ http://0177.0.0.1/
    http://127.0.0.1./ http://%31%32%37.0.0.1/ http://１２７.0.0.1/ http://127。0。0。1/ http://①②⑦.0.0.1/
    http://[::1]/ http://[::ffff:127.0.0.1]/ http://[::127.0.0.1]/ http://[0:0::1]:80/ http:127.0.0.1
    http:\\\\127.0.0.1\\ http://0/ http://[::]/ http://169.254.169.254/latest/meta-data/
    http://[fd00:ec2::254]/ https://10.0.0.1:8443/ http://[fe80::1%25eth0]/
    http://localhost/ http://LOCALHOST:8080/ http://localhost./ http://a.localhost/ http://loc%61lhost/
    http://user@example.com/ http://user:secret@example.com/ http://:secret@example.com/
    http://example.com@127.0.0.1/ http://example.com:80@127.0.0.1/
    ftp://example.com/ file:///etc/passwd gopher://example.com/ javascript:alert(1) data:,x
    unix:/run/socket ws://example.com/ / example.com //example.com/ http:// http:/// https://?
    http://[ http://[::1 http://a$b/ http://a..b/ http://256.256.256.256/ http://1.2.3.4.5/
  `),
  '',
  ' ',
  'http://127.0.0.1\t/',
  'ht\ntp://127.0.0.1/',
  ' http://127.0.0.1',
  'http://a b/',
  `https://example.com/${'a'.repeat(65_517)}`,
];
