/** Characters of one object that are held: responses that httpx keeps with it have a few million. */
const MAX_OBJECT_LENGTH = 64 * 1024 * 1024;
/** Objects within objects: what scanners write has some five levels. */
const MAX_DEPTH = 100;

const STRUCTURE = /["\\{}[\]\n]/g;

/** What takes the objects, and refuses a text that does not consist of objects. */
export interface JsonObjectHandler {
  object(text: string, line: number): void;
  fail(problem: string, line: number): never;
}

/** Cuts a text that comes in pieces into the JSON objects that it consists of. */
export interface JsonObjectReader {
  write(text: string): void;
  /** Refuses a text that ends inside an object; says whether a list was opened and never closed. */
  end(): { readonly isListOpen: boolean };
}

/**
 * Makes a reader of objects one after another: a line each, spread over lines, or in a list, with or without commas
 * between them. What an object holds is left to the handler.
 */
export function createJsonObjectReader(handler: JsonObjectHandler): JsonObjectReader {
  let line = 1;
  let isListOpen = false;
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let pieces: string[] = [];
  let length = 0;
  let objectLine = 1;

  function keep(piece: string): void {
    length += piece.length;
    if (length > MAX_OBJECT_LENGTH) {
      handler.fail(
        `has an object of more than ${MAX_OBJECT_LENGTH / 1024 / 1024} million characters`,
        objectLine,
      );
    }
    pieces.push(piece);
  }

  /** Reads what stands between objects; returns where the next one begins, or the end of the text. */
  function passBetween(text: string, start: number): number {
    for (let at = start; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === '{') return at;
      if (character === '\n') line += 1;
      else if (character === '[' && !isListOpen) isListOpen = true;
      else if (character === ']' && isListOpen) isListOpen = false;
      else if (!/[\s,]/.test(character)) handler.fail('is no JSON object from here on', line);
    }
    return text.length;
  }

  /** Reads on in an object; returns where it ends, or the end of the text. */
  function passWithin(text: string, start: number): number {
    let from = start;
    if (isEscaped) {
      isEscaped = false;
      from += 1;
    }
    STRUCTURE.lastIndex = from;
    for (let match = STRUCTURE.exec(text); match !== null; match = STRUCTURE.exec(text)) {
      const [character] = match;
      if (character === '\n') line += 1;
      else if (character === '"') isInString = !isInString;
      else if (isInString) {
        if (character !== '\\') continue;
        if (match.index + 1 === text.length) isEscaped = true;
        STRUCTURE.lastIndex = match.index + 2;
      } else if (character === '{' || character === '[') {
        depth += 1;
        if (depth > MAX_DEPTH) handler.fail(`nests more than ${MAX_DEPTH} levels deep`, line);
      } else if (character !== '\\') {
        depth -= 1;
        if (depth === 0) return match.index + 1;
      }
    }
    return text.length;
  }

  return {
    write(text) {
      let at = 0;
      while (at < text.length) {
        if (depth === 0) {
          at = passBetween(text, at);
          if (at === text.length) return;
          objectLine = line;
        }
        const end = passWithin(text, at);
        keep(text.slice(at, end));
        at = end;
        if (depth > 0) continue;
        const whole = pieces.join('');
        pieces = [];
        length = 0;
        handler.object(whole, objectLine);
      }
    },
    end() {
      if (depth > 0) handler.fail('ends within the object that begins here', objectLine);
      return { isListOpen };
    },
  };
}
