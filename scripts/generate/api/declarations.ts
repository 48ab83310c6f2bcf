import ts from '../../lib/typescript.cjs';
import { inFull, type Sources, targetOf } from './sources.js';

/** The exports of each entry point as declarations, followed by the types that they use but no entry point exports. */
export function declarationsOf({ exports, program }: Sources): Map<string, string> {
  const exported = new Set([...exports.values()].flatMap((found) => [...found.values()]));
  const { declarationOf, named } = printerOf(program.getTypeChecker(), exported);
  const sections = new Map<string, string>();
  const printed = new Set<ts.Symbol>();
  for (const [entry, found] of exports) {
    const repeated = [...found].filter(([, symbol]) => printed.has(symbol)).map(([name]) => name);
    const texts = [...found.values()].filter((symbol) => !printed.has(symbol)).map(declarationOf);
    if (repeated.length > 0) texts.unshift(`// As above: ${repeated.sort().join(', ')}`);
    // Events take one line each, without blank lines between them.
    sections.set(entry, texts.join('\n\n').replaceAll(/^(interface .+ })\n(?=\ninterface .+ }$)/gm, '$1'));
    for (const symbol of found.values()) printed.add(symbol);
  }
  const others: string[] = [];
  // Printing a declaration may add further names to the set, which are printed next.
  for (const symbol of named) others.push(declarationOf(symbol));
  return sections.set('', others.join('\n\n'));
}

/** Prints declarations, and collects the symbols that they use but no entry point exports. */
function printerOf(checker: ts.TypeChecker, exported: ReadonlySet<ts.Symbol>) {
  const named = new Set<ts.Symbol>();

  const declarationOf = (symbol: ts.Symbol): string => {
    const [node] = symbol.declarations ?? [];
    if (!node) return '';
    if (ts.isVariableDeclaration(node))
      return documented(node, `const ${symbol.name}${node.type ? `: ${codeOf(node.type)}` : ''};`);
    if (isEvent(node)) return `${headOf(node)} { ${membersOf(node, symbol).join(' ')} }`;
    if (isExtendable(node)) return documented(node, blockOf(headOf(node), membersOf(node, symbol)));
    // The table of events already lists all event types.
    const isList =
      ts.isTypeAliasDeclaration(node) &&
      (isGenerated(node) || /^(?:\(?typeof (?!webhookEventTypes)|Schemas\[|keyof |Exclude<)/.test(node.type.getText()));
    if (!isList) return declared(node);
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const head = `type ${symbol.name} =`;
    const isObject = (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
    if (isObject) return documented(node, blockOf(head, membersOf(node, symbol)));
    return documented(
      node,
      `${head} ${checker.typeToString(type, undefined, inFull | ts.TypeFormatFlags.InTypeAlias)};`,
    );
  };

  /** A class or interface up to its members. Bases that are not printed are left out; their members are printed as its own. */
  const headOf = (node: Extendable) => {
    const bases = namedBases(node).map((base) => codeOf(base));
    const others = node.heritageClauses?.filter(({ token }) => token === ts.SyntaxKind.ImplementsKeyword) ?? [];
    const end = node.typeParameters ? node.typeParameters.end + 1 : node.name?.end;
    const extended = bases.length > 0 ? [`extends ${bases.join(', ')}`] : [];
    return [codeOf(node, end), ...extended, ...others.map((clause) => codeOf(clause))].join(' ');
  };

  const namedBases = (node: ts.Node) => {
    const clauses = isExtendable(node) ? (node.heritageClauses ?? []) : [];
    const bases = clauses.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword).flatMap(({ types }) => types);
    const isPrinted = (symbol: ts.Symbol | undefined) => symbol !== undefined && exported.has(symbol);
    return bases.filter(
      (base) => ts.isClassDeclaration(node) || isGenerated(node) || isPrinted(targetAt(base.expression)),
    );
  };

  const membersOf = (node: ts.Node, symbol: ts.Symbol) => {
    const bases = namedBases(node).map((base) => checker.getTypeAtLocation(base));
    const statics = ts.isClassDeclaration(node) ? [...(symbol.exports?.values() ?? [])] : [];
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const properties = checker.getPropertiesOfType(type);
    const members = [...statics, ...properties].flatMap(({ name, declarations = [], flags }) => {
      const isInherited = bases.some((base) => base.getProperty(name));
      // Each error class redeclares its name.
      if (isInherited && name === 'name') return [];
      const own = declarations.filter((each) => isVisible(each) && (each.parent === node || !isInherited));
      return own.map((each) => declared(each, (flags & ts.SymbolFlags.Optional) !== 0));
    });
    const indexes = checker.getIndexInfosOfType(type).flatMap(({ declaration }) => declaration ?? []);
    return [...members, ...indexes.map((each) => declared(each))];
  };

  /** A declaration without body or value. A mapped type such as `Partial<T>` can make it optional although its source is not. */
  const declared = (node: ts.Declaration, isOptional = false) => {
    const { body, type, initializer } = node as ts.Declaration & {
      body?: ts.Node;
      type?: ts.Node;
      initializer?: ts.Node;
    };
    const code = codeOf(node, initializer ? type?.end : body?.pos).replace(/[;,]$/, '');
    return documented(node, `${isOptional ? code.replace(/^((?:readonly )?\w+):/, '$1?:') : code};`);
  };

  /** The source of a node, with short names for the contract's schemas. */
  const codeOf = (node: ts.Node, end = node.end) => {
    noteNames(node, end);
    return node
      .getSourceFile()
      .text.slice(node.getStart(), end)
      .replace(/(?<=^|static )(?:(?:export|declare|override|async|abstract) )+/g, '')
      .replace(/(?:Schemas|components\[['"]schemas['"]\])\[['"](\w+)['"]\]/g, '$1')
      .replaceAll('"', "'")
      .replace(isGenerated(node) ? /\s+/g : /$^/, ' ');
  };

  const noteNames = (node: ts.Node, end: number): void => {
    if (node.pos >= end) return;
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
      const target = targetAt(ts.isTypeReferenceNode(node) ? node.typeName : node.expression);
      const [declaration] = target?.declarations ?? [];
      const isType = declaration && !ts.isTypeParameterDeclaration(declaration) && isVisible(declaration);
      if (target && isType && !exported.has(target) && !isGenerated(declaration) && target.name !== 'Schemas')
        named.add(target);
    }
    ts.forEachChild(node, (child) => noteNames(child, end));
  };

  const targetAt = (node: ts.Node) => {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol && targetOf(symbol, checker);
  };

  return { declarationOf, named };
}

type Extendable = ts.ClassDeclaration | ts.InterfaceDeclaration;

const isExtendable = (node: ts.Node): node is Extendable =>
  ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node);

/** Whether it is an event. Events need no comments: the table of events and the types of `data` have them. */
const isEvent = (node: ts.Node): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && isGenerated(node) && node.heritageClauses !== undefined;

const isGenerated = (node: ts.Node) => node.getSourceFile().fileName.includes('/generated/');

function isVisible(node: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(node);
  const isPrivate = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Private) !== 0;
  const isForeign = node.getSourceFile().fileName.includes('/node_modules/');
  return !isPrivate && !isForeign && !(name && ts.isPrivateIdentifier(name));
}

function blockOf(head: string, members: readonly string[]): string {
  if (members.length === 1 && !members[0]?.includes('\n')) return `${head} { ${members[0]} }`;
  return `${head} {${members.map((each) => `\n  ${each.replace(/^(\/\*\*.*\n)/, '$1  ')}`).join('')}\n}`;
}

/** Code below its comment, which is printed in one line, without examples (see the README) and the tags of openapi-typescript. */
function documented(node: ts.Node, code: string): string {
  if (isGenerated(node) && (isExtendable(node) || isEvent(node.parent))) return code;
  const text = (ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.getText() ?? '')
    .replace(/^\/\*\*|\s*@example[\s\S]*|\*\/$/g, '')
    .replace(/(?:\s*\n\s*\*?)+ */g, ' ')
    .replace(/ Format: \S+\.|@description | ?@(?:constant|enum \{string\})/g, '')
    .trim();
  return text ? `/** ${text} */\n${code}` : code;
}
