import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Line, median } from './measure.ts'

type Started = { ms: number; megabytes: number }
const programs = { service: '../../src/server.js', bare: './bare-hono.js' } as const

/** Start to listening and memory then, of the compiled service beside a bare Hono. */
export async function benchStart(): Promise<Line[]> {
  const all = { service: [] as Started[], bare: [] as Started[] }
  for (let round = -1; round < 7; round += 1)
    for (const name of ['service', 'bare'] as const) {
      const one = await started(programs[name])
      if (round >= 0) all[name].push(one)
    }
  const line = (what: string, of: keyof Started, unit: string, target: number | null): Line => {
    const [value, peerValue] = [all.service, all.bare].map((many) =>
      median(many.map((one) => one[of])),
    ) as [number, number]
    return {
      group: 'Start of the compiled service',
      ...{ what, peer: 'a bare Hono with the same libraries loaded' },
      ratio: value / peerValue,
      kind: 'more-is-slower',
      ...{ target, value, peerValue, unit },
    }
  }
  return [
    line('start to listening', 'ms', 'ms', 1.2),
    line('resident memory when it listens', 'megabytes', 'MB', null),
  ]
}

/** Starts a program on a free port, waits for its line, reads its memory, ends it. */
async function started(program: string): Promise<Started> {
  const start = performance.now()
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url))], {
    env: { PATH: process.env.PATH, PORT: '0', WAYMARK_DATABASE: ':memory:' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`${program} ended with ${code}.`)))
    })
    const ms = performance.now() - start
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return { ms, megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024 }
  } finally {
    child.removeAllListeners('exit')
    child.kill('SIGTERM')
  }
}
