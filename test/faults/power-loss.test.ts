import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { amount } from '../support/amount.ts'
import { imageAfter } from '../support/crash-images.ts'
import { recordDisk, whyNoTrace } from '../support/disk-trace.ts'
import { randomFrom } from '../support/random.ts'
import type { DiskStep } from '../support/read-trace.ts'
import { migrations } from '../support/stores.ts'
import { wrongAfter } from './after-crash.ts'
import type { Told } from './refer-and-tell.ts'

const images = amount(40, 600)
const seed = 20261129

/** What a process does to its disk that refers, erases and opens anew. */
function record(how: string): DiskStep[] {
  const [folder, logs] = [newFolder(), newFolder()]
  try {
    const files = [join(folder, 'waymark.db'), join(folder, 'waymark.keys')]
    const worker = fileURLToPath(new URL('refer-and-tell.ts', import.meta.url))
    const steps = recordDisk(folder, logs, worker, [migrations, ...files, how])
    // Where everything that was done is on the disk, it is what the process left.
    const left = readdirSync(folder).map(
      (name) => [name, readFileSync(join(folder, name))] as const,
    )
    expect(imageAfter(steps, () => 0)).toEqual(new Map(left))
    return steps
  } finally {
    for (const one of [folder, logs]) rmSync(one, { recursive: true })
  }
}

const newFolder = () => mkdtempSync(join(tmpdir(), 'waymark-power-'))

const toldIn = (steps: readonly DiskStep[]): Told[] =>
  steps.flatMap((step) => (step.does === 'say' ? [JSON.parse(step.line) as Told] : []))

/** A moment: half of them right after an acknowledgement, most of the others right before one. */
function momentIn(steps: readonly DiskStep[], random: () => number): number {
  const luck = random()
  const said = steps.flatMap(({ does }, i) => (does === 'say' ? [i + 1] : []))
  const after = said[Math.floor(random() * said.length)] ?? 0
  if (luck < 0.5) return Math.min(steps.length, after + Math.floor(random() * 6))
  if (luck < 0.85) return Math.max(0, after - 1 - Math.floor(random() * 60))
  return Math.floor(random() * (steps.length + 1))
}

/** Crashes that leave different things behind, or were to leave others, as long as some are found. */
function* crashesOf(steps: readonly DiskStep[], count: number) {
  const random = randomFrom(seed)
  const seen = new Set<string>()
  for (let tries = 0; seen.size < count && tries < 50 * count; tries += 1) {
    const before = steps.slice(0, momentIn(steps, random))
    const told = toldIn(before)
    const image = imageAfter(before, random)
    const digest = createHash('sha256').update(`${told.length}`)
    for (const [name, bytes] of image) digest.update(`${name} ${bytes.length} `).update(bytes)
    const one = digest.digest('hex')
    if (seen.has(one)) continue
    seen.add(one)
    yield { image, told }
  }
}

/**
 * Crashes so often, and says what was wrong after each crash that left something wrong.
 * @param enough after how many of those a control has shown what it has to show
 */
async function replay(
  how: string,
  enough = Number.POSITIVE_INFINITY,
): Promise<{ crashes: number; wrong: string[][] }> {
  const steps = record(how)
  expect(toldIn(steps)).toHaveLength(9)
  const wrong: string[][] = []
  let crashes = 0
  for (const { image, told } of crashesOf(steps, images)) {
    const found = await wrongAfter(image, told)
    if (found.length > 0) wrong.push(found)
    crashes += 1
    if (wrong.length >= enough) break
  }
  console.info(`power loss, ${how}: something lost in ${wrong.length} of ${crashes} images`)
  return { crashes, wrong }
}

/** In full, a control counts all that it loses. */
const enough = amount(images / 20, images)

const cannot = whyNoTrace()
if (cannot) {
  console.warn(`SKIPPED, the loss of power is not tested: ${cannot}`)
  if (process.env.CI) throw new Error(cannot)
}

/** Each image is written, opened, read in full and closed: the whole of it is long on any machine. */
const timeout = 900_000

describe.skipIf(cannot)(`the power goes, at ${images} moments`, { timeout }, () => {
  it('and whoever is in the record has their key, whatever was acknowledged is there, and what was erased stays so', async () => {
    const { crashes, wrong } = await replay('as it is')
    expect(wrong, `seed ${seed}`).toEqual([])
    expect(crashes).toBe(images)
  })

  it('and keys would be lost if the end of their journal were not synced', async () => {
    const { wrong } = await replay('weak-keys', enough)
    expect(wrong.flat().join('\n')).toMatch(/the key of child:child-of-case-\d is lost/)
    expect(wrong.length).toBeGreaterThanOrEqual(images / 20)
  })

  it('and acknowledged referrals would be lost if the database were not synced at each commit', async () => {
    const { wrong } = await replay('weak-database', enough)
    expect(wrong.flat().join('\n')).toMatch(/case-\d is lost/)
    expect(wrong.length).toBeGreaterThanOrEqual(images / 20)
  })
})
