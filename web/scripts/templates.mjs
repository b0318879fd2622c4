// SPDX-License-Identifier: Apache-2.0
// What a template may not hold, found on Vue's own parse of it.
import { parse } from 'vue/compiler-sfc'

const spokenAttributes = new Set(['aria-label', 'title', 'alt', 'placeholder', 'aria-description'])
const hasWords = (text) => /[\p{L}\p{N}]/u.test(text)

/** The faults of one single-file component, as sentences with path and line. */
export function templateFaults(path, source) {
  const faults = []
  const tell = (node, sentence) => faults.push(`${path}:${node.loc.start.line}: ${sentence}`)
  function visit(node) {
    // Node kinds of Vue's compiler: 1 element, 2 text, 5 interpolation; 6 attribute, 7 directive.
    if (node.type === 2 && hasWords(node.content)) tell(node, `literal text “${node.content.trim()}”: use the message catalogue`)
    if (node.type === 5 && /^\s*(['"`])[^'"`]*\p{L}[^'"`]*\1\s*$/u.test(node.content.content)) {
      tell(node, 'literal text in braces: use the message catalogue')
    }
    for (const each of node.props ?? []) {
      if (each.type === 7 && each.name === 'html') tell(each, 'v-html is forbidden: messages are plain text')
      if (each.type === 6 && each.name === 'style') tell(each, 'a style attribute: the content security policy refuses it')
      if (each.type === 6 && spokenAttributes.has(each.name) && hasWords(each.value?.content ?? '')) {
        tell(each, `literal ${each.name}: use the message catalogue`)
      }
    }
    for (const child of node.children ?? []) visit(child)
  }
  const { descriptor, errors } = parse(source, { filename: path })
  for (const error of errors) faults.push(`${path}: ${error.message}`)
  if (descriptor.template?.ast) visit(descriptor.template.ast)
  return faults
}
