import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readmeFile, referenceFile, root } from '../../scripts/lib/package.js';
import { snippetsIn } from '../../scripts/lib/readme-snippets.js';
import { compilers, type Finished, runNode } from '../../scripts/lib/run-node.js';
import { describeWhere, examplesInstalled } from '../support/describe-where.js';
import { makePackedProject, type PackedProject } from '../support/packed-project.js';
import { examplesFolder } from './program.js';

/** What the tests import or are run by, besides the package. */
const tools = ['@babel', '@types', 'babel-jest', 'expect', 'jest', 'msw', 'vitest'];

/** How many tests each snippet has. */
const testsOfSnippets = [1, 1, 1];

const importOfVitest = /^import (.*) from 'vitest';$/m;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const jestLoadsModules = major > 24 || (major === 24 && minor >= 9);

describeWhere(
  [examplesInstalled],
  'the tests that the README and the reference show, in a project that has the package installed,',
  () => {
    let project: PackedProject;
    let snippets: string[];

    beforeAll(async () => {
      const sections = [
        await sectionOf(readmeFile, 'Test your integration'),
        await sectionOf(referenceFile, 'Test code that creates its own client'),
      ];
      snippets = snippetsIn(sections.join('\n')).map(({ code }) => code);
      project = await makePackedProject();
      for (const tool of tools) {
        await symlink(join(examplesFolder, 'node_modules', tool), join(project.folder, 'node_modules', tool));
      }
    });

    afterAll(() => project?.remove());

    it('compile and pass in Vitest, with those of the example app', async () => {
      const { cwd, expected } = await write('vitest', 'ts', (code) => code);
      await cp(join(examplesFolder, 'ratings'), join(cwd, 'ratings'), { recursive: true });
      await cp(join(examplesFolder, 'tsconfig.json'), join(cwd, 'tsconfig.json'));
      await writeFile(join(cwd, 'package.json'), '{ "type": "module" }');

      expect(await runNode([compilers['TypeScript 7'], '-p', cwd], { cwd })).toEqual({
        code: 0,
        stdout: '',
        stderr: '',
      });
      const finished = await runTool('vitest/vitest.mjs', ['run', '--reporter=json'], cwd);
      expect(passedIn(finished)).toEqual({ ...expected, 'ratings/app.test.ts': 13 });
    });

    it('pass in Jest with the configuration in examples/README.md, except for msw', async () => {
      const { cwd, expected } = await write('jest', 'js', commonJs, (code) => !code.includes('msw'));
      const [config = ''] = snippetsIn(await readFile(join(examplesFolder, 'README.md'), 'utf8'), 'js').map(
        ({ code }) => code,
      );
      await writeFile(join(cwd, 'jest.config.cjs'), config);

      expect(passedIn(await runTool('jest/bin/jest.js', ['--json'], cwd))).toEqual(expected);
    });

    it.runIf(jestLoadsModules)('pass in Jest on newer releases of Node without configuration', async () => {
      const { cwd, expected } = await write('newer-jest', 'js', commonJs);
      const env = { NODE_OPTIONS: '--experimental-vm-modules' };

      expect(passedIn(await runTool('jest/bin/jest.js', ['--json', '--rootDir', cwd], cwd, env))).toEqual(expected);
    });

    it('pass in node --test', async () => {
      const { cwd, expected } = await write('node', 'mjs', (code) => javaScript(withNodeTest(code)));

      const { stdout } = await runNode(['--test', '--test-reporter=tap'], { cwd });
      const total = Object.values(expected).reduce((sum, count) => sum + count);
      expect(stdout).toContain(`# pass ${total}\n# fail 0\n`);
    });

    /** Writes the snippets as files of tests. Returns their folder, and how many tests of each file must pass. */
    async function write(
      folder: string,
      ending: string,
      change: (code: string) => string | Promise<string>,
      isChosen: (code: string) => boolean = () => true,
    ) {
      const cwd = join(project.folder, folder);
      await mkdir(cwd);
      const expected: Record<string, number> = {};
      for (const [index, code] of snippets.entries()) {
        if (!isChosen(code)) continue;
        const file = `snippet-${index}.test.${ending}`;
        await writeFile(join(cwd, file), await change(code));
        expected[file] = testsOfSnippets[index] ?? 0;
      }
      return { cwd, expected };
    }

    /** Runs Vitest or Jest, by its file within node_modules. */
    function runTool(file: string, args: readonly string[], cwd: string, env = {}): Promise<Finished> {
      return runNode([join(project.folder, 'node_modules', file), ...args], { cwd, env });
    }
  },
);

async function sectionOf(file: string, title: string): Promise<string> {
  const [, after = ''] = (await readFile(join(root, file), 'utf8')).split(`\n## ${title}\n`);
  const [section] = after.split('\n## ');
  if (!section) throw new Error(`${file} has no section "${title}".`);
  return section;
}

async function javaScript(code: string, format: 'esm' | 'cjs' = 'esm'): Promise<string> {
  return (await transform(code, { loader: 'ts', format, target: 'node20' })).code;
}

/** Jest has its functions as globals. */
function commonJs(code: string): Promise<string> {
  return javaScript(code.replace(importOfVitest, ''), 'cjs');
}

function withNodeTest(code: string): string {
  const imports =
    "import { after as afterAll, before as beforeAll, it } from 'node:test'; import { expect } from 'expect';";
  return code.replace(importOfVitest, imports);
}

/** The JSON that Vitest and Jest print. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** How many tests of each file passed. */
function passedIn({ stdout, stderr }: Finished): Record<string, number> {
  if (!stdout.startsWith('{')) throw new Error(`It printed no report:\n${stdout}${stderr}`);
  const { testResults } = JSON.parse(stdout) as Report;
  const entries = testResults.map(({ name, assertionResults }) => {
    const file = /(ratings\/)?[^/]+$/.exec(name)?.[0];
    return [file, assertionResults.filter(({ status }) => status === 'passed').length];
  });
  return Object.fromEntries(entries);
}
