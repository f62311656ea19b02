/** Lines of at most `width` characters; a longer word keeps a line of its own. Later lines begin with `indent`. */
export function wrapText(text: string, width = 80, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** The same, and what has no space in it is cut: no line is longer than `width`, counted in code points. */
export function foldText(text: string, width = 80, indent = ''): string {
  return wrapText(text, width, indent)
    .split('\n')
    .flatMap((line) => {
      const points = Array.from(line);
      const parts: string[] = [];
      for (let at = 0; at < points.length || at === 0; at += width) {
        parts.push(points.slice(at, at + width).join(''));
      }
      return parts;
    })
    .join('\n');
}

/** The text after its head; where it takes several lines they stand below one another. */
export function hanging(head: string, text: string, width = 80): string {
  const [first = '', ...rest] = foldText(text, width - head.length).split('\n');
  return [head + first, ...rest.map((line) => ' '.repeat(head.length) + line)].join('\n');
}
