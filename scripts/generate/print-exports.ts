import { inFull } from '../lib/exports.js';
import ts from '../lib/typescript.cjs';

/** What people look up member by member. */
const membersInLines = /^(?:DixaWebhooks|Receiver|(?:DixaWebhooks|Receiver)Options)$/;

/** What the list of event types says shorter, and what is only part of other types. */
const leftOut = /^(?!Unknown|Webhook)[A-Z]\w*Event$|^WebhookEvents$|Data$|^WebhookEventType$|^ReadOnlyProperties$/;

/** Types up to this length share a line, which is up to twice as long: their names say enough. */
const small = 150;

/** Prints exports: one line for each signature, with the first sentence of its comment. */
export function printerOf(checker: ts.TypeChecker, exported: ReadonlyMap<string, ts.Symbol>) {
  /** Functions and what has members in lines, then other types, the small ones together. */
  function linesOf(symbols: readonly ts.Symbol[]): string[] {
    const lines: string[] = [];
    const types: string[] = [];
    let packed = '';
    for (const symbol of symbols.filter(({ name }) => !leftOut.test(name))) {
      const [node] = symbol.declarations ?? [];
      const { name } = symbol;
      if (!node) continue;
      if (ts.isVariableDeclaration(node)) lines.push(commented(`const ${name}`, symbol));
      else if (ts.isFunctionDeclaration(node)) lines.push(commented(codeOf(node, node.body?.pos), symbol));
      else if (membersInLines.test(name)) {
        const members = membersOf(symbol).map((each) => `  ${commented(memberText(each), each)}`);
        lines.push(commented(`interface ${nameOf(symbol)} {`, symbol), ...members, '}');
      } else {
        const text = typeText(symbol);
        if (text.length > small || ts.isClassDeclaration(node)) types.push(commented(text, symbol));
        else if (packed.length + text.length > 2 * small) [packed] = [text, types.push(packed)];
        else packed += `${packed && '; '}${text}`;
      }
    }
    return [...lines, ...types, ...(packed ? [packed] : [])];
  }

  /** A type in one line. */
  function typeText(symbol: ts.Symbol): string {
    const [node] = symbol.declarations ?? [];
    if (node && ts.isTypeAliasDeclaration(node) && !/^\{/.test(node.type.getText())) {
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      const isWritten = !/typeof |Schemas\[/.test(node.type.getText());
      const text = isWritten
        ? codeOf(node.type)
        : checker.typeToString(type, undefined, inFull | ts.TypeFormatFlags.InTypeAlias);
      return `type ${nameOf(symbol)} = ${text.replace(/^\| /, '')}`;
    }
    const bases = basesOf(symbol).map((base) => codeOf(base));
    const head = bases.length > 0 ? `${nameOf(symbol)} extends ${bases.join(', ')}` : nameOf(symbol);
    const members = membersOf(symbol).map(memberText).join('; ');
    if (!node || !ts.isClassDeclaration(node)) return `interface ${head} { ${members} }`;
    return `class ${head}${members && ` { ${members} }`}`;
  }

  /** The bases that are exported, or those of the platform and of openapi-fetch. Of others the members are shown instead. */
  function basesOf(symbol: ts.Symbol) {
    const [node] = symbol.declarations ?? [];
    if (!node || !isExtendable(node)) return [];
    const clauses = node.heritageClauses?.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) ?? [];
    return clauses
      .flatMap(({ types }) => types)
      .filter((base) => {
        const names: string[] = base.getText().match(/\w+(?!\W*\])/g) ?? [];
        return names.some((name) => /^(?:Error|Client)$/.test(name) || (exported.has(name) && !leftOut.test(name)));
      });
  }

  /** The members that no base shows. The name of an error is that of its class. */
  function membersOf(symbol: ts.Symbol) {
    const [node] = symbol.declarations ?? [];
    const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0;
    const bases = basesOf(symbol).map((base) => checker.getTypeAtLocation(base));
    return checker
      .getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
      .filter(({ name }) => !bases.some((base) => base.getProperty(name)) || (isClass && name === 'code'))
      .filter(({ valueDeclaration }) => !isClass || valueDeclaration?.parent === node)
      .filter((each) => !/^(?:undefined|never)$/.test(checker.typeToString(checker.getTypeOfSymbol(each))));
  }

  /** A member as written in the source, with its default. A mapped type such as `Partial<T>` can make it optional. */
  function memberText(member: ts.Symbol): string {
    const node = member.declarations?.[0] as
      | (ts.Node & Partial<ts.PropertyDeclaration & { body: ts.Node }>)
      | undefined;
    const end = node?.initializer ? node.type?.end : node?.body?.pos;
    const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
    const text = node ? codeOf(node, end).replace(/^(\w+)\??(?=:)/, isOptional ? '$1?' : '$1') : member.name;
    const tag = member.getJsDocTags(checker).find(({ name }) => name === 'default');
    const [value = ''] = ts.displayPartsToString(tag?.text).split(' // ');
    return value && value !== 'none' ? `${text} = ${value.replaceAll(/\s+/g, ' ')}` : text;
  }

  function commented(text: string, symbol: ts.Symbol): string {
    const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ');
    const [sentence = comment] = /^.*?[.](?= [A-Z`]|$)/.exec(comment.replaceAll(/\{@link (\S+?) ?\}/g, '$1')) ?? [];
    return sentence ? `${text} // ${sentence}` : text;
  }

  return { linesOf, typeText };
}

function nameOf({ name, declarations: [node] = [] }: ts.Symbol): string {
  const { typeParameters = [] } = node as ts.InterfaceDeclaration;
  return typeParameters.length > 0 ? `${name}<${typeParameters.map((each) => codeOf(each)).join(', ')}>` : name;
}

const isExtendable = (node: ts.Node) => ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);

/** A node in one line, with short names for the contract's schemas. */
function codeOf(node: ts.Node, end = node.end): string {
  return node
    .getSourceFile()
    .text.slice(node.getStart(), end)
    .replace(/^(?:(?:export|declare|override|async|abstract|function) )+/, '')
    .replaceAll(/\breadonly /g, '')
    .replaceAll(/(\?: (?:[^,;<]|<.*?>)*?) \| undefined/g, '$1')
    .replaceAll(/(?:Schemas|components\[['"]schemas['"]\])\[['"](\w+)['"]\]/g, '$1')
    .replaceAll('"', "'")
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\( (.*?),? \)/g, '($1)')
    .replace(/[;,]$/, '');
}
