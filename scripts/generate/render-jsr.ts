import { ContractError } from '../lib/contract.js';

/** What jsr.json takes from package.json. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly imports: Readonly<Record<string, { readonly default: string }>>;
}

/**
 * `jsr.json`: the package for JSR, which takes the sources. `deno publish --dry-run` accepts it, slow types included.
 *
 * @param entryFiles the source of each entry point, by the name that it is imported by
 */
export function renderJsr(packageJson: string, entryFiles: ReadonlyMap<string, string>): string {
  const { name, version, license, dependencies, imports } = JSON.parse(packageJson) as Manifest;
  const jsr = {
    // JSR has no name without a scope. This one is a placeholder: nobody has registered it for the package. See CONTRIBUTING.md, "Release".
    name: `@${name}/${name}`,
    version,
    license,
    exports: Object.fromEntries([...entryFiles].map(([entry, file]) => [`.${entry.slice(name.length)}`, `./${file}`])),
    imports: {
      ...Object.fromEntries(Object.entries(dependencies).map(([each, range]) => [each, `npm:${each}@${range}`])),
      // An import map has no conditions: everywhere it is what package.json has for runtimes that it does not name.
      ...Object.fromEntries(Object.entries(imports).map(([each, { default: file }]) => [each, sourceOf(file)])),
    },
    // The sources name each other by what they are compiled to; publishing turns that into what they are called.
    unstable: ['sloppy-imports'],
    publish: { include: ['src', 'generated', 'LICENSE', 'README.md', 'llms.txt'] },
  };
  return `${JSON.stringify(jsr, null, 2)}\n`;
}

function sourceOf(file: string): string {
  const name = /^\.\/dist\/(.+)\.js$/.exec(file)?.[1];
  if (!name) throw new ContractError(`package.json has ${file} in "imports", which no source is compiled to.`);
  return `./src/receiver/${name}.ts`;
}
