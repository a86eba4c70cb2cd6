/** Letters of content at hand, some 32 MB: far more than an honest network needs, and a hostile one takes no more. */
const MOST_LETTERS = 16_000_000;

/** The numbers of facts that were looked up before. */
export interface FactMemory {
  /** By the content that the number stands for. */
  byContent(content: string, find: () => number): number;
  /** By an object that is never changed: the same one is handed over again and again. */
  ofObject(object: object, find: () => number): number;
  /** To be called when numbers may have ceased to hold. */
  forget(): void;
}

/** Makes an empty memory. */
export function createFactMemory(): FactMemory {
  const contents = new Map<string, number>();
  let letters = 0;
  let objects = new WeakMap<object, number>();

  function forgetContents(): void {
    contents.clear();
    letters = 0;
  }

  return {
    byContent(content, find) {
      const known = contents.get(content);
      if (known !== undefined) return known;
      const id = find();
      letters += content.length;
      if (letters > MOST_LETTERS) forgetContents();
      contents.set(content, id);
      return id;
    },
    ofObject(object, find) {
      let id = objects.get(object);
      if (id !== undefined) return id;
      id = find();
      objects.set(object, id);
      return id;
    },
    forget() {
      forgetContents();
      objects = new WeakMap();
    },
  };
}
