/** Finds all occurrences of many words in one pass over a text. */
export interface Automaton {
  /** Calls `found(word, end)` with the index of each word that ends before `end`, from left to right. */
  readonly scan: (text: string, found: (word: number, end: number) => void) => void;
}

const none = -1;
const root = 0;

/**
 * Aho and Corasick's automaton over UTF-16 units: a trie of the words in which each node knows the longest
 * other node that ends alike. The edges lie in one open hash table, so a step costs the same with ten words
 * and with ten thousand. Words are distinct and not empty.
 */
export function buildAutomaton(words: readonly string[]): Automaton {
  const most = words.reduce((sum, word) => sum + word.length, 1);
  const edges = edgeTable(most);
  const parent = new Int32Array(most);
  const unit = new Uint16Array(most);
  const depth = new Int32Array(most);
  const wordAt = new Int32Array(most).fill(none);

  let count = 1;
  words.forEach((word, index) => {
    let node = root;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let next = edges.get(node, code);
      if (next === none) {
        next = count++;
        edges.set(node, code, next);
        parent[next] = node;
        unit[next] = code;
        depth[next] = i + 1;
      }
      node = next;
    }
    wordAt[node] = index;
  });

  // By depth, for a node's fallback is always less deep than the node.
  const fallback = new Int32Array(count);
  // Most of a text is in no word: its characters are looked up in a table of their own.
  const first = new Int32Array(0x10000);
  for (let code = 0; code < first.length; code++) first[code] = Math.max(edges.get(root, code), root);
  const shorterWord = new Int32Array(count);
  const byDepth = Int32Array.from({ length: count }, (_, node) => node).sort(
    (a, b) => at(depth, a) - at(depth, b),
  );
  for (const node of byDepth) {
    if (at(depth, node) < 2) continue;
    const next = step(at(fallback, at(parent, node)), at(unit, node));
    fallback[node] = next;
    shorterWord[node] = at(wordAt, next) === none ? at(shorterWord, next) : next;
  }

  function step(from: number, code: number): number {
    for (let node = from; node !== root; node = at(fallback, node)) {
      const next = edges.get(node, code);
      if (next !== none) return next;
    }
    return at(first, code);
  }

  return {
    scan: (text, found) => {
      let node = root;
      for (let i = 0; i < text.length; i++) {
        node = step(node, text.charCodeAt(i));
        let hit = at(wordAt, node) === none ? at(shorterWord, node) : node;
        for (; hit !== root; hit = at(shorterWord, hit)) found(at(wordAt, hit), i + 1);
      }
    },
  };
}

interface EdgeTable {
  readonly get: (node: number, code: number) => number;
  readonly set: (node: number, code: number, target: number) => void;
}

/** A map from (node, UTF-16 unit) to node, for at most `most` edges. */
function edgeTable(most: number): EdgeTable {
  const capacity = 2 ** Math.ceil(Math.log2(most * 2 + 2));
  const nodes = new Int32Array(capacity).fill(none);
  const codes = new Uint16Array(capacity);
  const targets = new Int32Array(capacity);

  function slot(node: number, code: number): number {
    let hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    hash ^= hash >>> 15;
    for (let index = hash & (capacity - 1); ; index = (index + 1) & (capacity - 1)) {
      if (nodes[index] === none || (nodes[index] === node && codes[index] === code)) return index;
    }
  }

  return {
    get: (node, code) => {
      const index = slot(node, code);
      return nodes[index] === none ? none : at(targets, index);
    },
    set: (node, code, target) => {
      const index = slot(node, code);
      nodes[index] = node;
      codes[index] = code;
      targets[index] = target;
    },
  };
}

/** Reads a table whose indexes are its own nodes, which it always holds. */
function at(table: Int32Array | Uint16Array, index: number): number {
  return table[index] ?? root;
}
