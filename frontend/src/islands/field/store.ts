/** What was filed and has not arrived yet, in the browser's own database. */
export interface Kept {
  key: string;
  /** Whose it is: another person at the same phone never sends it. */
  user: string;
  address: string;
  at: string;
  fields: [string, string | File][];
  /** Why the server would not take it, once it said so. */
  problems: string[];
}

const STORE = "findings";

export async function put(kept: Kept): Promise<void> {
  await ask("readwrite", (store) => store.put(kept));
}

export async function remove(key: string): Promise<void> {
  await ask("readwrite", (store) => store.delete(key));
}

/** In the order in which they were filed. */
export async function all(user: string): Promise<Kept[]> {
  const rows = (await ask("readonly", (store) => store.getAll())) as Kept[];
  return rows.filter((row) => row.user === user).sort((a, b) => a.at.localeCompare(b.at));
}

async function ask<T>(
  mode: IDBTransactionMode,
  what: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = what(transaction.objectStore(STORE));
      // Only once it is written: what the person was told is kept, is kept.
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("binglian-field", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
