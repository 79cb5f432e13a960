// For every piece of the page's code that reads with schemas: the page's policy forbids code made at run time, and zod
// would only try and be refused.
import { z } from 'zod'

z.config({ jitless: true })
