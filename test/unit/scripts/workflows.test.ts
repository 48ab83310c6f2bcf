import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../scripts/lib/package.js';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

interface Job {
  readonly permissions: Readonly<Record<string, string>>;
  readonly needs?: string | readonly string[];
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, '.github/workflows');
const files = readdirSync(folder);
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string): Workflow => parse(read(file));

const mayWrite = ({ permissions }: Job) => Object.values(permissions).includes('write');
const commandsOf = ({ steps }: Job) => steps.flatMap(({ run }) => run?.split('\n') ?? []);

describe.each(files)('the workflow %s', (file) => {
  const { permissions, jobs } = workflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('names each action by its commit, with the version in a comment', () => {
    const uses = read(file)
      .split('\n')
      .filter((line) => /\buses:/.test(line));
    expect(uses).toHaveLength(steps.filter((step) => step.uses).length);
    expect(uses.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it('has only the permissions that each job requests', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toBeTypeOf('object');
  });

  it('leaves no credentials in a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  it('checks nothing out and runs no install script in a job that may write', () => {
    for (const job of Object.values(jobs).filter(mayWrite)) {
      expect(job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
      const commands = commandsOf(job).filter((line) => /\b(?:npm|npx|node|yarn|pnpm)\b/.test(line));
      expect(commands.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
    }
  });
});

describe('the release', () => {
  const { jobs } = workflow('release.yml');

  it('is published with provenance, from the tarball of a job without install scripts, once all checks have passed', () => {
    const { build, publish } = jobs;
    expect(publish?.needs).toEqual(['check', 'build']);
    expect(publish && commandsOf(publish)).toEqual([
      'npm publish --provenance --access public --ignore-scripts ./*.tgz',
    ]);
    expect(build && commandsOf(build)).toContain('npm ci --ignore-scripts --no-audit --no-fund');
  });

  it('gives an identity only to the job that publishes', () => {
    const all = files.flatMap((file) => Object.entries(workflow(file).jobs));
    const identified = all.filter(([, { permissions }]) => 'id-token' in permissions).map(([name]) => name);
    expect(identified).toEqual(['publish']);
  });

  it('uses no cache that another run may have filled', () => {
    const setups = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(setups).toHaveLength(3);
    for (const setup of setups) {
      expect(setup.with).toMatchObject({ 'package-manager-cache': false });
      expect(setup.with).not.toHaveProperty('cache');
    }
  });

  const repository = { url: 'git+https://github.com/someone/dixa-webhooks.git' };

  it.each([
    ['v1.2.3', { version: '1.2.3', repository }, ''],
    ['v1.2.4', { version: '1.2.3', repository }, '::error::The tag is v1.2.4, but package.json has version 1.2.3.\n'],
    ['v1.2.3', { version: '1.2.3' }, '::error::The repository field in package.json is not someone/dixa-webhooks.\n'],
  ])('compares the tag %s with %j', (tag, manifest, error) => {
    const step = jobs.build?.steps.find(({ name }) => name === 'Check the tag');
    expect(runStep(step?.run ?? 'exit 3', tag, manifest)).toBe(error);
  });
});

/** What a step prints, run as GitHub runs it in a project with this package.json. */
function runStep(script: string, tag: string, manifest: object): string {
  const project = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
    const env = { ...process.env, GITHUB_REF_NAME: tag, GITHUB_REPOSITORY: 'someone/dixa-webhooks' };
    return execFileSync('bash', ['-e', '-c', script], { cwd: project, env, encoding: 'utf8' });
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    expect(status).toBe(1);
    return stdout;
  } finally {
    rmSync(project, { recursive: true });
  }
}
