import { join } from 'node:path';
import {
  createIdText,
  createSealer,
  environmentName,
  fault,
  HoldfastError,
  type Random,
} from '../core/index.ts';
import { assertOpens, resealDocument, sealedKinds, type SealedKind } from '../change/index.ts';
import { openSqliteLedger, type Ledger, type Resource } from '../ledger/index.ts';
import { renameDurably, writePrivateFile } from './private-file.ts';
import {
  keyFiles,
  keyFromFile,
  keyFromSetting,
  newKeyText,
  present,
  type KeySettings,
} from './sealing-keys.ts';

/*
 * A rotation may end anywhere, kill -9 and power cuts included: at every moment the files hold every key that
 * something is sealed with, and the next run goes on from what it finds.
 *
 *   1  key.next is written                  nothing is sealed with it yet
 *   2  endpoints, and what the list of      both keys are needed, both files are there; a service that starts now
 *      changes holds of them, are sealed    opens with both and seals with the old one
 *      anew, portion by portion
 *   3  all is opened with key.next alone    the proof, before the old key goes
 *   4  key is copied to key.previous        for backups that were made before
 *   5  key.next is renamed to key           one step for the file system: before it 1 to 4 apply, after it all is done
 *
 * With the key in the environment 2 and 3 are all there is: whoever set it holds both keys.
 */
export type KeyRotation = {
  /** Endpoints that were looked at, and those whose secrets or headers this run sealed anew. */
  readonly endpoints: number;
  readonly resealed: number;
  readonly keyId: string;
  /** Where the key comes from now: the file, or the name of the variable. */
  readonly keyPlace: string;
  /** The file that keeps the old key; null where it was not a file. */
  readonly previousKeyFile: string | null;
};

export type KeyRotationStep = 'sealing' | 'proving';

export type KeyRotationOptions = {
  readonly settings: KeySettings;
  readonly random: Random;
  readonly onProgress: (step: KeyRotationStep, endpoints: number) => void;
};

/** Endpoints in one commit: what is done again after a crash, and what is held in memory. */
const PORTION = 100;

/**
 * Seals all that is sealed with a new key.
 * Throws `ledger_in_use` while a service runs, `config_invalid` where old or new key are not to be found, `key_mismatch`
 * where none of the keys opens something; then all keys stay where they are, and nothing is lost.
 */
export async function rotateKey({
  settings,
  random,
  onProgress,
}: KeyRotationOptions): Promise<KeyRotation> {
  const ledger = await openSqliteLedger({ dataDir: settings.dataDir });
  try {
    const { next, old, place } = keysFrom(settings, random);
    const sealer = createSealer([next, ...old], random);
    const alone = createSealer([next], random);
    let resealed = 0;
    const resealing = (documents: readonly Sealed[]) =>
      documents.flatMap((sealed) => {
        const { kind, id, doc } = sealed;
        const after = naming(ledger, sealed, () => resealDocument(kind, doc, sealer));
        return after === null ? [] : [{ kind, id, before: doc, after }];
      });
    const assertAllOpen = (documents: readonly Sealed[]): void => {
      for (const sealed of documents) {
        naming(ledger, sealed, () => assertOpens(sealed.kind, sealed.doc, alone));
      }
    };
    const endpoints = await eachSealed(ledger, 'sealing', onProgress, async (portion) => {
      const changed = resealing(portion);
      await ledger.reseal({ resources: changed });
      resealed += changed.filter(({ kind }) => kind === 'endpoint').length;
    });
    await eachChanged(ledger, (documents) => ledger.reseal({ resources: resealing(documents) }));
    await eachSealed(ledger, 'proving', onProgress, assertAllOpen);
    await eachChanged(ledger, assertAllOpen);
    const keyPlace = place.kind === 'file' ? place.path : place.variable;
    const previousKeyFile = place.kind === 'file' ? replaceKeyFile(settings.dataDir) : null;
    return { endpoints, resealed, keyId: alone.keyId, keyPlace, previousKeyFile };
  } finally {
    await ledger.close();
  }
}

type Keys = {
  readonly next: Uint8Array;
  /** All that may have sealed something. */
  readonly old: readonly Uint8Array[];
  readonly place:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'environment'; readonly variable: string };
};

function keysFrom(settings: KeySettings, random: Random): Keys {
  const { dataDir } = settings;
  const path = join(dataDir, keyFiles.current);
  const nextPath = join(dataDir, keyFiles.next);
  const given = keyFromSetting(settings, 'encryptionKey');
  const previous = keyFromSetting(settings, 'previousEncryptionKey');
  const inFile = keyFromFile(path);
  const old = present(previous, inFile, given === null ? null : keyFromFile(nextPath));
  if (given !== null) {
    const variable = environmentName('encryptionKey');
    if (old.length > 0) return { next: given, old, place: { kind: 'environment', variable } };
    throw fault('config_invalid', {
      field: environmentName('previousEncryptionKey'),
      detail: `${variable} gives the key, and nothing gives the one before. Put a new key there ("openssl rand -base64 32" makes one), the old one in ${environmentName('previousEncryptionKey')}, and run this again.`,
    });
  }
  if (old.length === 0) {
    throw fault('config_invalid', {
      field: '--data',
      detail: `There is no key at ${path}. Give the key of this ledger in ${environmentName('previousEncryptionKey')}, or put its file back.`,
    });
  }
  if (keyFromFile(nextPath) === null) writePrivateFile(nextPath, newKeyText(random));
  const next = keyFromFile(nextPath);
  if (next === null) throw new Error(`${nextPath} is gone`);
  return { next, old, place: { kind: 'file', path } };
}

/** Steps 4 and 5. Resolves to the file that keeps the old key, null where there was none. */
function replaceKeyFile(dataDir: string): string | null {
  const path = join(dataDir, keyFiles.current);
  const previousPath = join(dataDir, keyFiles.previous);
  const old = keyFromFile(path);
  if (old !== null) writePrivateFile(previousPath, Buffer.from(old).toString('base64'));
  renameDurably(join(dataDir, keyFiles.next), path);
  return old === null ? null : previousPath;
}

type Sealed = { readonly kind: SealedKind; readonly id: number; readonly doc: string };

/** All that holds something sealed, portion by portion, whatever its number. Resolves to the endpoints' count. */
async function eachSealed(
  ledger: Ledger,
  step: KeyRotationStep,
  onProgress: KeyRotationOptions['onProgress'],
  take: (portion: readonly Sealed[]) => void | Promise<void>,
): Promise<number> {
  let endpoints = 0;
  for (const kind of sealedKinds) {
    for await (const portion of pages(ledger, kind)) {
      onProgress(step, endpoints);
      await take(portion.map((resource) => ({ ...resource, kind })));
      if (kind === 'endpoint') endpoints += portion.length;
    }
  }
  onProgress(step, endpoints);
  return endpoints;
}

/** Endpoints as changes left them and found them, deleted ones among them: what a revert would bring back. */
async function eachChanged(
  ledger: Ledger,
  take: (documents: readonly Sealed[]) => void | Promise<void>,
): Promise<void> {
  for (const kind of sealedKinds) await eachChangedOf(kind, ledger, take);
}

async function eachChangedOf(
  kind: SealedKind,
  ledger: Ledger,
  take: (documents: readonly Sealed[]) => void | Promise<void>,
): Promise<void> {
  let afterId: number | undefined;
  for (;;) {
    const page = { limit: PORTION, descending: false, afterId };
    const changes = await ledger.changes({ kind, ...page });
    const items = changes.flatMap((change) => change.items.filter((item) => item.kind === kind));
    const documents = items.flatMap(({ subjectId, before, after }) =>
      [before, after].flatMap((doc) =>
        doc === null || subjectId === null ? [] : [{ kind, id: subjectId, doc }],
      ),
    );
    if (documents.length > 0) await take(documents);
    if (changes.length < PORTION) return;
    afterId = changes.at(-1)?.id;
  }
}

async function* pages(ledger: Ledger, kind: SealedKind): AsyncGenerator<readonly Resource[]> {
  let afterId: number | undefined;
  for (;;) {
    const bounds = { limit: PORTION, descending: false, afterId };
    const page = await ledger.resourcesOfKind({ kind, ...bounds });
    if (page.length > 0) yield page;
    if (page.length < PORTION) return;
    afterId = page.at(-1)?.id;
  }
}

/** Says which endpoint or canary it is that no key opens. */
function naming<Result>(ledger: Ledger, { kind, id }: Sealed, open: () => Result): Result {
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof HoldfastError) || cause.code !== 'key_mismatch') throw cause;
    const endpoint = createIdText(ledger.mark).format(kind, id);
    throw fault('key_mismatch', {
      cause,
      field: endpoint,
      detail: `No key that was given opens the secrets of ${endpoint}. Give the one that sealed them in ${environmentName('previousEncryptionKey')} and run this again; all keys are still where they were.`,
    });
  }
}
