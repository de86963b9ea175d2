import { spawn } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Line, median } from './measure.ts'

/** What a start took until it listened: time that passed, time of the processor, memory then. */
type Started = { ms: number; cpu: number; megabytes: number }
type Program = { file: string; environment: Record<string, string> }

const service = '../../src/server.js'
const bare = 'a bare Hono with the same libraries loaded'
const parsing = 'the same start, which parses its rules'
const units: Record<keyof Started, string> = { ms: 'ms', cpu: 'ms of CPU', megabytes: 'MB' }

/** Start to listening, of the compiled service beside a bare Hono and beside one that parses. */
export async function benchStart(): Promise<Line[]> {
  const home = mkdtempSync(join(tmpdir(), 'waymark-bench-'))
  try {
    return linesOf(await inRounds(programs(home)))
  } finally {
    rmSync(home, { recursive: true })
  }
}

function programs(home: string) {
  // One comment more than what was built, so that it is not used.
  const rules = join(home, 'rules')
  cpSync('rules', rules, { recursive: true })
  appendFileSync(join(rules, 'facts.yaml'), '\n# For the bench.\n')
  const record = { WAYMARK_DEMO: '0', WAYMARK_LOG: 'none' }
  return {
    record: { file: service, environment: record },
    demonstration: { file: service, environment: {} },
    parsing: { file: service, environment: { ...record, WAYMARK_RULES: rules } },
    bare: { file: './bare-hono.js', environment: {} },
  } satisfies Record<string, Program>
}
type Name = keyof ReturnType<typeof programs>
type All = Record<Name, Started[]>

/** Each program in turn, so that a slow minute is slow for all; the first round warms the disk. */
async function inRounds(programs: Record<Name, Program>): Promise<All> {
  const all: All = { record: [], demonstration: [], parsing: [], bare: [] }
  for (let round = -1; round < 7; round += 1)
    for (const name of Object.keys(programs) as Name[]) {
      const one = await started(programs[name])
      if (round >= 0) all[name].push(one)
    }
  return all
}

function linesOf(all: All): Line[] {
  const line = (
    what: string,
    of: keyof Started,
    name: Name,
    beside: Name,
    target?: number,
  ): Line => {
    const [value, peerValue] = [all[name], all[beside]].map((many) =>
      median(many.map((one) => one[of])),
    ) as [number, number]
    return {
      group: 'Start of the compiled service',
      ...{ what, peer: beside === 'bare' ? bare : parsing },
      ratio: value / peerValue,
      kind: 'more-is-slower',
      ...{ target: target ?? null, value, peerValue, unit: units[of] },
    }
  }
  return [
    line('start to listening', 'ms', 'record', 'bare', 1.5),
    line('the same, CPU of the process', 'cpu', 'record', 'bare', 1.5),
    line('the same, with the built policy', 'cpu', 'record', 'parsing'),
    line('start to listening of a demonstration', 'ms', 'demonstration', 'bare'),
    line('resident memory when it listens', 'megabytes', 'record', 'bare', 1.6),
    line('the same, with the built policy', 'megabytes', 'record', 'parsing'),
  ]
}

/** Starts a program on a free port, waits for its line, reads what it took, ends it. */
async function started({ file, environment }: Program): Promise<Started> {
  const own = { PATH: process.env.PATH, PORT: '0', WAYMARK_DATABASE: ':memory:', ...environment }
  const start = performance.now()
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url))], {
    env: own,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)))
    })
    return { ms: performance.now() - start, ...tookSoFar(child.pid) }
  } finally {
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
  }
}

/** What Linux counts of a process: its ticks are hundredths of a second. */
function tookSoFar(pid: number | undefined): Pick<Started, 'cpu' | 'megabytes'> {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return {
    cpu: 10 * (Number(stat[11]) + Number(stat[12])),
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024,
  }
}
