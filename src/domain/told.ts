import type { z } from 'zod'

/** What a shape describes, as those who make it hand it over: nobody changes it any more. */
export type Told<Shape extends z.ZodType> = Settled<z.output<Shape>>

type Settled<T> = T extends readonly (infer Entry)[]
  ? readonly Settled<Entry>[]
  : T extends object
    ? { readonly [Key in keyof T]: Settled<T[Key]> }
    : T
