/**
 * The library's types: one file for each entry, with all that it needs and nothing beside, so that no file of the house can
 * be reached by its path. tsc writes declarations without what is marked `@internal`, API Extractor rolls them up.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { packageRoot, version } from '../../installed.ts';
import { entries } from './entries.ts';

/** What both compilers are told; the house's own settings as far as they say what a type means. */
const settings = {
  target: 'ES2023',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  module: 'preserve',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  types: ['node'],
  typeRoots: [join(packageRoot, 'node_modules', '@types')],
};

/** The path of TypeScript's compiler, whatever its package calls it. */
const compiler = (): string =>
  join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc');

function emitDeclarations(folder: string): void {
  const project = join(folder, 'tsconfig.emit.json');
  writeFileSync(
    project,
    JSON.stringify({
      compilerOptions: {
        ...settings,
        declaration: true,
        emitDeclarationOnly: true,
        stripInternal: true,
        rootDir: packageRoot,
        outDir: join(folder, 'tree'),
      },
      files: [
        join(packageRoot, 'hardware', 'johnny-five.d.ts'),
        ...entries.map(entry => join(packageRoot, 'src', 'library', `${entry}.ts`)),
      ],
    }),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler(), '-p', project], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the library's declarations: ${stdout}${stderr}`);
}

const quiet = { logLevel: ExtractorLogLevel.None };

function configOf(entry: string, tree: string, types: string): ExtractorConfig {
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: tree,
      mainEntryPointFilePath: join(tree, 'src', 'library', `${entry}.d.ts`),
      compiler: { tsconfigFilePath: join(tree, 'tsconfig.json') },
      dtsRollup: { enabled: true, untrimmedFilePath: join(types, `${entry}.d.ts`) },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Error },
          // What is not marked is public; what an entry does not export may stand in its types all the same.
          'ae-missing-release-tag': quiet,
          'ae-forgotten-export': quiet,
          'ae-unresolved-link': quiet,
        },
        tsdocMessageReporting: { default: quiet },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(tree, 'package.json'),
  });
}

/** Writes the types of each entry into a folder. Throws with all that a compiler said where one of them refused. */
export function makeDeclarations(types: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'tactus-library-'));
  try {
    emitDeclarations(folder);
    const tree = join(folder, 'tree');
    mkdirSync(types, { recursive: true });
    symlinkSync(join(packageRoot, 'node_modules'), join(tree, 'node_modules'), 'junction');
    writeFileSync(
      join(tree, 'package.json'),
      JSON.stringify({ name: 'tactus-pacer', version, type: 'module' }),
    );
    const declarations = entries.map(entry => join(tree, 'src', 'library', `${entry}.d.ts`));
    writeFileSync(
      join(tree, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: { ...settings, noEmit: true }, files: declarations }),
    );
    const said: string[] = [];
    let compilerState: CompilerState | undefined;
    for (const entry of entries) {
      const config = configOf(entry, tree, types);
      // Read once: all entries are compiled together.
      compilerState ??= CompilerState.create(config, { additionalEntryPoints: declarations });
      const { succeeded } = Extractor.invoke(config, {
        localBuild: true,
        compilerState,
        messageCallback: message => {
          message.handled = true;
          if (message.logLevel === ExtractorLogLevel.Error)
            said.push(`${entry}: ${message.formatMessageWithLocation(tree)}`);
        },
      });
      if (!succeeded) throw new Error(`the library's types:\n${said.join('\n')}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
