/** What this device keeps for someone: drafts, unsent messages, how far they read. */

export interface Shelf {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

/** The browser's storage; where it is full or forbidden, the page works on without it. */
export function browserShelf(room: string, storage: Storage | null): Shelf {
  const memory = new Map<string, string>();
  return {
    get(key) {
      try {
        return storage?.getItem(`${room}/${key}`) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set(key, value) {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      try {
        if (value === null) storage?.removeItem(`${room}/${key}`);
        else storage?.setItem(`${room}/${key}`, value);
      } catch {
        // kept in memory until the page is closed
      }
    },
  };
}

/** The browser's, where it may be used. */
export function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

export function number(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
