import csharp from '../../snippets/Verify.cs?raw';
import java from '../../snippets/Verify.java?raw';
import go from '../../snippets/verify.go?raw';
// oxlint-disable-next-line import/default -- its text, as Vite gives it
import node from '../../snippets/verify.ts?raw';
import php from '../../snippets/verify.php?raw';
import python from '../../snippets/verify.py?raw';
import ruby from '../../snippets/verify.rb?raw';
import rust from '../../snippets/verify.rs?raw';

/** How a receiver verifies a request, by language; test/console/snippets.test.ts runs them. */
export const snippets = [
  { key: 'node', name: 'TypeScript (Node)', text: node },
  { key: 'python', name: 'Python', text: python },
  { key: 'go', name: 'Go', text: go },
  { key: 'ruby', name: 'Ruby', text: ruby },
  { key: 'php', name: 'PHP', text: php },
  { key: 'java', name: 'Java', text: java },
  { key: 'csharp', name: 'C#', text: csharp },
  { key: 'rust', name: 'Rust', text: rust },
] as const;
