import { z } from '@hono/zod-openapi'
import { instrumentSchema } from '../casework/checklists.ts'

/** What stands in an address, by the name of its place. */
const places: Readonly<Record<string, z.ZodType>> = {
  id: z.string().describe('Its id'),
  number: z.string().describe('The number of the victim, from 1'),
  instrument: instrumentSchema.describe('Which checklist'),
  partnership: z.string().describe('The id of a partnership, such as derby; or national'),
  digest: z.string().describe('Which version of the rules, as the list of versions names it'),
  area: z.string().describe('The first part of a rule’s id'),
  name: z.string().describe('The rest of a rule’s id'),
}

/** What stands in an address, as OpenAPI describes it. */
export const inAddress = (path: string) =>
  z.object(
    Object.fromEntries(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, places[name] ?? z.string()]),
    ),
  )
