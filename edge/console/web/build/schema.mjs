// Writes the types of the API from the description that the program serves, whose files lie in
// core/contracts. Every number is a Decimal: none becomes a binary fraction on its way.
import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import yaml from 'js-yaml'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'

const web = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const folder = path.resolve(web, '../../../core/contracts/src/main/resources/openapi')
const out = path.join(web, 'src/api/generated/schema.ts')

const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort()
const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
const stamp = `// ${createHash('sha256').update(texts.join('\0')).update(await readFile(fileURLToPath(import.meta.url))).digest('hex')}`

const before = await readFile(out, 'utf8').catch(() => '')
if (!before.startsWith(stamp)) {
  const joined = { openapi: '3.1.0', info: { title: 'Tollgate', version: '1' }, paths: {}, components: {} }
  for (const text of texts) {
    const part = yaml.load(text)
    for (const [at, methods] of Object.entries(part.paths ?? {})) {
      // an operation is found by its path here, and names of two areas may meet
      for (const operation of Object.values(methods)) delete operation.operationId
      joined.paths[at] = { ...joined.paths[at], ...methods }
    }
    for (const [kind, things] of Object.entries(part.components ?? {})) {
      joined.components[kind] = { ...joined.components[kind], ...things }
    }
  }
  const decimal = ts.factory.createTypeReferenceNode('Decimal')
  const tree = await openapiTS(joined, {
    transform(schema) {
      const kinds = [].concat(schema.type ?? [])
      if (!kinds.includes('number') && !kinds.includes('integer')) return undefined
      return kinds.includes('null')
        ? ts.factory.createUnionTypeNode([decimal, ts.factory.createLiteralTypeNode(ts.factory.createNull())])
        : decimal
    },
    emptyObjectsUnknown: true,
    defaultNonNullable: false,
  })
  await mkdir(path.dirname(out), { recursive: true })
  await writeFile(out, `${stamp}\nimport type { Decimal } from '@/api/decimal'\n\n${astToString(tree)}`)
}
