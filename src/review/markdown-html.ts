import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { escapeMarkup } from '../core/index.ts';

/**
 * Markdown as HTML that loads nothing and runs nothing: HTML in it is shown as text, links lead to http, https and mail
 * alone, and images become links. @param write text of the document, once escaped; facts are put in there.
 */
export function markdownHtml(markdown: string, write: (escaped: string) => string): string {
  return piecesOf(markdown)
    .map((piece) => {
      const parser = piece.length > LONGEST_EMPHASIZED ? plainParser : fullParser;
      return blocks(parser.parse(piece), write);
    })
    .join('\n');
}

/** Finding emphasis takes quadratic time: in longer paragraphs it is not looked for. */
const LONGEST_EMPHASIZED = 4000;

const fullParser = parserWith([]);
const plainParser = parserWith(['attention']);

function parserWith(disabled: string[]) {
  return unified()
    .data('micromarkExtensions', [{ disable: { null: disabled } }, gfmTable()])
    .data('fromMarkdownExtensions', [gfmTableFromMarkdown()])
    .use(remarkParse)
    .freeze();
}

/** Cut where a blank line ends what stands before, so that no piece is longer than its own paragraph, table or list. */
function piecesOf(markdown: string): readonly string[] {
  const pieces: string[] = [];
  let lines: string[] = [];
  let fence: string | null = null;
  let isAfterBlank = false;
  for (const line of markdown.split('\n')) {
    const isItem = /^([-*+]|\d{1,9}[.)])( |$)/.test(line);
    if (isAfterBlank && fence === null && /^\S/.test(line) && !isItem) {
      pieces.push(lines.join('\n'));
      lines = [];
    }
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence)) fence = null;
    }
    lines.push(line);
    isAfterBlank = line.trim() === '';
  }
  pieces.push(lines.join('\n'));
  return pieces;
}

type Write = (escaped: string) => string;
type Root = ReturnType<typeof fullParser.parse>;
type Nodes = Root | Root['children'][number];
type Table = Extract<Nodes, { readonly type: 'table' }>;

function blocks(
  { children }: { readonly children: readonly Nodes[] } | Root,
  write: Write,
): string {
  return children.map((node) => html(node, write)).join('');
}

function html(node: Nodes, write: Write): string {
  switch (node.type) {
    case 'root':
    case 'tableRow':
    case 'tableCell':
      return blocks(node, write);
    case 'heading':
      return `<h${node.depth}>${blocks(node, write)}</h${node.depth}>\n`;
    case 'paragraph':
      return `<p>${blocks(node, write)}</p>\n`;
    case 'blockquote':
      return `<blockquote>${blocks(node, write)}</blockquote>\n`;
    case 'list': {
      const start =
        node.ordered === true && (node.start ?? 1) !== 1 ? ` start="${node.start}"` : '';
      const tag = node.ordered === true ? 'ol' : 'ul';
      return `<${tag}${start}>${blocks(node, write)}</${tag}>\n`;
    }
    case 'listItem': {
      const [only] = node.children;
      const isTight = only?.type === 'paragraph' && node.spread !== true;
      const inner = isTight
        ? `${blocks(only, write)}${blocks({ children: node.children.slice(1) }, write)}`
        : blocks(node, write);
      return `<li>${inner}</li>`;
    }
    case 'table':
      return tableHtml(node, write);
    case 'code':
      return `<pre><code>${write(escapeMarkup(node.value))}</code></pre>\n`;
    case 'inlineCode':
      return `<code>${write(escapeMarkup(node.value))}</code>`;
    case 'thematicBreak':
      return '<hr>\n';
    case 'break':
      return '<br>';
    case 'emphasis':
      return `<em>${blocks(node, write)}</em>`;
    case 'strong':
      return `<strong>${blocks(node, write)}</strong>`;
    case 'link':
      return linkHtml(node.url, blocks(node, write));
    case 'image':
      return linkHtml(node.url, write(escapeMarkup(node.alt ?? node.url)));
    case 'text':
    case 'html':
      return write(escapeMarkup(node.value));
    case 'linkReference':
      return blocks(node, write);
    case 'imageReference':
      return write(escapeMarkup(node.alt ?? ''));
    default:
      return '';
  }
}

function tableHtml({ children }: Table, write: Write): string {
  const row = (cells: readonly Nodes[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${html(cell, write)}</${tag}>`).join('')}</tr>`;
  const [head, ...rest] = children;
  return `<div class="table"><table>${head === undefined ? '' : `<thead>${row(head.children, 'th')}</thead>`}<tbody>${rest.map(({ children: cells }) => row(cells, 'td')).join('')}</tbody></table></div>\n`;
}

function linkHtml(address: string, inner: string): string {
  const url = URL.parse(address);
  const isSafe = url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol);
  return isSafe ? `<a href="${escapeMarkup(url.href)}" rel="noreferrer">${inner}</a>` : inner;
}
