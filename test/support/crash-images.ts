import type { DiskStep } from './read-trace.ts'

/** What a disk may hold after the power went: the content of each file, by its name. */
export type Image = ReadonlyMap<string, Buffer>

/**
 * One of the folders that a crash after these steps may leave. The model is stricter than any disk
 * we know. What was synced is there. Of what was not, each write, each cut and each entry of the
 * folder is there or not, on its own and whatever came before or after it; a write also in part,
 * sector by sector, and the length that it gave the file also without its bytes.
 */
export function imageAfter(steps: readonly DiskStep[], random: () => number): Image {
  const names = new Map<string, number>()
  const kept = steps.findLastIndex(({ does }) => does === 'sync-folder')
  for (const [i, step] of steps.entries()) {
    const entry = step.does === 'create' || step.does === 'unlink' || step.does === 'rename'
    if (entry && (i < kept || random() < 0.5)) changeNames(names, step)
  }
  return new Map([...names].map(([name, file]) => [name, contentOf(file, steps, random)]))
}

type OfFolder = Extract<DiskStep, { name: string }>
type OfContent = Extract<DiskStep, { does: 'write' | 'cut' }>

function changeNames(names: Map<string, number>, step: OfFolder): void {
  if (step.does === 'create') names.set(step.name, step.file)
  else {
    const file = names.get(step.name)
    names.delete(step.name)
    if (step.does === 'rename' && file !== undefined) names.set(step.to, file)
  }
}

/** A file's bytes; those behind `size` are nought. */
type Content = { bytes: Buffer; size: number }

function contentOf(file: number, steps: readonly DiskStep[], random: () => number): Buffer {
  const of = steps.filter((step) => 'file' in step && step.file === file)
  const kept = of.findLastIndex(({ does }) => does === 'sync')
  const changes = of.flatMap((step, i): [OfContent, boolean][] =>
    step.does === 'write' || step.does === 'cut' ? [[step, i < kept]] : [],
  )
  const longest = Math.max(0, ...changes.map(([step]) => endOf(step)))
  const content = { bytes: Buffer.alloc(longest), size: 0 }
  for (const [step, synced] of changes)
    if (synced) change(content, step)
    else changePerhaps(content, step, random)
  return content.bytes.subarray(0, content.size)
}

const endOf = (step: OfContent) => (step.does === 'cut' ? step.size : step.at + step.bytes.length)

function change(content: Content, step: OfContent): void {
  if (step.does === 'cut') {
    content.bytes.fill(0, step.size)
    content.size = step.size
  } else {
    step.bytes.copy(content.bytes, step.at)
    content.size = Math.max(content.size, endOf(step))
  }
}

function changePerhaps(content: Content, step: OfContent, random: () => number): void {
  const luck = random()
  if (luck < 0.35) change(content, step)
  else if (step.does === 'write' && luck < 0.65) {
    const sector = random() < 0.5 ? 512 : 4096
    for (const part of sectorsOf(step, sector)) if (random() < 0.5) change(content, part)
    if (random() < 0.5) content.size = Math.max(content.size, endOf(step))
  }
}

/** The parts of a write that a disk writes on their own. */
function sectorsOf(step: Extract<DiskStep, { does: 'write' }>, sector: number): OfContent[] {
  const parts: OfContent[] = []
  for (let at = step.at; at < endOf(step); ) {
    const end = Math.min(endOf(step), (Math.floor(at / sector) + 1) * sector)
    parts.push({ ...step, at, bytes: step.bytes.subarray(at - step.at, end - step.at) })
    at = end
  }
  return parts
}
