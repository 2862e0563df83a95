/** `load`, whose result is kept for a while: who asks within it gets the same. A failure is not kept. */
export function keepFor<Value>(
  ms: number,
  load: () => Promise<Value>,
  nowMs: () => number = () => performance.now(),
): () => Promise<Value> {
  let kept: { readonly value: Promise<Value>; readonly until: number } | undefined;
  return () => {
    if (kept && nowMs() < kept.until) return kept.value;
    const value = load();
    const loaded = { value, until: nowMs() + ms };
    kept = loaded;
    value.catch(() => {
      if (kept === loaded) kept = undefined;
    });
    return value;
  };
}
