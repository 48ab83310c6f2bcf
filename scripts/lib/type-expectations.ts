import { type CompileSettings, compileTexts, type Problem } from './compile.js';

const expectation = /^\s*\/\/ @ts-expect-error (.+)$/;

/** A failed type test: a line did not compile, compiled although it should not, or failed for another reason. */
export interface Surprise extends Omit<Problem, 'code'> {
  readonly kind: 'does not compile' | 'compiles' | 'fails with another message';
}

/** Compiles files in which each line that must not compile follows `// @ts-expect-error <part of the message>`. */
export function checkExpectations(texts: ReadonlyMap<string, string>, settings: CompileSettings): Surprise[] {
  // Without the directive the compiler reports the errors, with their messages.
  const reported = [...texts].map(([file, text]) => [file, text.replaceAll('@ts-expect-error', '@expected')] as const);
  const expected = new Map([...texts].flatMap(([file, text]) => expectationsIn(file, text)));
  const surprises: Surprise[] = [];
  for (const { file, line, message } of compileTexts(new Map(reported), settings)) {
    const place = `${file}:${line}`;
    const wanted = expected.get(place);
    if (!wanted) surprises.push({ file, line, kind: 'does not compile', message });
    else if (!message.includes(wanted.message)) {
      surprises.push({ file, line, kind: 'fails with another message', message });
    }
    expected.delete(place);
  }
  return [...surprises, ...[...expected.values()].map((each) => ({ ...each, kind: 'compiles' as const }))];
}

/** The lines that must not compile, by location, with a part of the message. */
function expectationsIn(file: string, text: string): [place: string, Omit<Problem, 'code'>][] {
  return text.split('\n').flatMap((source, index) => {
    const message = expectation.exec(source)?.[1];
    const line = index + 2;
    return message === undefined ? [] : [[`${file}:${line}`, { file, line, message }]];
  });
}
